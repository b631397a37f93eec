"""Two events made one and taken apart again, and one made two; people likewise. The caller commits.

Reports keep the id that they came with, and people's names and offices stay with the row that they were told
of, so that a merge can be taken back.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, case, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import ChangeAction, ReviewDecision, ReviewKind
from app.errors import CannotMerge, CannotSplit, CannotUnmerge, NotFound, NotMerged
from app.storage.agreements import settle_agreement
from app.storage.changes import Changed, check_version, find_last_state
from app.storage.dependents import log_with_dependents, touch_events
from app.storage.edits import Edit, note
from app.storage.events import refresh_event, refresh_events_of
from app.storage.locking import lock_events, lock_officials
from app.storage.merged import find_survivors, select_line
from app.storage.officials import log_official
from app.storage.reviews import put_questions, tell_apart
from app.storage.tables import Event, Official, event, official, report, review
from app.storage.tables.columns import new_id


async def merge_events(
    session: AsyncSession, event_id: UUID, into: UUID, edit: Edit, version: int | None = None
) -> None:
    """Make an event live on in another, which gets its reports; corrections stay where they are."""
    if event_id == into:
        raise CannotMerge("they are one already")
    rows = await lock_events(session, [event_id, into])
    await check_version(session, "event", event_id, version)
    lost, kept = rows[event_id], rows[into]
    if lost.kind != kept.kind:
        raise CannotMerge(f"one is a {lost.kind}, the other a {kept.kind}")
    if lost.parent == into or kept.parent == event_id:
        raise CannotMerge("one is part of the other")
    await note(session, edit, "event.merge", Prefix.EVENT, event_id, into=public_id(Prefix.EVENT, into))
    changes: list[Changed] = []
    moved = {"event": into, "came_with": func.coalesce(report.c.came_with, report.c.event)}
    await session.execute(update(report).where(report.c.event == event_id).values(moved))
    await put_questions(session, event_id, ())
    await session.execute(
        update(event)
        .where(event.c.id == event_id)
        .values(merged_into=into, version=event.c.version + 1, updated_at=func.now())
    )
    before = await find_last_state(session, "event", str(event_id))
    after = {**(before or {}), "merged_into": str(into)}
    changes.append(Changed(ChangeAction.MERGE, "event", str(event_id), before, after))
    await refresh_event(session, into, changes)
    await touch_events(session, [into], changes)
    await _settle_agreement_of(session, lost.agreement, into, changes)
    await log_with_dependents(session, changes)


async def unmerge_event(session: AsyncSession, event_id: UUID, edit: Edit) -> None:
    """Make an event live by itself again, with the reports that it came with."""
    survivor = (await find_survivors(session, event, [event_id]))[event_id]
    await lock_events(session, [survivor])
    row = await session.get(Event, event_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    into = row.merged_into
    if into is None:
        raise NotMerged
    await note(session, edit, "event.unmerge", Prefix.EVENT, event_id)
    changes: list[Changed] = []
    own = select(select_line(event, [event_id]).subquery().c.id)
    back = {
        "event": event_id,
        "came_with": case((report.c.came_with == event_id, None), else_=report.c.came_with),
    }
    await session.execute(update(report).where(report.c.came_with.in_(own)).values(back))
    for one in (event_id, survivor):
        if not await _is_reported(session, one):
            raise CannotUnmerge
    await session.execute(update(event).where(event.c.id == event_id).values(merged_into=None))
    await _ask_again(session, ReviewKind.POSSIBLE_DUPLICATE, event_id, into)
    await refresh_event(session, event_id, changes, action=ChangeAction.UNMERGE)
    await refresh_event(session, survivor, changes)
    await touch_events(session, [event_id, survivor], changes)
    await _settle_agreement_of(session, row.agreement, survivor, changes)
    await log_with_dependents(session, changes)


async def split_event(session: AsyncSession, event_id: UUID, reports: Collection[UUID], edit: Edit) -> UUID:
    """Make some of an event's reports an event of their own; return its id."""
    await lock_events(session, [event_id])
    active = select(report.c.id).where(report.c.event == event_id, report.c.active)
    held = set((await session.execute(active)).scalars())
    chosen = set(reports)
    if not chosen or not chosen < held:
        raise CannotSplit
    changes: list[Changed] = []
    new = new_id()
    await note(session, edit, "event.split", Prefix.EVENT, event_id, new=public_id(Prefix.EVENT, new))
    moved = update(report).where(report.c.id.in_(chosen)).values(event=new, came_with=None)
    await session.execute(moved)
    await tell_apart(session, new, event_id, edit)
    await refresh_event(session, new, changes)
    await refresh_event(session, event_id, changes)
    await touch_events(session, [event_id], changes)
    await log_with_dependents(session, changes)
    return new


async def merge_officials(
    session: AsyncSession, official_id: UUID, into: UUID, edit: Edit, version: int | None = None
) -> None:
    """Make a person live on in another: names, offices and events of both are one person's."""
    if official_id == into:
        raise CannotMerge("they are one already")
    rows = await lock_officials(session, [official_id, into])
    await check_version(session, "official", official_id, version)
    lives_on = public_id(Prefix.OFFICIAL, into)
    await note(session, edit, "official.merge", Prefix.OFFICIAL, official_id, into=lives_on)
    changes: list[Changed] = []
    rows[official_id].merged_into = into
    await log_official(session, rows[official_id], changes, ChangeAction.MERGE)
    await refresh_events_of(session, official_id, changes)
    await log_with_dependents(session, changes)


async def unmerge_official(session: AsyncSession, official_id: UUID, edit: Edit) -> None:
    """Make a person who was merged a person again."""
    survivor = (await find_survivors(session, official, [official_id]))[official_id]
    await lock_officials(session, [survivor])
    row = await session.get(Official, official_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    into, row.merged_into = row.merged_into, None
    if into is None:
        raise NotMerged
    await note(session, edit, "official.unmerge", Prefix.OFFICIAL, official_id)
    changes: list[Changed] = []
    await log_official(session, row, changes, ChangeAction.UNMERGE)
    await _ask_again(session, ReviewKind.UNSURE_IDENTITY, official_id, into)
    await refresh_events_of(session, survivor, changes)
    await log_with_dependents(session, changes)


async def _is_reported(session: AsyncSession, event_id: UUID) -> bool:
    """Tell whether an event has a report, active or superseded."""
    return (await session.execute(select(exists().where(report.c.event == event_id)))).scalar_one()


async def _settle_agreement_of(
    session: AsyncSession, agreement_id: UUID | None, survivor: UUID, changes: list[Changed]
) -> None:
    """Merge or unmerge the agreement of an event that was merged or unmerged."""
    if agreement_id is not None:
        into = select(event.c.agreement).where(event.c.id == survivor)
        await settle_agreement(session, agreement_id, (await session.execute(into)).scalar_one(), changes)


async def _ask_again(session: AsyncSession, kind: ReviewKind, one: UUID, other: UUID) -> None:
    """Open the reviews again that a merge decided."""
    subject = review.c.event if kind is ReviewKind.POSSIBLE_DUPLICATE else review.c.official
    pair = or_(and_(subject == one, review.c.other == other), and_(subject == other, review.c.other == one))
    decided = (review.c.kind == kind, review.c.decision == ReviewDecision.MERGE, pair)
    await session.execute(
        update(review).where(*decided).values(decided_at=None, decision=None, edit=None, editor=None)
    )
