"""Datasette on the same events: SQLite with a row an event, what belongs to it as JSON, and a query."""

import json
import sqlite3
from pathlib import Path

import asyncpg
import orjson

QUERY = (
    "SELECT event.* FROM dyad JOIN event ON event.id = dyad.event WHERE dyad.a = :a AND dyad.b = :b "
    "ORDER BY dyad.sort_date DESC, dyad.event DESC LIMIT 50"
)
NESTED = ("place", "parties", "participants", "dyads", "topics", "confidence_reasons", "sources")
_BATCH = 10_000


async def write_sqlite(url: str, path: Path) -> None:
    """Copy the events and their pairs into a SQLite file with the indexes that the query needs."""
    file = sqlite3.connect(path)
    connection = await asyncpg.connect(url)
    try:
        first = orjson.loads(await connection.fetchval("SELECT doc FROM event_doc LIMIT 1"))
        names = list(first)
        file.execute(f"CREATE TABLE event ({', '.join(names)}, PRIMARY KEY (id)) WITHOUT ROWID")
        file.execute("CREATE TABLE dyad (a TEXT, b TEXT, sort_date TEXT, event TEXT)")
        async with connection.transaction():
            async for rows in _batches(connection, "SELECT doc FROM event_doc"):
                docs = (orjson.loads(row["doc"]) for row in rows)
                values = ([_cell(doc[name]) for name in names] for doc in docs)
                file.executemany(f"INSERT INTO event VALUES ({', '.join('?' * len(names))})", values)
            pairs = "SELECT a, b, sort_date, event FROM event_dyad WHERE a < b AND listed"
            async for rows in _batches(connection, pairs):
                file.executemany(
                    "INSERT INTO dyad VALUES (?, ?, ?, ?)",
                    ((r["a"], r["b"], str(r["sort_date"]), f"evt_{r['event'].hex}") for r in rows),
                )
        file.execute("CREATE INDEX dyad_day ON dyad (a, b, sort_date, event)")
        file.execute("ANALYZE")
        file.commit()
    finally:
        file.close()
        await connection.close()


def write_metadata(path: Path) -> None:
    """Write Datasette's configuration with the query under the name `page`."""
    path.write_text(json.dumps({"databases": {"bench": {"queries": {"page": {"sql": QUERY}}}}}))


async def _batches(connection: asyncpg.Connection, statement: str):  # type: ignore[no-untyped-def]
    cursor = await connection.cursor(statement)
    while rows := await cursor.fetch(_BATCH):
        yield rows


def _cell(value: object) -> object:
    return orjson.dumps(value).decode() if isinstance(value, list | dict) else value
