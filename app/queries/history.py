"""Every past version of an event, from the change log."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries.events import require_event
from app.queries.rows import read_rows
from app.storage.tables import change


async def find_history(session: AsyncSession, text: str) -> Sequence[Row[Any]]:
    """Return the changes of an event, the first one first."""
    event_id = await require_event(session, text)
    statement = (
        select(change.c.seq, change.c.at, change.c.action, change.c.before, change.c.after)
        .where(change.c.entity == "event", change.c.entity_id == str(event_id))
        .order_by(change.c.seq)
    )
    return await read_rows(session, statement)
