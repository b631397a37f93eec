"""Agreements, kept by the events that are their steps."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.vocabulary import AgreementStep, ChangeAction, DatePrecision, EventKind, EventStatus
from app.domain.wording import agreement_title, instrument_words
from app.storage.changes import Changed
from app.storage.resolution import ResolvedEvent
from app.storage.tables import (
    Agreement,
    AgreementParty,
    AgreementStepRow,
    agreement,
    agreement_party,
    agreement_step,
)
from app.storage.tables.columns import new_id

_ORDER = list(AgreementStep)


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
    known = row is not None
    if row is None:
        row = _new_agreement(resolved, [names[party] for party in parties], brought_id)
        session.add(row)
        await session.flush()
        session.add_all(AgreementParty(agreement=row.id, party=party) for party in parties)
        changes.append(Changed(ChangeAction.CREATE, "agreement", str(row.id), None, {"title": row.title}))
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
    moved = session.is_modified(step)
    await session.flush()
    await derive_status(session, row)
    if known and (moved or session.is_modified(row)):
        row.version += 1
        row.updated_at = datetime.now(UTC)
    return row.id


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
        return await session.get(Agreement, step.agreement)
    told = resolved.agreement
    assert told is not None
    has_step = select(agreement_step.c.id).where(
        agreement_step.c.agreement == agreement.c.id, agreement_step.c.step == resolved.mode
    )
    of_first = select(agreement_party.c.agreement).where(agreement_party.c.party == parties[0])
    between = (
        select(agreement_party.c.agreement)
        .where(agreement_party.c.agreement.in_(of_first))
        .group_by(agreement_party.c.agreement)
        .having(func.bool_and(agreement_party.c.party.in_(parties)), func.count() == len(parties))
    )
    same = select(Agreement).where(
        agreement.c.id.in_(between),
        agreement.c.kind == told.kind,
        agreement.c.domain.is_not_distinct_from(told.domain),
        agreement.c.printed_title.is_not_distinct_from(told.title),
        ~has_step.exists(),
    )
    found = (await session.execute(same)).scalars().all()
    return found[0] if len(found) == 1 else None


async def derive_status(session: AsyncSession, row: Agreement) -> None:
    """Take the status from the last step, and the date from the signing, else the earliest dated step."""
    steps = (
        (await session.execute(select(AgreementStepRow).where(agreement_step.c.agreement == row.id)))
        .scalars()
        .all()
    )
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
