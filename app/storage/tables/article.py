"""Articles as they came in, and who published them."""

from datetime import date

from sqlalchemy import CheckConstraint, Computed, Date, DateTime, Index, Text, TextClause
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import OutletKind
from app.storage.tables.columns import UUID, datetime, id_column, instant_column, one_of

_DAY = "coalesce(published_on, updated_on, date(timezone('UTC', created_at)))"
"""The day that articles are listed by, as `queries/articles.py` asks for it."""


class Outlet(SQLModel, table=True):
    """A publisher; the id is its domain, or a slug of its name where it has none."""

    __tablename__ = "outlet"
    __table_args__ = (one_of("kind", OutletKind),)

    id: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text, unique=True)
    country: str | None = Field(default=None, sa_type=Text, foreign_key="party.id")
    timezone: str | None = Field(default=None, sa_type=Text)
    kind: OutletKind = Field(sa_type=Text)
    source: str | None = Field(default=None, sa_type=Text)


class ArticleRow(SQLModel, table=True):
    """An article; immutable, but for a text that comes in later. The text is never served to readers.

    A row of a dataset is a source too: `dataset` names its list, `record_id` the row, its only evidence.
    """

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("text_sha256 ~ '^[0-9a-f]{64}$'", name="text_sha256"),
        CheckConstraint("url ~ '^https?://'", name="url"),
        CheckConstraint("text IS NULL OR text_withdrawn_at IS NULL", name="text_withdrawn"),
        CheckConstraint("(dataset IS NULL) = (record_id IS NULL)", name="row_of_a_dataset"),
        Index(
            "uq_article_dataset", "dataset", "record_id", unique=True, postgresql_where="dataset IS NOT NULL"
        ),
        Index("ix_article_search", "search", postgresql_using="gin"),
        Index("ix_article_day", TextClause(_DAY), "id"),
        Index("ix_article_language_day", "language", TextClause(_DAY), "id"),
        Index("ix_article_created_at", "created_at"),
    )

    id: UUID = id_column()
    outlet: str | None = Field(default=None, sa_type=Text, foreign_key="outlet.id", index=True)
    title: str | None = Field(default=None, sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text, unique=True)
    language: str = Field(sa_type=Text)
    dateline: str | None = Field(default=None, sa_type=Text)
    published_on: date | None = Field(default=None, sa_type=Date)
    updated_on: date | None = Field(default=None, sa_type=Date)
    text: str | None = Field(default=None, sa_type=Text)
    text_withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    text_sha256: str = Field(sa_type=Text, unique=True)
    dataset: str | None = Field(default=None, sa_type=Text)
    record_id: str | None = Field(default=None, sa_type=Text)
    parser_version: str = Field(sa_type=Text)
    search: str | None = Field(
        default=None,
        sa_type=TSVECTOR,
        sa_column_args=(Computed("to_tsvector('english', coalesce(title, ''))", persisted=True),),
    )
    created_at: datetime = instant_column()
