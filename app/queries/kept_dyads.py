"""Dyads out of the counts that are kept of pairs, by kind and of any."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Subquery,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.domain.vocabulary import EventKind
from app.queries.access_path import ALL_TIME, KEPT, asks_plainly
from app.queries.asked import AskedParties
from app.queries.event_filter import EventScope, event_conditions
from app.storage.tables import dyad_count


def is_kept(wanted: EventScope, asked: AskedParties) -> bool:
    """Tell whether the counts asked for are those that are kept: of the listed events, by pair and kind."""
    answered = {*KEPT, "pair", *(name for name, _ in asked.sides())}
    return asks_plainly(wanted, asked) and set(event_conditions(wanted, asked)) <= answered


def read_kept_counts(wanted: EventScope, asked: AskedParties) -> Select[Any] | CompoundSelect[Any]:
    """Return pairs with how many events each has, each pair once, in the columns of counted ones."""
    kept, sides = dyad_count.c, [parties for _, parties in asked.sides()]
    counts = _sum_kinds(wanted.kind) if len(wanted.kind) > 1 else _read_one_count(wanted.kind)
    counts = counts.where(kept.grain == "all", kept.a < kept.b)
    if asked.pair:
        counts = counts.where(tuple_(kept.a, kept.b).in_(asked.pair))
    elif not sides:
        # Of all pairs the index by rank gives the order, if the period is named; few are sorted faster.
        counts = counts.where(kept.period == cast(literal(ALL_TIME), Date))
    return _of_sides(counts, *sides) if sides else counts


def _of_sides(counts: Select[Any], one: Sequence[str], *others: Sequence[str]) -> CompoundSelect[Any]:
    """Keep pairs that have each side; each place that the first may have in a pair has an index."""
    kept = dyad_count.c
    counts = counts.where(*(or_(kept.a.in_(parties), kept.b.in_(parties)) for parties in others))
    return union_all(counts.where(kept.a.in_(one)), counts.where(kept.b.in_(one), kept.a.not_in(one)))


def read_kept_kinds(counted: Subquery, kinds: Sequence[EventKind] = ()) -> ColumnElement[Any]:
    """Return the counts by kind of pairs that are counted."""
    return _count_kinds(kinds, {"a": counted.c.first, "b": counted.c.second, "grain": "all"})


def read_kept_years(pair: tuple[str, str]) -> Select[Any]:
    """Return the counts of a pair by the year of the first day; years without any are left out."""
    kept = dyad_count.c
    year = cast(extract("year", kept.period), Integer).label("year")
    same = {"a": pair[0], "b": pair[1], "grain": "year", "period": kept.period}
    return (
        select(year, kept.events, _count_kinds((), same))
        .where(kept.a == pair[0], kept.b == pair[1], kept.grain == "year", kept.kind == "any")
        .order_by(kept.period)
    )


def _read_one_count(kinds: Sequence[EventKind]) -> Select[Any]:
    kept = dyad_count.c
    columns = _columns(kept.events, kept.first_date, kept.last_date)
    return select(*columns).where(kept.kind == (kinds[0] if kinds else "any"))


def _sum_kinds(kinds: Sequence[EventKind]) -> Select[Any]:
    kept = dyad_count.c
    events = cast(func.sum(kept.events), Integer)
    columns = _columns(events, func.min(kept.first_date), func.max(kept.last_date))
    return select(*columns).where(kept.kind.in_(kinds)).group_by(kept.a, kept.b)


def _columns(events: Any, first_date: Any, last_date: Any) -> list[Any]:
    a, b = dyad_count.c.a, dyad_count.c.b
    return [
        a.label("first"),
        b.label("second"),
        func.concat(a, "-", b).label("id"),
        events.label("events"),
        first_date.label("first_date"),
        last_date.label("last_date"),
    ]


def _count_kinds(kinds: Sequence[EventKind], same: Mapping[str, Any]) -> ColumnElement[Any]:
    """Return the counts by kind, which Postgres looks up for the pairs of a page only, after sorting."""
    of = dyad_count.alias("of_kind").c
    counts = select(func.jsonb_object_agg(of.kind, of.events, type_=JSONB)).where(
        *(of[name] == value for name, value in same.items()), of.kind.in_(kinds or tuple(EventKind))
    )
    return counts.scalar_subquery().label("counts")
