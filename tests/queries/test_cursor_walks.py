"""A walk by cursor while others write: what was there all along is seen once."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ReviewStatus
from app.queries.event_filter import EventFilter, EventSort
from app.queries.events import find_events
from app.storage.tables import event
from tests.factories import make_record, store

_PAIRS = ("FRA", "DEU", "JPN", "KOR", "TUR", "IRN", "CHN", "IND")
_DAYS = st.integers(0, 9).map(lambda days: date(2024, 1, 1) + timedelta(days))


@st.composite
def writes(draw: st.DrawFn) -> list[list[tuple[str, int, date]]]:
    """Draw what is written between the pages: events added, told of again, moved or hidden."""
    write = st.tuples(st.sampled_from(["add", "tell", "move", "hide"]), st.integers(0, 7), _DAYS)
    return draw(st.lists(st.lists(write, max_size=2), min_size=3, max_size=5))


async def _write(session: AsyncSession, what: str, event_id: UUID, day: date) -> None:
    if what == "add":
        await store(session, make_record("PAK", "USA", on=day))
        return
    changes: dict[str, dict[str, Any]] = {
        "tell": {"updated_at": func.clock_timestamp(), "confidence": 0.5},
        "move": {"sort_date": day, "date_start": day, "date_end": day},
        "hide": {"review_status": ReviewStatus.REJECTED},
    }
    await session.execute(update(event).where(event.c.id == event_id).values(changes[what]))


async def _walk(
    session: AsyncSession, sort: EventSort, held: list[UUID], between: list[list[tuple[str, int, date]]]
) -> list[UUID]:
    """Walk all pages, writing between them."""
    seen: list[UUID] = []
    cursor, turn = None, 0
    while True:
        page = await find_events(session, EventFilter(sort=sort, limit=2, cursor=cursor, count=False))
        seen += [found.row.id for found in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            return seen
        for what, number, day in between[turn] if turn < len(between) else ():
            await _write(session, what, held[number], day)
        turn += 1


@pytest.fixture
async def held(session: AsyncSession) -> list[UUID]:
    """Store one event of each pair; a walk gives them days of their own."""
    told = [make_record("PAK", other, on=date(2024, 1, 1)) for other in _PAIRS]
    return [(await store(session, record)).events[0] for record in told]


@pytest.mark.parametrize(
    "sort", [EventSort.LATEST, EventSort.EARLIEST, EventSort.CREATED_FIRST, EventSort.CREATED_LAST]
)
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days=st.lists(_DAYS, min_size=8, max_size=8), between=writes())
async def test_walk_loses_and_repeats_nothing_while_rows_are_added_and_changed(
    session: AsyncSession,
    held: list[UUID],
    sort: EventSort,
    days: list[date],
    between: list[list[tuple[str, int, date]]],
) -> None:
    savepoint = await session.begin_nested()
    for one, day in zip(held, days, strict=True):
        made = {"created_at": day, "sort_date": day, "date_start": day, "date_end": day}
        await session.execute(update(event).where(event.c.id == one).values(made))
    seen = await _walk(session, sort, held, between)
    await savepoint.rollback()
    touched = [(what, held[number]) for turn in between for what, number, _ in turn]
    hidden = {one for what, one in touched if what == "hide"}
    # What an event is sorted by may change, but for the instant it was made.
    by_day = sort in (EventSort.LATEST, EventSort.EARLIEST)
    moved = {one for what, one in touched if what == "move"} if by_day else set()
    stayed = [one for one in held if one not in hidden | moved]
    assert [seen.count(one) for one in stayed] == [1] * len(stayed)
    assert all(seen.count(one) <= 1 for one in seen if one not in moved)
