"""What events can be asked for: one small clause a condition."""

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select
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
from app.queries.asked import AskedParties, PartyFilter, party_conditions
from app.queries.dated import SpanFilter, dated
from app.queries.full_text import matches, relevance
from app.queries.offices import is_office
from app.queries.paging import ListFilter, Order, read_day, read_instant, read_share, read_uuid
from app.queries.values import Instant, OfficialId, SearchText, Several, Share, TopicId, Words
from app.storage.tables import article, event, event_party, participation, report


class EventScope(PartyFilter, SpanFilter):
    """Which events are meant; the same wherever events are listed, counted or drawn."""

    official: Several[OfficialId] = Field(default=(), description="Someone who took part: an official's id.")
    office: Words = Field(
        default=(), description="Words of an office that somebody took part in: Foreign Minister."
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
    outlet: Words = Field(default=(), description="A publisher that tells of it: its domain or name.")
    review_status: Several[ReviewStatus] = Field(
        default=SERVED_REVIEW_STATUSES, description=f"What an editor said of it.{in_words('review_status')}"
    )
    min_confidence: Share | None = Field(default=None, description="Least confidence, from 0 to 1.")
    updated_since: Instant | None = Field(
        default=None, description="Changed at or after this instant, RFC 3339."
    )
    q: SearchText | None = Field(
        default=None,
        description='Full text of title, summary and what the reports say: words, "a phrase", `or`, and `-` '
        "for without. The words found are in `highlights`.",
    )

    @classmethod
    def served_kinds(cls) -> tuple[EventKind, ...]:
        """Return the kinds that are meant at all; none for all."""
        return ()


class EventSort(StrEnum):
    """By what events are sorted; a minus means latest first."""

    LATEST = "-date"
    EARLIEST = "date"
    UPDATED_LAST = "-updated_at"
    UPDATED_FIRST = "updated_at"
    CREATED_LAST = "-created_at"
    CREATED_FIRST = "created_at"
    RELEVANCE = "-relevance"

    def order(self, words: str | None) -> Order:
        """Return the columns to sort by."""
        if self is EventSort.RELEVANCE:
            return Order(relevance(event.c.search, words), event.c.id, True, read_share, read_uuid)
        column, read = {
            "date": (event.c.sort_date, read_day),
            "updated_at": (event.c.updated_at, read_instant),
            "created_at": (event.c.created_at, read_instant),
        }[self.removeprefix("-")]
        return Order(column, event.c.id, self.startswith("-"), read, read_uuid)


class Expansion(StrEnum):
    """What an event can show whole."""

    PARTICIPANTS = "participants"
    REPORTS = "reports"
    AGREEMENT = "agreement"


MOST_RANKED = 500
"""Events that pages are ranked from, more than one has: each one's text must be read for it."""
SORT = Field(
    default=EventSort.LATEST,
    description="By what to sort; the id breaks ties. What an event is sorted by may change while you read, "
    "but for `created_at`. `-relevance` is how well the text answers `q`, of the latest "
    f"{MOST_RANKED:,} events that hold its words; without `q` all are alike.",
)


class EventFilter(EventScope, ListFilter):
    """What `/v1/events` can be asked for."""

    sort: EventSort = SORT


class TimelineFilter(EventFilter):
    """What a timeline can be asked for."""

    sort: EventSort = Field(
        default=EventSort.EARLIEST, description="By what to sort, earliest first by default."
    )


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


def event_clauses(wanted: EventScope, asked: AskedParties) -> Iterator[ColumnElement[bool]]:
    """Yield what every event listed must meet."""
    yield from event_conditions(wanted, asked).values()


def keep_ranked(wanted: EventFilter, statement: Select[Any]) -> Select[Any]:
    """Keep, where relevance sorts, the latest events of a statement."""
    if wanted.sort is not EventSort.RELEVANCE or not wanted.q:
        return statement
    latest = statement.with_only_columns(event.c.id).order_by(event.c.sort_date.desc(), event.c.id.desc())
    return statement.where(event.c.id.in_(latest.limit(MOST_RANKED).correlate(None)))


def event_conditions(wanted: EventScope, asked: AskedParties) -> dict[str, ColumnElement[bool]]:
    """Return what every event listed must meet, by the parameter that asks for it."""
    conditions = {"": standing(wanted), **party_conditions(event_party, event.c.id, asked)}
    if asked.place_country:
        conditions["place_country"] = event.c.country.in_(asked.place_country)
    if wanted.outlet:
        conditions["outlet"] = told_by(asked.outlet)
    if (span := dated(event, wanted)) is not None:
        conditions["date"] = span
    for name, condition in _CONDITIONS.items():
        if value := getattr(wanted, name):
            conditions[name] = condition(value)
    return conditions


def standing(wanted: EventScope) -> ColumnElement[bool]:
    """Leave out events that live on in another, and kinds that the list does not serve."""
    kinds = wanted.served_kinds()
    return and_(not_merged(), event.c.kind.in_(kinds)) if kinds else not_merged()


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
    return took_part.correlate_except(participation).exists()


def has_office(offices: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep events in which the holder of one of the offices took part."""
    return or_(*(event.c.id.in_(is_office(words)) for words in offices))


def in_city(cities: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep events in one of the cities."""
    return func.lower(event.c.city).in_([city.lower() for city in cities])


def told_by(outlets: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep events that an article of one of the outlets tells of; ids, not names."""
    told = (
        select(report.c.event)
        .join(article, article.c.id == report.c.article)
        .where(report.c.active, article.c.outlet.in_(outlets))
    )
    return event.c.id.in_(told)


def changed_since(instant: datetime) -> ColumnElement[bool]:
    """Keep events that were changed at or after an instant."""
    return event.c.updated_at >= instant


_CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "kind": event.c.kind.in_,
    "mode": event.c.mode.in_,
    "status": event.c.status.in_,
    "review_status": event.c.review_status.in_,
    "precision": event.c.date_precision.in_,
    "official": has_official,
    "office": has_office,
    "topic": has_topic,
    "city": in_city,
    "min_confidence": lambda least: event.c.confidence >= least,
    "updated_since": changed_since,
    "q": lambda words: matches(event.c.search, words),
}
