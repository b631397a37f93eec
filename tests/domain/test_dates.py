"""Dates whose precision is part of the value."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from app.domain.dates import DateSpan


def test_a_month_spans_its_days_leap_years_included() -> None:
    span = DateSpan.of_month(2024, 2)
    assert (span.start, span.end, span.precision) == (date(2024, 2, 1), date(2024, 2, 29), "month")


def test_a_range_of_one_day_is_a_day() -> None:
    assert DateSpan.of_range(date(2024, 8, 19), date(2024, 8, 19)).precision == "day"


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        ("2024-08-19", "2024-08-18", "range"),
        ("2024-08-19", "2024-08-20", "day"),
        ("2024-08-19", None, "day"),
        (None, None, "month"),
        ("2024-08-19", "2024-08-19", "unknown"),
    ],
)
def test_days_that_contradict_the_precision_are_refused(
    start: str | None, end: str | None, precision: str
) -> None:
    with pytest.raises(ValidationError):
        DateSpan.model_validate({"start": start, "end": end, "precision": precision})


def test_spans_overlap_on_a_shared_day_and_unknown_dates_never_do() -> None:
    visit = DateSpan.of_range(date(2026, 2, 2), date(2026, 2, 6))
    assert visit.overlaps(DateSpan.of_day(date(2026, 2, 6)))
    assert not visit.overlaps(DateSpan.of_day(date(2026, 2, 7)))
    assert not visit.overlaps(DateSpan())


def test_a_span_is_widened_as_far_as_the_calendar_goes() -> None:
    span = DateSpan.of_range(date.min, date.max - timedelta(days=2))
    assert span.widened(timedelta(days=1)) == DateSpan.of_range(date.min, date.max - timedelta(days=1))
    assert span.widened(timedelta(days=7)) == DateSpan.of_range(date.min, date.max)
    assert DateSpan().widened(timedelta(days=7)) == DateSpan()
