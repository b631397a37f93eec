"""The database that the tests share, and a session that leaves nothing behind.

Set BILATERAL_TEST_DATABASE_URL to use a server of your own; its databases are made and dropped here.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from copy import copy
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession
from starlette.datastructures import State

from app.api.exports.sending import MOST_AT_ONCE
from app.api.load import Load
from app.ingestion.parser_pool import ParserPool
from app.main import create_app, surround
from app.seeding import load_seed
from app.settings import Settings
from app.storage.database import create_engine, open_session, session_factory
from app.storage.embedded import running_server
from app.storage.migrating import migrate
from app.storage.reading import bare_connections, create_reading_engine
from app.storage.reference_rows import load_reference
from tests.bare import BareConnection
from tests.serving import Serving, durable_server, serving

CountStatements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the suite's one server; nothing on it outlives the suite, so it need not sync."""
    if given := os.environ.get("BILATERAL_TEST_DATABASE_URL"):
        yield given
        return
    with running_server(tmp_path_factory.mktemp("server"), durable=False) as server:
        yield server.url_of("postgres")


@pytest.fixture(scope="session")
def template_database(server_url: str) -> Iterator[str]:
    """Make a database with the schema at head and the reference data, to copy others from."""
    name = f"bilateral_template_{secrets.token_hex(4)}"
    with new_database(server_url, name) as url:
        migrate(url)
        asyncio.run(_load_reference(url))
        yield name


@pytest.fixture(scope="session")
def database_url(server_url: str, template_database: str) -> Iterator[str]:
    """Return the database that every test rolls its work back in."""
    with new_database(server_url, f"bilateral_test_{secrets.token_hex(4)}", template_database) as url:
        yield url


@pytest.fixture
def own_database_url(server_url: str, template_database: str) -> Iterator[str]:
    """Return a database for one test that must commit."""
    with new_database(server_url, f"bilateral_own_{secrets.token_hex(4)}", template_database) as url:
        yield url


@pytest.fixture(scope="session")
def history_url(server_url: str, template_database: str) -> Iterator[str]:
    """Return a database with the whole seed, for tests that only read; it is loaded once."""
    with new_database(server_url, f"bilateral_history_{secrets.token_hex(4)}", template_database) as url:
        asyncio.run(_load_seed(url))
        yield url


@pytest.fixture(scope="session")
async def history(history_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """Return an HTTP client on the application over the whole seed, for GETs."""
    engine = create_reading_engine(history_url)
    made = create_app(Settings(database_url=history_url))
    made.state.sessions = session_factory(engine)
    made.state.connections = bare_connections(engine)
    transport = httpx.ASGITransport(app=made, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened:
        yield opened
    await engine.dispose()


@pytest.fixture(scope="session")
def durable_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return a database on a server as in production, which the commands that serve insist on."""
    with durable_server(tmp_path_factory.mktemp("durable")) as server:
        yield server.url


@pytest.fixture(scope="session")
def load_target(durable_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Return a process that serves that database, for tests that flood it or speak to it byte by byte.

    It keeps no answers: each request is to be work.
    """
    with serving(durable_url, tmp_path_factory.mktemp("load"), answer_cache_mib=0) as served:
        yield served


@pytest.fixture(scope="session")
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """Return the engine whose connections the tests use in turn."""
    made = create_engine(database_url, pool_size=2)
    yield made
    await made.dispose()


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Open the test's connection, in a transaction that is rolled back at the end."""
    async with rolled_back(engine) as opened:
        yield opened


@pytest.fixture
async def session(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    """Open a session whose commits end in the test's own transaction."""
    async with joined_session(connection) as opened:
        yield opened


@pytest.fixture(scope="session")
def parsers() -> Iterator[ParserPool]:
    """Return the processes that parse, started by the first test that needs them."""
    pool = ParserPool(2)
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def assembled(database_url: str) -> FastAPI:
    """Return the application that no test changes; to put its routes together takes a tenth of a second.

    Modules whose tests add routes have an `assembled` of their own for each test.
    """
    return create_app(Settings(database_url=database_url))


@pytest.fixture
def app(assembled: FastAPI, connection: AsyncConnection, parsers: ParserPool) -> FastAPI:
    """Return an application with a state, limits and kept answers of its own.

    Its requests are each in a session on the test's own connection.
    """
    made, settings = copy(assembled), Settings()
    made.state = State(
        {
            "load": Load(most=settings.max_in_flight),
            "exports": asyncio.Semaphore(MOST_AT_ONCE),
            "export_max_rows": settings.export_max_rows,
            "parsers": parsers,
            "sessions": lambda: AsyncSession(connection, join_transaction_mode="create_savepoint"),
            "connections": lambda: lend_driver(connection),
            "writing_sessions": lambda: joined_session(connection),
        }
    )
    made.user_middleware = surround(settings, made.state.load)
    made.middleware_stack = None
    return made


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Return an HTTP client on the application, which sees what the test stored."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened:
        yield opened


@pytest.fixture
def count_statements(connection: AsyncConnection) -> CountStatements:
    """Return what collects the SQL statements that run inside a `with`."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
                statements.append(statement)

        connection.info["note"] = lambda statement, _: statements.append(statement)
        event.listen(connection.sync_connection, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(connection.sync_connection, "before_cursor_execute", note)
            del connection.info["note"]

    return collect


@asynccontextmanager
async def rolled_back(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Open a connection in a transaction that is rolled back at the end."""
    async with engine.connect() as opened:
        outer = await opened.begin()
        yield opened
        await outer.rollback()


@asynccontextmanager
async def lend_driver(connection: AsyncConnection) -> AsyncIterator[BareConnection]:
    """Lend a connection as its driver has it, within the transaction that it is in."""
    raw = await connection.get_raw_connection()
    yield BareConnection(raw.driver_connection, connection.info.get("note"))


def joined_session(connection: AsyncConnection) -> AsyncSession:
    """Return a session whose commits end in the connection's own transaction."""
    return AsyncSession(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")


@contextmanager
def new_database(server_url: str, name: str, template: str = "template0") -> Iterator[str]:
    asyncio.run(_execute(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_execute(server_url, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def _execute(url: str, statement: str) -> None:
    engine = create_engine(url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as opened:
            await opened.execute(text(statement))
    finally:
        await engine.dispose()


async def _load_seed(url: str) -> None:
    async with open_session(url) as session:
        await load_seed(session)


async def _load_reference(url: str) -> None:
    async with open_session(url) as session:
        await load_reference(session)
