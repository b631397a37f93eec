"""Access paths against the plain tables: equal after every kind of change, and after a rebuild."""

import asyncio
import itertools
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.domain.dates import DateSpan
from app.domain.record import ReportedAgreement
from app.domain.vocabulary import AgreementKind, EventKind, EventStatus, Mode, PartyRole
from app.storage.access_paths import rebuild_access_paths, renew_access_paths
from app.storage.access_paths.statements import read_statement
from app.storage.database import open_session
from app.storage.recording import rerecord_article
from app.storage.tables import ArticleRow
from tests.conftest import joined_session, rolled_back
from tests.factories import make_article, make_person, make_record, store

_KEPT = {
    "event_doc": "event, encode(doc, 'escape')",
    "event_dyad": "a, b, sort_date, event, kind, date_start, date_end, listed",
    "event_official": "official, sort_date, event, kind, date_start, date_end, listed",
    "event_act": "official, party, event, sort_date, date_start, date_end, listed, title, rank",
    "official_act": "official, party, events, first_date, last_date, title, rank",
    "event_term": "term, sort_date, event, kind, date_start, date_end, listed",
    "article_terms": "article, day, terms",
    "agreement_doc": "agreement, encode(doc, 'escape')",
    "agreement_term": "term, day, agreement, date_start, date_end, confidence, listed",
    "dyad_count": "a, b, grain, period, kind, events, first_date, last_date",
    "official_count": "official, kind, events",
}


async def assert_true(session: AsyncSession) -> None:
    other_day = "SELECT id FROM event WHERE date_start IS NOT NULL AND sort_date <> date_start"
    assert list(await session.execute(text(other_day))) == [], "filters by days go by the day to sort by"
    for table, columns in _KEPT.items():
        kept = f"SELECT {columns} FROM {table}"
        stated = f"SELECT {columns} FROM ({read_statement(table)}) stated"
        both = f"({kept} EXCEPT ALL {stated}) UNION ALL ({stated} EXCEPT ALL {kept})"
        assert list(await session.execute(text(both))) == [], table


async def test_what_bulk_and_door_have_written_is_true(history_url: str) -> None:
    async with open_session(history_url) as session:
        await assert_true(session)


_PARTIES = ("IRQ", "PAK", "SAU", "USA", "UN")
_DAYS = st.one_of(
    st.none(),
    st.dates(date(2024, 1, 28), date(2024, 2, 3)),
    st.just(DateSpan.of_range(date(2023, 12, 30), date(2024, 2, 1))),
)
_SIGNED: dict[str, Any] = {
    "mode": Mode.SIGNED,
    "agreement": ReportedAgreement(kind=AgreementKind.PACT),
    "topics": ("training",),
}
RECORDS = st.builds(
    lambda parties, on, kind, status, people: make_record(
        *[(party, PartyRole.PARTICIPANT) for party in parties[1:]],
        (parties[0], PartyRole.CONVENOR if len(parties) > 2 else PartyRole.PARTICIPANT),
        on=on,
        kind=kind,
        status=status,
        **(_SIGNED if kind is EventKind.AGREEMENT else {}),
        people=[make_person(name, parties[1], title=title) for name, title in people],
    ),
    st.lists(st.sampled_from(_PARTIES), min_size=2, max_size=4, unique=True),
    _DAYS,
    st.sampled_from([EventKind.MEETING, EventKind.VISIT, EventKind.AGREEMENT]),
    st.sampled_from([EventStatus.OCCURRED, EventStatus.PLANNED]),
    st.lists(
        st.tuples(
            st.sampled_from(["Ana Solis", "Omar Reyes"]), st.sampled_from([None, "Foreign Minister", "Envoy"])
        ),
        unique_by=lambda told: told[0],
        max_size=2,
    ),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(RECORDS, min_size=1, max_size=4), again=st.lists(RECORDS, max_size=3))
async def test_what_is_stored_and_read_again_stays_true(
    engine: AsyncEngine, first: list[Any], again: list[Any]
) -> None:
    async with rolled_back(engine) as connection, joined_session(connection) as session:
        for record in first:
            recorded = await store(session, record)
        await assert_true(session)
        row = await session.get_one(ArticleRow, recorded.article)
        await rerecord_article(session, row, again, parser_version="test-2")
        await session.flush()
        await assert_true(session)


async def test_a_rebuild_gives_the_same(session: AsyncSession) -> None:
    indexes = text(
        "SELECT tablename, indexname, indexdef, contype FROM pg_indexes "
        "LEFT JOIN pg_constraint ON conname = indexname ORDER BY 1, 2"
    )
    await store(session, make_record(), make_record("SAU", "USA"))
    before = (await session.execute(indexes)).all()
    await session.execute(text("UPDATE dyad_count SET events = 7"))
    await session.execute(text("DELETE FROM event_doc"))
    await rebuild_access_paths(session)
    await assert_true(session)
    assert (await session.execute(indexes)).all() == before
    assert not await renew_access_paths(session), "they are those of these statements"


async def test_a_rebuild_and_writers_wait_for_each_other(own_database_url: str) -> None:
    async with open_session(own_database_url) as session:
        articles = [(await store(session, make_record(on=date(2024, month, 1)))).article for month in (1, 2)]
    rebuilt = asyncio.Event()

    async def write(article: UUID) -> None:
        for number in itertools.count():
            async with open_session(own_database_url) as session:
                row = await session.get_one(ArticleRow, article)
                again = [
                    make_record(on=date(2024, 1 + number % 9, 1), people=[make_person("Ana Solis", "IRQ")])
                ]
                await rerecord_article(session, row, again, parser_version=f"test-{number}")
            if rebuilt.is_set():
                return

    async def rebuild() -> None:
        for _ in range(4):
            async with open_session(own_database_url) as session:
                await rebuild_access_paths(session)
        rebuilt.set()

    await asyncio.gather(rebuild(), *map(write, articles))
    async with open_session(own_database_url) as session:
        await assert_true(session)


async def test_a_document_that_says_the_same_keeps_its_revision(session: AsyncSession) -> None:
    revisions = text("SELECT event, revision FROM event_doc ORDER BY 1")
    await store(session, make_record(people=[make_person("Ana Solis", "IRQ")]))
    before = list(await session.execute(revisions))
    await store(session, make_record(people=[make_person("Ana Solis", "IRQ")]))
    after = list(await session.execute(revisions))
    assert [row.event for row in before] == [row.event for row in after]
    assert before != after, "another source is shown"
    await store(session, make_record("SAU", "USA"), article=make_article())
    assert set(after) < set(await session.execute(revisions))


@pytest.mark.parametrize("table", list(_KEPT))
def test_each_statement_says_what_it_is(table: str) -> None:
    assert read_statement(table).startswith("-- ")
