from datetime import date

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.identifiers import Prefix, public_id
from app.domain.record import ReportedPlace
from app.domain.vocabulary import EventKind, EventStatus, Mode, ReviewStatus
from app.storage.access_paths import keep_access_paths
from app.storage.tables import event
from tests.api.event_lists import add, ask
from tests.factories import make_person, make_record, store


async def test_official_finds_the_events_of_one_person(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    wanted = await add(session, make_record("FRA", "DEU", people=[make_person("Jean Dupont", "FRA")]))
    await add(
        session, make_record("FRA", "DEU", on=date(2023, 1, 1), people=[make_person("Anne Petit", "FRA")])
    )
    person = (await client.get(f"/v1/events/{wanted}")).json()["participants"][0]["official"]["id"]
    assert await ask(client, f"official={person}") == {wanted}
    assert await ask(client, f"official=off_{'0' * 32}") == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date_from=2024-08-19", True),
        ("date_from=2024-08-21", True),
        ("date_from=2024-08-22", False),
        ("date_to=2024-08-19", True),
        ("date_to=2024-08-18", False),
        ("date_from=2024-08-20&date_to=2024-08-20", True),
        ("date_from=2024-01-01&date_to=2024-12-31", True),
    ],
)
async def test_days_match_what_overlaps_them(
    client: httpx.AsyncClient, session: AsyncSession, query: str, found: bool
) -> None:
    span = DateSpan.of_range(date(2024, 8, 19), date(2024, 8, 21))
    await add(session, make_record("IRQ", "PAK", on=span))
    assert bool(await ask(client, query)) is found


async def test_undated_events_match_a_date_filter_only_when_asked(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    undated = await add(session, make_record("IRQ", "PAK", on=None))
    assert await ask(client, "") == {undated}
    assert await ask(client, "date_from=2020-01-01") == set()
    assert await ask(client, "date_from=2020-01-01&include_undated=true") == {undated}


async def test_kind_and_mode_narrow_the_list(client: httpx.AsyncClient, session: AsyncSession) -> None:
    call = await add(session, make_record("IRQ", "PAK", kind=EventKind.CALL, mode=Mode.PHONE))
    visit = await add(session, make_record("IRQ", "PAK", kind=EventKind.VISIT, mode=Mode.STATE))
    assert await ask(client, "kind=call") == {call}
    assert await ask(client, "kind=call&kind=visit") == {call, visit}
    assert await ask(client, "mode=state") == {visit}


async def test_lists_show_what_occurred_unless_status_says_otherwise(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    held = await add(session, make_record("IRQ", "PAK"))
    planned = await add(session, make_record("FRA", "DEU", status=EventStatus.PLANNED))
    assert await ask(client, "") == {held}
    assert await ask(client, "status=planned") == {planned}
    assert await ask(client, "status=planned&status=occurred") == {held, planned}


async def test_lists_hide_what_is_doubted_unless_review_status_says_otherwise(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    served = await add(session, make_record("IRQ", "PAK"))
    doubted = await store(session, make_record("FRA", "DEU"))
    doubt = update(event).where(event.c.id == doubted.events[0])
    for status in (ReviewStatus.NEEDS_REVIEW, ReviewStatus.REJECTED):
        await session.execute(doubt.values(review_status=status))
        await keep_access_paths(session, doubted.events)
        assert await ask(client, "") == {served}
        assert await ask(client, f"review_status={status}") == {public_id(Prefix.EVENT, doubted.events[0])}


async def test_topic_group_stands_for_its_members(client: httpx.AsyncClient, session: AsyncSession) -> None:
    training = await add(session, make_record("IRQ", "PAK", topics=("training",)))
    trade = await add(session, make_record("FRA", "DEU", topics=("trade",)))
    assert await ask(client, "topic=training") == {training}
    assert await ask(client, "topic=security") == {training}
    assert await ask(client, "topic=security&topic=trade") == {training, trade}


async def test_place_is_found_by_country_and_city(client: httpx.AsyncClient, session: AsyncSession) -> None:
    place = ReportedPlace(city="Geneva", country="CHE")
    wanted = await add(session, make_record("IRQ", "PAK", place=place))
    await add(session, make_record("FRA", "DEU"))
    assert await ask(client, "place_country=Switzerland") == {wanted}
    assert await ask(client, "city=geneva") == {wanted}
    assert await ask(client, "party=CHE") == set()


@pytest.mark.parametrize(
    "q", ["dupont", '"Jean Dupont"', "dupont -merkel", "nobody or dupont", "France Germany"]
)
async def test_full_text_finds_words_of_an_event(
    client: httpx.AsyncClient, session: AsyncSession, q: str
) -> None:
    wanted = await add(session, make_record("FRA", "DEU", people=[make_person("Jean Dupont", "FRA")]))
    await add(session, make_record("IRQ", "PAK"))
    answer = await client.get("/v1/events", params={"q": q})
    assert [result["id"] for result in answer.json()["results"]] == [wanted]


async def test_background_events_are_listed_and_flagged(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, make_record("IRQ", "PAK", main=False))
    (result,) = (await client.get("/v1/events")).json()["results"]
    assert result["background"] is True


async def test_meetings_are_meetings_calls_and_visits(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    kinds = (EventKind.MEETING, EventKind.CALL, EventKind.VISIT, EventKind.EXERCISE)
    ids = [await add(session, make_record("IRQ", "PAK", kind=kind)) for kind in kinds]
    assert await ask(client, "", "meetings") == set(ids[:3])
    assert await ask(client, "kind=call", "meetings") == {ids[1]}
    assert (await client.get("/v1/meetings?kind=exercise")).status_code == 422
    assert (await client.get(f"/v1/meetings/{ids[0]}")).status_code == 200
    assert (await client.get(f"/v1/meetings/{ids[3]}")).status_code == 404


async def test_merged_events_are_not_listed(client: httpx.AsyncClient, session: AsyncSession) -> None:
    kept = await store(session, make_record("IRQ", "PAK"))
    merged = await store(session, make_record("IRQ", "PAK", on=date(2023, 1, 1)))
    into = update(event).where(event.c.id == merged.events[0]).values(merged_into=kept.events[0])
    await session.execute(into)
    await keep_access_paths(session, merged.events)
    assert await ask(client, "") == {public_id(Prefix.EVENT, kept.events[0])}


async def test_participant_may_be_an_office_alone(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await add(session, make_record("FRA", "DEU", people=[make_person(None, "FRA", title="Defense Minister")]))
    (person,) = (await client.get("/v1/events")).json()["results"][0]["participants"]
    assert person["official"] is None
    assert person["title_as_reported"] == "Defense Minister"
    assert person["office"] is None
