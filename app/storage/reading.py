"""The way to the database for readers: read-only transactions, each one snapshot and short."""

from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.errors import DatabaseUnreachable
from app.storage.database import alembic_config, create_engine
from app.storage.roles import READER, act_as

STATEMENT_SECONDS = 2


def create_reading_engine(url: str) -> AsyncEngine:
    """Return an engine that can only read, and gives up on a statement after two seconds."""
    engine = create_engine(url, statement_seconds=STATEMENT_SECONDS)
    act_as(engine, READER)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


async def connect(session: AsyncSession) -> None:
    """Begin the session's transaction, so that a database that is away is told from a failed statement."""
    try:
        await session.connection()
    except OSError as error:
        raise DatabaseUnreachable(type(error).__name__) from error


@cache
def head_revision() -> str:
    """Return the schema revision that this version needs."""
    head = ScriptDirectory.from_config(alembic_config("")).get_current_head()
    assert head is not None
    return head
