"""The one door into the database: an article and what it reports.

Nothing is written twice: a known article changes nothing, one known without its text gets its text and its
quotes, and a record of a known event becomes one more report of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.record import EventRecord, Evidence
from app.domain.vocabulary import ChangeAction, ReviewStatus
from app.errors import EvidenceDoesNotMatch, UnknownParty, UrlHeldWithAnotherText
from app.storage.changes import Changed
from app.storage.dependents import log_with_dependents, touch_events
from app.storage.events import refresh_event
from app.storage.locking import take_turns
from app.storage.matching import match_event
from app.storage.merged import find_survivors
from app.storage.officials import add_official, find_brought, find_namesakes, find_official
from app.storage.outlets import find_or_add_outlet
from app.storage.resolution import Account
from app.storage.reviews import ask_who_it_is
from app.storage.search_text import add_search_text
from app.storage.tables import ArticleRow, Report, article, event, evidence, party, report
from app.storage.tables.columns import new_id
from app.storage.turns import lock_records


class Outcome(StrEnum):
    """What recording an article did."""

    ADDED = "added"
    KNOWN = "known"
    COMPLETED = "completed"
    REREAD = "reread"


@dataclass(frozen=True, slots=True)
class RecordIds:
    """The ids that a seed file brings for one record; officials in the order of its participants."""

    report: UUID
    event: UUID
    agreement: UUID | None
    officials: tuple[UUID | None, ...]


@dataclass(frozen=True, slots=True)
class ArticleIds:
    """The ids that a seed file brings, so that its rows are the same on every machine."""

    article: UUID
    records: tuple[RecordIds, ...]


@dataclass(frozen=True, slots=True)
class UnsurePerson:
    """An official who was added though others may be the same person, and why that is not certain."""

    official: UUID
    may_be: tuple[UUID, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where an article went, and the events that it reports."""

    article: UUID
    outcome: Outcome
    events: tuple[UUID, ...]
    unsure_people: tuple[UnsurePerson, ...] = ()


@dataclass(slots=True)
class _Recording:
    """One article on its way into the database."""

    session: AsyncSession
    row: ArticleRow
    former: tuple[UUID, ...] = ()
    alone: set[str] = field(default_factory=set)
    taken: list[UUID] = field(default_factory=list)
    unsure_people: list[UnsurePerson] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)


async def record_article(
    session: AsyncSession,
    source: Article,
    records: Sequence[EventRecord],
    *,
    parser_version: str,
    ids: ArticleIds | None = None,
) -> Recorded:
    """Store an article with the records read from it; the caller commits."""
    await take_turns(session, [source.text_sha256])
    row = await _find_article(session, source)
    if row is None:
        row = await _add_article(session, source, parser_version, ids)
        recording = _Recording(session, row)
        facts = source.model_dump(mode="json", exclude={"text"})
        recording.changes.append(Changed(ChangeAction.CREATE, "article", str(row.id), None, facts))
        await _record_reports(recording, records, ids.records if ids else ())
        return Recorded(row.id, Outcome.ADDED, tuple(recording.taken), tuple(recording.unsure_people))
    if _is_another_reading(row, source, parser_version):
        row.text_sha256 = source.text_sha256
        return await rerecord_article(session, row, records, parser_version=parser_version, ids=ids)
    outcome = Outcome.KNOWN
    if row.text is None and source.text is not None and row.text_withdrawn_at is None:
        await _complete_text(session, row, source.text)
        outcome = Outcome.COMPLETED
    return Recorded(row.id, outcome, await _events_of(session, row.id))


async def rerecord_article(
    session: AsyncSession,
    row: ArticleRow,
    records: Sequence[EventRecord],
    *,
    parser_version: str,
    ids: ArticleIds | None = None,
) -> Recorded:
    """Replace what an older parser read in a held article; the older reports are kept, superseded."""
    await take_turns(session, [row.text_sha256])
    older = update(report).where(report.c.article == row.id, report.c.active).values(active=False)
    told = (await session.execute(older.returning(report.c.ordinal, report.c.event))).all()
    recording = _Recording(session, row, former=tuple(event_id for _, event_id in sorted(told)))
    versions = [{"parser_version": version} for version in (row.parser_version, parser_version)]
    recording.changes.append(Changed(ChangeAction.UPDATE, "article", str(row.id), *versions))
    row.parser_version = parser_version
    await session.flush()
    # The ids of reports are those of the older reading, which is kept.
    brought = [replace(one, report=new_id()) for one in ids.records] if ids else ()
    await _record_reports(recording, records, brought)
    return Recorded(row.id, Outcome.REREAD, tuple(recording.taken), tuple(recording.unsure_people))


