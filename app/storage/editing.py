"""What editors change: values that win over reports, what they say of a whole event, and taking it back.

Every change appends a version. The caller commits.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix
from app.domain.names import name_key, sort_key
from app.domain.vocabulary import Editable, ReviewDecision, ReviewStatus
from app.errors import CorrectionNotValid, NothingToUndo
from app.storage.agreements import refresh_agreement
from app.storage.changes import Changed, check_version
from app.storage.corrected import check_corrections
from app.storage.dependents import find_events_showing, log_with_dependents, touch_events
from app.storage.edits import Edit, add_corrections, find_corrections, note, undo_last_edit
from app.storage.events import find_told, refresh_event, refresh_events_of
from app.storage.locking import lock_agreement, lock_events, lock_officials
from app.storage.officials import log_official, read_official_state
from app.storage.questions import VERDICT
from app.storage.reviews import close_error_reports, reopen_reviews
from app.storage.tables import Agreement, Official, event, official, official_name, party

_DEEDS = {ReviewStatus.ACCEPTED: "accept", ReviewStatus.REJECTED: "reject"}


async def correct_event(
    session: AsyncSession, event_id: UUID, values: Mapping[str, Any], edit: Edit, version: int | None = None
) -> None:
    """Set fields of an event, each as a whole and as `ResolvedEvent` has it; `version` is the change seen."""
    parties = {one for one, _ in values.get("parties", ())}
    await lock_events(session, [event_id], parties)
    await check_version(session, Editable.EVENT, event_id, version)
    corrections = await find_corrections(session, Editable.EVENT, event_id)
    await _check_references(session, values)
    check_corrections(await find_told(session, event_id), {**corrections, **values})
    await add_corrections(session, Editable.EVENT, event_id, values, edit)
    await note(session, edit, "event.correct", Prefix.EVENT, event_id, fields=sorted(values))
    await _refresh(session, event_id)


async def judge_event(
    session: AsyncSession, event_id: UUID, verdict: ReviewStatus, edit: Edit, version: int | None = None
) -> None:
    """Accept an event as it stands, or reject it: it stays, and no report brings it back into the lists."""
    await lock_events(session, [event_id])
    await check_version(session, Editable.EVENT, event_id, version)
    await add_corrections(session, Editable.EVENT, event_id, {VERDICT: verdict.value}, edit)
    if verdict is ReviewStatus.REJECTED:
        await close_error_reports(session, event_id, ReviewDecision.REJECT, edit)
    await note(session, edit, f"event.{_DEEDS[verdict]}", Prefix.EVENT, event_id)
    await _refresh(session, event_id)


async def undo_event(session: AsyncSession, event_id: UUID, edit: Edit, version: int | None = None) -> None:
    """Take back what an editor did last to an event; what the reports say comes back."""
    await lock_events(session, [event_id])
    await check_version(session, Editable.EVENT, event_id, version)
    undone = await undo_last_edit(session, Editable.EVENT, event_id)
    if undone is None:
        raise NothingToUndo
    await reopen_reviews(session, undone[0])
    await note(session, edit, "event.undo", Prefix.EVENT, event_id, fields=sorted(undone[1]))
    await _refresh(session, event_id)


async def correct_agreement(
    session: AsyncSession,
    agreement_id: UUID,
    values: Mapping[str, Any],
    edit: Edit,
    version: int | None = None,
) -> None:
    """Set fields of an agreement: title, kind, domain, binding or pledges."""
    row = await lock_agreement(session, agreement_id)
    await check_version(session, Editable.AGREEMENT, agreement_id, version)
    replaced = {name: getattr(row, name) for name in values}
    await add_corrections(session, Editable.AGREEMENT, agreement_id, values, edit, replaced)
    await note(session, edit, "agreement.correct", Prefix.AGREEMENT, agreement_id, fields=sorted(values))
    await _set_agreement(session, row, values)


async def undo_agreement(
    session: AsyncSession, agreement_id: UUID, edit: Edit, version: int | None = None
) -> None:
    """Take back what an editor did last to an agreement."""
    row = await lock_agreement(session, agreement_id)
    await check_version(session, Editable.AGREEMENT, agreement_id, version)
    undone = await undo_last_edit(session, Editable.AGREEMENT, agreement_id)
    if undone is None:
        raise NothingToUndo
    await note(session, edit, "agreement.undo", Prefix.AGREEMENT, agreement_id, fields=sorted(undone[1]))
    await _set_agreement(session, row, undone[1])


async def correct_official(
    session: AsyncSession,
    official_id: UUID,
    values: Mapping[str, Any],
    edit: Edit,
    version: int | None = None,
) -> None:
    """Set an official's name or aliases, the other spellings; events are titled with the new name."""
    row = (await lock_officials(session, [official_id]))[official_id]
    await check_version(session, Editable.OFFICIAL, official_id, version)
    replaced = await _told(session, row)
    changed = {name: replaced[name] for name in values}
    await add_corrections(session, Editable.OFFICIAL, official_id, values, edit, changed)
    await note(session, edit, "official.correct", Prefix.OFFICIAL, official_id, fields=sorted(values))
    await _set_official(session, row, {**replaced, **values})


