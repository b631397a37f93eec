"""The change feed: what was created, changed, merged or deleted, in the order it was committed.

Writers number their lines under a lock that they hold until they commit, so that no line ever appears behind
a reader's position. A line tells of what its subject is now, and so does every later line of it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix
from app.queries.agreements import FoundAgreement, find_agreements_by_id
from app.queries.articles import FoundArticle, find_articles_by_id
from app.queries.events import FoundEvent, find_events_by_id
from app.queries.officials import FoundOfficial, find_officials_by_id
from app.queries.parties import FoundParty, find_parties_by_id
from app.queries.rows import read_rows
from app.queries.streaming import BATCH
from app.queries.values import Position, Several
from app.storage.tables import change, event

Found = FoundEvent | FoundAgreement | FoundOfficial | FoundArticle | FoundParty
ReadEvents = Callable[[AsyncSession, Sequence[UUID]], Awaitable[Mapping[UUID, FoundEvent | bytes]]]
"""What reads events by their ids: as rows, or as their JSON."""


class ChangedEntity(StrEnum):
    """What a change is of."""

    EVENT = "event"
    AGREEMENT = "agreement"
    OFFICIAL = "official"
    ARTICLE = "article"
    PARTY = "party"


PREFIXES = {
    ChangedEntity.EVENT: Prefix.EVENT,
    ChangedEntity.AGREEMENT: Prefix.AGREEMENT,
    ChangedEntity.OFFICIAL: Prefix.OFFICIAL,
    ChangedEntity.ARTICLE: Prefix.ARTICLE,
}
"""How public ids of each begin; parties have none."""


class ChangeFilter(BaseModel):
    """Where to read the change feed on from, and of what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Position = Field(
        default=0, ge=0, description="The number of the last change that you know; 0 for all, from the start."
    )
    entity: Several[ChangedEntity] = Field(default=(), description="Only changes of these.")


class ChangePageFilter(ChangeFilter):
    """What `/v1/changes` can be asked for."""

    limit: Position = Field(default=BATCH, ge=1, le=1000, description="Most changes on a page.")


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A line of the log, what its subject is now, or its JSON, and the event that it was merged into."""

    row: Row[Any]
    subject: Found | bytes | None
    merged_into: UUID | None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes in their order, and the number of the last change of all."""

    changes: Sequence[FoundChange]
    last: int


async def find_changes(
    session: AsyncSession, wanted: ChangeFilter, limit: int, read_events: ReadEvents = find_events_by_id
) -> ChangePage:
    """Return the next changes after a position."""
    statement = (
        select(change.c.seq, change.c.at, change.c.action, change.c.entity, change.c.entity_id)
        .where(change.c.seq > wanted.after)
        .order_by(change.c.seq)
        .limit(limit)
    )
    if wanted.entity:
        statement = statement.where(change.c.entity.in_(wanted.entity))
    rows = await read_rows(session, statement)
    last = (await session.execute(select(func.coalesce(func.max(change.c.seq), 0)))).scalar_one()
    return ChangePage(await _complete(session, rows, read_events), last)


async def stream_changes(session: AsyncSession, wanted: ChangeFilter) -> AsyncIterator[Sequence[FoundChange]]:
    """Yield every change after a position, in batches."""
    while True:
        page = await find_changes(session, wanted, BATCH)
        yield page.changes
        if len(page.changes) < BATCH:
            return
        wanted = wanted.model_copy(update={"after": page.changes[-1].row.seq})


async def _complete(
    session: AsyncSession, rows: Sequence[Row[Any]], read_events: ReadEvents
) -> list[FoundChange]:
    """Add to lines what their subjects are now; what is gone or merged is nothing."""
    readers: dict[ChangedEntity, Callable[..., Awaitable[Mapping[Any, Found | bytes]]]] = {
        ChangedEntity.EVENT: read_events,
        ChangedEntity.AGREEMENT: find_agreements_by_id,
        ChangedEntity.OFFICIAL: find_officials_by_id,
        ChangedEntity.ARTICLE: find_articles_by_id,
        ChangedEntity.PARTY: find_parties_by_id,
    }
    subjects: dict[Any, Found | bytes] = {}
    for entity, read in readers.items():
        if ids := _ids(rows, entity):
            subjects.update(await read(session, ids))
    merged = await _find_merged(session, _ids(rows, ChangedEntity.EVENT))
    keys = [_key(row) for row in rows]
    return [FoundChange(row, subjects.get(key), merged.get(key)) for row, key in zip(rows, keys, strict=True)]


async def _find_merged(session: AsyncSession, events: Sequence[UUID]) -> dict[Any, UUID]:
    statement = select(event.c.id, event.c.merged_into).where(
        event.c.id.in_(events), event.c.merged_into.is_not(None)
    )
    return {row.id: row.merged_into for row in await read_rows(session, statement)}


def _ids(rows: Sequence[Row[Any]], entity: ChangedEntity) -> list[Any]:
    return [_key(row) for row in rows if row.entity == entity]


def _key(row: Row[Any]) -> Any:
    return row.entity_id if row.entity == ChangedEntity.PARTY else UUID(row.entity_id)