def article_of(row: ArticleRow) -> Article:
    """Return a stored article as the parser takes it."""
    return Article.model_validate({name: getattr(row, name) for name in Article.model_fields})


def _is_another_reading(row: ArticleRow, source: Article, parser_version: str) -> bool:
    """Tell whether a row of a dataset has changed there, or is read otherwise than it was."""
    if source.dataset is None:
        return False
    return row.text_sha256 != source.text_sha256 or row.parser_version != parser_version


async def _find_article(session: AsyncSession, source: Article) -> ArticleRow | None:
    same = [article.c.text_sha256 == source.text_sha256]
    if source.url:
        same.append(article.c.url == source.url)
    if source.dataset:
        same.append(and_(article.c.dataset == source.dataset, article.c.record_id == source.record_id))
    rows = (await session.execute(select(ArticleRow).where(or_(*same)))).scalars().all()
    for row in rows:
        if row.text_sha256 == source.text_sha256 or (source.dataset and row.record_id == source.record_id):
            return row
    if rows:
        raise UrlHeldWithAnotherText(source.url or "")
    return None


async def _add_article(
    session: AsyncSession, source: Article, parser_version: str, ids: ArticleIds | None
) -> ArticleRow:
    row = ArticleRow(
        id=ids.article if ids else new_id(),
        outlet=await find_or_add_outlet(session, source.outlet),
        parser_version=parser_version,
        **source.model_dump(exclude={"outlet"}),
    )
    session.add(row)
    await session.flush()
    return row


async def _complete_text(session: AsyncSession, row: ArticleRow, text: str) -> None:
    """Add the text and the quotes that it gives; the facts stay as they are."""
    row.text = text
    reports = select(report.c.id).where(report.c.article == row.id)
    quote = func.substr(text, evidence.c.start_at + 1, evidence.c.end_at - evidence.c.start_at)
    await session.execute(update(evidence).where(evidence.c.report.in_(reports)).values(quote=quote))
    await add_search_text(session, row.id)
    changes = [Changed(ChangeAction.UPDATE, "article", str(row.id), {"text": None}, {"text": "held"})]
    await touch_events(session, await _events_of(session, row.id), changes)
    await log_with_dependents(session, changes)


async def _events_of(session: AsyncSession, article_id: UUID) -> tuple[UUID, ...]:
    """Return the events of an article's active reports, in the article's order."""
    active = select(report.c.event).where(report.c.article == article_id, report.c.active)
    return tuple((await session.execute(active.order_by(report.c.ordinal))).scalars())


async def _record_reports(
    recording: _Recording, records: Sequence[EventRecord], ids: Sequence[RecordIds]
) -> None:
    """Store the records as reports, bring their events up to date, and write the change log."""
    parties = {party.party for record in records for party in record.parties}
    await _check_parties(recording.session, parties)
    recording.alone = await lock_records(recording.session, records)
    for ordinal, record in enumerate(records):
        await _record_report(recording, ordinal, record, ids[ordinal] if ids else None)
    for record, child in zip(records, recording.taken, strict=True):
        if record.parent is not None:
            parent = recording.taken[record.parent]
            await recording.session.execute(
                update(event).where(event.c.id == child, event.c.parent.is_(None)).values(parent=parent)
            )
    for orphan in recording.former:
        if orphan not in recording.taken:
            await refresh_event(recording.session, orphan, recording.changes)
    await touch_events(recording.session, recording.taken, recording.changes)
    await log_with_dependents(recording.session, recording.changes)


async def _check_parties(session: AsyncSession, parties: set[str]) -> None:
    known = set((await session.execute(select(party.c.id).where(party.c.id.in_(parties)))).scalars())
    if unknown := parties - known:
        raise UnknownParty(", ".join(sorted(unknown)))


