"""Dyads out of the counts that are kept of pairs, by kind and of any."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, cast, extract, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB

from app.domain.vocabulary import EventKind
from app.queries.access_path import ALL_TIME, KEPT, asks_plainly
from app.queries.asked import AskedParties
from app.queries.event_filter import EventScope, event_conditions
from app.storage.tables import dyad_count

_BUT_KIND = ("a", "b", "grain", "period")


def is_kept(wanted: EventScope, asked: AskedParties) -> bool:
    """Tell whether the counts asked for are those that are kept: of the listed events, by pair and kind."""
    answered = {*KEPT, "pair", *(name for name, _ in asked.sides())}
    return asks_plainly(wanted, asked) and set(event_conditions(wanted, asked)) <= answered


def read_kept_counts(wanted: EventScope, asked: AskedParties) -> Select[Any]:
    """Return pairs with their counts, each pair once, in the columns of counted ones."""
    kept, sides = dyad_count.c, [parties for _, parties in asked.sides()]
    counted = _sum_kinds(wanted.kind) if len(wanted.kind) > 1 else _read_one_count(wanted.kind)
    return counted.where(
        kept.grain == "all",
        kept.a < kept.b,
        *(or_(kept.a.in_(parties), kept.b.in_(parties)) for parties in sides),
        *([tuple_(kept.a, kept.b).in_(asked.pair)] if asked.pair else []),
        # Of all pairs the index by rank gives the order, if the period is named; few are sorted faster.
        *([] if asked.pair or sides else [kept.period == cast(literal(ALL_TIME), Date)]),
    )


def read_kept_years(pair: tuple[str, str]) -> Select[Any]:
    """Return the counts of a pair by the year of the first day; years without any are left out."""
    kept = dyad_count.c
    year = cast(extract("year", kept.period), Integer).label("year")
    return (
        select(year, kept.events, _look_up(()).label("counts"))
        .where(kept.a == pair[0], kept.b == pair[1], kept.grain == "year", kept.kind == "any")
        .order_by(kept.period)
    )


def _read_one_count(kinds: Sequence[EventKind]) -> Select[Any]:
    kept = dyad_count.c
    columns = _columns(kept.events, kinds, kept.first_date, kept.last_date)
    return select(*columns).where(kept.kind == (kinds[0] if kinds else "any"))


def _sum_kinds(kinds: Sequence[EventKind]) -> Select[Any]:
    kept = dyad_count.c
    events = cast(func.sum(kept.events), Integer)
    columns = _columns(events, kinds, func.min(kept.first_date), func.max(kept.last_date))
    return select(*columns).where(kept.kind.in_(kinds)).group_by(*(kept[name] for name in _BUT_KIND))


def _columns(events: Any, kinds: Sequence[EventKind], first_date: Any, last_date: Any) -> list[Any]:
    a, b = dyad_count.c.a, dyad_count.c.b
    return [
        a.label("first"),
        b.label("second"),
        func.concat(a, "-", b).label("id"),
        events.label("events"),
        _look_up(kinds).label("counts"),
        first_date.label("first_date"),
        last_date.label("last_date"),
    ]


def _look_up(kinds: Sequence[EventKind]) -> ColumnElement[Any]:
    """Return the counts by kind, which Postgres looks up for the pairs of a page only, after sorting."""
    of = dyad_count.alias("of_kind").c
    same = (of[name] == dyad_count.c[name] for name in _BUT_KIND)
    counts = func.jsonb_object_agg(of.kind, of.events, type_=JSONB)
    return select(counts).where(*same, of.kind.in_(kinds or tuple(EventKind))).scalar_subquery()
