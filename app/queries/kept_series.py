"""Series of one pair or party, or of all events, out of the counts that are kept of them."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, Text, and_, cast, func, literal, null, select

from app.domain.vocabulary import EventKind
from app.queries.access_path import ALL_PARTIES, kept_pair
from app.queries.asked import AskedParties
from app.queries.dimensions import EventDimension
from app.queries.event_filter import served
from app.queries.series_filter import COARSER, Period, SeriesFilter, truncate
from app.storage.tables import dyad_count, event, event_dyad

_KEPT = (Period.MONTH, Period.QUARTER, Period.YEAR)
_KEPT_BY = (None, EventDimension.KIND)
"""Of what there are kept counts."""


def find_kept(wanted: SeriesFilter, asked: AskedParties) -> tuple[str, str] | None:
    """Return the pair, a party as one with itself or all of them, whose kept counts answer a series."""
    kept = wanted.interval in _KEPT and wanted.group_by in _KEPT_BY
    return kept_pair(wanted, asked) if kept else None


def count_kept(pair: tuple[str, str], wanted: SeriesFilter) -> CTE:
    """Return (period, value, label, events), out of the counts by month."""
    kept = _kept_rows(pair, wanted, "month").subquery("kept")
    value = kept.c.kind if wanted.group_by else cast(null(), Text)
    return (
        select(
            truncate(wanted, kept.c.first_day).label("period"),
            value.label("value"),
            func.max(value).label("label"),
            cast(func.sum(kept.c.events), Integer).label("events"),
        )
        .group_by("period", "value")
        .cte("counted")
    )


def select_kept_totals(pair: tuple[str, str], wanted: SeriesFilter) -> Select[Any]:
    """Return the totals of a series; only the imprecise are counted event by event, as they are few."""
    months = _kept_rows(pair, wanted, "month").subquery("months")
    whole = _kept_rows(pair, wanted, "all").subquery("whole")
    of_all = select(func.coalesce(func.sum(whole.c.events), 0)).scalar_subquery()
    placed = func.coalesce(func.sum(months.c.events), 0)
    return select(
        cast(placed, Integer).label("events"),
        cast(of_all - placed, Integer).label("undated"),
        _count_imprecise(pair, wanted).label("imprecise"),
        truncate(wanted, func.min(months.c.first_day)).label("first"),
        truncate(wanted, func.max(months.c.first_day)).label("last"),
        (func.count(months.c.kind.distinct()) if wanted.group_by else literal(1)).label("groups"),
    ).select_from(months)


def _kept_rows(pair: tuple[str, str], wanted: SeriesFilter, grain: str) -> Select[Any]:
    kept = dyad_count.c
    kinds = wanted.kind or (tuple(EventKind) if wanted.group_by else ("any",))
    return select(kept.kind, kept.period.label("first_day"), kept.events).where(
        kept.a == pair[0], kept.b == pair[1], kept.grain == grain, kept.kind.in_(kinds)
    )


def _count_imprecise(pair: tuple[str, str], wanted: SeriesFilter) -> ColumnElement[int]:
    imprecise = select(func.count()).where(served(), event.c.date_precision.in_(COARSER[wanted.interval]))
    if wanted.kind:
        imprecise = imprecise.where(event.c.kind.in_(wanted.kind))
    if pair != ALL_PARTIES:
        under = event_dyad.c
        same = and_(event.c.sort_date == under.sort_date, event.c.id == under.event)
        imprecise = imprecise.select_from(event_dyad.join(event, same)).where(
            under.a == pair[0], under.b == pair[1], under.listed
        )
    return imprecise.scalar_subquery()