async def _record_report(
    recording: _Recording, ordinal: int, record: EventRecord, ids: RecordIds | None
) -> None:
    """Store one record as a report of the event that it tells of, old or new."""
    session, row = recording.session, recording.row
    officials = await _resolve_officials(recording, record, ids)
    known_on = row.published_on or row.updated_on or row.created_at.date()
    match = await match_event(session, record, officials, known_on, recording.taken, row.dataset)
    brought = _abandoned(recording, match.unsure) or (ids.event if ids else None)
    held = match.event or brought
    told = held or new_id()
    event_id = (await find_survivors(session, event, [held]))[held] if held else told
    unsure = match.unsure or (() if match.event else await _rejected(recording, record))
    new = Report(
        id=ids.report if ids else new_id(),
        event=event_id,
        came_with=told if told != event_id else await _came_with(recording, event_id),
        article=row.id,
        ordinal=ordinal,
        parser_version=row.parser_version,
        record=record.model_dump(mode="json", exclude={"evidence"}),
        officials=officials,
        may_be=list(unsure),
        confidence=record.confidence,
        main=record.main,
    )
    session.add(new)
    await session.flush()
    await _add_evidence(session, new.id, record.evidence, row.text)
    agreement = ids.agreement if ids else None
    only = None if held else Account(record, tuple(officials), row.id, known_on, tuple(unsure))
    await refresh_event(session, event_id, recording.changes, agreement, only=only)
    recording.taken.append(event_id)


def _abandoned(recording: _Recording, unsure: Sequence[UUID]) -> UUID | None:
    """Return the event that an older parse of this article told of and may be told of again."""
    left = [former for former in unsure if former in recording.former]
    return left[0] if len(left) == 1 else None


async def _rejected(recording: _Recording, record: EventRecord) -> Sequence[UUID]:
    """Return the rejected events that an older parse of this article told of: they may be told of again."""
    left = [former for former in recording.former if former not in recording.taken]
    rejected = select(event.c.id).where(
        event.c.id.in_(left), event.c.kind == record.kind, event.c.review_status == ReviewStatus.REJECTED
    )
    return (await recording.session.execute(rejected)).scalars().all() if left else ()


async def _came_with(recording: _Recording, event_id: UUID) -> UUID | None:
    """Return the event that the article told of before it was merged into this one."""
    if event_id not in recording.former:
        return None
    earlier = (
        select(report.c.came_with)
        .where(report.c.article == recording.row.id, report.c.event == event_id)
        .order_by(report.c.id.desc())
        .limit(1)
    )
    return (await recording.session.execute(earlier)).scalar_one_or_none()


async def _resolve_officials(
    recording: _Recording, record: EventRecord, ids: RecordIds | None
) -> list[UUID | None]:
    session = recording.session
    day = record.date.start or recording.row.published_on
    officials: list[UUID | None] = []
    for number, person in enumerate(record.participants):
        if person.name is None:
            officials.append(None)
            continue
        brought = ids.officials[number] if ids else None
        found = await find_official(session, person.name, person.party, day)
        if found.official is None and person.party not in recording.alone:
            await take_turns(session, [person.party])
            recording.alone.add(person.party)
            found = await find_official(session, person.name, person.party, day)
        who = found.official or (brought and await find_brought(session, brought))
        if who is None:
            who = await add_official(session, person.name, recording.changes, brought)
            await ask_who_it_is(session, who, found.may_be or await find_namesakes(session, who))
            if found.reason:
                recording.unsure_people.append(UnsurePerson(who, found.may_be, found.reason))
        officials.append(who)
    return officials


async def _add_evidence(
    session: AsyncSession, report_id: UUID, spans: Sequence[Evidence], text: str | None
) -> None:
    """Store the words that each field rests on; a span that does not hold its quote is refused."""
    rows = []
    for ordinal, span in enumerate(spans):
        quote = text[span.start : span.end] if text is not None else None
        if text is not None and (quote is None or len(quote) != span.end - span.start):
            raise EvidenceDoesNotMatch(span.field, span.start, span.end)
        if span.quote is not None and quote is not None and span.quote != quote:
            raise EvidenceDoesNotMatch(span.field, span.start, span.end)
        rows.append(
            {
                "report": report_id,
                "ordinal": ordinal,
                "field": span.field,
                "start_at": span.start,
                "end_at": span.end,
                "quote": quote,
            }
        )
    if rows:
        await session.execute(insert(evidence), rows)
