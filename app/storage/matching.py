"""One event or two: which stored event, if any, a record tells of.

The rules are those of the data model. Formulaic prose makes two calls look alike and one meeting look
different, so nothing here compares texts: only kinds, parties, dates, people, places and objects count.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key
from app.domain.record import EventRecord
from app.domain.vocabulary import MEETING_KINDS, DatePrecision, EventKind, EventStatus, PartyRole
from app.reference import read_organizations
from app.storage.candidates import STAY, UNDATED_REACH, Acting, Candidate, find_candidates

_TOUCHING = timedelta(days=1)
_SAME_OBJECT = 90
"""Least token-set ratio (0 to 100) at which two printed objects or titles are the same thing."""


class Verdict(Enum):
    """Whether a record tells of a stored event."""

    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


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
        for candidate in await find_candidates(session, record, published_on, dataset)
        if candidate.event not in taken
    ]
    same = [candidate for candidate, verdict in verdicts if verdict is Verdict.SAME]
    exact = {candidate.event for candidate in same if candidate.span.start == record.date.start}
    close = exact or {candidate.event for candidate in same}
    if len(close) == 1:
        return Match(close.pop())
    unsure = same or [candidate for candidate, verdict in verdicts if verdict is Verdict.UNSURE]
    return Match(None, tuple(dict.fromkeys(candidate.event for candidate in unsure)))


def compare(
    record: EventRecord,
    officials: Sequence[UUID | None],
    published_on: date | None,
    candidate: Candidate,
) -> Verdict:
    """Judge one candidate by its date and by what it shares with the record."""
    people = [
        Acting(official, person.party, person.name, person.title)
        for person, official in zip(record.participants, officials, strict=True)
    ]
    if not _dates_agree(record, published_on, candidate):
        stays = record.kind is EventKind.VISIT and _of_one_stay(record, people, candidate)
        return Verdict.SAME if stays else Verdict.OTHER
    if record.kind in MEETING_KINDS:
        return Verdict.OTHER if _elsewhere(record, candidate) else _compare_people(record, people, candidate)
    return _compare_object(record, people, candidate)


def _dates_agree(record: EventRecord, published_on: date | None, candidate: Candidate) -> bool:
    """Tell whether the days touch: outlets often differ by one."""
    if DatePrecision.UNKNOWN in (record.date.precision, candidate.span.precision):
        day = record.date.start or published_on
        return day is not None and abs(day - candidate.sort_date) <= UNDATED_REACH
    return record.date.widened(_TOUCHING).overlaps(candidate.span)


def _of_one_stay(record: EventRecord, people: Sequence[Acting], candidate: Candidate) -> bool:
    """Tell whether the same visitor stays with the same host, and an account has a single day of it."""
    visitors = _visitors(record)
    return (
        DatePrecision.DAY in (record.date.precision, candidate.span.precision)
        and record.date.widened(STAY).overlaps(candidate.span)
        and bool(visitors)
        and visitors == candidate.visitors
        and not _elsewhere(record, candidate)
        and True in _sides(people, candidate.people, visitors).values()
    )


def _compare_people(record: EventRecord, people: Sequence[Acting], candidate: Candidate) -> Verdict:
    """Compare principals side by side: whoever meets two hosts on one day meets twice, but visits once."""
    parties = frozenset(party.party for party in record.parties)
    visitors = _visitors(record) if record.kind is EventKind.VISIT else frozenset()
    if visitors and candidate.visitors and visitors.isdisjoint(candidate.visitors):
        return Verdict.OTHER
    sides = _sides(people, candidate.people, visitors or parties)
    if True in sides.values() and (False not in sides.values() or len(parties) > 2):
        return Verdict.SAME
    if False in sides.values():
        return Verdict.OTHER
    alike = _same_room(record, people, candidate) or _same_gathering(parties, candidate.parties)
    return Verdict.SAME if alike or _was_planned(record, people, candidate) else Verdict.UNSURE


def _visitors(record: EventRecord) -> frozenset[str]:
    return frozenset(party.party for party in record.parties if party.role is PartyRole.VISITOR)


def _sides(
    here: Sequence[Acting], there: Sequence[Acting], parties: frozenset[str]
) -> dict[str, bool | None]:
    """Tell for each party whether both accounts have one of its people; None where that cannot be said."""
    sides: dict[str, bool | None] = {}
    for party in parties:
        agreed = [one.agrees(other) for one in here for other in there if one.party == party == other.party]
        sides[party] = True if True in agreed else False if False in agreed else None
    return sides


def _same_gathering(here: frozenset[str], there: frozenset[str]) -> bool:
    """Tell whether both are a gathering of more than two under the same organization."""
    return min(len(here), len(there)) > 2 and not here.isdisjoint(there & _organizations())


@cache
def _organizations() -> frozenset[str]:
    return frozenset(organization.id for organization in read_organizations())


def _was_planned(record: EventRecord, people: Sequence[Acting], candidate: Candidate) -> bool:
    """Tell whether one account announces a day and the other reports it as held, with nobody named in one."""
    return (
        {record.status, candidate.status} == {EventStatus.PLANNED, EventStatus.OCCURRED}
        and record.date.precision is DatePrecision.DAY
        and (record.date.start, record.date.end) == (candidate.span.start, candidate.span.end)
        and not (people and candidate.people)
    )


def _elsewhere(record: EventRecord, candidate: Candidate) -> bool:
    """Tell whether both name a country, not the same one: then only equal days leave a doubt of the place.

    Leaders who meet on two sides of an ocean within a day meet twice.
    """
    here, there = record.place.country, candidate.country
    same_days = (record.date.start, record.date.end) == (candidate.span.start, candidate.span.end)
    return bool(here and there and here != there and not same_days)


def _same_room(record: EventRecord, people: Sequence[Acting], candidate: Candidate) -> bool:
    """Tell whether both name one venue and the same offices, though the people may go unnamed."""
    here, there = (
        {(one.party, name_key(one.office)) for one in side if one.office}
        for side in (people, candidate.people)
    )
    venue = record.place.venue
    same_venue = bool(venue and candidate.venue and name_key(venue) == name_key(candidate.venue))
    return same_venue and bool(here) and here == there


def _compare_object(record: EventRecord, people: Sequence[Acting], candidate: Candidate) -> Verdict:
    """Compare what was signed, handed over or held, or who was appointed."""
    if record.kind is EventKind.APPOINTMENT:
        sides = _sides(people, candidate.people, frozenset(party.party for party in record.parties)).values()
        return Verdict.OTHER if False in sides else Verdict.SAME if True in sides else Verdict.UNSURE
    if record.kind is EventKind.AGREEMENT and record.agreement:
        title, form = candidate.instrument
        if record.agreement.title and title:
            return _same_words(record.agreement.title, title)
        return Verdict.SAME if record.agreement.kind.value == form else Verdict.UNSURE
    if record.object and candidate.object:
        return _same_words(record.object, candidate.object)
    # Two forces hardly hold two exercises at once, while they may hand over several things.
    dated = DatePrecision.UNKNOWN not in (record.date.precision, candidate.span.precision)
    return Verdict.SAME if record.kind is EventKind.EXERCISE and dated else Verdict.UNSURE


def _same_words(a: str, b: str) -> Verdict:
    alike = fuzz.token_set_ratio(name_key(a), name_key(b)) >= _SAME_OBJECT
    return Verdict.SAME if alike else Verdict.OTHER
