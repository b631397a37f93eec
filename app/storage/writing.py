"""The way to the database for requests that write: short transactions that cannot touch history."""

from sqlalchemy.ext.asyncio import AsyncEngine

from app.storage.database import create_engine
from app.storage.roles import APP, act_as

# With the second after which a silent network is given up, and its end, less than five.
STATEMENT_SECONDS = 3
LOCK_SECONDS = 1


def create_writing_engine(url: str) -> AsyncEngine:
    """Return an engine that gives up on a statement after three seconds, and on a lock after one."""
    engine = create_engine(url, statement_seconds=STATEMENT_SECONDS, lock_seconds=LOCK_SECONDS)
    act_as(engine, APP)
    return engine
