"""One event or two: which stored event, if any, a record tells of.

The rules are those of the data model. Formulaic prose makes two calls look alike and one meeting look
different, so nothing here compares texts: only kinds, parties, dates, people, places and objects count.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.names import name_key
from app.domain.record import EventRecord
from app.domain.vocabulary import MEETING_KINDS, DatePrecision, EventKind, PartyRole
from app.storage.tables import agreement, article, event, event_party, participation, report

_UNDATED_REACH = timedelta(days=30)
_SAME_OBJECT = 90
"""Least token-set ratio (0 to 100) at which two printed objects or titles are the same thing."""


class Verdict(Enum):
    """Whether a record tells of a stored event."""

    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored event of the same kind between the same parties."""

    event: UUID
    span: DateSpan
    sort_date: date
    venue: str | None
    object: str | None
    instrument: tuple[str | None, str | None]
    officials: frozenset[UUID]
    offices: frozenset[tuple[str, str]]
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The event that a record tells of, or those that it may tell of."""

    event: UUID | None
    unsure: tuple[UUID, ...] = ()


async def match_event(
    session: AsyncSession,
    record: EventRecord,
    officials: Sequence[UUID | None],
    published_on: date | None,
    taken: Collection[UUID],
    dataset: str | None = None,
) -> Match:
    """Return the one stored event that the record tells of; `taken` are those of its article's others.

    A dataset lists each event once: the rows of one, like the records of one article, are different events.
    """
    verdicts = [
        (candidate, compare(record, officials, published_on, candidate))
        for candidate in await _find_candidates(session, record, dataset)
        if candidate.event not in taken
    ]
    same = [candidate for candidate, verdict in verdicts if verdict is Verdict.SAME]
    exact = [candidate for candidate in same if candidate.span.start == record.date.start]
    if len(exact) == 1 or len(same) == 1:
        return Match((exact or same)[0].event)
    unsure = same or [candidate for candidate, verdict in verdicts if verdict is Verdict.UNSURE]
    return Match(None, tuple(candidate.event for candidate in unsure))


def compare(
    record: EventRecord,
    officials: Sequence[UUID | None],
    published_on: date | None,
    candidate: Candidate,
) -> Verdict:
    """Judge one candidate by its date and by what it shares with the record."""
    if not _dates_agree(record, published_on, candidate):
        return Verdict.OTHER
    known = {official for official in officials if official}
    if record.kind in MEETING_KINDS:
        if _elsewhere(record, candidate):
            return Verdict.OTHER
        if known & candidate.officials or _same_room(record, candidate):
            return Verdict.SAME
        return Verdict.OTHER if known and candidate.officials else Verdict.UNSURE
    return _compare_object(record, known, candidate)


def _dates_agree(record: EventRecord, published_on: date | None, candidate: Candidate) -> bool:
    if DatePrecision.UNKNOWN in (record.date.precision, candidate.span.precision):
        day = record.date.start or published_on
        return day is not None and abs(day - candidate.sort_date) <= _UNDATED_REACH
    touching = timedelta(days=1) if record.kind in MEETING_KINDS else timedelta(0)
    return _widened(record.date, touching).overlaps(candidate.span)


def _widened(span: DateSpan, days: timedelta) -> DateSpan:
    if span.start is None or span.end is None or not days:
        return span
    return DateSpan.of_range(span.start - days, span.end + days)


def _elsewhere(record: EventRecord, candidate: Candidate) -> bool:
    """Tell whether both name a country, not the same one: then only equal days leave a doubt of the place.

    Leaders who meet on two sides of an ocean within a day meet twice.
    """
    here, there = record.place.country, candidate.country
    same_days = (record.date.start, record.date.end) == (candidate.span.start, candidate.span.end)
    return bool(here and there and here != there and not same_days)


def _same_room(record: EventRecord, candidate: Candidate) -> bool:
    """Tell whether both name one venue and the same offices, though the people may go unnamed."""
    offices = {(person.party, name_key(person.title)) for person in record.participants if person.title}
    venue = record.place.venue
    return bool(venue and candidate.venue and name_key(venue) == name_key(candidate.venue)) and bool(
        offices and offices == candidate.offices
    )


def _compare_object(record: EventRecord, officials: set[UUID], candidate: Candidate) -> Verdict:
    """Compare what was signed, handed over or held, or who was appointed."""
    if record.kind is EventKind.APPOINTMENT:
        if officials and candidate.officials:
            return Verdict.SAME if officials & candidate.officials else Verdict.OTHER
        return Verdict.UNSURE
    if record.kind is EventKind.AGREEMENT and record.agreement:
        title, form = candidate.instrument
        if record.agreement.title and title:
            return _same_words(record.agreement.title, title)
        return Verdict.SAME if record.agreement.kind.value == form else Verdict.UNSURE
    if record.object and candidate.object:
        return _same_words(record.object, candidate.object)
    return Verdict.UNSURE


def _same_words(a: str, b: str) -> Verdict:
    alike = fuzz.token_set_ratio(name_key(a), name_key(b)) >= _SAME_OBJECT
    return Verdict.SAME if alike else Verdict.OTHER


async def _find_candidates(
    session: AsyncSession, record: EventRecord, dataset: str | None
) -> list[Candidate]:
    statement = _candidate_rows(record)
    if dataset is not None:
        statement = statement.where(~_told_by(dataset).exists())
    rows = (await session.execute(statement)).all()
    if not rows:
        return []
    people: dict[UUID, list[Any]] = defaultdict(list)
    for person in await session.execute(
        select(participation).where(participation.c.event.in_([row.id for row in rows]))
    ):
        people[person.event].append(person)
    return [_candidate(row, people[row.id]) for row in rows]


def _candidate_rows(record: EventRecord) -> Select[Any]:
    """Select the events of the record's kind whose acting parties are exactly the record's."""
    acting = sorted({party.party for party in record.parties if party.role is not PartyRole.CONVENOR})
    acts = event_party.c.role != PartyRole.CONVENOR
    of_each = [select(event_party.c.event).where(event_party.c.party == party, acts) for party in acting]
    of_another = select(event_party.c.event).where(
        event_party.c.event == event.c.id, event_party.c.party.not_in(acting), acts
    )
    return (
        select(
            event,
            agreement.c.printed_title.label("instrument_title"),
            agreement.c.kind.label("instrument_kind"),
        )
        .outerjoin(agreement, agreement.c.id == event.c.agreement)
        .where(
            event.c.kind == record.kind,
            event.c.merged_into.is_(None),
            *(event.c.id.in_(events) for events in of_each),
            ~of_another.exists(),
        )
    )


def _told_by(dataset: str) -> Select[Any]:
    return (
        select(report.c.id)
        .join(article, article.c.id == report.c.article)
        .where(report.c.event == event.c.id, report.c.active, article.c.dataset == dataset)
    )


def _candidate(row: Any, people: Sequence[Any]) -> Candidate:
    return Candidate(
        event=row.id,
        span=DateSpan(start=row.date_start, end=row.date_end, precision=row.date_precision),
        sort_date=row.sort_date,
        venue=row.venue,
        country=row.country,
        object=row.object,
        instrument=(row.instrument_title, row.instrument_kind),
        officials=frozenset(person.official for person in people if person.official),
        offices=frozenset(
            (person.party, name_key(person.title_as_reported))
            for person in people
            if person.title_as_reported
        ),
    )
