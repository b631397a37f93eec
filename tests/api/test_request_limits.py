"""What a request may be and how long an answer may take, asked of the application itself."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.api import deadlines
from app.api.dependencies import ReadSession
from app.main import create_app
from app.settings import Settings
from tests.api.problems import assert_problem


@pytest.fixture
def assembled(database_url: str) -> FastAPI:
    """Return an application that the test may add routes to."""
    return create_app(Settings(database_url=database_url))


async def test_56_a_body_without_a_length_is_read_only_to_the_limit(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    sent = 0

    @app.post("/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 10_000_000:
            sent += 16_384
            yield b"a" * 16_384

    answer = await client.post("/echo", content=endless())
    assert_problem(answer, 413, "too-large")
    assert sent < 200_000


@pytest.mark.parametrize("host", ["a\x01b", "a b", "<script>", "a" * 300])
async def test_82_a_host_that_is_none_is_a_400(client: httpx.AsyncClient, host: str) -> None:
    assert_problem(await client.get("/v1/events", headers={"Host": host}), 400, "malformed")


async def test_82_an_unknown_host_is_a_400_where_hosts_are_named() -> None:
    named = create_app(Settings(allowed_hosts=("api.example.org",)), "postgresql+asyncpg://")
    transport = httpx.ASGITransport(named)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        page = "/docs/problems/malformed"
        assert (await client.get(page, headers={"Host": "API.example.org:8000"})).status_code == 200
        assert_problem(await client.get(page, headers={"Host": "evil.example"}), 400, "malformed")
        assert (await client.get("/livez", headers={"Host": "10.0.0.7:8000"})).status_code == 200


async def test_an_answer_that_does_not_begin_in_time_is_a_503(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "ANSWER_SECONDS", 0.05)

    @app.get("/stuck")
    async def stuck() -> None:
        await asyncio.sleep(30)

    assert_problem(await client.get("/stuck"), 503, "overloaded")


@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_79_a_write_that_lost_is_tried_three_times_more(
    app: FastAPI, client: httpx.AsyncClient, state: str
) -> None:
    bodies: list[bytes] = []

    @app.post("/lost")
    async def lost(request: Request, session: ReadSession) -> str:
        bodies.append(await request.body())
        if len(bodies) < 4 or bodies[0] == b"always":
            await _fail(session, state)
        return "written"

    answer = await client.post("/lost", content=b"once")
    assert answer.status_code == 200
    assert bodies == [b"once"] * 4
    bodies.clear()
    assert_problem(await client.post("/lost", content=b"always"), 503, "overloaded")
    assert len(bodies) == 4


async def _fail(session: AsyncSession, state: str) -> None:
    await session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '{state}'; END $$"))
