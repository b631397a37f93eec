"""Every past version of an event, from the change log."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix
from app.errors import NotFound
from app.queries.rows import read_rows, require_row_id
from app.storage.tables import change


async def find_number(session: AsyncSession, entity: str, row_id: UUID) -> int:
    """Return the number of the last change of something."""
    last = select(func.max(change.c.seq)).where(change.c.entity == entity, change.c.entity_id == str(row_id))
    return int((await session.execute(last)).scalar_one())


async def find_history(session: AsyncSession, text: str) -> Sequence[Row[Any]]:
    """Return the changes of an event, the first one first; one that was merged keeps its own."""
    event_id = require_row_id(Prefix.EVENT, text)
    statement = (
        select(change.c.seq, change.c.at, change.c.action, change.c.before, change.c.after)
        .where(change.c.entity == "event", change.c.entity_id == str(event_id))
        .order_by(change.c.seq)
    )
    rows = await read_rows(session, statement)
    if not rows:
        raise NotFound
    return rows
