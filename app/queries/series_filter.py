"""What a series can be asked for: which events count, by what, and how long its periods are."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import ColumnElement, Date, cast, func
from sqlalchemy.dialects.postgresql import TIMESTAMP

from app.domain.vocabulary import DatePrecision
from app.queries.dimensions import DIMENSIONS, EventDimension
from app.queries.event_filter import EventScope
from app.queries.values import STRICT_NUMBER, Count


class Period(StrEnum):
    """How long the periods of a timeseries are."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


COARSER = {
    Period.DAY: (DatePrecision.MONTH, DatePrecision.YEAR),
    Period.WEEK: (DatePrecision.MONTH, DatePrecision.YEAR),
    Period.MONTH: (DatePrecision.YEAR,),
    Period.QUARTER: (DatePrecision.YEAR,),
    Period.YEAR: (),
}
"""Precisions that do not tell the period."""


class SeriesFilter(EventScope):
    """Which events a series counts, and by what."""

    interval: Period = Field(default=Period.MONTH, description="How long a period is; weeks begin on Monday.")
    group_by: EventDimension | None = Field(
        default=None,
        description="A dimension whose values are counted apart; an event counts for each of its values."
        + DIMENSIONS,
    )
    limit: Annotated[int, Field(ge=1, le=200), STRICT_NUMBER] | None = Field(
        default=None, description="Most groups, those with most events; all by default."
    )


class TimeseriesFilter(SeriesFilter):
    """What `/v1/events/timeseries` can be asked for: which events count, and by what."""

    limit: Count = Field(
        default=20,
        ge=1,
        le=200,
        description="Most groups, those with most events; `meta` says how many there are.",
    )


def truncate(wanted: SeriesFilter, day: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the first day of the period of a day."""
    return cast(func.date_trunc(wanted.interval.value, cast(day, TIMESTAMP)), Date)
