from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.officials import OfficialParty, OfficialResponse
from app.domain.vocabulary import EventStatus, ReviewStatus
from app.storage.access_paths import rebuild_access_paths
from app.storage.tables import event, official_name, tenure
from tests.factories import log_update, make_person, make_record, store


async def find(client: httpx.AsyncClient, query: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/officials?{query}")
    assert answer.status_code == 200, answer.text
    found = answer.json()["results"]
    assert isinstance(found, list)
    return found


async def store_career(session: AsyncSession) -> None:
    def record(day: date, party: str, title: str, rank: str | None = None) -> Any:
        person = make_person("Élodie de la Tëst", party, title=title, rank=rank)
        return make_record(party, "DEU", on=day, people=[person])

    await store(session, record(date(2020, 1, 1), "FRA", "Ambassador", "Col."))
    await store(session, record(date(2022, 5, 1), "FRA", "Minister"))


async def test_official_shows_for_whom_and_when(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_career(session)
    (found,) = await find(client, "q=tëst")
    assert list(found) == list(OfficialResponse.model_fields)
    assert list(found["parties"][0]) == list(OfficialParty.model_fields)
    assert found["event_count"] == 2
    assert found["parties"] == [
        {
            "id": "FRA",
            "kind": "country",
            "name": "France",
            "first_date": "2020-01-01",
            "last_date": "2022-05-01",
            "event_count": 2,
            "last_title_as_reported": "Minister",
            "last_rank": "Col.",
        }
    ]
    assert (await client.get(f"/v1/officials/{found['id']}")).json() == found


async def test_official_counts_only_what_occurred_and_is_not_doubted(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_career(session)
    planned = make_record(
        "FRA", "ITA", people=[make_person("Élodie de la Tëst", "FRA")], status=EventStatus.PLANNED
    )
    await store(session, planned)
    first = event.c.date_start == date(2020, 1, 1)
    await session.execute(update(event).where(first).values(review_status=ReviewStatus.REJECTED))
    await rebuild_access_paths(session)
    (found,) = await find(client, "q=tëst")
    assert found["event_count"] == 1
    assert found["parties"][0]["first_date"] == "2022-05-01"


@pytest.mark.parametrize("q", ["elodie", "TEST Elodie", "de la tëst", "Elodie de la Test", "elodi test"])
async def test_official_is_found_by_parts_of_the_name(
    client: httpx.AsyncClient, session: AsyncSession, q: str
) -> None:
    await store_career(session)
    assert [person["name"] for person in await find(client, f"q={q}")] == ["Élodie de la Tëst"]


async def test_every_word_of_a_search_must_occur(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_career(session)
    assert await find(client, "q=elodie xyzzy") == []


async def test_officials_are_found_by_party(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_career(session)
    await store(session, make_record("JPN", "DEU", people=[make_person("Taro Test", "JPN")]))
    assert [person["name"] for person in await find(client, "party=french")] == ["Élodie de la Tëst"]
    assert len(await find(client, "party=FRA&party=JPN")) == 2
    assert (await client.get("/v1/officials?party=Korea")).status_code == 422


async def test_officials_are_sorted_by_their_last_name(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    people = [make_person(name, "FRA") for name in ("Anna Zebra", "Zoe Apple", "Bob Middle")]
    await store(session, make_record("FRA", "DEU", people=people))
    names = [person["name"] for person in await find(client, "party=FRA")]
    assert names == ["Zoe Apple", "Bob Middle", "Anna Zebra"]
    assert [person["name"] for person in await find(client, "party=FRA&sort=-name")] == names[::-1]


async def test_aliases_are_the_other_spellings(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_career(session)
    (found,) = await find(client, "q=tëst")
    assert found["aliases"] == []
    spelling = update(official_name).where(official_name.c.name == found["name"])
    await session.execute(spelling.values(name="E. Test", name_key="e test"))
    (found,) = await find(client, "q=e test")
    assert found["aliases"] == ["E. Test"]


async def test_tenures_show_offices_with_their_days(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await session.execute(delete(tenure))
    await store_career(session)
    (found,) = await find(client, "q=tëst")
    address = f"/v1/officials/{found['id']}/tenures"
    assert (await client.get(address)).json()["results"] == []
    held = {
        "official": found["id"].removeprefix("off_"),
        "party": "FRA",
        "title": "Minister",
        "source": "test",
    }
    await session.execute(tenure.insert().values(id=held["official"], valid_from=date(2021, 1, 1), **held))
    await log_update(session, "official", found["id"].removeprefix("off_"))
    answer = (await client.get(address)).json()
    assert answer["results"] == [
        {
            "party": {"id": "FRA", "kind": "country", "name": "France"},
            "title": "Minister",
            "valid_from": "2021-01-01",
            "valid_to": None,
            "source": "test",
        }
    ]
    assert [person["id"] for person in await find(client, "party=FRA")] == [found["id"]]


@pytest.mark.parametrize("path", ["/v1/officials/{}", "/v1/officials/{}/tenures"])
@pytest.mark.parametrize("bad", ["off_", "off_1", "evt_" + "0" * 32, "off_" + "0" * 32, "%00"])
async def test_unknown_official_is_a_404(client: httpx.AsyncClient, path: str, bad: str) -> None:
    assert (await client.get(path.format(bad))).status_code == 404
