"""The way to the database for readers: read-only transactions, each one snapshot and short."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import asyncpg
from sqlalchemy import Connection, PoolProxiedConnection
from sqlalchemy.event import listen
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.pool import QueuePool
from sqlalchemy.util.concurrency import in_greenlet

from app.errors import DatabaseUnreachable
from app.storage.database import CONNECT_SECONDS, create_engine
from app.storage.roles import READER, act_as

STATEMENT_SECONDS = 2

Connections = Callable[[], AbstractAsyncContextManager[asyncpg.Connection]]
"""Lends a bare connection: each of its statements is a snapshot of its own, and costs a third."""

NO_ANSWER = (
    DatabaseUnreachable,
    SQLAlchemyError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
"""What a bare connection may fail with, where the database is away, too slow or does not like a statement."""


def create_reading_engine(url: str) -> AsyncEngine:
    """Return an engine that can only read, and gives up on a statement after two seconds."""
    # Statements on bare connections have one way only, and planning one takes as long as answering it.
    engine = create_engine(
        url, statement_seconds=STATEMENT_SECONDS, settings={"plan_cache_mode": "force_generic_plan"}
    )
    act_as(engine, READER)
    listen(engine.sync_engine, "begin", _plan_for_values)
    listen(engine.sync_engine, "do_connect", _refuse_to_connect)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _plan_for_values(connection: Connection) -> None:
    """Let Postgres plan for the values asked for: common words and rare ones go by different ways."""
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")


class _MustConnect(Exception):
    """Whoever asks cannot wait for a connection to be made."""


def _refuse_to_connect(*_: object) -> None:
    """Make no connection for who did not come by SQLAlchemy's way to wait."""
    if not in_greenlet():
        raise _MustConnect


def _take_idle(engine: AsyncEngine) -> PoolProxiedConnection | None:
    """Take a connection that lies idle, without what SQLAlchemy waits in: that costs a tenth of a request."""
    pool = engine.sync_engine.pool
    if not isinstance(pool, QueuePool) or not pool.checkedin():
        return None
    with suppress(_MustConnect):
        return pool.connect()
    return None


def bare_connections(engine: AsyncEngine) -> Connections:
    """Return what lends connections of an engine's pool as the driver has them."""

    @asynccontextmanager
    async def lend() -> AsyncIterator[asyncpg.Connection]:
        try:
            lent = _take_idle(engine) or await engine.raw_connection()
        except engine.dialect.loaded_dbapi.Error as error:  # here, SQLAlchemy does not make it one of its own
            raise DatabaseUnreachable(type(error).__name__) from error
        connection = lent.driver_connection
        assert isinstance(connection, asyncpg.Connection)
        try:
            yield connection
        except BaseException:
            connection.terminate()  # nobody knows what it was in the middle of; the pool connects anew
            raise
        finally:
            lent.close()

    return lend


async def connect(session: AsyncSession) -> None:
    """Begin the session's transaction, so that a database that is away is told from a failed statement.

    Waiting for a free connection and making one share their time.
    """
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            await session.connection()
    except OSError as error:
        raise DatabaseUnreachable(type(error).__name__) from error
