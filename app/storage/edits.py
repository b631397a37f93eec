"""Corrections: an editor's values, which win over every report until they are undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import Editable
from app.storage.audit import Actor, log_deed
from app.storage.tables import Correction, correction
from app.storage.tables.columns import new_id


@dataclass(frozen=True, slots=True)
class Edit:
    """One act of an editor; `editor` is the key that was used, None on the command line."""

    editor: UUID | None = None
    reason: str | None = None
    request_id: str | None = None
    id: UUID = field(default_factory=new_id)


async def note(
    session: AsyncSession, edit: Edit, action: str, prefix: Prefix, one: UUID, **details: Any
) -> None:
    """Write down who did what to which event, agreement, official or article, in the same transaction."""
    actor = Actor(edit.editor, edit.request_id)
    entity = action.partition(".")[0]
    await log_deed(session, actor, action, entity, public_id(prefix, one), reason=edit.reason, **details)


async def find_corrections(session: AsyncSession, entity: Editable, entity_id: UUID) -> dict[str, Any]:
    """Return the values that hold, by field: of several on one field the last."""
    rows = await session.execute(_standing(entity, entity_id))
    return {row.field: row.value for row in rows}


async def find_edited(session: AsyncSession, entity: Editable) -> set[UUID]:
    """Return what an editor has changed and not taken back."""
    edited = select(correction.c.entity_id).where(
        correction.c.entity == entity, correction.c.undone_at.is_(None)
    )
    return set((await session.execute(edited)).scalars())


async def add_corrections(
    session: AsyncSession,
    entity: Editable,
    entity_id: UUID,
    values: Mapping[str, Any],
    edit: Edit,
    replaced: Mapping[str, Any] | None = None,
) -> None:
    """Set fields; `replaced` are their values before, where no report tells of them again."""
    for name, value in values.items():
        session.add(
            Correction(
                edit=edit.id,
                entity=entity,
                entity_id=entity_id,
                field=name,
                value=value,
                replaced=(replaced or {}).get(name),
                reason=edit.reason,
                editor=edit.editor,
            )
        )
    await session.flush()


async def undo_last_edit(
    session: AsyncSession, entity: Editable, entity_id: UUID
) -> tuple[UUID, dict[str, Any]] | None:
    """Undo what was set last; return the edit and the values it replaced, None where nothing is left."""
    standing = (await session.execute(_standing(entity, entity_id))).all()
    if not standing:
        return None
    edit = standing[-1].edit
    await session.execute(
        update(correction)
        .where(correction.c.edit == edit, correction.c.entity_id == entity_id)
        .values(undone_at=func.now())
    )
    return edit, {row.field: row.replaced for row in standing if row.edit == edit}


def _standing(entity: Editable, entity_id: UUID) -> Any:
    return (
        select(correction.c.edit, correction.c.field, correction.c.value, correction.c.replaced)
        .where(
            correction.c.entity == entity,
            correction.c.entity_id == entity_id,
            correction.c.undone_at.is_(None),
        )
        .order_by(correction.c.id)
    )
