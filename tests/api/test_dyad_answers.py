from datetime import date

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.dyads import DyadDetail, DyadResponse
from app.domain.vocabulary import EventKind, EventStatus, PartyRole
from tests.factories import make_record, store


async def store_several(session: AsyncSession) -> None:
    await store(session, make_record("IRQ", "PAK", on=date(2024, 1, 1)))
    # One party in two roles still makes one event of the pair.
    await store(
        session, make_record("IRQ", "PAK", ("PAK", PartyRole.HOST), on=date(2024, 3, 1), kind=EventKind.CALL)
    )
    await store(session, make_record("IMCTC", "PAK", on=date(2025, 1, 1)))
    await store(session, make_record("IRN", "SAU", ("CHN", PartyRole.CONVENOR), on=date(2023, 3, 10)))
    await store(session, make_record("FRA", "DEU", status=EventStatus.PLANNED))


async def find(client: httpx.AsyncClient, query: str = "") -> dict[str, int]:
    answer = await client.get(f"/v1/dyads?{query}")
    assert answer.status_code == 200, answer.text
    return {dyad["id"]: dyad["event_count"] for dyad in answer.json()["results"]}


async def test_each_pair_is_counted_once_and_convenors_in_none(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    found = await find(client)
    assert found == {"IRQ-PAK": 2, "IRN-SAU": 1, "IMCTC-PAK": 1}
    assert next(iter(found)) == "IRQ-PAK"
    assert list(await find(client, "sort=events"))[-1] == "IRQ-PAK"


async def test_dyad_shows_counts_and_first_and_last_day(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    found = (await client.get("/v1/dyads/IRQ-PAK")).json()
    assert list(found) == list(DyadDetail.model_fields)
    assert found["parties"] == [
        {"id": "IRQ", "kind": "country", "name": "Iraq"},
        {"id": "PAK", "kind": "country", "name": "Pakistan"},
    ]
    assert found["counts"].keys() == {kind.value for kind in EventKind}
    assert (found["counts"]["meeting"], found["counts"]["call"], found["event_count"]) == (1, 1, 2)
    assert (found["first_date"], found["last_date"]) == ("2024-01-01", "2024-03-01")
    (listed,) = (await client.get("/v1/dyads?pair=IRQ-PAK")).json()["results"]
    assert listed == {name: found[name] for name in DyadResponse.model_fields}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("party=IRQ", {"IRQ-PAK"}),
        ("party=CHN", set()),
        ("country=PAK", {"IRQ-PAK", "IMCTC-PAK"}),
        ("organization=IMCTC&country=PAK", {"IMCTC-PAK"}),
        ("pair=Pakistan-Iraq", {"IRQ-PAK"}),
        ("pair=Pakistan-Iraq&pair=SA-IR", {"IRQ-PAK", "IRN-SAU"}),
        ("kind=call", {"IRQ-PAK"}),
        ("date_from=2024-06-01", {"IMCTC-PAK"}),
        ("date_to=2023-12-31", {"IRN-SAU"}),
    ],
)
async def test_dyads_are_filtered(
    client: httpx.AsyncClient, session: AsyncSession, query: str, ids: set[str]
) -> None:
    await store_several(session)
    assert set(await find(client, query)) == ids


@pytest.mark.parametrize(
    ("pair", "canonical"),
    [
        ("PAK-IRQ", "IRQ-PAK"),
        ("irq-pak", "IRQ-PAK"),
        ("Iraq-Pakistan", "IRQ-PAK"),
        ("PAK-Guinea-Bissau", "GNB-PAK"),
    ],
)
async def test_other_spelling_of_a_pair_answers_308(
    client: httpx.AsyncClient, pair: str, canonical: str
) -> None:
    answer = await client.get(f"/v1/dyads/{pair}")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/v1/dyads/{canonical}"
    assert (await client.get(answer.headers["location"])).status_code == 200


async def test_pair_of_which_nothing_is_known_counts_none(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/dyads/IRQ-PAK")).json()
    assert (found["event_count"], found["first_date"], set(found["counts"].values())) == (0, None, {0})


@pytest.mark.parametrize("pair", ["PAK", "PAK-XXX", "PAK-PAK", "-", "%00-PAK", "PAK-%00", "IRQ-PAK-TUR"])
async def test_what_is_no_pair_is_a_404(client: httpx.AsyncClient, pair: str) -> None:
    assert (await client.get(f"/v1/dyads/{pair}")).status_code == 404


async def test_ambiguous_pair_lists_its_candidates(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/dyads/Korea-PAK")
    assert answer.status_code == 422
    assert len(answer.json()["errors"][0]["candidates"]) == 2
