"""What a timeseries looks like: flat rows."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import example
from app.queries.dimensions import EventDimension
from app.queries.series_filter import Period, TimeseriesFilter
from app.queries.timeseries import Timeseries

_META = {
    "interval": "month",
    "group_by": "kind",
    "count": 3,
    "undated": 0,
    "imprecise": 1,
    "groups": 1,
    "groups_shown": 1,
}
_ROW = {"period": "2024-08-01", "group": "meeting", "label": "meeting", "count": 3}


class TimeseriesMeta(BaseModel):
    """What the series counts, and what it leaves out."""

    model_config = example(_META)

    interval: Period = Field(description="How long a period is.")
    group_by: EventDimension | None = Field(description="The dimension of the groups.")
    count: int = Field(description="How many dated events match; each is counted once a group.")
    undated: int = Field(description="How many match and have no day to be counted on.")
    imprecise: int = Field(
        description="How many of those counted are known less precisely than the interval; they count on the "
        "first day that they may have happened. `precision=day` leaves them out."
    )
    groups: int = Field(description="How many groups there are.")
    groups_shown: int = Field(description="How many groups are shown, those with most events.")


class TimeseriesRow(BaseModel):
    """How many events there are in a period."""

    model_config = example(_ROW)

    period: date = Field(description="First day of the period.")
    group: str | None = Field(description="The value of the dimension; null where nothing is grouped by.")
    label: str | None = Field(description="Its name.")
    count: int


class TimeseriesResponse(BaseModel):
    """How many events there are in each period; periods without events count zero."""

    model_config = example({"meta": _META, "results": [_ROW]})

    meta: TimeseriesMeta
    results: list[TimeseriesRow]


def timeseries_response(found: Timeseries, wanted: TimeseriesFilter) -> TimeseriesResponse:
    """Show a timeseries."""
    totals = found.totals
    return TimeseriesResponse(
        meta=TimeseriesMeta(
            interval=wanted.interval,
            group_by=wanted.group_by,
            count=totals.events,
            undated=totals.undated,
            imprecise=totals.imprecise,
            groups=totals.groups,
            groups_shown=found.groups_shown,
        ),
        results=[period_response(row) for row in found.rows],
    )


def period_response(row: Any) -> TimeseriesRow:
    """Show a period."""
    return TimeseriesRow(period=row.period, group=row.value, label=row.label, count=row.events)
