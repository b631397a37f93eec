"""The change log: what was created or changed, in one gap-free sequence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ChangeAction
from app.errors import VersionIsStale
from app.storage.access_paths import keep_access_paths
from app.storage.copying import copy_rows
from app.storage.tables import change as change_table

_LOG_LOCK = 0x62696C61  # "bila": writers take turns at the end of the log, so that its numbers have no gap


@dataclass(frozen=True, slots=True)
class Changed:
    """A line for the log; `before` and `after` are the entity's fields as JSON."""

    action: ChangeAction
    entity: str
    entity_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


async def log_changes(session: AsyncSession, changes: Sequence[Changed]) -> None:
    """Append lines to the log and bring the access paths of its events up to date.

    Call it last in a transaction: other writers wait from here to its end.
    """
    if not changes:
        return
    await session.flush()  # before the others have to wait
    await session.execute(select(func.pg_advisory_xact_lock(_LOG_LOCK)))
    told = [one for one in changes if one.entity == "event"]
    new = {UUID(one.entity_id) for one in told if one.action is ChangeAction.CREATE}
    await keep_access_paths(session, {UUID(one.entity_id) for one in told}, new)
    last = (await session.execute(select(func.coalesce(func.max(change_table.c.seq), 0)))).scalar_one()
    rows = [
        {
            "seq": last + number,
            "action": change.action,
            "entity": change.entity,
            "entity_id": change.entity_id,
            "before": _json(change.before),
            "after": _json(change.after),
        }
        for number, change in enumerate(changes, start=1)
    ]
    await copy_rows(session, change_table, rows)


def _json(fields: dict[str, Any] | None) -> str | None:
    return None if fields is None else orjson.dumps(fields).decode()


async def check_version(session: AsyncSession, entity: str, entity_id: UUID, seen: int | None) -> None:
    """Refuse to change what has changed since its change number `seen`; None is whoever looks just now."""
    if seen is None:
        return
    last = select(func.max(change_table.c.seq)).where(
        change_table.c.entity == entity, change_table.c.entity_id == str(entity_id)
    )
    if (await session.execute(last)).scalar_one() != seen:
        raise VersionIsStale


async def find_last_state(
    session: AsyncSession, entity: str, entity_id: str, pending: Sequence[Changed] = ()
) -> dict[str, Any] | None:
    """Return an entity's fields as its last change left them, one not yet in the log included.

    Lines that only say that it is shown otherwise have no fields.
    """
    for change in reversed(pending):
        if (change.entity, change.entity_id) == (entity, entity_id) and change.after is not None:
            return change.after
    newest = (
        select(change_table.c.after)
        .where(
            change_table.c.entity == entity,
            change_table.c.entity_id == entity_id,
            change_table.c.after.is_not(None),
        )
        .order_by(change_table.c.seq.desc())
        .limit(1)
    )
    return (await session.execute(newest)).scalar_one_or_none()
