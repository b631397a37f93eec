"""By what events can be counted: each dimension is the filter of its name, and gives an event its values."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, Column, ColumnElement, Select, and_, func, select

from app.domain.vocabulary import PartyKind, PartyRole
from app.storage.tables import (
    article,
    event,
    event_party,
    official,
    outlet,
    participation,
    party,
    report,
)


class EventDimension(StrEnum):
    """By what events can be counted."""

    KIND = "kind"
    MODE = "mode"
    STATUS = "status"
    REVIEW_STATUS = "review_status"
    PRECISION = "precision"
    TOPIC = "topic"
    PARTY = "party"
    COUNTRY = "country"
    ORGANIZATION = "organization"
    PAIR = "pair"
    OFFICIAL = "official"
    OFFICE = "office"
    PLACE_COUNTRY = "place_country"
    CITY = "city"
    OUTLET = "outlet"


DIMENSIONS = """

- `party`, `country`, `organization`: those that take part, in any role.
- `pair`: each two that act.
- `official`, `office`: who took part, and as what they were reported.
- `place_country`, `city`: where it took place.
- `topic`: each topic, and not its group.
- `outlet`: each publisher that tells of it.
- `kind`, `mode`, `status`, `review_status`, `precision`: as the filters of these names."""
"""The dimensions in words, as a list in Markdown."""

_COLUMNS = {
    EventDimension.KIND: event.c.kind,
    EventDimension.MODE: event.c.mode,
    EventDimension.STATUS: event.c.status,
    EventDimension.REVIEW_STATUS: event.c.review_status,
    EventDimension.PRECISION: event.c.date_precision,
    EventDimension.CITY: event.c.city,
}
_MATCHED = (
    *_COLUMNS.values(),
    *(event.c.id, event.c.country, event.c.topics, event.c.date_start, event.c.date_end),
)


def match_events(conditions: Iterable[ColumnElement[bool]], name: str, limit: int | None = None) -> CTE:
    """Return the events that meet the conditions, with what `spread_events` needs of them."""
    return select(*_MATCHED).where(*conditions).limit(limit).cte(name)


def spread_events(matched: CTE, dimension: EventDimension) -> Select[Any]:
    """Return (id, value, label), one row for each value that an event has; none where it has none."""
    if dimension in _COLUMNS:
        column: Column[Any] = _COLUMNS[dimension]
        return _row(matched, matched.c[column.name]).where(matched.c[column.name].is_not(None))
    return _SPREADS[dimension](matched).distinct()


def _row(matched: CTE, value: ColumnElement[Any], label: ColumnElement[Any] | None = None) -> Select[Any]:
    shown = value if label is None else label
    return select(matched.c.id, value.label("value"), shown.label("label"))


def _by_topic(matched: CTE) -> Select[Any]:
    topic = func.unnest(matched.c.topics).column_valued("topic", joins_implicitly=True)
    return _row(matched, topic)


def _by_party(matched: CTE, kind: PartyKind | None = None) -> Select[Any]:
    rows = (
        _row(matched, party.c.id, party.c.name)
        .join(event_party, event_party.c.event == matched.c.id)
        .join(party, party.c.id == event_party.c.party)
    )
    return rows if kind is None else rows.where(party.c.kind == kind)


def _by_pair(matched: CTE) -> Select[Any]:
    one, other = event_party.alias("first"), event_party.alias("second")
    a, b = party.alias("a"), party.alias("b")
    acting = and_(one.c.role != PartyRole.CONVENOR, other.c.role != PartyRole.CONVENOR)
    return (
        _row(matched, func.concat(a.c.id, "-", b.c.id), func.concat(a.c.name, " – ", b.c.name))
        .join(one, one.c.event == matched.c.id)
        .join(other, and_(other.c.event == matched.c.id, one.c.party < other.c.party, acting))
        .join(a, a.c.id == one.c.party)
        .join(b, b.c.id == other.c.party)
    )


def _by_official(matched: CTE) -> Select[Any]:
    # As readers see an id: `off_` and the digits of the UUID.
    public = func.concat("off_", func.replace(func.concat(official.c.id), "-", ""))
    return (
        _row(matched, public, official.c.name)
        .join(participation, participation.c.event == matched.c.id)
        .join(official, official.c.id == participation.c.official)
    )


def _by_office(matched: CTE) -> Select[Any]:
    title = participation.c.title_as_reported
    return (
        _row(matched, title)
        .join(participation, participation.c.event == matched.c.id)
        .where(title.is_not(None))
    )


def _by_place(matched: CTE) -> Select[Any]:
    return _row(matched, party.c.id, party.c.name).join(party, party.c.id == matched.c.country)


def _by_outlet(matched: CTE) -> Select[Any]:
    return (
        _row(matched, outlet.c.id, outlet.c.name)
        .join(report, and_(report.c.event == matched.c.id, report.c.active))
        .join(article, article.c.id == report.c.article)
        .join(outlet, outlet.c.id == article.c.outlet)
    )


_SPREADS = {
    EventDimension.TOPIC: _by_topic,
    EventDimension.PARTY: _by_party,
    EventDimension.COUNTRY: lambda matched: _by_party(matched, PartyKind.COUNTRY),
    EventDimension.ORGANIZATION: lambda matched: _by_party(matched, PartyKind.ORGANIZATION),
    EventDimension.PAIR: _by_pair,
    EventDimension.OFFICIAL: _by_official,
    EventDimension.OFFICE: _by_office,
    EventDimension.PLACE_COUNTRY: _by_place,
    EventDimension.OUTLET: _by_outlet,
}
