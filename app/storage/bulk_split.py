"""Which articles can be loaded in bulk, and which must go through the door.

In bulk goes what touches nothing that is held: new articles whose events no held event could be one with.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.record import EventRecord
from app.domain.vocabulary import MEETING_KINDS, Editable, PartyRole
from app.storage.edits import find_edited
from app.storage.recording import ArticleIds
from app.storage.tables import article, event, event_party, report

_REACH = timedelta(days=7)
"""How far apart two accounts of one stay may be: see `matching`."""


@dataclass(frozen=True, slots=True)
class BulkArticle:
    """An article with its records, its ids, and for each record the events that it may tell of too."""

    source: Article
    parser_version: str
    records: tuple[EventRecord, ...]
    may_be: tuple[tuple[UUID, ...], ...]
    ids: ArticleIds


class _HeldEvents:
    """The events held, by kind and acting parties, with their days."""

    def __init__(self) -> None:
        self.ids: set[UUID] = set()
        self.spans: dict[tuple[str, frozenset[str]], list[tuple[date, date]]] = defaultdict(list)

    def add_told(self, record: EventRecord) -> None:
        """Add what a report says of an event that an editor changed: articles may use its words again."""
        days = (record.date.start or date.min + _REACH, record.date.end or date.max - _REACH)
        self.spans[record.kind, _acting(record)].append(days)

    def may_meet(self, record: EventRecord) -> bool:
        """Tell whether a held event could be the record's."""
        acting = _acting(record)
        start, end = record.date.start or date.min, record.date.end or date.max
        keys = [(record.kind.value, acting)]
        if len(acting) > 2:
            # Of gatherings, accounts list most of the parties, not always the same.
            keys = [key for key in self.spans if key[0] == record.kind and len(key[1] & acting) > 1]
        return any(
            first - _REACH <= end and start <= last + _REACH
            for key in keys
            for first, last in self.spans.get(key, ())
        )


def _acting(record: EventRecord) -> frozenset[str]:
    return frozenset(p.party for p in record.parties if p.role is not PartyRole.CONVENOR)


async def split_articles(
    session: AsyncSession, articles: Sequence[BulkArticle]
) -> tuple[list[BulkArticle], list[BulkArticle]]:
    """Return the articles for COPY and those for the door; what is held as it is, is in neither."""
    rows = (
        await session.execute(
            select(
                article.c.id,
                article.c.text_sha256,
                article.c.parser_version,
                article.c.dataset,
                article.c.record_id,
            )
        )
    ).all()
    as_it_is = {(row.text_sha256, row.parser_version) for row in rows}
    otherwise = {row.id for row in rows} | {(row.dataset, row.record_id) for row in rows if row.dataset}
    otherwise |= {row.text_sha256 for row in rows}
    new = [one for one in articles if (one.source.text_sha256, one.parser_version) not in as_it_is]
    events = await _read_events(session)
    door = {
        one.ids.article
        for one in new
        if otherwise & {one.ids.article, one.source.text_sha256, (one.source.dataset, one.source.record_id)}
        or not _is_plain(one)
        or any(events.may_meet(record) for record in one.records)
        or any(ids.event in events.ids for ids in one.ids.records)
    }
    door = _with_shared_events(new, door)
    copied = [one for one in new if one.ids.article not in door]
    return copied, [one for one in new if one.ids.article in door]


def _is_plain(one: BulkArticle) -> bool:
    """Tell whether a source has only what COPY writes: no text to cite, and meetings, calls and visits."""
    return one.source.text is None and all(
        record.kind in MEETING_KINDS and not record.evidence and record.delegation is None
        for record in one.records
    )


async def _read_events(session: AsyncSession) -> _HeldEvents:
    held = _HeldEvents()
    parties = func.array_agg(event_party.c.party).filter(event_party.c.role != PartyRole.CONVENOR)
    statement = (
        select(event.c.id, event.c.kind, event.c.date_start, event.c.date_end, parties.label("parties"))
        .join(event_party, event_party.c.event == event.c.id)
        .group_by(event.c.id)
    )
    for row in await session.execute(statement):
        held.ids.add(row.id)
        first = row.date_start or date.min + _REACH
        held.spans[row.kind, frozenset(row.parties or ())].append((first, row.date_end or date.max - _REACH))
    edited = await find_edited(session, Editable.EVENT)
    told = select(report.c.record).where(report.c.event.in_(edited))
    for record in (await session.execute(told)).scalars():
        held.add_told(EventRecord.model_validate(record))
    return held


def _with_shared_events(articles: Sequence[BulkArticle], door: set[UUID]) -> set[UUID]:
    """Return the articles for the door with all that share an event with one of them."""
    grown = set(door)
    while True:
        shared = {ids.event for one in articles if one.ids.article in grown for ids in one.ids.records}
        more = {
            one.ids.article for one in articles if any(ids.event in shared for ids in one.ids.records)
        } - grown
        if not more:
            return grown
        grown |= more
