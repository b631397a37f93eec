"""Jobs: articles that wait for a worker, and what became of each; and answers kept for who asks again."""

from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.domain.jobs import MAX_IDEMPOTENCY_KEY, ItemState
from app.storage.tables.columns import UUID, datetime, id_column, instant_column, one_of


class Job(SQLModel, table=True):
    """Articles handed in together; without a key they came from the command line."""

    __tablename__ = "job"

    id: UUID = id_column()
    key: UUID | None = Field(default=None, foreign_key="api_key.id", index=True)
    total: int = 0
    created_at: datetime = instant_column()


class JobItem(SQLModel, table=True):
    """An article of a job. What was handed in is kept until it is stored as an article."""

    __tablename__ = "job_item"
    __table_args__ = (
        one_of("state", ItemState),
        CheckConstraint("(state = 'done') = (article IS NOT NULL)", name="done_has_article"),
        CheckConstraint("(state = 'done') = (handed_in IS NULL)", name="kept_until_done"),
        Index("ix_job_item_state", "job", "state", "ordinal"),
    )

    job: UUID = Field(primary_key=True, foreign_key="job.id")
    ordinal: int = Field(primary_key=True)
    state: ItemState = Field(default=ItemState.WAITING, sa_type=Text)
    attempts: int = 0
    handed_in: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    error: str | None = Field(default=None, sa_type=Text)
    article: UUID | None = Field(default=None, sa_column_args=(ForeignKey("article.id"),))
    outcome: str | None = Field(default=None, sa_type=Text)
    finished_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class KeptAnswer(SQLModel, table=True):
    """The answer to a request that named an idempotency key; it is given again to the same request."""

    __tablename__ = "kept_answer"
    __table_args__ = (
        CheckConstraint(
            f"char_length(idempotency_key) BETWEEN 1 AND {MAX_IDEMPOTENCY_KEY}", name="idempotency_key"
        ),
        Index("ix_kept_answer_created_at", "created_at"),
    )

    key: UUID = Field(primary_key=True, foreign_key="api_key.id")
    idempotency_key: str = Field(primary_key=True, sa_type=Text)
    request_sha256: str = Field(sa_type=Text)
    status: int
    location: str | None = Field(default=None, sa_type=Text)
    body: str = Field(sa_type=Text)
    created_at: datetime = instant_column()
