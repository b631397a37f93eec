"""How often one may ask, who counts as one, and whose word about addresses counts."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.api.rates import FAILURES
from app.main import create_app
from app.settings import Settings
from tests.api.problems import assert_problem
from tests.authorization.holders import holder, stranger
from tests.conftest import joined_session

PATH = "/docs/problems/malformed"


@pytest.fixture
def strict_app(connection: AsyncConnection) -> FastAPI:
    """Return an application that lets few requests pass; it looks keys up on the test's own connection."""
    app = create_app(Settings(rate_anonymous="3/minute", rate_key="5/minute"), "postgresql+asyncpg://")
    app.state.writing_sessions = lambda: joined_session(connection)
    return app


def client_at(address: str, app: FastAPI, *proxies: str) -> httpx.AsyncClient:
    wrapped = ProxyHeadersMiddleware(app, list(proxies))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(wrapped, client=(address, 1234))  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://testserver")


async def statuses(client: httpx.AsyncClient, times: int, **headers: str) -> list[int]:
    return [(await client.get(PATH, headers=headers)).status_code for _ in range(times)]


async def test_each_answer_says_how_many_are_left_and_the_last_is_a_429(strict_app: FastAPI) -> None:
    async with client_at("203.0.113.7", strict_app) as client:
        first = await client.get(PATH)
        assert first.headers["ratelimit-policy"] == '"anonymous";q=3;w=60'
        assert first.headers["ratelimit"].startswith('"anonymous";r=2;t=')
        assert await statuses(client, 2) == [200, 200]
        refused = await client.get(PATH)
        assert_problem(refused, 429, "rate-limited")
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert refused.headers["access-control-allow-origin"] == "*"
        assert (await client.get("/livez")).status_code == 200


@pytest.mark.parametrize(
    ("neighbour", "stranger"), [("203.0.113.99", "203.0.114.1"), ("2001:db8:0:1::9", "2001:db8:0:2::1")]
)
async def test_a_network_counts_as_one(strict_app: FastAPI, neighbour: str, stranger: str) -> None:
    first = "203.0.113.7" if "." in neighbour else "2001:db8:0:1::1"
    async with client_at(first, strict_app) as one, client_at(neighbour, strict_app) as near:
        assert await statuses(one, 3) == [200] * 3
        assert await statuses(near, 1) == [429]
    async with client_at(stranger, strict_app) as far:
        assert await statuses(far, 1) == [200]


async def test_89_a_forwarded_address_from_a_stranger_changes_nothing(strict_app: FastAPI) -> None:
    async with client_at("203.0.113.7", strict_app, "192.0.2.1") as client:
        for number in range(3):
            assert await statuses(client, 1, **{"X-Forwarded-For": f"198.51.{number}.1"}) == [200]
        assert await statuses(client, 1, **{"X-Forwarded-For": "198.51.100.1"}) == [429]


async def test_a_named_proxy_is_believed(strict_app: FastAPI) -> None:
    async with client_at("192.0.2.1", strict_app, "192.0.2.0/24") as client:
        for number in range(5):
            assert await statuses(client, 1, **{"X-Forwarded-For": f"198.51.{number}.1"}) == [200]


async def test_this_machine_is_not_counted_unless_it_speaks_for_others(strict_app: FastAPI) -> None:
    async with client_at("127.0.0.1", strict_app) as client:
        assert await statuses(client, 5) == [200] * 5
        assert await statuses(client, 4, **{"X-Forwarded-For": "198.51.100.1"}) == [200] * 3 + [429]


async def test_a_key_counts_by_itself_however_its_header_is_written(
    strict_app: FastAPI, session: AsyncSession
) -> None:
    one, other = [(await holder(session, name=name))["Authorization"][7:] for name in ("one", "other")]
    async with client_at("203.0.113.7", strict_app) as client:
        assert await statuses(client, 3) == [200] * 3
        written = [f"{scheme} {one}" for scheme in ("Bearer", "bearer", "BEARER ", *["Bearer"] * 3)]
        assert [(await statuses(client, 1, Authorization=way))[0] for way in written] == [200] * 5 + [429]
        assert await statuses(client, 1, Authorization=f"Bearer {other}") == [200]


async def test_a_key_that_is_none_counts_for_its_network(strict_app: FastAPI) -> None:
    made_up = [stranger()["Authorization"] for _ in range(3)]
    async with client_at("203.0.113.7", strict_app) as client:
        assert [(await statuses(client, 1, Authorization=one))[0] for one in made_up] == [200] * 3
        for one in ("Bearer a", stranger()["Authorization"]):
            assert await statuses(client, 1, Authorization=one) == [429]
        assert await statuses(client, 1) == [429]


async def test_a_key_that_cannot_be_looked_up_is_no_failure() -> None:
    away = create_app(Settings(), "postgresql+asyncpg://nobody@127.0.0.1:1/none")
    key = stranger()["Authorization"]
    async with client_at("203.0.113.7", away) as client:
        tried = await statuses(client, FAILURES.amount + 2, Authorization=key)
    assert set(tried) == {200}
