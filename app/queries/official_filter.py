"""What officials can be asked for: one small clause a condition."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from pydantic import Field
from sqlalchemy import ColumnElement, and_, or_, select

from app.queries.asked import AskedParties
from app.queries.event_filter import EventScope, event_clauses
from app.queries.lookalike import closeness, is_called
from app.queries.offices import has_words
from app.queries.paging import Filter, ListFilter, Order, read_number, read_text, read_uuid
from app.queries.values import Day, SearchText, Words
from app.storage.tables import event, official, official_name, participation, tenure


class OfficialSort(StrEnum):
    """By what officials are sorted: the last word of the name, then the whole; or closeness to `q`."""

    NAME = "name"
    NAME_BACKWARDS = "-name"
    RELEVANCE = "-relevance"

    def order(self, words: str | None) -> Order:
        """Return the columns to sort by."""
        if self is OfficialSort.RELEVANCE:
            close = closeness(official_name, official.c.id, official_name.c.official, words)
            return Order(close, official.c.id, True, read_number, read_uuid)
        backwards = self is OfficialSort.NAME_BACKWARDS
        return Order(official.c.sort_key, official.c.id, backwards, read_text, read_uuid)


class OfficialDimension(StrEnum):
    """By what officials can be counted."""

    PARTY = "party"


class OfficialFilter(EventScope, ListFilter):
    """What `/v1/officials` can be asked for: what they are called, their offices, and their events."""

    q: SearchText | None = Field(
        default=None,
        description="Parts of a name; every word must occur, and accents and case do not matter. Where no "
        "name holds them all, names that look alike are found.",
    )
    party: Words = Field(default=(), description="A party they acted for or held an office of.")
    office: Words = Field(
        default=(), description="Words of an office that they held, or took part in an event in."
    )
    on: Day | None = Field(
        default=None,
        description="Held an office, that of `office` and `party` where given, on this day, YYYY-MM-DD. An "
        "unknown first or last day does not exclude.",
    )
    sort: OfficialSort = Field(
        default=OfficialSort.NAME,
        description="By what to sort; the id breaks ties. `-relevance` is closeness of the name to `q`.",
    )


class TenureFilter(Filter):
    """What a list of offices can be asked for."""

    on: Day | None = Field(
        default=None,
        description="Only those held on this day, YYYY-MM-DD; an unknown first or last day does not exclude.",
    )


def official_conditions(wanted: OfficialFilter, asked: AskedParties) -> dict[str, ColumnElement[bool]]:
    """Return what every official listed must meet, by the parameter that asks for it."""
    conditions: dict[str, ColumnElement[bool]] = {"merged": official.c.merged_into.is_(None)}
    if wanted.q:
        conditions["q"] = is_called(official_name, official.c.id, official_name.c.official, wanted.q)
    parties = asked.lines_of(asked.party)
    if parties:
        conditions["party"] = or_(acted_for(parties), held_office(tenure.c.party.in_(parties)))
    if wanted.office:
        conditions["office"] = or_(*(had_office(words) for words in wanted.office))
    if wanted.on:
        titles = [and_(*has_words(tenure.c.title, words)) for words in wanted.office]
        of_parties = [tenure.c.party.in_(parties)] if parties else []
        any_title = [or_(*titles)] if titles else []
        conditions["on"] = held_office(*held_on(wanted.on), *of_parties, *any_title)
    if wanted.model_fields_set & _ABOUT_EVENTS:
        conditions["events"] = took_part(wanted, asked)
    return conditions


_OWN = {"q", "party", "office", "on", "via", "sort", "limit", "cursor", "count"}
_ABOUT_EVENTS = EventScope.model_fields.keys() - _OWN


def took_part(wanted: OfficialFilter, asked: AskedParties) -> ColumnElement[bool]:
    """Keep officials who took part in an event that meets the filters, for a party asked for."""
    own = wanted.model_copy(update={"q": None, "office": ()})
    here = (
        select(participation.c.id)
        .join(event, event.c.id == participation.c.event)
        .where(participation.c.official == official.c.id, *event_clauses(own, asked))
    )
    if parties := asked.lines_of(asked.party):
        here = here.where(participation.c.party.in_(parties))
    return here.exists()


def acted_for(parties: Sequence[str]) -> ColumnElement[bool]:
    """Keep officials who took part in an event for one of the parties."""
    here = select(participation.c.id).where(
        participation.c.official == official.c.id, participation.c.party.in_(parties)
    )
    return here.exists()


def held_office(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Keep officials who held an office that meets the conditions."""
    return select(tenure.c.id).where(tenure.c.official == official.c.id, *conditions).exists()


def had_office(words: str) -> ColumnElement[bool]:
    """Keep officials who held an office with every one of the words, or took part in an event in it."""
    reported = select(participation.c.id).where(
        participation.c.official == official.c.id, *has_words(participation.c.title_as_reported, words)
    )
    return or_(reported.exists(), held_office(*has_words(tenure.c.title, words)))


def held_on(day: date | None) -> Iterator[ColumnElement[bool]]:
    """Yield that an office was held on a day; an unknown first or last day does not exclude."""
    if day:
        yield or_(tenure.c.valid_from.is_(None), tenure.c.valid_from <= day)
        yield or_(tenure.c.valid_to.is_(None), tenure.c.valid_to >= day)