async def undo_official(
    session: AsyncSession, official_id: UUID, edit: Edit, version: int | None = None
) -> None:
    """Take back what an editor did last to an official."""
    row = (await lock_officials(session, [official_id]))[official_id]
    await check_version(session, Editable.OFFICIAL, official_id, version)
    undone = await undo_last_edit(session, Editable.OFFICIAL, official_id)
    if undone is None:
        raise NothingToUndo
    await note(session, edit, "official.undo", Prefix.OFFICIAL, official_id, fields=sorted(undone[1]))
    await _set_official(session, row, {**await _told(session, row), **undone[1]})


async def _refresh(session: AsyncSession, event_id: UUID) -> None:
    changes: list[Changed] = []
    await refresh_event(session, event_id, changes)
    await log_with_dependents(session, changes)


async def _check_references(session: AsyncSession, values: Mapping[str, Any]) -> None:
    """Refuse parties and officials that are not held."""
    countries = {country} if (country := (values.get("place") or {}).get("country")) else set()
    parties = {one for one, _ in values.get("parties", ())}
    known = set(
        (await session.execute(select(party.c.id).where(party.c.id.in_(parties | countries)))).scalars()
    )
    if parties - known:
        raise CorrectionNotValid("parties", "there is no such party")
    if countries - known:
        raise CorrectionNotValid("place", "there is no such country")
    people = {UUID(one["official"]) for one in values.get("participants", ()) if one["official"]}
    found = (await session.execute(select(official.c.id).where(official.c.id.in_(people)))).scalars().all()
    if len(found) < len(people):
        raise CorrectionNotValid("participants", "there is no such official")


async def _set_agreement(session: AsyncSession, row: Agreement, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    changes: list[Changed] = []
    await refresh_agreement(session, row, changes)
    shown = select(event.c.id).where(event.c.agreement == row.id).order_by(event.c.id)
    await touch_events(session, (await session.execute(shown)).scalars().all(), changes)
    await log_with_dependents(session, changes)


async def _told(session: AsyncSession, row: Official) -> dict[str, Any]:
    """Return the fields of an official that an editor can set."""
    state = await read_official_state(session, row)
    return {name: state[name] for name in ("name", "aliases")}


async def _set_official(session: AsyncSession, row: Official, values: Mapping[str, Any]) -> None:
    row.name, row.sort_key = values["name"], sort_key(values["name"])
    await session.execute(delete(official_name).where(official_name.c.official == row.id))
    names = dict.fromkeys([row.name, *values["aliases"]])
    await session.execute(
        insert(official_name),
        [{"official": row.id, "name": name, "name_key": name_key(name)} for name in names],
    )
    changes: list[Changed] = []
    await log_official(session, row, changes)
    await refresh_events_of(session, row.id, changes)
    await touch_events(session, await find_events_showing(session, (), [row.id], (), ()), changes)
    await log_with_dependents(session, changes)
