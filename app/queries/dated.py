"""Filters by days: what overlaps them, or what lies within them for certain."""

from datetime import date
from enum import StrEnum

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo
from sqlalchemy import ColumnElement, Date, FromClause, and_, cast, func, or_, select

from app.domain.explanations import in_words
from app.domain.vocabulary import DatePrecision
from app.queries.paging import Filter
from app.queries.values import Day, Flag, Several
from app.storage.tables import event


class DatedFilter(Filter):
    """A filter by days, both inclusive."""

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


class DateMatch(StrEnum):
    """How days match a range."""

    OVERLAP = "overlap"
    WITHIN = "within"


class SpanFilter(DatedFilter):
    """A filter by days of what has a first and a last day, known more or less precisely."""

    date_match: DateMatch = Field(
        default=DateMatch.OVERLAP,
        description="How the days match.\n\n- `overlap`: it may have happened in the range.\n"
        "- `within`: it happened in the range for certain.",
    )
    precision: Several[DatePrecision] = Field(
        default=(), description=f"How precisely the days are known.{in_words('date_precision')}"
    )
    include_undated: Flag = Field(
        default=False, description="Whether what has no known day matches a date filter too."
    )


def dated(table: FromClause, wanted: SpanFilter) -> ColumnElement[bool] | None:
    """Keep rows whose days match the range, and the undated where asked; None without a range."""
    within = wanted.date_match is DateMatch.WITHIN
    bounds = []
    if wanted.date_from:
        bounds.append((table.c.date_start if within else table.c.date_end) >= wanted.date_from)
    if wanted.date_to:
        bounds.append((table.c.date_end if within else table.c.date_start) <= wanted.date_to)
    if not bounds:
        return None
    if "sort_date" in table.c and not wanted.include_undated:
        bounds += _sorted_bounds(table, wanted, within=within)
    return or_(and_(*bounds), table.c.date_start.is_(None)) if wanted.include_undated else and_(*bounds)


def _sorted_bounds(table: FromClause, wanted: SpanFilter, *, within: bool) -> list[ColumnElement[bool]]:
    """Say of the day to sort by, which is the first day of what has one, what the bounds say of days.

    It changes nothing that is found, but lets an index by that day begin and end where the range does.
    """
    bounds = [table.c.sort_date <= wanted.date_to] if wanted.date_to else []
    if wanted.date_from is None:
        return bounds
    return [*bounds, table.c.sort_date >= (wanted.date_from if within else _first_day(wanted.date_from))]


def _first_day(day: date) -> ColumnElement[date]:
    """Return the day on which the first of the events began that were not over before a day."""
    spans = event.alias("spans")
    days = func.daterange(spans.c.date_start, spans.c.date_end, "[]")
    began = select(func.min(spans.c.date_start)).where(
        spans.c.date_start < spans.c.date_end, days.bool_op("@>")(cast(day, Date))
    )
    return func.least(cast(day, Date), began.scalar_subquery(), type_=Date)
