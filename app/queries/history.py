"""Every past version of an event, an agreement or an official, from the change log."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ChangeAction
from app.errors import NotFound
from app.queries.changes import PREFIXES, ChangedEntity
from app.queries.rows import read_rows, require_row_id
from app.storage.tables import change


async def find_number(session: AsyncSession, entity: str, row_id: UUID) -> int:
    """Return the number of the last change of something."""
    last = select(func.max(change.c.seq)).where(change.c.entity == entity, change.c.entity_id == str(row_id))
    return int((await session.execute(last)).scalar_one())


async def find_history(session: AsyncSession, entity: ChangedEntity, text: str) -> Sequence[Row[Any]]:
    """Return the changes of something, the first one first; what was merged keeps its own.

    Lines that only say that it is shown otherwise are not among them.
    """
    row_id = require_row_id(PREFIXES[entity], text)
    of_it = (change.c.entity == entity, change.c.entity_id == str(row_id))
    told = or_(change.c.after.is_not(None), change.c.action == ChangeAction.DELETE)
    statement = select(change.c.at, change.c.action, change.c.after).where(*of_it, told)
    rows = await read_rows(session, statement.order_by(change.c.seq))
    if not rows and not (await session.execute(select(exists().where(*of_it)))).scalar_one():
        raise NotFound
    return rows
