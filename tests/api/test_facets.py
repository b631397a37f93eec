from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.record import ReportedAgreement, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, Mode, Pledge
from app.queries import facets
from tests.factories import make_person, make_record, store


async def store_several(session: AsyncSession) -> None:
    place = ReportedPlace(city="Lahore", country="PAK")
    people = [make_person("Test Person", "PAK", title="Foreign Minister")]
    met = make_record("IRQ", "PAK", mode=Mode.TALKS, place=place, people=people, topics=("training",))
    await store(session, met)
    await store(session, make_record("PAK", "TUR", kind=EventKind.CALL, topics=("training", "trade")))
    await store(session, make_record("IMCTC", "PAK", on=date(2023, 1, 1)))
    signed = make_record(
        "PAK", "SAU", kind=EventKind.AGREEMENT, mode=Mode.SIGNED, on=date(2022, 1, 1),
        agreement=ReportedAgreement(
            title="Pact", kind=AgreementKind.PACT, domain="trade", pledges=(Pledge.CONSULTATION,)
        ),
    )  # fmt: skip
    await store(session, signed)


async def counts(client: httpx.AsyncClient, query: str, path: str = "events") -> dict[str, dict[str, int]]:
    answer = await client.get(f"/v1/{path}?{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["facets"]
    return {name: {one["value"]: one["count"] for one in facet["values"]} for name, facet in found.items()}


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        ("kind", {"meeting": 2, "agreement": 1, "call": 1}),
        ("mode", {"signed": 1, "talks": 1}),
        ("status", {"occurred": 4}),
        ("review_status", {"unreviewed": 4}),
        ("precision", {"day": 4}),
        ("topic", {"training": 2, "trade": 1}),
        ("party", {"PAK": 4, "IMCTC": 1, "IRQ": 1, "SAU": 1, "TUR": 1}),
        ("country", {"PAK": 4, "IRQ": 1, "SAU": 1, "TUR": 1}),
        ("organization", {"IMCTC": 1}),
        ("pair", {"IMCTC-PAK": 1, "IRQ-PAK": 1, "PAK-SAU": 1, "PAK-TUR": 1}),
        ("office", {"Foreign Minister": 1}),
        ("place_country", {"PAK": 1}),
        ("city", {"Lahore": 1}),
        ("outlet", {"arabnews.com": 4}),
    ],
)
async def test_facet_counts_events_by_value(
    client: httpx.AsyncClient, session: AsyncSession, facet: str, expected: dict[str, int]
) -> None:
    await store_several(session)
    assert await counts(client, f"facet={facet}") == {facet: expected}


async def test_facet_of_officials_shows_their_ids_and_names(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    (found,) = (await client.get("/v1/events?facet=official")).json()["facets"]["official"]["values"]
    assert found["label"] == "Test Person"
    assert (await counts(client, f"official={found['value']}&facet=kind")) == {"kind": {"meeting": 1}}


async def test_each_facet_ignores_its_own_filter_and_keeps_the_others(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    found = await counts(client, "kind=meeting&party=IRQ&facet=kind&facet=party&limit=1")
    assert found == {
        "kind": {"meeting": 1},
        "party": {"PAK": 2, "IMCTC": 1, "IRQ": 1},
    }
    assert (await counts(client, "kind=call&facet=kind"))["kind"]["meeting"] == 2


async def test_facet_of_meetings_counts_only_meetings(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    assert await counts(client, "facet=kind&kind=call", "meetings") == {"kind": {"meeting": 2, "call": 1}}


async def test_facet_is_null_where_counting_would_cost_too_much(
    client: httpx.AsyncClient, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store_several(session)
    monkeypatch.setattr(facets, "FACETED", 3)
    answer = (await client.get("/v1/events?facet=kind&facet=city")).json()
    assert answer["facets"] == {"kind": None, "city": None}
    monkeypatch.setattr(facets, "FACETED", 4)
    assert (await counts(client, "facet=kind"))["kind"]["meeting"] == 2


async def test_rarer_values_are_counted_where_they_are_left_out(
    client: httpx.AsyncClient, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store_several(session)
    monkeypatch.setattr(facets, "SHOWN", 2)
    found = (await client.get("/v1/events?facet=party")).json()["facets"]["party"]
    assert found["left_out"] == 3
    assert found["values"][0] == {"value": "PAK", "label": "Pakistan", "count": 4}
    assert len(found["values"]) == 2


async def test_facets_without_matches_are_empty(client: httpx.AsyncClient) -> None:
    assert await counts(client, "facet=kind") == {"kind": {}}


@pytest.mark.parametrize("facet", ["kinds", "q", "date_from"])
async def test_unknown_facet_is_refused(client: httpx.AsyncClient, facet: str) -> None:
    assert (await client.get(f"/v1/events?facet={facet}")).status_code == 422


@pytest.mark.parametrize(
    ("path", "facet", "expected"),
    [
        ("agreements", "kind", {"pact": 1}),
        ("agreements", "status", {"signed": 1}),
        ("agreements", "domain", {"trade": 1}),
        ("agreements", "pledge", {"consultation": 1}),
        ("agreements", "precision", {"day": 1}),
        ("agreements", "party", {"PAK": 1, "SAU": 1}),
        ("agreements", "country", {"PAK": 1, "SAU": 1}),
        ("agreements", "organization", {}),
        ("articles", "outlet", {"arabnews.com": 4}),
        ("articles", "language", {"en": 4}),
        ("articles", "kind", {"meeting": 2, "agreement": 1, "call": 1}),
    ],
)
async def test_other_lists_have_facets_too(
    client: httpx.AsyncClient, session: AsyncSession, path: str, facet: str, expected: dict[str, int]
) -> None:
    await store_several(session)
    assert await counts(client, f"facet={facet}", path) == {facet: expected}


async def test_countries_and_officials_have_facets(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_several(session)
    found = await counts(client, "facet=region&facet=status&region=Europe&limit=1", "countries")
    assert found["region"].keys() >= {"Africa", "Asia", "Europe"}
    assert found["status"]["state"] < 60
    assert (await counts(client, "q=test person&facet=party", "officials"))["party"] == {"PAK": 1}
