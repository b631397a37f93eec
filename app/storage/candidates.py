"""Which stored events a record could tell of: those of its kind and time between its acting parties."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.names import name_key
from app.domain.person_names import Likeness, compare_names
from app.domain.record import EventRecord
from app.domain.vocabulary import Editable, EventStatus, PartyRole
from app.storage.among import among
from app.storage.tables import (
    agreement,
    article,
    correction,
    event,
    event_dyad,
    event_party,
    official,
    participation,
    report,
)

UNDATED_REACH = timedelta(days=30)
"""How far from its publication an event without a date may be."""
STAY = timedelta(days=7)
"""How far apart two articles may place one stay, if one of them knows a single day of it."""
_SHARED_PARTIES = 0.6
"""Least share of common parties at which two lists of more than two are of one gathering."""

_COMPARED = ("kind", "date", "parties", "participants", "place", "object")
"""The fields of an event by which it is known again."""
_KNOWN_ON = func.coalesce(article.c.published_on, article.c.updated_on, func.date(article.c.created_at))


@dataclass(frozen=True, slots=True)
class Acting:
    """Someone who acts for a party, by what is known: an official, a name, an office."""

    official: UUID | None
    party: str
    name: str | None = None
    office: str | None = None

    def agrees(self, other: "Acting") -> bool | None:
        """Tell whether two who act for one party are one person; None where they cannot be compared."""
        if self.official and self.official == other.official:
            return True
        if self.name and other.name:
            return compare_names(self.name, other.name) is not Likeness.OTHER
        if self.office and other.office and name_key(self.office) == name_key(other.office):
            return None if name_key(self.office) in _SHARED_OFFICES else True
        return None


_SHARED_OFFICES = frozenset(
    f"{head}{office}"
    for office in ("minister", "secretary", "ambassador", "high commissioner", "envoy", "adviser", "official")
    for head in ("", "deputy ", "senior ", "special ", "state ")
)
"""Words for an office that several persons of one party may hold on the same day."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored event of the same kind between the same parties, or many of the same."""

    event: UUID
    span: DateSpan
    sort_date: date
    status: EventStatus
    parties: frozenset[str]
    visitors: frozenset[str]
    people: tuple[Acting, ...]
    venue: str | None
    object: str | None
    instrument: tuple[str | None, str | None]
    country: str | None = None


async def find_candidates(
    session: AsyncSession, record: EventRecord, published_on: date | None, dataset: str | None
) -> list[Candidate]:
    """Return the events that could be the record's, as they are and as reports tell of those edited since.

    A dataset lists each event once, so those that another row of it tells of are left out.
    """
    held = await _find_held(session, record, published_on, dataset)
    return [*held, *await _find_as_told(session, record, dataset)]


async def _find_as_told(session: AsyncSession, record: EventRecord, dataset: str | None) -> list[Candidate]:
    """Return the words of reports on events that an editor changed: articles may use them again."""
    changed = select(correction.c.entity_id).where(
        correction.c.entity == Editable.EVENT,
        correction.c.field.in_(_COMPARED),
        correction.c.undone_at.is_(None),
    )
    if not (await session.execute(select(changed.exists()))).scalar_one():
        return []
    told = (
        select(report.c.event, report.c.record, report.c.officials, _KNOWN_ON.label("known_on"))
        .join(article, article.c.id == report.c.article)
        .where(report.c.event.in_(changed), report.c.record["kind"].astext == record.kind)
        .where(*(report.c.record["parties"].contains([{"party": party}]) for party in _acting(record)))
        .order_by(report.c.id.desc())
    )
    if dataset is not None:
        told = told.join(event, event.c.id == report.c.event).where(~_told_by(dataset).exists())
    said = [(EventRecord.model_validate(row.record), row) for row in await session.execute(told)]
    return [_as_told(one, row) for one, row in said if _acting(one) == _acting(record)]


def _as_told(told: EventRecord, row: Any) -> Candidate:
    """Return an event as one report tells it."""
    return Candidate(
        event=row.event,
        span=told.date,
        sort_date=told.date.start or row.known_on,
        status=told.status,
        parties=frozenset(party.party for party in told.parties),
        visitors=frozenset(party.party for party in told.parties if party.role is PartyRole.VISITOR),
        people=tuple(
            Acting(official, person.party, person.name, person.title)
            for person, official in zip(told.participants, row.officials, strict=True)
        ),
        venue=told.place.venue,
        country=told.place.country,
        object=told.object,
        instrument=(told.agreement.title, told.agreement.kind.value) if told.agreement else (None, None),
    )


