"""COPY: the fastest way in, for rows that are known to be new."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

_SELDOM = 100
"""How many times fewer than usual."""


async def copy_rows(session: AsyncSession, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Add rows in the session's transaction; all have the same columns, and JSON comes as text.

    Rows that are made one by one are made while Postgres stores those before them.
    """
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return
    await session.flush()
    connection = await (await session.connection()).get_raw_connection()
    columns = list(first)
    assert connection.driver_connection is not None
    await connection.driver_connection.copy_records_to_table(
        table.name,
        columns=columns,
        records=(tuple(map(row.__getitem__, columns)) for row in chain((first,), coming)),
    )


@contextmanager
def heap_set_aside() -> Iterator[None]:
    """Let Python look for cycles in what comes from now on, and seldom: rows have none, and are many."""
    often, *rest = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(often * _SELDOM, *rest)
    try:
        yield
    finally:
        gc.set_threshold(often, *rest)
        gc.unfreeze()
