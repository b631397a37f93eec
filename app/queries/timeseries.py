"""How many events there are in each period: zero-filled, in all or by the values of a dimension."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Interval,
    Row,
    Select,
    TableValuedAlias,
    Text,
    and_,
    cast,
    func,
    literal,
    null,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import TooManyPoints
from app.queries.asked import resolve_parties
from app.queries.dimensions import match_events, spread_events
from app.queries.event_filter import event_clauses
from app.queries.kept_series import count_kept, find_kept, select_kept_totals
from app.queries.rows import read_rows
from app.queries.series_filter import COARSER, Period, SeriesFilter, truncate
from app.queries.streaming import BATCH

MAX_POINTS = 20_000
"""Most rows of a timeseries."""


_STEPS = {Period.QUARTER: "3 months"}


@dataclass(frozen=True, slots=True)
class Timeseries:
    """Rows (period, value, label, events), by period and group, and what they leave out."""

    rows: Sequence[Row[Any]]
    totals: Row[Any]
    groups_shown: int


async def count_by_period(session: AsyncSession, wanted: SeriesFilter) -> Timeseries:
    """Count events by the period of their first day, or of the first day asked for where that is later."""
    asked = await resolve_parties(session, wanted)
    if pair := find_kept(wanted, asked):
        found, counted = select_kept_totals(pair, wanted), count_kept(pair, wanted)
    else:
        matched = match_events(event_clauses(wanted, asked), "matched")
        found, counted = _select_totals(matched, wanted), _count_spread(matched, wanted)
    totals = (await session.execute(found)).one()
    groups = 1 if wanted.group_by is None else min(totals.groups, wanted.limit or totals.groups)
    points = groups * _count_periods(totals.first, totals.last, wanted.interval)
    if points > MAX_POINTS:
        raise TooManyPoints("interval", MAX_POINTS)
    if not points:
        return Timeseries((), totals, groups)
    return Timeseries(await read_rows(session, _select_series(counted, wanted, totals)), totals, groups)


async def stream_periods(session: AsyncSession, wanted: SeriesFilter) -> AsyncIterator[Sequence[Row[Any]]]:
    """Yield the rows of a series in batches; they are never more than `MAX_POINTS`."""
    rows = (await count_by_period(session, wanted)).rows
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _select_totals(matched: CTE, wanted: SeriesFilter) -> Select[Any]:
    """Return how many events and groups there are, from when to when, and what the series cannot place."""
    dated = matched.c.date_start.is_not(None)
    day = _day(matched, wanted)
    first = truncate(wanted, func.coalesce(cast(wanted.date_from, Date), func.min(day)))
    last = truncate(wanted, func.coalesce(cast(wanted.date_to, Date), func.max(day)))
    coarse = matched.c.date_precision.in_(COARSER[wanted.interval])
    return select(
        func.count().filter(dated).label("events"),
        func.count().filter(~dated).label("undated"),
        func.count().filter(coarse).label("imprecise"),
        first.label("first"),
        last.label("last"),
        _count_groups(matched, wanted).label("groups"),
    ).select_from(matched)


def _count_periods(first: date | None, last: date | None, interval: Period) -> int:
    """Return how many periods there are from one first day to another."""
    if first is None or last is None:
        return 0
    months = (last.year - first.year) * 12 + last.month - first.month
    passed = {
        Period.DAY: (last - first).days,
        Period.WEEK: (last - first).days // 7,
        Period.MONTH: months,
        Period.QUARTER: months // 3,
        Period.YEAR: months // 12,
    }
    return max(passed[interval] + 1, 0)


def _count_groups(matched: CTE, wanted: SeriesFilter) -> ColumnElement[int]:
    if wanted.group_by is None:
        return literal(1)
    spread = spread_events(matched, wanted.group_by).where(matched.c.date_start.is_not(None)).subquery()
    return select(func.count(spread.c.value.distinct())).scalar_subquery()


def _count_spread(matched: CTE, wanted: SeriesFilter) -> CTE:
    """Return (period, value, label, events), counted event by event."""
    spread = _spread(matched, wanted).subquery("spread")
    return (
        select(
            truncate(wanted, spread.c.day).label("period"),
            spread.c.value,
            func.max(spread.c.label).label("label"),
            func.count().label("events"),
        )
        .group_by("period", spread.c.value)
        .cte("counted")
    )


def _select_series(counted: CTE, wanted: SeriesFilter, totals: Row[Any]) -> Select[Any]:
    """Return each period with each group; the groups with most events come first."""
    groups = _groups(counted, wanted)
    steps = _steps(totals.first, totals.last, wanted)
    period = cast(steps.c.step, Date)
    same = and_(counted.c.period == period, counted.c.value.is_not_distinct_from(groups.c.value))
    events = func.coalesce(counted.c.events, 0)
    return (
        select(period.label("period"), groups.c.value, groups.c.label, events.label("events"))
        .select_from(steps.join(groups, true()).outerjoin(counted, same))
        .order_by(period, groups.c.total.desc(), groups.c.value)
    )


def _spread(matched: CTE, wanted: SeriesFilter) -> Select[Any]:
    """Return (id, value, label, day), a row for each value of a dated event."""
    nothing = cast(null(), Text)
    rows = (
        select(matched.c.id, nothing.label("value"), nothing.label("label"))
        if wanted.group_by is None
        else spread_events(matched, wanted.group_by)
    )
    return rows.add_columns(_day(matched, wanted).label("day")).where(matched.c.date_start.is_not(None))


def _groups(counted: CTE, wanted: SeriesFilter) -> Any:
    if wanted.group_by is None:
        nothing = cast(null(), Text)
        return select(nothing.label("value"), nothing.label("label"), literal(0).label("total")).subquery(
            "groups"
        )
    total = func.sum(counted.c.events)
    return (
        select(counted.c.value, func.max(counted.c.label).label("label"), total.label("total"))
        .group_by(counted.c.value)
        .order_by(total.desc(), counted.c.value)
        .limit(wanted.limit)
        .subquery("groups")
    )


def _day(matched: CTE, wanted: SeriesFilter) -> ColumnElement[Any]:
    """Return the day that an event counts on; one that began earlier counts on the first day asked for."""
    if wanted.date_from is None:
        return matched.c.date_start
    return func.greatest(matched.c.date_start, cast(wanted.date_from, Date), type_=Date)


def _steps(first: Any, last: Any, wanted: SeriesFilter) -> TableValuedAlias:
    """Return the first days of the periods from one to another."""
    # Without a time zone, a day is as long as any other.
    days = (cast(cast(day, Date), TIMESTAMP) for day in (first, last))
    step = cast(cast(_STEPS.get(wanted.interval, f"1 {wanted.interval}"), Text), Interval)
    return func.generate_series(*days, step).table_valued("step").render_derived("steps")
