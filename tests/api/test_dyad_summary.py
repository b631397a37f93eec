from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.record import ReportedAgreement
from app.domain.vocabulary import AgreementKind, EventKind, EventStatus, Mode, PartyRole
from tests.conftest import CountStatements
from tests.factories import make_person, make_record, store


async def store_years(session: AsyncSession) -> None:
    someone, other = make_person("Test Person", "IRQ"), make_person("Other Person", "PAK")
    await store(session, make_record("IRQ", "PAK", on=date(2021, 5, 1), people=[someone]))
    await store(session, make_record("IRQ", "PAK", on=date(2023, 5, 1), people=[someone, other]))
    signed = make_record(
        "IRQ", "PAK", kind=EventKind.AGREEMENT, mode=Mode.SIGNED, on=date(2023, 6, 1),
        agreement=ReportedAgreement(title="Memorandum", kind=AgreementKind.MEMORANDUM),
    )  # fmt: skip
    await store(session, signed)
    await store(session, make_record("IRQ", "PAK", on=None, kind=EventKind.CALL))
    await store(session, make_record("IRQ", "PAK", on=date(2030, 1, 1), status=EventStatus.PLANNED))
    await store(session, make_record("IRQ", "TUR", ("PAK", PartyRole.CONVENOR), on=date(2010, 1, 1)))


async def get(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


async def test_dyad_counts_by_kind_and_by_every_year_between(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_years(session)
    found = await get(client, "/v1/dyads/IRQ-PAK")
    assert found["event_count"] == 4
    assert [(year["year"], year["event_count"]) for year in found["years"]] == [
        (2021, 1), (2022, 0), (2023, 2),
    ]  # fmt: skip
    assert found["years"][2]["counts"]["agreement"] == 1
    assert set(found["years"][1]["counts"].values()) == {0}


async def test_dyad_shows_first_and_last_event_people_and_agreements(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_years(session)
    found = await get(client, "/v1/dyads/IRQ-PAK")
    assert (found["first_event"]["date_start"], found["last_event"]["date_start"]) == (
        "2021-05-01",
        "2023-06-01",
    )
    people = [(one["official"]["name"], one["party"], one["event_count"]) for one in found["top_officials"]]
    assert people == [("Test Person", "IRQ", 2), ("Other Person", "PAK", 1)]
    (agreement,) = found["agreements"]
    assert (agreement["title"], agreement["status"]) == ("Memorandum", "signed")
    for one in (found["first_event"], found["last_event"]):
        assert (await client.get(f"/v1/events/{one['id']}")).json()["title"] == one["title"]


async def test_offices_without_a_name_take_no_place_among_the_top(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    unnamed = [make_person(None, party, title="Foreign Minister") for party in ("IRQ", "PAK")]
    people = [make_person(f"Person {letter * 3}", "IRQ") for letter in "ABCDEFGHIJ"]
    await store(session, make_record("IRQ", "PAK", people=[*unnamed, *people]))
    await store(session, make_record("IRQ", "PAK", on=date(2024, 9, 9), people=unnamed))
    assert len((await get(client, "/v1/dyads/IRQ-PAK"))["top_officials"]) == 10


async def test_people_are_counted_in_the_latest_events(
    client: httpx.AsyncClient, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.queries.dyads.MOST_COUNTED", 3)
    await store_years(session)
    people = (await get(client, "/v1/dyads/IRQ-PAK"))["top_officials"]
    counted = {one["official"]["name"]: one["event_count"] for one in people}
    assert counted == {"Test Person": 1, "Other Person": 1}


async def test_dyad_of_which_nothing_is_known_is_empty(client: httpx.AsyncClient) -> None:
    found = await get(client, "/v1/dyads/IRQ-PAK")
    assert (found["years"], found["top_officials"], found["agreements"]) == ([], [], [])
    assert (found["first_event"], found["last_event"]) == (None, None)


async def test_timeline_tells_the_events_of_both_from_the_first_on(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_years(session)
    found = await get(client, "/v1/dyads/IRQ-PAK/timeline")
    dated = [one["date_start"] for one in found["results"] if one["date_start"]]
    assert dated == ["2021-05-01", "2023-05-01", "2023-06-01"]
    assert found["meta"]["count"] == 4
    latest = await get(client, "/v1/dyads/IRQ-PAK/timeline?sort=-date&kind=meeting&fields=date_start")
    assert latest["results"] == [{"date_start": "2023-05-01"}, {"date_start": "2021-05-01"}]
    facets = (await get(client, "/v1/dyads/IRQ-PAK/timeline?facet=kind"))["facets"]["kind"]["values"]
    assert {one["value"]: one["count"] for one in facets} == {"meeting": 2, "agreement": 1, "call": 1}
    pairs = (await get(client, "/v1/dyads/IRQ-PAK/timeline?facet=pair"))["facets"]["pair"]["values"]
    assert {one["value"]: one["count"] for one in pairs} == {"IRQ-PAK": 4}


async def test_timeline_of_another_spelling_answers_308(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/dyads/PAK-IRQ/timeline?kind=call")
    assert answer.status_code == 308
    assert answer.headers["location"] == "/v1/dyads/IRQ-PAK/timeline?kind=call"
    assert (await client.get("/v1/dyads/PAK-XXX/timeline")).status_code == 404


async def test_cursor_of_one_timeline_is_refused_by_another(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_years(session)
    cursor = (await get(client, "/v1/dyads/IRQ-PAK/timeline?limit=1"))["meta"]["next_cursor"]
    assert len((await get(client, f"/v1/dyads/IRQ-PAK/timeline?cursor={cursor}"))["results"]) == 3
    assert (await client.get(f"/v1/dyads/IRQ-TUR/timeline?cursor={cursor}")).status_code == 400


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("kind=call", {"IRQ-PAK": 1}),
        ("topic=trade", {}),
        ("precision=unknown", {"IRQ-PAK": 1}),
        ("status=planned", {"IRQ-PAK": 1}),
        ("q=memorandum", {"IRQ-PAK": 1}),
        ("outlet=Arab News&party=TUR", {"IRQ-TUR": 1}),
        ("organization=IMCTC&via=membership", {"IRQ-PAK": 3}),
        ("pair=IMCTC-IRQ&via=membership&date_to=2011-01-01", {}),
        ("date_from=2023-01-01&date_match=within", {"IRQ-PAK": 2}),
    ],
)
async def test_dyads_count_the_events_that_are_asked_for(
    client: httpx.AsyncClient, session: AsyncSession, query: str, ids: dict[str, int]
) -> None:
    await store_years(session)
    found = (await get(client, f"/v1/dyads?{query}"))["results"]
    assert {one["id"]: one["event_count"] for one in found} == ids


async def test_dyad_takes_seven_statements(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements
) -> None:
    await store_years(session)
    with count_statements() as statements:
        await get(client, "/v1/dyads/IRQ-PAK")
    assert len(statements) == 7
