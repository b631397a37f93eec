"""A calendar date whose precision is part of the value."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from app.domain.vocabulary import AnchorKind, DatePrecision

MOST_PRECISE_FIRST = (
    DatePrecision.DAY,
    DatePrecision.RANGE,
    DatePrecision.MONTH,
    DatePrecision.YEAR,
    DatePrecision.UNKNOWN,
)
RANGES_FIRST = (DatePrecision.RANGE, DatePrecision.DAY, *MOST_PRECISE_FIRST[2:])
"""For visits, of which both ends say more."""


class DateSpan(BaseModel):
    """First and last calendar day of something, and what the two days mean.

    `day`: one known day. `range`: both days known. `month`, `year`: somewhere inside. `unknown`: both null.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN

    @model_validator(mode="after")
    def check_days_fit_precision(self) -> Self:
        """Refuse days that contradict the precision."""
        if self.precision is DatePrecision.UNKNOWN:
            if self.start or self.end:
                raise ValueError("an unknown date has no days")
            return self
        if self.start is None or self.end is None:
            raise ValueError(f"precision {self.precision} needs both days")
        if self.end < self.start:
            raise ValueError("the last day is before the first")
        if self.precision is DatePrecision.DAY and self.start != self.end:
            raise ValueError("a day has one day")
        return self

    @classmethod
    def of_day(cls, day: date) -> Self:
        """Return one known day."""
        return cls(start=day, end=day, precision=DatePrecision.DAY)

    @classmethod
    def of_range(cls, first: date, last: date) -> Self:
        """Return a first and a last known day, or one day where they are the same."""
        if first == last:
            return cls.of_day(first)
        return cls(start=first, end=last, precision=DatePrecision.RANGE)

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """Return an unknown day of a month."""
        last = monthrange(year, month)[1]
        return cls(start=date(year, month, 1), end=date(year, month, last), precision=DatePrecision.MONTH)

    @classmethod
    def of_year(cls, year: int) -> Self:
        """Return an unknown day of a year."""
        return cls(start=date(year, 1, 1), end=date(year, 12, 31), precision=DatePrecision.YEAR)

    def overlaps(self, other: "DateSpan") -> bool:
        """Tell whether both are dated and share a day."""
        if not (self.start and self.end and other.start and other.end):
            return False
        return self.start <= other.end and other.start <= self.end

    def widened(self, by: timedelta) -> "DateSpan":
        """Return the days from so much before to so much after, as far as the calendar goes."""
        if self.start is None or self.end is None:
            return self
        first = self.start - min(by, self.start - date.min)
        return DateSpan.of_range(first, self.end + min(by, date.max - self.end))


class ReportedDate(DateSpan):
    """A date as an article gives it, with the words, the anchor they were counted from, and the rule."""

    words: str | None = None
    anchor: date | None = None
    anchor_kind: AnchorKind | None = None
    rule: str | None = None
    alternatives: tuple[DateSpan, ...] = ()
    """Other readings that the article's own words give; kept, so that a doubt stays visible."""
