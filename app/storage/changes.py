"""The change log: what was created or changed, in one gap-free sequence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ChangeAction
from app.errors import VersionIsStale
from app.storage.access_paths import keep_access_paths, keep_agreement_paths
from app.storage.copying import copy_rows
from app.storage.tables import change as change_table

_LOG_LOCK = 0x62696C61  # "bila": writers take turns at the end of the log, so that its numbers have no gap
_MANY = 500
"""From so many lines on, COPY is faster."""
# The numbers go on from the last one.
_APPEND = text(
    """INSERT INTO change (seq, action, entity, entity_id, before, after)
    SELECT last.seq + n, action, entity, entity_id, CAST(before AS jsonb), CAST(after AS jsonb)
    FROM (SELECT coalesce(max(seq), 0) AS seq FROM change) last,
        unnest(CAST(:action AS text[]), CAST(:entity AS text[]), CAST(:entity_id AS text[]),
            CAST(:before AS text[]), CAST(:after AS text[]))
        WITH ORDINALITY told (action, entity, entity_id, before, after, n)"""
)


@dataclass(frozen=True, slots=True)
class Changed:
    """A line for the log; `before` and `after` are the entity's fields as JSON."""

    action: ChangeAction
    entity: str
    entity_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


async def log_changes(session: AsyncSession, changes: Sequence[Changed]) -> None:
    """Append lines to the log and bring the access paths of its events and agreements up to date.

    Call it last in a transaction: other writers wait from here to its end.
    """
    if not changes:
        return
    await session.flush()  # before the others have to wait
    await session.execute(select(func.pg_advisory_xact_lock(_LOG_LOCK)))
    events = [one for one in changes if one.entity == "event"]
    new = {UUID(one.entity_id) for one in events if one.action is ChangeAction.CREATE}
    await keep_access_paths(session, {UUID(one.entity_id) for one in events}, new)
    agreements = [one for one in changes if one.entity == "agreement"]
    made = {UUID(one.entity_id) for one in agreements if one.action is ChangeAction.CREATE}
    await keep_agreement_paths(session, {UUID(one.entity_id) for one in agreements}, made)
    lines = [
        {name: getattr(one, name) for name in ("action", "entity", "entity_id")}
        | {name: _json(getattr(one, name)) for name in ("before", "after")}
        for one in changes
    ]
    await (_append if len(lines) < _MANY else _copy)(session, lines)


async def _append(session: AsyncSession, lines: Sequence[dict[str, Any]]) -> None:
    """Append lines in one statement, as others wait meanwhile."""
    await session.execute(_APPEND, {name: [line[name] for line in lines] for name in lines[0]})


async def _copy(session: AsyncSession, lines: Sequence[dict[str, Any]]) -> None:
    """Append lines in two steps, which take less time than one where they are many."""
    last = (await session.execute(select(func.coalesce(func.max(change_table.c.seq), 0)))).scalar_one()
    await copy_rows(session, change_table, ({"seq": last + n, **line} for n, line in enumerate(lines, 1)))


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
