"""What editors decide: questions put to them, and the values that they set."""

from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import Editable, ReviewDecision, ReviewKind
from app.storage.tables.columns import UUID, datetime, id_column, instant_column, one_of

# Checked at the end of the transaction: a question about an event is asked before its row is written.
_EVENT = ForeignKey("event.id", deferrable=True, initially="DEFERRED")


class Correction(SQLModel, table=True):
    """An editor's value for one field; of several that are not undone, the last one holds.

    `edit` groups what was set in one act. `replaced` is the value before, for what no report tells of again.
    """

    __tablename__ = "correction"
    __table_args__ = (
        one_of("entity", Editable),
        Index("ix_correction_entity", "entity", "entity_id", "id", postgresql_where="undone_at IS NULL"),
    )

    id: UUID = id_column()
    edit: UUID
    entity: Editable = Field(sa_type=Text)
    entity_id: UUID
    field: str = Field(sa_type=Text)
    value: Any = Field(sa_type=JSONB, nullable=False)
    replaced: Any = Field(default=None, sa_type=JSONB, nullable=False)
    reason: str | None = Field(default=None, sa_type=Text)
    editor: UUID | None = None
    at: datetime = instant_column()
    undone_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Review(SQLModel, table=True):
    """A question put to editors, about an event or an official, and how it was decided.

    `other` is the event or official that it may be the same as; `about` says what exactly is asked. The same
    question is asked once; what readers report is a question each time.
    """

    __tablename__ = "review"
    __table_args__ = (
        one_of("kind", ReviewKind),
        one_of("decision", ReviewDecision),
        CheckConstraint("(event IS NULL) <> (official IS NULL)", name="of_one_thing"),
        CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name="decided"),
        CheckConstraint("char_length(about) <= 2000", name="about"),
        Index(
            "uq_review_question",
            "kind",
            "event",
            "official",
            "other",
            "about",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where="kind <> 'reported_error'",
        ),
        Index("ix_review_open", "id", postgresql_where="decided_at IS NULL"),
        Index("ix_review_event", "event", postgresql_where="event IS NOT NULL"),
        Index("ix_review_other", "other", postgresql_where="other IS NOT NULL"),
        Index("ix_review_official", "official", postgresql_where="official IS NOT NULL"),
    )

    id: UUID = id_column()
    kind: ReviewKind = Field(sa_type=Text)
    event: UUID | None = Field(default=None, sa_column_args=(_EVENT,))
    official: UUID | None = Field(default=None, foreign_key="official.id")
    other: UUID | None = None
    about: str = Field(default="", sa_type=Text)
    opened_at: datetime = instant_column()
    decided_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    decision: ReviewDecision | None = Field(default=None, sa_type=Text)
    edit: UUID | None = None
    editor: UUID | None = None
