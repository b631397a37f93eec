"""Whole lists, a batch at a time, in their session's one snapshot: what `find_…` finds, page after page."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries.paging import Page

BATCH = 200
"""Rows in memory at a time."""

_Filter = TypeVar("_Filter", bound=BaseModel)


async def stream_rows(
    session: AsyncSession,
    find: Callable[[AsyncSession, _Filter], Awaitable[Page[Any]]],
    wanted: _Filter,
) -> AsyncIterator[Sequence[Any]]:
    """Yield every row that a filter finds, in batches; memory does not grow with their number."""
    cursor = None
    while True:
        asked = wanted.model_copy(update={"limit": BATCH, "cursor": cursor, "count": False})
        page = await find(session, asked)
        yield page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


async def stream_statement(
    session: AsyncSession, statement: Select[Any]
) -> AsyncIterator[Sequence[Row[Any]]]:
    """Yield the rows of one statement, in batches, by a cursor of the database; for what has no pages."""
    found = await session.stream(statement)
    async for rows in found.partitions(BATCH):
        yield rows


async def exceeds(
    session: AsyncSession,
    find: Callable[[AsyncSession, _Filter], Awaitable[Page[Any]]],
    wanted: _Filter,
    most: int,
) -> bool:
    """Tell whether a filter finds more rows than `most`, reading no further than that."""
    seen = 0
    async for rows in stream_rows(session, find, wanted):
        seen += len(rows)
        if seen > most:
            return True
    return False
