"""Fill an empty, migrated database with synthetic events: first the rows, then their indexes."""

import time
from pathlib import Path

import asyncpg

from app.domain.vocabulary import topics

SEED, PARTIES, OFFICIALS = 7, 2_000, 20_000
_BATCH = 50_000
_FOLDER = Path(__file__).parent
_BIG = ("event", "event_party", "participation", "article", "report", "change", "agreement")


async def generate(url: str, events: int) -> float:
    """Make events and all that belongs to them; return the seconds that it took."""
    start = time.perf_counter()
    connection = await asyncpg.connect(url)
    try:
        # The rows are right by the way they are made; their keys need no look-up each.
        await connection.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        indexes = await _drop_indexes(connection)
        told = {
            "seed": SEED,
            "parties": PARTIES,
            "officials": OFFICIALS,
            "topics": ",".join(sorted(topics())),
        }
        for statement in _statements("generator.sql"):
            await connection.execute(_fill(statement, told))
        for first in range(1, events + 1, _BATCH):
            batch = {**told, "first": first, "last": min(first + _BATCH - 1, events)}
            for statement in _statements("generator_batch.sql"):
                await connection.execute(_fill(statement, batch))
        for index in indexes:
            await connection.execute(index)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    return time.perf_counter() - start


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


def _statements(name: str) -> list[str]:
    return (_FOLDER / name).read_text(encoding="utf-8").split("\n--------\n")


def _fill(statement: str, told: dict[str, object]) -> str:
    for name, value in told.items():
        statement = statement.replace(f"{{{name}}}", str(value))
    return statement
