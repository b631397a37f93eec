from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.agreements import AgreementResponse
from app.api.responses.events import EventResponse
from app.api.responses.officials import OfficialResponse
from app.domain.record import ReportedAgreement
from app.domain.vocabulary import AgreementKind, EventKind, Mode
from tests.factories import make_article, make_evidence, make_person, make_record, store

TEXT = "PARIS: The ministers signed on Monday."


async def store_signing(session: AsyncSession) -> None:
    record = make_record(
        "FRA", "DEU", kind=EventKind.AGREEMENT, mode=Mode.SIGNED, on=date(2024, 8, 19),
        agreement=ReportedAgreement(title="Pact", kind=AgreementKind.PACT),
        people=[make_person("Jean Dupont", "FRA", title="Minister"), make_person(None, "DEU", title="Envoy")],
        evidence=(make_evidence(TEXT, "signed"),),
    )  # fmt: skip
    await store(session, record, article=make_article(TEXT))


async def one(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    (found,) = answer.json()["results"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "path",
    [
        "events",
        "agreements",
        "articles",
        "officials?q=dupont",
        "countries?q=France",
        "organizations?q=IMCTC",
        "dyads",
    ],
)
async def test_fields_choose_top_level_names_on_every_list(
    client: httpx.AsyncClient, session: AsyncSession, path: str
) -> None:
    await store_signing(session)
    joint = "&" if "?" in path else "?"
    whole = await one(client, f"/v1/{path}")
    names = list(whole)
    chosen = [names[1], names[0]]
    found = await one(client, f"/v1/{path}{joint}fields={chosen[0]}&fields={chosen[1]}")
    assert found == {name: whole[name] for name in names[:2]}


async def test_fields_choose_on_a_single_event_too(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_signing(session)
    known = await one(client, "/v1/events")
    found = (await client.get(f"/v1/events/{known['id']}?fields=title&fields=kind")).json()
    assert found == {"kind": known["kind"], "title": known["title"]}


@pytest.mark.parametrize(
    "path",
    ["agreements", "articles", "officials?q=dupont", "countries?q=France", "organizations?q=IMCTC", "dyads"],
)
async def test_fields_choose_on_every_single_resource(
    client: httpx.AsyncClient, session: AsyncSession, path: str
) -> None:
    await store_signing(session)
    address = f"/v1/{path.split('?')[0]}/{(await one(client, f'/v1/{path}'))['id']}"
    whole = (await client.get(address)).json()
    names = list(whole)[:2]
    found = await client.get(address, params={"fields": names[::-1]})
    assert found.json() == {name: whole[name] for name in names}
    assert (await client.get(address, params={"fields": "no_such"})).status_code == 422


async def test_unknown_field_is_refused_with_the_nearest_right_one(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events?fields=titel")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "fields"
    assert answer.json()["errors"][0]["suggestion"] == "title"


async def test_event_without_expand_has_no_reports_and_briefs_only(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_signing(session)
    found = await one(client, "/v1/events")
    assert list(found) == [name for name in EventResponse.model_fields if name != "reports"]
    assert found["agreement"].keys() == {"id", "title"}
    assert found["participants"][0]["official"].keys() == {"id", "name"}


async def test_expand_shows_reports_agreement_and_officials_whole(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_signing(session)
    everything = "expand=participants&expand=reports&expand=agreement"
    found = await one(client, f"/v1/events?{everything}")
    reports = (await client.get(f"/v1/events/{found['id']}/reports")).json()["results"]
    assert found["reports"] == reports
    assert reports[0]["evidence"][0]["quote"] == "signed"
    agreement = (await client.get(f"/v1/agreements/{found['agreement']['id']}")).json()
    assert found["agreement"] == agreement
    assert list(agreement) == list(AgreementResponse.model_fields)
    person, office = found["participants"]
    assert list(person["official"]) == list(OfficialResponse.model_fields)
    assert office["official"] is None
    assert (await client.get(f"/v1/events/{found['id']}?{everything}")).json() == found
    assert (await one(client, "/v1/events?expand=reports&fields=reports")) == {"reports": reports}


async def test_fields_and_expand_may_change_between_pages(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_signing(session)
    await store(session, make_record("IRQ", "PAK", on=date(2023, 1, 1)))
    cursor = (await client.get("/v1/events?limit=1")).json()["meta"]["next_cursor"]
    following = await one(client, f"/v1/events?limit=1&fields=title&facet=kind&cursor={cursor}")
    assert following == {"title": "Iraq and Pakistan meet"}


async def test_unknown_expansion_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events?expand=report")
    assert answer.json()["errors"][0]["suggestion"] == "reports"
