import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from app import errors
from app.api.dependencies import ReadSession
from app.api.problems import BY_ERROR, BY_SQLSTATE, INTERNAL, KINDS, kind_of, kind_of_sql
from app.logs import set_up_logs
from app.main import create_app
from app.settings import Settings
from tests.api.problems import assert_problem


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/v1/nope",
        "/v1/events/",
        "/v1/events/a/b",
        "/docs/assets/nope",
        "/docs/problems/nope",
    ],
)
async def test_unknown_address_is_a_404_problem(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, follow_redirects=True)
    assert_problem(answer, 404, "not-found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["/v1/events", "/v1/countries/PAK", "/livez"])
async def test_other_methods_are_a_405_that_names_the_right_one(
    client: httpx.AsyncClient, path: str, method: str
) -> None:
    answer = await client.request(method, path)
    assert_problem(answer, 405, "method")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.fixture
def assembled(database_url: str) -> FastAPI:
    """Return an application that the test may add routes to."""
    return create_app(Settings(database_url=database_url))


async def test_94_unforeseen_error_is_a_500_that_shows_nothing(
    app: FastAPI, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("secret of /var/lib")

    with caplog.at_level(logging.ERROR):
        answer = await client.get("/broken")
    assert_problem(answer, 500, "internal")
    assert "secret" not in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert any("unforeseen error" in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("ask", [AsyncSession.execute, AsyncSession.stream])
async def test_78_slow_statement_is_a_503_to_try_again(
    ask: Callable[..., Awaitable[Any]], app: FastAPI, client: httpx.AsyncClient
) -> None:
    @app.get("/slow")
    async def slow(session: ReadSession) -> None:
        await session.execute(text("SET LOCAL statement_timeout = 10"))
        await ask(session, text("SELECT pg_sleep(5)"))

    answer = await client.get("/slow")
    assert_problem(answer, 503, "overloaded")
    assert int(answer.headers["retry-after"]) > 0


async def test_fault_of_the_database_is_logged_without_what_was_sent(
    app: FastAPI, client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    sent = {"words": " ".join(["secret", "words"])}  # put together, as traces show lines of this file

    @app.get("/cut")
    async def cut(session: ReadSession) -> None:
        await session.execute(text("SET LOCAL statement_timeout = 10"))
        await session.execute(text("SELECT pg_sleep(5), CAST(:words AS text)"), sent)

    @app.get("/row")
    async def row(session: ReadSession) -> None:
        await session.execute(text("CREATE TEMP TABLE row (words text CHECK (words = '')) ON COMMIT DROP"))
        try:
            await session.execute(text("INSERT INTO row VALUES (:words)"), sent)
        except DBAPIError as error:
            raise RuntimeError("unforeseen") from error

    set_up_logs("INFO")  # on the standard error of this test
    await client.get("/cut")
    await client.get("/row")
    logged = capfd.readouterr().err
    assert "canceling statement" in logged
    assert "unforeseen" in logged
    assert sent["words"] not in logged


async def test_value_that_postgres_refuses_is_a_422_and_our_own_fault_a_500(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    @app.get("/divide")
    async def divide(session: ReadSession) -> None:
        await session.execute(text("SELECT 1 / 0"))

    @app.get("/missing")
    async def missing(session: ReadSession) -> None:
        await session.execute(text("SELECT * FROM no_such_table"))

    assert_problem(await client.get("/divide"), 422, "validation")
    answer = await client.get("/missing")
    assert_problem(answer, 500, "internal")
    assert "no_such_table" not in answer.text


@pytest.fixture
async def unreachable() -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(), "postgresql+asyncpg://postgres@/nowhere?host=/nonexistent")
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


@pytest.mark.parametrize("path", ["/v1/events", "/v1/events.csv", "/v1/meta", "/readyz"])
async def test_database_that_is_away_is_a_503_that_shows_no_path(
    unreachable: httpx.AsyncClient, path: str
) -> None:
    assert_problem(await unreachable.get(path, headers={"If-None-Match": '"1"'}), 503, "unavailable")
    answer = await unreachable.get(path)
    assert_problem(answer, 503, "unavailable")
    assert "retry-after" in answer.headers
    assert "nonexistent" not in answer.text


async def test_service_lives_while_the_database_is_away(unreachable: httpx.AsyncClient) -> None:
    assert (await unreachable.get("/livez")).json() == {"status": "ok"}
    assert (await unreachable.get("/docs")).status_code == 200
    assert (await unreachable.get("/openapi.json")).status_code == 200


def every_error() -> list[type[errors.BilateralError]]:
    classes = (cls for _, cls in inspect.getmembers(errors, inspect.isclass))
    return [cls for cls in classes if issubclass(cls, errors.BilateralError)]


@pytest.mark.parametrize("cls", every_error())
def test_every_error_has_a_kind_of_problem_that_fits(cls: type[errors.BilateralError]) -> None:
    kind = kind_of(cls.__new__(cls))
    plain = cls in (errors.BilateralError, errors.Moved)
    assert (kind is INTERNAL) == plain, "an error must be one of BadInput, NotFound, Conflict, Unavailable"
    assert kind in KINDS.values()


def test_every_kind_of_problem_in_the_tables_is_documented() -> None:
    assert {*BY_ERROR.values(), *BY_SQLSTATE.values()} <= set(KINDS.values())


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("08006", 503),
        ("53300", 503),
        ("57014", 503),
        ("57P01", 503),
        ("55P03", 503),
        ("40001", 503),
        ("40P01", 503),
        ("22021", 422),
        ("22P02", 422),
        ("54000", 422),
        ("23505", 409),
        ("42P01", 500),
        ("XX000", 500),
    ],
)
def test_sqlstates_lead_to_their_status(state: str, status: int) -> None:
    class Told(Exception):
        sqlstate = state

    assert kind_of_sql(DBAPIError("", None, Told())).status == status


async def test_reading_session_cannot_write(database_url: str) -> None:
    app = create_app(Settings(), database_url)
    found: list[str] = []

    @app.get("/write")
    async def write(session: ReadSession) -> None:
        found.append((await session.execute(text("SHOW transaction_read_only"))).scalar_one())
        found.append((await session.execute(text("SHOW transaction_isolation"))).scalar_one())
        found.append((await session.execute(text("SHOW statement_timeout"))).scalar_one())
        await session.execute(text("DELETE FROM event"))

    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            assert (await client.get("/write")).status_code == 500
            assert (await client.get("/readyz")).status_code == 200
    assert found == ["on", "repeatable read", "2s"]


async def test_readiness_fails_on_another_schema(client: httpx.AsyncClient, session: AsyncSession) -> None:
    assert (await client.get("/readyz")).json() == {"status": "ok"}
    await session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    assert_problem(await client.get("/readyz"), 503, "unavailable")
    await session.execute(text("DROP TABLE alembic_version"))
    assert_problem(await client.get("/readyz"), 503, "unavailable")
