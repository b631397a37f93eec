"""Questions to editors: asked once, left when they no longer arise, opened again when undone."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ReviewDecision, ReviewKind
from app.errors import ReviewIsDecided, TooManyErrorReports
from app.storage.edits import Edit
from app.storage.locking import lock_events
from app.storage.questions import Question
from app.storage.tables import Review, review
from app.storage.tables.columns import new_id

MAX_OPEN_ERROR_REPORTS = 100
"""Most reports of errors that wait on one event; more would say nothing new."""
_BY_PEOPLE = (ReviewKind.REPORTED_ERROR,)
_APART = (ReviewDecision.ACCEPT, ReviewDecision.CORRECT, ReviewDecision.SPLIT)


async def put_questions(
    session: AsyncSession, event_id: UUID, asked: Collection[Question]
) -> set[ReviewKind]:
    """Ask what is new, drop what no longer arises; return the kinds of what is open."""
    held = (
        (await session.execute(select(Review).where(review.c.event == event_id).with_for_update()))
        .scalars()
        .all()
    )
    known = {Question(row.kind, row.other, row.about) for row in held}
    for row in held:
        if row.kind in _BY_PEOPLE:
            continue
        arises = Question(row.kind, row.other, row.about) in asked
        if arises and row.decision == ReviewDecision.LAPSED:
            row.decided_at = row.decision = None
        elif not arises and row.decision is None:
            row.decided_at, row.decision = await _now(session), ReviewDecision.LAPSED
    fresh = [
        Review(kind=one.kind, event=event_id, other=one.other, about=one.about)
        for one in sorted(asked, key=str)
        if one not in known
    ]
    session.add_all(fresh)
    await session.flush()
    return {ReviewKind(row.kind) for row in (*held, *fresh) if row.decision is None}


async def ask_who_it_is(session: AsyncSession, official: UUID, others: Sequence[UUID]) -> None:
    """Ask whether a person who was added is one of those who share the name."""
    for other in others:
        question = {"kind": ReviewKind.UNSURE_IDENTITY, "official": official, "other": other, "about": ""}
        await session.execute(
            postgresql.insert(review).values(id=new_id(), **question).on_conflict_do_nothing()
        )


async def report_error(session: AsyncSession, event_id: UUID, message: str) -> UUID:
    """Open a review of an event with a reader's words; the event stays as it is."""
    await lock_events(session, [event_id])
    waiting = select(func.count()).where(
        review.c.event == event_id, review.c.kind == ReviewKind.REPORTED_ERROR, review.c.decided_at.is_(None)
    )
    if (await session.execute(waiting)).scalar_one() >= MAX_OPEN_ERROR_REPORTS:
        raise TooManyErrorReports(MAX_OPEN_ERROR_REPORTS)
    row = Review(kind=ReviewKind.REPORTED_ERROR, event=event_id, about=message)
    session.add(row)
    await session.flush()
    return row.id


async def decide_review(session: AsyncSession, row: Review, decision: ReviewDecision, edit: Edit) -> None:
    """Note how an open review was decided."""
    await session.refresh(row, with_for_update=True)
    if row.decision is not None:
        raise ReviewIsDecided(row.decision)
    row.decided_at, row.decision = await _now(session), decision
    row.edit, row.editor = edit.id, edit.editor
    await session.flush()


async def close_error_reports(
    session: AsyncSession, event_id: UUID, decision: ReviewDecision, edit: Edit
) -> None:
    """Decide what readers reported of an event together with it."""
    of_it = (review.c.event == event_id, review.c.kind.in_(_BY_PEOPLE), review.c.decided_at.is_(None))
    await session.execute(update(review).where(*of_it).values(**_decided(decision, edit)))


async def reopen_reviews(session: AsyncSession, edit: UUID) -> None:
    """Open the reviews again that an edit decided, as it is undone."""
    await session.execute(
        update(review)
        .where(review.c.edit == edit)
        .values(decided_at=None, decision=None, edit=None, editor=None)
    )


async def tell_apart(session: AsyncSession, event_id: UUID, other: UUID, edit: Edit) -> None:
    """Note that two events are two, so that a later reading of the same articles does not ask."""
    question = {"kind": ReviewKind.POSSIBLE_DUPLICATE, "event": event_id, "other": other, "about": ""}
    decided = _decided(ReviewDecision.SPLIT, edit)
    await session.execute(insert(review).values(id=new_id(), **question, **decided))


async def find_told_apart(session: AsyncSession, event_id: UUID) -> set[UUID]:
    """Return the events that an editor said an event is not, whichever of the two was asked about."""
    apart = (review.c.kind == ReviewKind.POSSIBLE_DUPLICATE, review.c.decision.in_(_APART))
    rows = await session.execute(select(review.c.event, review.c.other).where(*apart, _either(event_id)))
    return {one for row in rows for one in row if one != event_id}


def _either(event_id: UUID) -> ColumnElement[bool]:
    return (review.c.event == event_id) | (review.c.other == event_id)


def _decided(decision: ReviewDecision, edit: Edit) -> dict[str, Any]:
    return {"decided_at": func.now(), "decision": decision, "edit": edit.id, "editor": edit.editor}


async def _now(session: AsyncSession) -> Any:
    return (await session.execute(select(func.now()))).scalar_one()
