"""The way to the database: engine, sessions, roles, and what a server must be before we write to it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any

import asyncpg
import orjson
import structlog
from sqlalchemy import Table, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from app.errors import DatabaseUnreachable, DefaultSecret, ServerTooOld, UnsafeServer
from app.storage.binaries import OLDEST_POSTGRES
from app.storage.roles import APP, HOW_TO_MAKE_ROLES, READER, can_take_on, set_up_roles

_log = structlog.get_logger(__name__)

CONNECT_SECONDS = 3
_CLOSE_SECONDS = 0.5
_IDLE_SECONDS = 20
_MORE_SECONDS = 1
_GROWTH = 10
_KNOWN_PASSWORDS = {
    "postgres",
    "password",
    "bilateral",
    "secret",
    "changeme",
    "admin",
    "example",
    "check",
    "test",
}
_SAFE_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")


def create_engine(
    url: str,
    *,
    pool_size: int = 8,
    statement_seconds: int | None = None,
    lock_seconds: int | None = None,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> AsyncEngine:
    """Return an engine on an asyncpg URL, and settings of its sessions; nothing connects until it is used."""
    # Compiling SQL to machine code, or starting workers, costs more than our short statements take.
    told = {"application_name": "bilateral", "jit": "off", "max_parallel_workers_per_gather": "0", **settings}
    # A part of a name that is misspelt has fewer trigrams in common with it than Postgres expects.
    told["pg_trgm.word_similarity_threshold"] = "0.4"
    connecting: dict[str, Any] = {"timeout": CONNECT_SECONDS, "connection_class": _Connection}
    if statement_seconds is not None:
        told["statement_timeout"] = f"{statement_seconds}s"
        told["idle_in_transaction_session_timeout"] = f"{_IDLE_SECONDS}s"
        # Where the network swallows everything, the server's own limit is not heard of.
        connecting["command_timeout"] = statement_seconds + _MORE_SECONDS
    if lock_seconds is not None:
        told["lock_timeout"] = f"{lock_seconds}s"
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        hide_parameters=True,  # errors go into logs, and what people send does not belong there
        json_deserializer=orjson.loads,
        connect_args={**connecting, "server_settings": told},
    )
    event.listen(engine.sync_engine.pool, "checkout", _replace_closed)
    return engine


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that is given up sooner than SQLAlchemy would, so that no request waits for its end."""

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await super().close(timeout=_CLOSE_SECONDS if timeout is not None else None)


def _replace_closed(connection: Any, *_: Any) -> None:
    """Let the pool connect anew where the server closed a connection; asking it first would cost a turn."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def session_factory(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Return what makes sessions on the engine; rows stay readable after a commit."""
    return async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def open_session(url: str) -> AsyncIterator[AsyncSession]:
    """Open one session on its own engine and commit at the end, for commands."""
    engine = create_engine(url, pool_size=1)
    try:
        async with session_factory(engine)() as session, session.begin():
            yield session
    finally:
        await engine.dispose()


def check_password(url: str) -> None:
    """Refuse a password that everybody knows."""
    given = make_url(url)
    if not given.password:
        raise DefaultSecret("missing")
    if given.password.lower() in _KNOWN_PASSWORDS or given.password == given.username:
        raise DefaultSecret("one that everybody knows")


async def check_server(engine: AsyncEngine, *, durable: bool = True) -> None:
    """Refuse a server that is unreachable, too old, or may lose acknowledged writes."""
    try:
        async with engine.connect() as connection:
            version = int((await connection.execute(text("SHOW server_version_num"))).scalar_one())
            if version // 10_000 < OLDEST_POSTGRES:
                raise ServerTooOld(str(version // 10_000), OLDEST_POSTGRES)
            for setting in _SAFE_SETTINGS if durable else ():
                value = (await connection.execute(text(f"SHOW {setting}"))).scalar_one()
                if value == "off":
                    raise UnsafeServer(setting, value)
    except (OSError, DBAPIError) as error:
        raise DatabaseUnreachable(str(error).splitlines()[0] or type(error).__name__) from error


async def analyze(session: AsyncSession, *tables: Table) -> None:
    """Let the planner know how much is held, the session's own rows included, in all tables or in some."""
    await session.execute(text(f"ANALYZE {', '.join(table.name for table in tables)}".rstrip()))


async def analyze_growth(session: AsyncSession, articles: int, *tables: Table) -> None:
    """Do so where a tenth or more as many articles came as were there; else it takes longer than it saves."""
    known = text("SELECT reltuples FROM pg_class WHERE oid = 'article'::regclass")
    if (await session.execute(known)).scalar_one() < articles * _GROWTH:
        await analyze(session, *tables)


async def grant_roles(url: str) -> None:
    """Make the roles, where the user may, and grant them what is theirs."""
    engine = create_engine(url, pool_size=1)
    try:
        async with engine.begin() as connection:
            if not await set_up_roles(connection):
                _warn_of_missing_roles()
    finally:
        await engine.dispose()


async def check_roles(url: str) -> None:
    """Warn where the API will run with more rights than it needs."""
    engine = create_engine(url, pool_size=1)
    try:
        async with engine.connect() as connection:
            if not await can_take_on(connection, APP, READER):
                _warn_of_missing_roles()
    finally:
        await engine.dispose()


def _warn_of_missing_roles() -> None:
    """Say what is weaker without the roles; the triggers on history hold all the same."""
    _log.warning(
        "The database's user may not make roles, so the API runs with all of this user's rights. "
        "Let an administrator run the remedy once, then `bilateral db migrate`.",
        remedy=HOW_TO_MAKE_ROLES,
    )
