"""Which writers wait for each other, and that those who do not make nothing twice."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import Table, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.record import EventRecord
from app.domain.vocabulary import PartyRole, ReviewKind
from app.storage.database import open_session
from app.storage.editing import correct_official
from app.storage.edits import Edit
from app.storage.locking import lock_events
from app.storage.recording import record_article
from app.storage.tables import article, event, event_doc, official, report, review
from app.storage.turns import lock_records, wait_for_everybody
from tests.factories import make_article, make_person, make_record
from tests.storage.writers import until_somebody_waits, write

JATOI = make_person("Karim Khan Jatoi", "PAK")
HELD = make_record("IRQ", "PAK", people=[JATOI], on=date(2020, 1, 1))
IRAQ = make_record("IRQ", "PAK", people=[JATOI])


async def waits(url: str, *records: EventRecord) -> bool:
    """Tell whether a writer of these records would have to wait."""
    try:
        async with open_session(url) as other:
            await other.execute(text("SET LOCAL lock_timeout = '50ms'"))
            await lock_records(other, records)
    except DBAPIError:
        return True
    return False


async def hold_jatoi(url: str) -> None:
    await write(url, HELD)


@pytest.mark.parametrize(
    ("other", "wait"),
    [
        ([make_record("OMN", "PAK", people=[JATOI])], False),
        ([make_record("OMN", "PAK"), make_record("PAK")], False),
        ([make_record("PAK", "IRQ")], True),
        ([make_record("OMN", "PAK"), make_record("PAK", "IRQ")], True),
        ([make_record("IRQ", "PAK", ("OMN", PartyRole.CONVENOR))], True),
        ([make_record("OMN", "PAK", people=[make_person("Badr Albusaidi", "OMN")])], False),
        ([make_record("OMN", "PAK", people=[make_person("Rana Tanveer Hussain", "PAK")])], True),
    ],
)
async def test_writers_wait_for_the_same_pair_and_for_strangers_of_one_party(
    own_database_url: str, other: Sequence[EventRecord], wait: bool
) -> None:
    await hold_jatoi(own_database_url)
    async with open_session(own_database_url) as first:
        await lock_records(first, [IRAQ])
        assert await waits(own_database_url, *other) is wait


async def test_lists_of_several_parties_wait_where_they_share_one(own_database_url: str) -> None:
    async with open_session(own_database_url) as first:
        await lock_records(first, [make_record("IRQ", "PAK", "OMN")])
        assert await waits(own_database_url, make_record("OMN", "USA", "CHN"))
        assert not await waits(own_database_url, make_record("USA", "CHN", "TUR"))


async def test_an_editor_is_alone_with_the_parties(own_database_url: str) -> None:
    await hold_jatoi(own_database_url)
    async with open_session(own_database_url) as editor:
        one = (await editor.execute(select(event.c.id))).scalar_one()
        await lock_events(editor, [one])
        assert await waits(own_database_url, make_record("OMN", "PAK", people=[JATOI]))


async def count(session: AsyncSession, *tables: Table) -> list[int]:
    return [(await session.execute(select(func.count()).select_from(one))).scalar_one() for one in tables]


async def test_a_stranger_whom_writers_of_several_pairs_name_at_once_is_one_person(
    own_database_url: str,
) -> None:
    pairs = ("IRQ", "OMN", "USA", "CHN", "TUR", "LKA")
    await asyncio.gather(*(write(own_database_url, make_record(one, "PAK", people=[JATOI])) for one in pairs))
    async with open_session(own_database_url) as session:
        named = select(func.count()).where(official.c.name == JATOI.name)
        assert (await session.execute(named)).scalar_one() == 1
        assert await count(session, article, event, report, event_doc) == [len(pairs)] * 4


async def test_writers_of_the_same_pairs_in_turn_make_each_event_once(own_database_url: str) -> None:
    await hold_jatoi(own_database_url)
    days = [date(2024, 1, 1) + timedelta(days=20 * number) for number in range(4)]
    told = [make_record("IRQ", "PAK", people=[JATOI], on=day) for day in days]
    orders = (told, told[::-1], told[2:] + told[:2], told[1:] + told[:1])
    await asyncio.gather(*(write(own_database_url, *order) for order in orders))
    async with open_session(own_database_url) as session:
        assert await count(session, event, report) == [len(days) + 1, 4 * len(days) + 1]


async def test_a_name_of_several_people_keeps_nobody_waiting_for_ever(own_database_url: str) -> None:
    await hold_jatoi(own_database_url)
    ali = make_person("Muhammad Ali", "PAK")
    await write(own_database_url, make_record("IRQ", "PAK", people=[ali], on=date(2021, 1, 1)))
    async with open_session(own_database_url) as session:
        one = (await session.execute(select(official.c.id).where(official.c.name == JATOI.name))).scalar_one()
        await correct_official(session, one, {"aliases": [ali.name]}, Edit())
    for number in range(1, 4):
        told = [
            make_record(one, "PAK", people=[ali], on=date(2024, 1, number)) for one in ("OMN", "USA", "CHN")
        ]
        await asyncio.gather(*(write(own_database_url, record) for record in told))


async def test_namesakes_whom_two_writers_bring_at_once_are_asked_about(own_database_url: str) -> None:
    ali, other = (make_person("Muhammad Ali", party) for party in ("PAK", "IRQ"))
    await write(own_database_url, make_record("LKA", "CHN"))  # the outlet is no stranger
    async with open_session(own_database_url) as first:
        await record_article(
            first, make_article(), [make_record("USA", "PAK", people=[ali])], parser_version="test-1"
        )
        second = asyncio.create_task(write(own_database_url, make_record("OMN", "IRQ", people=[other])))
        await until_somebody_waits(own_database_url)
    await second
    async with open_session(own_database_url) as session:
        asked = select(func.count()).where(review.c.kind == ReviewKind.UNSURE_IDENTITY)
        assert (await session.execute(asked)).scalar_one() == 1


async def test_a_load_waits_for_everybody_and_everybody_for_it(own_database_url: str) -> None:
    async with open_session(own_database_url) as load:
        await wait_for_everybody(load)
        assert await waits(own_database_url, IRAQ)
