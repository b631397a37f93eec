"""What agreements can be asked for: one small clause a condition."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.domain.explanations import in_words
from app.domain.vocabulary import (
    SERVED_REVIEW_STATUSES,
    AgreementKind,
    AgreementStep,
    Pledge,
    ReviewStatus,
    topics_within,
)
from app.queries.asked import AskedParties, PartyFilter, party_conditions
from app.queries.dated import SpanFilter, dated
from app.queries.event_filter import has_office, has_official, has_topic, in_city, not_merged, told_by
from app.queries.full_text import matches
from app.queries.paging import ListFilter, Order, read_day, read_instant, read_uuid
from app.queries.values import Instant, OfficialId, SearchText, Several, Share, TopicId, Words
from app.storage.tables import agreement, agreement_party, agreement_step, event

_DAY = func.coalesce(
    agreement.c.date_start,
    func.date(func.timezone("UTC", agreement.c.created_at)),
    type_=agreement.c.date_start.type,
)


class AgreementSort(StrEnum):
    """By what agreements are sorted; a minus means latest first."""

    LATEST = "-date"
    EARLIEST = "date"
    UPDATED_LAST = "-updated_at"
    UPDATED_FIRST = "updated_at"
    CREATED_LAST = "-created_at"
    CREATED_FIRST = "created_at"

    def order(self) -> Order:
        """Return the columns to sort by."""
        column, read = {
            "date": (_DAY, read_day),
            "updated_at": (agreement.c.updated_at, read_instant),
            "created_at": (agreement.c.created_at, read_instant),
        }[self.removeprefix("-")]
        return Order(column, agreement.c.id, self.startswith("-"), read, read_uuid)


class AgreementFilter(PartyFilter, SpanFilter, ListFilter):
    """What `/v1/agreements` can be asked for."""

    kind: Several[AgreementKind] = Field(
        default=(), description=f"What form the agreement has.{in_words('agreement_kind')}"
    )
    status: Several[AgreementStep] = Field(
        default=(), description=f"The last step that it took.{in_words('agreement_status')}"
    )
    step: Several[AgreementStep] = Field(
        default=(), description="A step that it took, last or not; the words are those of `status`."
    )
    pledge: Several[Pledge] = Field(
        default=(), description=f"What its parties promise each other.{in_words('pledge')}"
    )
    topic: Several[TopicId] = Field(default=(), description="What it, or an event of it, is about.")
    domain: Several[TopicId] = Field(default=(), description="What the agreement itself is about.")
    official: Several[OfficialId] = Field(default=(), description="Someone who took part in an event of it.")
    office: Words = Field(default=(), description="Words of an office that took part in an event of it.")
    place_country: Words = Field(default=(), description="The country that an event of it took place in.")
    city: Words = Field(default=(), description="The city that an event of it took place in.")
    outlet: Words = Field(default=(), description="A publisher that tells of it: its domain or name.")
    review_status: Several[ReviewStatus] = Field(
        default=SERVED_REVIEW_STATUSES,
        description="What an editor said of an event of it; agreements without an event are always listed."
        f"{in_words('review_status')}",
    )
    min_confidence: Share | None = Field(
        default=None, description="Least confidence of an event of it, from 0 to 1."
    )
    updated_since: Instant | None = Field(
        default=None, description="Changed at or after this instant, RFC 3339."
    )
    q: SearchText | None = Field(
        default=None,
        description="Full text of its title, and of what the reports of its events say. The words of the "
        "title that were found are in `highlights`.",
    )
    sort: AgreementSort = Field(
        default=AgreementSort.LATEST, description="By what to sort; the id breaks ties."
    )


def agreement_conditions(wanted: AgreementFilter, asked: AskedParties) -> dict[str, ColumnElement[bool]]:
    """Return what every agreement listed must meet, by the parameter that asks for it."""
    conditions = party_conditions(agreement_party, agreement.c.id, asked)
    conditions["merged"] = agreement.c.merged_into.is_(None)
    conditions["review_status"] = not_doubted(wanted.review_status)
    if (span := dated(agreement, wanted)) is not None:
        conditions["date"] = span
    if asked.place_country:
        conditions["place_country"] = has_event(event.c.country.in_(asked.place_country))
    if wanted.outlet:
        conditions["outlet"] = has_event(told_by(asked.outlet))
    for name, condition in _CONDITIONS.items():
        if value := getattr(wanted, name):
            conditions[name] = condition(value)
    return conditions


def not_doubted(wanted: tuple[ReviewStatus, ...]) -> ColumnElement[bool]:
    """Leave out agreements of which every step awaits review or was rejected, unless asked for."""
    any_event = select(event.c.id).where(event.c.agreement == agreement.c.id, not_merged()).exists()
    return or_(has_event(event.c.review_status.in_(wanted)), ~any_event)


def has_event(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Keep agreements with an event that meets the conditions."""
    of_it = select(event.c.id).where(event.c.agreement == agreement.c.id, not_merged(), *conditions)
    return of_it.exists()


def took_step(steps: tuple[AgreementStep, ...]) -> ColumnElement[bool]:
    """Keep agreements that took one of the steps."""
    taken = select(agreement_step.c.id).where(
        agreement_step.c.agreement == agreement.c.id, agreement_step.c.step.in_(steps)
    )
    return taken.exists()


def has_pledge(pledges: tuple[Pledge, ...]) -> ColumnElement[bool]:
    """Keep agreements with one of the pledges."""
    return agreement.c.pledges.bool_op("&&")(cast(list(pledges), ARRAY(Text)))


def has_domain(topics: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep agreements whose own subject is one of the topics, or of their members."""
    return agreement.c.domain.in_([member for topic in topics for member in topics_within(topic)])


def is_about(topics: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep agreements that are about one of the topics, or whose events are."""
    return or_(has_domain(topics), has_event(has_topic(topics)))


def says(words: str) -> ColumnElement[bool]:
    """Keep agreements whose title, or an event of which, holds the words."""
    titled = select(agreement.c.id).where(matches(agreement.c.search, words))
    told = select(event.c.agreement).where(
        event.c.agreement.is_not(None), not_merged(), matches(event.c.search, words)
    )
    return agreement.c.id.in_(titled.union(told))


_CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "kind": agreement.c.kind.in_,
    "status": agreement.c.status.in_,
    "precision": agreement.c.date_precision.in_,
    "step": took_step,
    "pledge": has_pledge,
    "domain": has_domain,
    "topic": is_about,
    "official": lambda ids: has_event(has_official(ids)),
    "office": lambda offices: has_event(has_office(offices)),
    "city": lambda cities: has_event(in_city(cities)),
    "min_confidence": lambda least: has_event(event.c.confidence >= least),
    "updated_since": lambda instant: agreement.c.updated_at >= instant,
    "q": says,
}
