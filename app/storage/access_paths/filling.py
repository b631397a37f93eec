"""Tables filled anew: their indexes are made once all rows are there, in order and on several cores."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_INDEXES = """SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made_by,
        conname AS key, pg_get_constraintdef(pg_constraint.oid) AS key_made_by
    FROM pg_index LEFT JOIN pg_constraint ON conindid = indexrelid
    WHERE indrelid = CAST(:table AS regclass) ORDER BY 1"""


@asynccontextmanager
async def emptied(session: AsyncSession, table: str) -> AsyncIterator[None]:
    """Empty a table and take its indexes off until the block ends; the caller commits."""
    await session.execute(text(f"TRUNCATE {table}"))
    indexes = (await session.execute(text(_INDEXES), {"table": table})).all()
    for index in indexes:
        gone = f"ALTER TABLE {table} DROP CONSTRAINT {index.key}" if index.key else f"DROP INDEX {index.name}"
        await session.execute(text(gone))
    yield
    for index in indexes:
        key = f"ALTER TABLE {table} ADD CONSTRAINT {index.key} {index.key_made_by}"
        await session.execute(text(key if index.key else index.made_by))
