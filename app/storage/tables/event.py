"""Events, their parties, and the people who took part."""

from datetime import date

from sqlalchemy import CheckConstraint, Computed, Date, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import (
    MODES,
    DatePrecision,
    EventKind,
    EventStatus,
    Mode,
    PartyRole,
    ReviewStatus,
)
from app.storage.tables.columns import UUID, Texts, date_checks, datetime, id_column, instant_column, one_of


def _mode_fits_kind() -> CheckConstraint:
    cases = (
        f"kind = '{kind}' AND mode IN ({', '.join(repr(mode.value) for mode in modes)})"
        for kind, modes in MODES.items()
        if modes
    )
    return CheckConstraint(f"mode IS NULL OR {' OR '.join(cases)}", name="mode_fits_kind")


_FILTERED = (
    "kind",
    "mode",
    "status",
    "date_precision",
    "review_status",
    "confidence",
    "date_start",
    "date_end",
)
_WALKED_BY = {
    "": "",
    "kind": "",
    "country": "",
    "city": "",
    "mode": "mode IS NOT NULL",
    "status": "status <> 'occurred'",
    "date_precision": "date_precision <> 'day'",
    "review_status": "review_status IN ('needs_review', 'rejected')",
}
"""Under what lists walk through the days, and which values are too few to be met with on the way."""


def _by_day(column: str, which: str) -> Index:
    """Return an index of events by day, under the values of a column, that covers what lists filter by."""
    under = {"": [], "city": [text("lower(city)")]}.get(column, [column])
    beside = [one for one in _FILTERED if one != column]
    return Index(
        f"ix_event_{column}_day" if column else "ix_event_day",
        *under,
        "sort_date",
        "id",
        # Postgres takes an index for covering only where the column of an expression is in it too.
        postgresql_include=[*beside, "city"] if column == "city" else beside,
        postgresql_where=" AND ".join(filter(None, ("merged_into IS NULL", which))),
    )


class Event(SQLModel, table=True):
    """One thing that happened: the resolved view of its active reports.

    `sort_date` is the day to sort by and never served: the first day, else the publication's, else the day it
    came in. `search` indexes `search_text`, the words that full text finds it by.
    """

    __tablename__ = "event"
    __table_args__ = (
        one_of("kind", EventKind),
        one_of("mode", Mode),
        _mode_fits_kind(),
        one_of("status", EventStatus),
        one_of("date_precision", DatePrecision),
        one_of("review_status", ReviewStatus),
        *date_checks(),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        CheckConstraint("parent <> id", name="parent_is_another"),
        CheckConstraint("merged_into <> id", name="merged_into_another"),
        *(_by_day(column, which) for column, which in _WALKED_BY.items()),
        Index(
            "ix_event_days",
            text("daterange(date_start, date_end, '[]')"),
            postgresql_using="gist",
            postgresql_where="date_start < date_end",
        ),
        Index("ix_event_updated_at", "updated_at", "id"),
        Index("ix_event_created_at", "created_at", "id"),
        Index("ix_event_topics", "topics", postgresql_using="gin"),
        Index("ix_event_search", "search", postgresql_using="gin"),
    )

    id: UUID = id_column()
    kind: EventKind = Field(sa_type=Text)
    mode: Mode | None = Field(default=None, sa_type=Text)
    status: EventStatus = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    summary: str = Field(sa_type=Text)
    date_start: date | None = Field(default=None, sa_type=Date)
    date_end: date | None = Field(default=None, sa_type=Date)
    date_precision: DatePrecision = Field(sa_type=Text)
    sort_date: date = Field(sa_type=Date)
    venue: str | None = Field(default=None, sa_type=Text)
    city: str | None = Field(default=None, sa_type=Text)
    country: str | None = Field(default=None, sa_type=Text, foreign_key="party.id")
    object: str | None = Field(default=None, sa_type=Text)
    topics: list[str] = Field(default_factory=list, sa_type=Texts)
    background: bool
    confidence: float
    confidence_reasons: list[str] = Field(default_factory=list, sa_type=Texts)
    review_status: ReviewStatus = Field(sa_type=Text)
    report_count: int
    agreement: UUID | None = Field(default=None, foreign_key="agreement.id", index=True)
    parent: UUID | None = Field(default=None, foreign_key="event.id", index=True)
    merged_into: UUID | None = Field(default=None, foreign_key="event.id", index=True)
    search_text: str = Field(sa_type=Text)
    search: str | None = Field(
        default=None,
        sa_type=TSVECTOR,
        sa_column_args=(Computed("to_tsvector('english', search_text)", persisted=True),),
    )
    version: int = 1
    created_at: datetime = instant_column()
    updated_at: datetime = instant_column()


class EventParty(SQLModel, table=True):
    """A party of an event in one role; it may hold two."""

    __tablename__ = "event_party"
    __table_args__ = (one_of("role", PartyRole), Index("ix_event_party_party", "party", "event"))

    event: UUID = Field(primary_key=True, foreign_key="event.id")
    party: str = Field(primary_key=True, sa_type=Text, foreign_key="party.id")
    role: PartyRole = Field(primary_key=True, sa_type=Text)


class Participation(SQLModel, table=True):
    """A person, or only an office, who took part for a party; `ordinal` keeps the order of mention."""

    __tablename__ = "participation"
    __table_args__ = (
        one_of("role", PartyRole),
        CheckConstraint("official IS NOT NULL OR title_as_reported IS NOT NULL", name="person_or_office"),
        UniqueConstraint("event", "ordinal"),
        Index("ix_participation_official", "official", "event"),
        Index("ix_participation_party", "party", "official"),
        Index("ix_participation_tenure", "tenure", postgresql_where="tenure IS NOT NULL"),
        Index(
            "ix_participation_title_trigrams",
            "title_as_reported",
            postgresql_using="gin",
            postgresql_ops={"title_as_reported": "gin_trgm_ops"},
        ),
    )

    id: UUID = id_column()
    event: UUID = Field(foreign_key="event.id")
    ordinal: int
    official: UUID | None = Field(default=None, foreign_key="official.id")
    party: str = Field(sa_type=Text, foreign_key="party.id")
    role: PartyRole = Field(sa_type=Text)
    rank: str | None = Field(default=None, sa_type=Text)
    title_as_reported: str | None = Field(default=None, sa_type=Text)
    tenure: UUID | None = Field(default=None, foreign_key="tenure.id")


class Delegation(SQLModel, table=True):
    """A group that travelled for a party."""

    __tablename__ = "delegation"
    __table_args__ = (CheckConstraint("stated_size > 0", name="stated_size"),)

    event: UUID = Field(primary_key=True, foreign_key="event.id")
    party: str = Field(primary_key=True, sa_type=Text, foreign_key="party.id")
    head: UUID | None = Field(default=None, foreign_key="official.id")
    stated_size: int | None = None
    complete: bool
