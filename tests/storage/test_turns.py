"""Which writers wait for each other, and that those who do not make nothing twice."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import Table, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.record import EventRecord
from app.domain.vocabulary import PartyRole
from app.storage.database import open_session
from app.storage.locking import lock_events
from app.storage.recording import record_article
from app.storage.tables import article, event, event_doc, official, report
from app.storage.turns import lock_records
from tests.factories import make_article, make_person, make_record

MIRZA = make_person("Sahir Shamshad Mirza", "PAK")
HELD = make_record("IRQ", "PAK", people=[MIRZA], on=date(2020, 1, 1))
IRAQ = make_record("IRQ", "PAK", people=[MIRZA])


async def waits(url: str, *records: EventRecord) -> bool:
    """Tell whether a writer of these records would have to wait."""
    try:
        async with open_session(url) as other:
            await other.execute(text("SET LOCAL lock_timeout = '50ms'"))
            await lock_records(other, records)
    except DBAPIError:
        return True
    return False


async def hold_mirza(url: str) -> None:
    async with open_session(url) as session:
        await record_article(session, make_article(), [HELD], parser_version="test-1")


@pytest.mark.parametrize(
    ("other", "wait"),
    [
        ([make_record("OMN", "PAK", people=[MIRZA])], False),
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
    await hold_mirza(own_database_url)
    async with open_session(own_database_url) as first:
        await lock_records(first, [IRAQ])
        assert await waits(own_database_url, *other) is wait


async def test_lists_of_several_parties_wait_where_they_share_one(own_database_url: str) -> None:
    async with open_session(own_database_url) as first:
        await lock_records(first, [make_record("IRQ", "PAK", "OMN")])
        assert await waits(own_database_url, make_record("OMN", "USA", "CHN"))
        assert not await waits(own_database_url, make_record("USA", "CHN", "TUR"))


async def test_an_editor_is_alone_with_the_parties(own_database_url: str) -> None:
    await hold_mirza(own_database_url)
    async with open_session(own_database_url) as editor:
        one = (await editor.execute(select(event.c.id))).scalar_one()
        await lock_events(editor, [one])
        assert await waits(own_database_url, make_record("OMN", "PAK", people=[MIRZA]))


async def write(url: str, *records: EventRecord) -> None:
    async with open_session(url) as session:
        await record_article(session, make_article(), records, parser_version="test-1")


async def count(session: AsyncSession, *tables: Table) -> list[int]:
    return [(await session.execute(select(func.count()).select_from(one))).scalar_one() for one in tables]


async def test_a_stranger_whom_writers_of_several_pairs_name_at_once_is_one_person(
    own_database_url: str,
) -> None:
    pairs = ("IRQ", "OMN", "USA", "CHN", "TUR", "LKA")
    await asyncio.gather(*(write(own_database_url, make_record(one, "PAK", people=[MIRZA])) for one in pairs))
    async with open_session(own_database_url) as session:
        named = select(func.count()).where(official.c.name == MIRZA.name)
        assert (await session.execute(named)).scalar_one() == 1
        assert await count(session, article, event, report, event_doc) == [len(pairs)] * 4


async def test_writers_of_the_same_pairs_in_turn_make_each_event_once(own_database_url: str) -> None:
    await hold_mirza(own_database_url)
    days = [date(2024, 1, 1) + timedelta(days=20 * number) for number in range(4)]
    told = [make_record("IRQ", "PAK", people=[MIRZA], on=day) for day in days]
    orders = (told, told[::-1], told[2:] + told[:2], told[1:] + told[:1])
    await asyncio.gather(*(write(own_database_url, *order) for order in orders))
    async with open_session(own_database_url) as session:
        assert await count(session, event, report) == [len(days) + 1, 4 * len(days) + 1]
