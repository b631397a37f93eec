"""What a list of events can be asked for: one small clause a condition."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo
from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.domain.explanations import in_words
from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import (
    MEETING_KINDS,
    SERVED_REVIEW_STATUSES,
    EventKind,
    EventStatus,
    Mode,
    ReviewStatus,
    topics_within,
)
from app.queries.asked import AskedParties, PartyFilter, Words, involves, involves_both
from app.queries.full_text import matches
from app.queries.paging import ListFilter, Order, read_day, read_instant, read_uuid
from app.queries.values import MAX_WORDS, Day, Flag, OfficialId, SearchText, TopicId
from app.storage.tables import event, event_party, participation

_Item = TypeVar("_Item")
Several = Annotated[tuple[_Item, ...], Field(max_length=MAX_WORDS)]


class DatedFilter(ListFilter):
    """A filter by days, both inclusive; what overlaps them matches."""

    date_from: Day | None = Field(default=None, description="First day, YYYY-MM-DD.")
    date_to: Day | None = Field(default=None, description="Last day, YYYY-MM-DD.")

    @field_validator("date_to")
    @classmethod
    def check_order(cls, last: date | None, info: ValidationInfo) -> date | None:
        """Refuse a last day before the first."""
        first = info.data.get("date_from")
        if last and first and last < first:
            raise PydanticCustomError("inverted_range", "date_to is before date_from")
        return last


class EventSort(StrEnum):
    """By what events are sorted; a minus means latest first."""

    LATEST = "-date"
    EARLIEST = "date"
    UPDATED_LAST = "-updated_at"
    UPDATED_FIRST = "updated_at"

    def order(self) -> Order:
        """Return the columns to sort by."""
        if self in (EventSort.LATEST, EventSort.EARLIEST):
            return Order(event.c.sort_date, event.c.id, self is EventSort.LATEST, read_day, read_uuid)
        return Order(event.c.updated_at, event.c.id, self is EventSort.UPDATED_LAST, read_instant, read_uuid)


class EventFilter(PartyFilter, DatedFilter):
    """What `/v1/events` can be asked for."""

    official: Several[OfficialId] = Field(default=(), description="Someone who took part: an official's id.")
    include_undated: Flag = Field(
        default=False, description="Whether undated events match a date filter too."
    )
    kind: Several[EventKind] = Field(default=(), description=f"What happened.{in_words('kind')}")
    mode: Several[Mode] = Field(
        default=(), description=f"How it happened; each kind has its own modes.{in_words('mode')}"
    )
    status: Several[EventStatus] = Field(
        default=(EventStatus.OCCURRED,),
        description=f"Whether it happened; by default what did.{in_words('status')}",
    )
    topic: Several[TopicId] = Field(default=(), description="A topic; a group stands for its members too.")
    place_country: Words = Field(default=(), description="The country it took place in, in any code or name.")
    city: Words = Field(default=(), description="The city it took place in.")
    review_status: Several[ReviewStatus] = Field(
        default=SERVED_REVIEW_STATUSES, description=f"What an editor said of it.{in_words('review_status')}"
    )
    q: SearchText | None = Field(
        default=None, description='Full text: words, "a phrase", `or`, and `-` for without.'
    )
    sort: EventSort = Field(default=EventSort.LATEST, description="By what to sort; the id breaks ties.")

    @classmethod
    def served_kinds(cls) -> tuple[EventKind, ...]:
        """Return the kinds that the list is limited to; none for all."""
        return ()


class MeetingKind(StrEnum):
    """The kinds that `/v1/meetings` serves."""

    MEETING = EventKind.MEETING.value
    CALL = EventKind.CALL.value
    VISIT = EventKind.VISIT.value


class MeetingFilter(EventFilter):
    """What `/v1/meetings` can be asked for."""

    kind: Several[MeetingKind] = Field(default=(), description="Meeting, call or visit.")  # type: ignore[assignment]

    @classmethod
    def served_kinds(cls) -> tuple[EventKind, ...]:
        """Return meeting, call and visit."""
        return MEETING_KINDS


def event_clauses(wanted: EventFilter, asked: AskedParties) -> Iterator[ColumnElement[bool]]:
    """Yield what every event listed must meet."""
    yield not_merged()
    yield event.c.status.in_(wanted.status)
    yield event.c.review_status.in_(wanted.review_status)
    for parties in asked.sides():
        yield involves(event_party, event.c.id, parties)
    if asked.pair:
        yield or_(*(involves_both(event_party, event.c.id, pair) for pair in asked.pair))
    if kinds := wanted.kind or wanted.served_kinds():
        yield event.c.kind.in_(kinds)
    if wanted.mode:
        yield event.c.mode.in_(wanted.mode)
    if wanted.official:
        yield has_official(wanted.official)
    if wanted.date_from or wanted.date_to:
        yield overlaps(wanted.date_from, wanted.date_to, include_undated=wanted.include_undated)
    if wanted.topic:
        yield has_topic(wanted.topic)
    yield from place_clauses(wanted, asked)
    if wanted.q:
        yield matches(event.c.search, wanted.q)


def place_clauses(wanted: EventFilter, asked: AskedParties) -> Iterator[ColumnElement[bool]]:
    """Yield where the events must have taken place."""
    if asked.place_country:
        yield event.c.country.in_(asked.place_country)
    if wanted.city:
        yield func.lower(event.c.city).in_([city.lower() for city in wanted.city])


def not_merged() -> ColumnElement[bool]:
    """Leave out events that live on in another."""
    return event.c.merged_into.is_(None)


def served() -> ColumnElement[bool]:
    """Keep what lists show by default: what occurred, and is not doubted."""
    return and_(
        not_merged(),
        event.c.status == EventStatus.OCCURRED,
        event.c.review_status.in_(SERVED_REVIEW_STATUSES),
    )


def overlaps(first: date | None, last: date | None, *, include_undated: bool) -> ColumnElement[bool]:
    """Keep events that share a day with the range, and the undated where asked."""
    bounds = []
    if first:
        bounds.append(event.c.date_end >= first)
    if last:
        bounds.append(event.c.date_start <= last)
    dated = and_(*bounds)
    return or_(dated, event.c.date_start.is_(None)) if include_undated else dated


def has_topic(topics: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep events with one of the topics, or of their members."""
    members = [member for topic in topics for member in topics_within(topic)]
    return event.c.topics.bool_op("&&")(cast(members, ARRAY(Text)))


def has_official(ids: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep events in which one of the officials took part."""
    officials = [row_id(Prefix.OFFICIAL, text) for text in ids]
    took_part = select(participation.c.id).where(
        participation.c.event == event.c.id, participation.c.official.in_(officials)
    )
    return took_part.exists()
