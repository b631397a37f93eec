"""Each article's own account of an event, and the words it rests on."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from app.domain.record import MAX_QUOTE
from app.storage.tables.columns import UUID, datetime, id_column, instant_column

# Checked at the end of the transaction: an event is made from its reports, so they are written first.
_EVENT = ForeignKey("event.id", deferrable=True, initially="DEFERRED")


class Report(SQLModel, table=True):
    """A stored record. Only an article's newest parse is active; older ones are kept.

    `officials` holds who the record's participants were taken for, in their order; null for a mere office.
    `may_be` holds the events that it may tell of too, for an editor to decide. `came_with` is the event that
    it told of before that one was merged into `event`; null where it was not.
    """

    __tablename__ = "report"
    __table_args__ = (
        Index("uq_report_article_ordinal", "article", "ordinal", unique=True, postgresql_where="active"),
        Index("ix_report_of_event", "event"),
        Index("ix_report_came_with", "came_with", postgresql_where="came_with IS NOT NULL"),
    )

    id: UUID = id_column()
    event: UUID = Field(sa_column_args=(_EVENT,))
    came_with: UUID | None = Field(default=None, foreign_key="event.id")
    article: UUID = Field(foreign_key="article.id")
    ordinal: int
    parser_version: str = Field(sa_type=Text)
    record: dict[str, Any] = Field(sa_type=JSONB)
    officials: list[UUID | None] = Field(default_factory=list, sa_type=ARRAY(Uuid))
    may_be: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))
    confidence: float
    main: bool
    active: bool = True
    created_at: datetime = instant_column()


class EvidenceRow(SQLModel, table=True):
    """The words that a field of a report rests on; the quote is null where no text is held."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("start_at >= 0 AND end_at > start_at", name="span"),
        CheckConstraint(
            f"char_length(quote) = end_at - start_at AND char_length(quote) <= {MAX_QUOTE}", name="quote"
        ),
    )

    report: UUID = Field(primary_key=True, foreign_key="report.id")
    ordinal: int = Field(primary_key=True)
    field: str = Field(sa_type=Text)
    start_at: int
    end_at: int
    quote: str | None = Field(default=None, sa_type=Text)
