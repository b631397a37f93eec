"""Every past version of an event, an agreement or an official, from the change log."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix
from app.domain.vocabulary import ChangeAction
from app.errors import NotFound
from app.queries.rows import read_rows, require_row_id
from app.storage.tables import change


async def find_number(session: AsyncSession, entity: str, row_id: UUID) -> int:
    """Return the number of the last change of something."""
    last = select(func.max(change.c.seq)).where(change.c.entity == entity, change.c.entity_id == str(row_id))
    return int((await session.execute(last)).scalar_one())


_ENTITIES = {Prefix.EVENT: "event", Prefix.AGREEMENT: "agreement", Prefix.OFFICIAL: "official"}


async def find_history(session: AsyncSession, prefix: Prefix, text: str) -> Sequence[Row[Any]]:
    """Return the changes of something, the first one first; what was merged keeps its own.

    Lines that only say that it is shown otherwise are not among them.
    """
    row_id = require_row_id(prefix, text)
    statement = (
        select(change.c.seq, change.c.at, change.c.action, change.c.before, change.c.after)
        .where(change.c.entity == _ENTITIES[prefix], change.c.entity_id == str(row_id))
        .order_by(change.c.seq)
    )
    rows = await read_rows(session, statement)
    if not rows:
        raise NotFound
    return [row for row in rows if row.after is not None or row.action == ChangeAction.DELETE]
