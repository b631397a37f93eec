"""Agreements, kept by the events that are their steps."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.vocabulary import AgreementStep, ChangeAction, DatePrecision, EventKind, EventStatus
from app.domain.wording import agreement_title, instrument_words
from app.storage.changes import Changed, find_last_state
from app.storage.resolution import ResolvedEvent
from app.storage.tables import (
    Agreement,
    AgreementParty,
    AgreementStepRow,
    agreement,
    agreement_party,
    agreement_step,
)
from app.storage.tables import event as event_table
from app.storage.tables.columns import new_id

_ORDER = list(AgreementStep)
_DATE = ("date_start", "date_end", "date_precision")
_FIELDS = ("title", "kind", "domain", "binding", "pledges", "status", *_DATE, "date_basis", "merged_into")
_STEP_FIELDS = ("step", *_DATE, "event")


async def save_agreement(
    session: AsyncSession,
    event: UUID,
    resolved: ResolvedEvent,
    names: Mapping[str, str],
    changes: list[Changed],
    brought_id: UUID | None = None,
) -> UUID | None:
    """Store the agreement that an event is a step of; None for a step that did not happen."""
    if resolved.kind is not EventKind.AGREEMENT or resolved.status is not EventStatus.OCCURRED:
        return None
    if resolved.agreement is None or resolved.mode is None:
        return None
    parties = sorted({party for party, _ in resolved.parties})
    step = await _find_step(session, event)
    row = await _find_agreement(session, step, resolved, parties)
    if row is None:
        row = _new_agreement(resolved, [names[party] for party in parties], brought_id)
        session.add(row)
        await session.flush()
        session.add_all(AgreementParty(agreement=row.id, party=party) for party in parties)
    if step is None:
        step = AgreementStepRow(
            agreement=row.id,
            step=AgreementStep(resolved.mode),
            event=event,
            date_precision=DatePrecision.UNKNOWN,
        )
        session.add(step)
    step.step = AgreementStep(resolved.mode)
    step.date_start, step.date_end = resolved.date.start, resolved.date.end
    step.date_precision = resolved.date.precision
    await refresh_agreement(session, row, changes)
    return row.id


async def refresh_agreement(
    session: AsyncSession, row: Agreement, changes: list[Changed], action: ChangeAction | None = None
) -> None:
    """Derive what an agreement's steps say; an unchanged agreement keeps its version."""
    await session.flush()
    steps = await _find_steps(session, row.id)
    if steps:
        _derive_status(row, steps)
    before = await find_last_state(session, "agreement", str(row.id), changes)
    after = _state(row, steps)
    if before == after:
        return
    if before:
        row.version += 1
        row.updated_at = (await session.execute(select(func.now()))).scalar_one()
    await session.flush()
    action = action or (ChangeAction.UPDATE if before else ChangeAction.CREATE)
    changes.append(Changed(action, "agreement", str(row.id), before, after))


async def settle_agreement(
    session: AsyncSession, agreement_id: UUID, into: UUID | None, changes: list[Changed]
) -> None:
    """Let an agreement live on in another when all events that are its steps do, and by itself otherwise."""
    row = await session.get_one(Agreement, agreement_id, populate_existing=True)
    former = row.merged_into
    row.merged_into = None if await _find_steps(session, agreement_id) or into == agreement_id else into
    if former == row.merged_into:
        return await refresh_agreement(session, row, changes)
    action = ChangeAction.MERGE if row.merged_into else ChangeAction.UNMERGE
    return await refresh_agreement(session, row, changes, action)


def _state(row: Agreement, steps: Sequence[AgreementStepRow]) -> dict[str, Any]:
    """Return an agreement's fields as the change log keeps them."""
    told = {name: getattr(row, name) for name in _FIELDS}
    lifecycle = [{name: getattr(step, name) for name in _STEP_FIELDS} for step in steps]
    state: dict[str, Any] = orjson.loads(orjson.dumps({**told, "lifecycle": lifecycle}, default=str))
    return state


def _new_agreement(resolved: ResolvedEvent, names: Sequence[str], brought_id: UUID | None) -> Agreement:
    told = resolved.agreement
    assert told is not None
    instrument = instrument_words(told.kind, told.pledges, told.domain)
    return Agreement(
        id=brought_id or new_id(),
        title=told.title or agreement_title(instrument, names),
        printed_title=told.title,
        kind=told.kind,
        domain=told.domain,
        binding=told.binding,
        pledges=list(told.pledges),
        status=AgreementStep.ANNOUNCED,
        date_precision=DatePrecision.UNKNOWN,
    )


async def _find_step(session: AsyncSession, event: UUID) -> AgreementStepRow | None:
    return (
        await session.execute(select(AgreementStepRow).where(agreement_step.c.event == event))
    ).scalar_one_or_none()


async def _find_agreement(
    session: AsyncSession, step: AgreementStepRow | None, resolved: ResolvedEvent, parties: Sequence[str]
) -> Agreement | None:
    """Return the event's agreement, or one of the same parties, form and subject that lacks this step."""
    if step is not None:
        return await session.get(Agreement, step.agreement, with_for_update=True, populate_existing=True)
    told = resolved.agreement
    assert told is not None
    has_step = select(agreement_step.c.id).where(
        agreement_step.c.agreement == agreement.c.id, agreement_step.c.step == resolved.mode
    )
    # Each by itself, so that Postgres begins with the party of the fewest.
    of_each = (select(agreement_party.c.agreement).where(agreement_party.c.party == one) for one in parties)
    has_another = select(agreement_party.c.party).where(
        agreement_party.c.agreement == agreement.c.id, agreement_party.c.party.not_in(parties)
    )
    same = select(Agreement).where(
        *(agreement.c.id.in_(held) for held in of_each),
        ~has_another.exists(),
        agreement.c.kind == told.kind,
        agreement.c.domain.is_not_distinct_from(told.domain),
        agreement.c.printed_title.is_not_distinct_from(told.title),
        agreement.c.merged_into.is_(None),
        ~has_step.exists(),
    )
    to_write = same.with_for_update().execution_options(populate_existing=True)
    found = (await session.execute(to_write)).scalars().all()
    return found[0] if len(found) == 1 else None


async def _find_steps(session: AsyncSession, agreement_id: UUID) -> Sequence[AgreementStepRow]:
    """Return the steps of an agreement, without those of events that live on in another."""
    steps = (
        select(AgreementStepRow)
        .outerjoin(event_table, event_table.c.id == agreement_step.c.event)
        .where(agreement_step.c.agreement == agreement_id, event_table.c.merged_into.is_(None))
        .order_by(agreement_step.c.id)
    )
    return (await session.execute(steps)).scalars().all()


def _derive_status(row: Agreement, steps: Sequence[AgreementStepRow]) -> None:
    """Take the status from the last step, and the date from the signing, else the earliest dated step."""
    last = max(steps, key=lambda step: (str(step.date_start or ""), _ORDER.index(AgreementStep(step.step))))
    row.status = AgreementStep(last.step)
    dated = sorted((step for step in steps if step.date_start), key=lambda step: str(step.date_start))
    basis = next((step for step in dated if step.step == AgreementStep.SIGNED), dated[0] if dated else None)
    span = (
        DateSpan(start=basis.date_start, end=basis.date_end, precision=basis.date_precision)
        if basis
        else DateSpan()
    )
    row.date_start, row.date_end, row.date_precision = span.start, span.end, span.precision
    row.date_basis = AgreementStep(basis.step) if basis else None
