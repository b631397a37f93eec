"""What else is shown otherwise when something changes: the log names it, so that readers fetch it again."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import Text, cast, literal, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ChangeAction
from app.storage.among import among
from app.storage.changes import Changed, find_last_state, log_changes
from app.storage.tables import (
    agreement_step,
    article,
    event,
    event_party,
    participation,
    report,
)


async def touch_events(session: AsyncSession, events: Collection[UUID], changes: list[Changed]) -> None:
    """Note that events are shown otherwise, though their own columns are what they were."""
    noted = {change.entity_id for change in changes if change.entity == "event"}
    for event_id in dict.fromkeys(events):
        if str(event_id) not in noted:
            state = await find_last_state(session, "event", str(event_id))
            changes.append(Changed(ChangeAction.UPDATE, "event", str(event_id), state, state))


async def log_with_dependents(session: AsyncSession, changes: Sequence[Changed]) -> None:
    """Log changes after what shows the changed events; the last call of a transaction."""
    await log_changes(session, [*await find_dependents(session, changes), *changes])


async def find_dependents(session: AsyncSession, changes: Sequence[Changed]) -> list[Changed]:
    """Return the articles, officials and agreements that show what the changed events are."""
    events = [UUID(change.entity_id) for change in changes if change.entity == "event"]
    if not events:
        return []
    shown = union(
        select(literal("article"), cast(report.c.article, Text)).where(among(report.c.event, events)),
        select(literal("official"), cast(participation.c.official, Text)).where(
            among(participation.c.event, events), participation.c.official.is_not(None)
        ),
        select(literal("agreement"), cast(agreement_step.c.agreement, Text)).where(
            among(agreement_step.c.event, events)
        ),
        select(literal("agreement"), cast(event.c.agreement, Text)).where(
            among(event.c.id, events), event.c.agreement.is_not(None)
        ),
    )
    found = {(row[0], row[1]) for row in await session.execute(shown)} | set(_former_officials(changes))
    noted = {(change.entity, change.entity_id) for change in changes}
    return [Changed(ChangeAction.UPDATE, *one, None, None) for one in sorted(found - noted)]


def _former_officials(changes: Sequence[Changed]) -> Iterator[tuple[str, str]]:
    """Yield those who took part in an event before it changed."""
    for change in changes:
        for person in (change.before or {}).get("participants", ()):
            if change.entity == "event" and person.get("official"):
                yield "official", person["official"]


async def find_events_showing(
    session: AsyncSession,
    parties: Collection[str],
    officials: Collection[UUID],
    tenures: Collection[UUID],
    outlets: Collection[str],
) -> list[UUID]:
    """Return the events that show one of these by name."""
    shown = union(
        select(event_party.c.event).where(among(event_party.c.party, parties)),
        select(participation.c.event).where(
            or_(among(participation.c.official, officials), among(participation.c.tenure, tenures))
        ),
        select(report.c.event)
        .join(article, article.c.id == report.c.article)
        .where(among(article.c.outlet, outlets)),
    )
    return sorted((await session.execute(shown)).scalars())
