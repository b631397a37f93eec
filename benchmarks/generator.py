"""Fill an empty, migrated database with synthetic events: first the rows, then their indexes."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg

from app.domain.vocabulary import topics

SEED, PARTIES, OFFICIALS = 7, 2_000, 20_000
_BATCH = 50_000
_WRITERS = 2
_FOLDER = Path(__file__).parent
_BIG = ("event", "event_party", "participation", "article", "report", "change", "agreement")
_TOLD = {"seed": SEED, "parties": PARTIES, "officials": OFFICIALS, "topics": ",".join(sorted(topics()))}


async def generate(url: str, events: int, advance: Callable[[int], None]) -> float:
    """Make events and all that belongs to them, tell how many are made, and return the seconds it took."""
    start = time.perf_counter()
    connection = await _connect(url)
    try:
        indexes = await _drop_indexes(connection)
        await _run(connection, "generator.sql", _TOLD)
        told = {**_TOLD, "logged": await connection.fetchval("SELECT coalesce(max(seq), 0) FROM change")}
        firsts = iter(range(1, events + 1, _BATCH))
        async with asyncio.TaskGroup() as writers:
            for _ in range(_WRITERS):
                writers.create_task(_write(url, told, firsts, events, advance))
        for index in indexes:
            await connection.execute(index)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    return time.perf_counter() - start


async def _write(
    url: str, told: dict[str, object], firsts: Iterator[int], events: int, advance: Callable[[int], None]
) -> None:
    """Make batches until no writer has any left."""
    connection = await _connect(url)
    try:
        for first in firsts:
            last = min(first + _BATCH - 1, events)
            await _run(connection, "generator_batch.sql", {**told, "first": first, "last": last})
            advance(last - first + 1)
    finally:
        await connection.close()


async def _connect(url: str) -> asyncpg.Connection:
    connection = await asyncpg.connect(url)
    # The rows are right by the way they are made; their keys need no look-up each.
    await connection.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    await _run(connection, "generator_session.sql", _TOLD)
    return connection


async def _run(connection: asyncpg.Connection, name: str, told: dict[str, object]) -> None:
    for statement in (_FOLDER / name).read_text(encoding="utf-8").split("\n--------\n"):
        for word, value in told.items():
            statement = statement.replace(f"{{{word}}}", str(value))
        await connection.execute(statement)


async def _drop_indexes(connection: asyncpg.Connection) -> list[str]:
    """Drop the indexes that hold no constraint; return what makes them again."""
    rows = await connection.fetch(
        "SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made_by FROM pg_index "
        "WHERE indrelid = ANY($1::regclass[]) AND NOT indisprimary "
        "AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
        list(_BIG),
    )
    for row in rows:
        await connection.execute(f"DROP INDEX {row['name']}")
    return [row["made_by"] for row in rows]
