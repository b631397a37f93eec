"""Exports as they are usually written well: a cursor of the database, a row an event, and orjson or csv."""

import csv
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from io import StringIO
from typing import Any

import asyncpg
import orjson
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

_ROWS = """
SELECT e.id, e.kind, e.mode, e.status, e.title, e.summary, e.date_start, e.date_end, e.date_precision,
    e.venue, e.city, e.country, e.object, e.background, e.confidence, e.confidence_reasons, e.topics,
    e.review_status, e.report_count, e.version, e.created_at, e.updated_at,
    (SELECT json_agg(json_build_object('id', p.id, 'kind', p.kind, 'name', p.name, 'role', ep.role))
        FROM event_party ep JOIN party p ON p.id = ep.party WHERE ep.event = e.id) AS parties,
    (SELECT json_agg(json_build_object('official', o.id, 'name', o.name, 'party', t.party, 'role', t.role,
            'rank', t.rank, 'title', t.title_as_reported) ORDER BY t.ordinal)
        FROM participation t LEFT JOIN official o ON o.id = t.official WHERE t.event = e.id) AS participants,
    (SELECT json_agg(json_build_object('article', a.id, 'title', a.title, 'url', a.url, 'outlet', outlet.name,
            'published_on', a.published_on))
        FROM report r JOIN article a ON a.id = r.article LEFT JOIN outlet ON outlet.id = a.outlet
        WHERE r.event = e.id AND r.active) AS sources
FROM event e
WHERE e.sort_date BETWEEN $1 AND $2 AND e.status = 'occurred' AND e.review_status = 'unreviewed'
    AND e.merged_into IS NULL
ORDER BY e.sort_date DESC, e.id DESC
"""
_BATCH = 200


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(os.environ["BENCHMARK_DATABASE_URL"], init=_read_json) as pool:
        app.state.pool = pool
        yield


async def _read_json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("json", schema="pg_catalog", decoder=orjson.loads, encoder=orjson.dumps)


app = FastAPI(lifespan=_lifespan)


@app.get("/events.ndjson")
async def export_json(date_from: date, date_to: date) -> StreamingResponse:
    async def lines() -> AsyncIterator[bytes]:
        async for rows in _batches(date_from, date_to):
            yield b"".join(
                orjson.dumps(dict(row), default=str, option=orjson.OPT_APPEND_NEWLINE) for row in rows
            )

    return StreamingResponse(lines(), media_type="application/x-ndjson")


@app.get("/events.csv")
async def export_csv(date_from: date, date_to: date) -> StreamingResponse:
    async def lines() -> AsyncIterator[str]:
        async for rows in _batches(date_from, date_to):
            buffer = StringIO()
            csv.writer(buffer).writerows([_cell(value) for value in row.values()] for row in rows)
            yield buffer.getvalue()

    return StreamingResponse(lines(), media_type="text/csv")


async def _batches(first: date, last: date) -> AsyncIterator[list[asyncpg.Record]]:
    async with app.state.pool.acquire() as connection, connection.transaction():
        cursor = await connection.cursor(_ROWS, first, last)
        while rows := await cursor.fetch(_BATCH):
            yield rows


def _cell(value: Any) -> Any:
    """Return one value for a cell; of several objects, each of their values in turn."""
    if not isinstance(value, list):
        return value
    return "|".join("|".join(map(str, one.values())) if isinstance(one, dict) else one for one in value)
