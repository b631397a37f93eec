"""What an export may take: rows, turns, memory; and that it is of one moment."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.exports import parquet
from app.main import create_app
from app.queries import streaming
from app.queries.event_filter import EventFilter
from app.queries.events import find_events
from app.settings import Settings
from app.storage.access_paths import rebuild_access_paths
from app.storage.database import open_session
from app.storage.tables import event
from tests.api.problems import assert_problem
from tests.factories import make_record, store

_DATED = ("sort_date", "date_start", "date_end")


async def test_cap_is_a_413_that_says_how_to_go_on(
    app: FastAPI, client: httpx.AsyncClient, session: AsyncSession
) -> None:
    for day in range(1, 4):
        await store(session, make_record(on=date(2024, day, 1)))
    app.state.export_max_rows = 2
    problem = assert_problem(await client.get("/v1/events.csv"), 413, "export-too-large")
    assert "limit=" in str(problem["detail"])
    assert (await client.get("/v1/events.csv?limit=2")).links["next"]
    app.state.export_max_rows = 3
    assert (await client.get("/v1/events.csv")).status_code == 200


async def test_more_exports_than_turns_are_told_to_come_again(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    app.state.exports = asyncio.Semaphore(1)
    async with app.state.exports:
        answer = await client.get("/v1/events.csv")
        assert_problem(answer, 503, "overloaded")
        assert "retry-after" in answer.headers
        assert (await client.get("/v1/events")).status_code == 200
    assert (await client.get("/v1/events.csv")).status_code == 200


async def test_format_whose_package_is_missing_says_so(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    problem = assert_problem(await client.get("/v1/events.parquet"), 501, "format-not-installed")
    assert "pyarrow" in str(problem["detail"])


@pytest.fixture
async def own_app(own_database_url: str) -> AsyncIterator[FastAPI]:
    app = create_app(Settings(), own_database_url)
    async with app.router.lifespan_context(app):
        yield app


async def copies(url: str, number: int, first: date) -> None:
    """Store one event and so many more like it, each a day later."""
    columns = [name for name in event.c.keys() if name not in (*_DATED, "id", "search")]  # noqa: SIM118
    listed = ", ".join(columns)
    async with open_session(url) as session:
        recorded = await store(session, make_record(on=first))
        await session.execute(
            text(
                f"WITH copied AS (INSERT INTO event (id, {', '.join(_DATED)}, {listed})"
                f" SELECT gen_random_uuid(), {', '.join(f'{name} + n' for name in _DATED)}, {listed}"
                " FROM event, generate_series(1, :number) AS n WHERE id = :id RETURNING id)"
                " INSERT INTO event_party (event, party, role) SELECT copied.id, party, role"
                " FROM copied, event_party WHERE event = :id"
            ),
            {"number": number, "id": recorded.events[0]},
        )
        await rebuild_access_paths(session)


async def take(app: FastAPI, path: str) -> tuple[int, int]:
    """Read a file piece by piece; return its lines, and how much the process's memory grew meanwhile."""
    lines = 0
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()

    async def send(message: dict[str, object]) -> None:
        nonlocal lines
        lines += bytes(message.get("body", b"")).count(b"\n")  # type: ignore[call-overload]

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()
        return {}

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
        "server": ("testserver", 80),
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    return lines, tracemalloc.get_traced_memory()[1] - before


@pytest.mark.parametrize("path", ["/v1/events.ndjson", "/v1/dyads/IRQ-PAK/timeline.ndjson"])
async def test_memory_does_not_grow_with_the_rows(own_app: FastAPI, own_database_url: str, path: str) -> None:
    await copies(own_database_url, 400, date(2000, 1, 1))
    tracemalloc.start()
    try:
        await take(own_app, path)
        few, some = await take(own_app, path)
        await copies(own_database_url, 1_600, date(1970, 1, 1))
        many, more = await take(own_app, path)
    finally:
        tracemalloc.stop()
    assert (few, many) == (401, 2_002)
    assert more < 1.5 * some + 1_000_000


async def test_file_is_of_one_moment_whatever_is_written_meanwhile(
    own_app: FastAPI, own_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "BATCH", 2)
    async with open_session(own_database_url) as session:
        for day in range(1, 8):
            await store(session, make_record(on=date(2024, day, 1)))
    found = 0
    async with own_app.state.sessions() as session:
        async for rows in streaming.stream_rows(session, find_events, EventFilter()):
            found += len(rows)
            async with open_session(own_database_url) as writing:
                await writing.execute(text("UPDATE event SET sort_date = sort_date - 400, status = 'denied'"))
    assert found == 7
