"""How an open review ends: what the editor decided is done, and noted with it. The caller commits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ReviewDecision, ReviewKind, ReviewStatus
from app.errors import DecisionNotPossible, NotFound
from app.storage.editing import correct_event, judge_event
from app.storage.edits import Edit
from app.storage.locking import lock_events, lock_officials
from app.storage.merged import find_survivors
from app.storage.merging import merge_events, merge_officials, split_event
from app.storage.reviews import decide_review
from app.storage.tables import Review, event, official


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decides: for `correct` the values, for `merge` into what, for `split` which reports."""

    action: ReviewDecision
    values: Mapping[str, Any] | None = None
    into: UUID | None = None
    reports: Collection[UUID] = ()


async def decide(session: AsyncSession, review_id: UUID, decision: Decision, edit: Edit) -> Review:
    """Do what an editor decided on a review."""
    row = await session.get(Review, review_id)
    if row is None:
        raise NotFound
    if row.kind == ReviewKind.UNSURE_IDENTITY:
        await _decide_on_official(session, row, decision, edit)
    else:
        await _decide_on_event(session, row, decision, edit)
    return row


async def _decide_on_official(session: AsyncSession, row: Review, decision: Decision, edit: Edit) -> None:
    """Say that two are two, or one."""
    if row.official is None or decision.action not in (ReviewDecision.ACCEPT, ReviewDecision.MERGE):
        raise DecisionNotPossible(row.kind, decision.action)
    who = await _lives_on(session, official, row.official)
    await lock_officials(session, [who])
    await decide_review(session, row, decision.action, edit)
    into = decision.into or row.other
    if decision.action is ReviewDecision.MERGE and into is not None:
        await merge_officials(session, who, await _lives_on(session, official, into), edit)


async def _decide_on_event(session: AsyncSession, row: Review, decision: Decision, edit: Edit) -> None:
    if row.event is None:
        raise NotFound
    event_id = await _lives_on(session, event, row.event)
    await lock_events(session, [event_id])
    await decide_review(session, row, decision.action, edit)
    match decision:
        case Decision(action=ReviewDecision.ACCEPT):
            await judge_event(session, event_id, ReviewStatus.ACCEPTED, edit)
        case Decision(action=ReviewDecision.REJECT):
            await judge_event(session, event_id, ReviewStatus.REJECTED, edit)
        case Decision(action=ReviewDecision.CORRECT, values=values) if values:
            await correct_event(session, event_id, values, edit)
        case Decision(action=ReviewDecision.MERGE) if into := decision.into or row.other:
            await merge_events(session, event_id, await _lives_on(session, event, into), edit)
        case Decision(action=ReviewDecision.SPLIT):
            await split_event(session, event_id, decision.reports, edit)
        case _:
            raise DecisionNotPossible(row.kind, decision.action)


async def _lives_on(session: AsyncSession, table: Table, one: UUID) -> UUID:
    return (await find_survivors(session, table, [one]))[one]
