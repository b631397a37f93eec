"""The agreements that the events of a file are steps of; what they are is told by their events."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.event_line import EventLine
from app.domain.record import ReportedAgreement
from app.domain.vocabulary import AgreementStep, DatePrecision
from app.storage.agreements import refresh_agreement
from app.storage.changes import Changed
from app.storage.tables import Agreement, AgreementParty, AgreementStepRow
from app.storage.tables.columns import new_id

Steps = dict[UUID, UUID]
"""The agreement of each event that is a step of one."""


async def restore_agreements(session: AsyncSession, lines: Sequence[tuple[UUID, EventLine]]) -> Steps:
    """Add the agreements that are not held; return which event is a step of which."""
    steps: Steps = {}
    for key, line in lines:
        if line.agreement is None:
            continue
        steps[key] = line.agreement.id
        if await session.get(Agreement, line.agreement.id) is None:
            session.add(_agreement(line))
            await session.flush()
            parties = sorted({party.id for party in line.parties})
            session.add_all(AgreementParty(agreement=line.agreement.id, party=party) for party in parties)
    await session.flush()
    return steps


def _agreement(line: EventLine) -> Agreement:
    assert line.agreement is not None
    told = next((one.record.agreement for one in line.reports if one.record.agreement), ReportedAgreement())
    return Agreement(
        id=line.agreement.id,
        title=line.agreement.title,
        printed_title=told.title,
        kind=told.kind,
        domain=told.domain,
        binding=told.binding,
        pledges=list(told.pledges),
        status=AgreementStep.ANNOUNCED,
        date_precision=DatePrecision.UNKNOWN,
    )


async def restore_steps(
    session: AsyncSession,
    lines: Sequence[tuple[UUID, EventLine]],
    steps: Steps,
    changes: list[Changed],
) -> None:
    """Add the steps that held events are, and derive from them how their agreements stand."""
    for key, line in lines:
        if key not in steps or line.mode is None:
            continue
        days = line.span
        session.add(
            AgreementStepRow(
                id=new_id(),
                agreement=steps[key],
                step=AgreementStep(line.mode),
                event=key,
                date_start=days.start,
                date_end=days.end,
                date_precision=days.precision,
            )
        )
    await session.flush()
    for one in sorted(set(steps.values())):
        await refresh_agreement(session, await session.get_one(Agreement, one), changes)