def _acting(record: EventRecord) -> list[str]:
    return sorted({party.party for party in record.parties if party.role is not PartyRole.CONVENOR})


async def _find_held(
    session: AsyncSession, record: EventRecord, published_on: date | None, dataset: str | None
) -> list[Candidate]:
    close = (await session.execute(_close(record, published_on))).scalars().all()
    if not close:
        return []
    statement = _candidate_rows(record, close)
    if dataset is not None:
        statement = statement.where(~_told_by(dataset).exists())
    rows = (await session.execute(statement)).all()
    if not rows:
        return []
    events = [row.id for row in rows]
    people: dict[UUID, list[Acting]] = defaultdict(list)
    for one in await session.execute(
        select(participation, official.c.name)
        .outerjoin(official, official.c.id == participation.c.official)
        .where(among(participation.c.event, events))
    ):
        people[one.event].append(Acting(one.official, one.party, one.name, one.title_as_reported))
    parties: dict[UUID, list[Any]] = defaultdict(list)
    for party in await session.execute(select(event_party).where(among(event_party.c.event, events))):
        parties[party.event].append(party)
    return [_candidate(row, people[row.id], parties[row.id]) for row in rows]


def _candidate_rows(record: EventRecord, close: Sequence[UUID]) -> Select[Any]:
    """Select those of the events about the record's time whose acting parties are the record's.

    Of more than two parties, accounts seldom list all: there most must be the same.
    """
    acting = _acting(record)
    listed = (
        select(func.count(event_party.c.party.distinct()))
        .where(event_party.c.event == event.c.id, event_party.c.role != PartyRole.CONVENOR)
        .scalar_subquery()
    )
    shared = (
        select(event_party.c.event, func.count(event_party.c.party.distinct()).label("parties"))
        .where(event_party.c.party.in_(acting), event_party.c.role != PartyRole.CONVENOR)
        .where(among(event_party.c.event, close))
        .group_by(event_party.c.event)
        .subquery()
    )
    same = and_(shared.c.parties == len(acting), listed == len(acting))
    if len(acting) > 2:
        all_listed = len(acting) + listed - shared.c.parties
        same = and_(listed > 2, shared.c.parties >= _SHARED_PARTIES * all_listed)
    return (
        select(
            event,
            agreement.c.printed_title.label("instrument_title"),
            agreement.c.kind.label("instrument_kind"),
        )
        .join(shared, shared.c.event == event.c.id)
        .outerjoin(agreement, agreement.c.id == event.c.agreement)
        .where(among(event.c.id, close), event.c.merged_into.is_(None), same)
    )


def _close(record: EventRecord, published_on: date | None) -> Select[Any]:
    """Select the events of the record's kind and time under its pair, or under each of its parties.

    A statement of its own: within a larger one, a planner that knows little of new tables goes through all.
    """
    acting = _acting(record)
    pairs = [tuple(acting)] if len(acting) == 2 else [(one, one) for one in acting]
    return (
        select(event_dyad.c.event)
        .where(tuple_(event_dyad.c.a, event_dyad.c.b).in_(pairs), event_dyad.c.kind == record.kind)
        .where(_about_its_time(record, published_on))
        .distinct()
    )


def _about_its_time(record: EventRecord, published_on: date | None) -> ColumnElement[bool]:
    """Say which days an event can have that the record tells of; `matching` looks at them closely."""
    day = record.date.start or published_on
    if day is None:
        return false()
    around = DateSpan.of_day(day).widened(UNDATED_REACH)
    near: ColumnElement[bool] = event_dyad.c.sort_date.between(around.start, around.end)
    if record.date.start is None:
        return near
    days = record.date.widened(STAY)
    overlaps = and_(event_dyad.c.date_start <= days.end, event_dyad.c.date_end >= days.start)
    return or_(overlaps, and_(near, event_dyad.c.date_start.is_(None)))


def _told_by(dataset: str) -> Select[Any]:
    return (
        select(report.c.id)
        .join(article, article.c.id == report.c.article)
        .where(report.c.event == event.c.id, report.c.active, article.c.dataset == dataset)
    )


def _candidate(row: Any, people: Sequence[Acting], parties: Sequence[Any]) -> Candidate:
    return Candidate(
        event=row.id,
        span=DateSpan(start=row.date_start, end=row.date_end, precision=row.date_precision),
        sort_date=row.sort_date,
        status=row.status,
        parties=frozenset(party.party for party in parties),
        visitors=frozenset(party.party for party in parties if party.role == PartyRole.VISITOR),
        people=tuple(people),
        venue=row.venue,
        country=row.country,
        object=row.object,
        instrument=(row.instrument_title, row.instrument_kind),
    )
