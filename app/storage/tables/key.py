"""Keys, and the log of who did what."""

from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.domain.keys import MAX_NAME, Scope
from app.storage.tables.columns import UUID, Texts, datetime, id_column, instant_column

_SCOPES = ", ".join(f"'{scope}'" for scope in Scope)


class ApiKey(SQLModel, table=True):
    """A key; it is revoked and never deleted, so that the log can name it. Its secret is not stored."""

    __tablename__ = "api_key"
    __table_args__ = (
        CheckConstraint(f"scopes <@ ARRAY[{_SCOPES}]", name="scopes"),
        CheckConstraint("secret_sha256 ~ '^[0-9a-f]{64}$'", name="secret_sha256"),
        CheckConstraint(f"char_length(name) BETWEEN 1 AND {MAX_NAME}", name="name"),
    )

    id: UUID = id_column()
    name: str = Field(sa_type=Text)
    scopes: list[str] = Field(sa_type=Texts)
    secret_sha256: str = Field(sa_type=Text)
    created_at: datetime = instant_column()
    expires_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    rotated_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    last_used_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Audit(SQLModel, table=True):
    """Who did what; append-only. Without a key it was anyone, without a request the command line."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_key", "key", "id"),
        Index("ix_audit_entity", "entity", "entity_id", "id"),
    )

    id: UUID = id_column()
    at: datetime = instant_column()
    key: UUID | None = Field(default=None, foreign_key="api_key.id")
    request_id: str | None = Field(default=None, sa_type=Text)
    action: str = Field(sa_type=Text)
    entity: str = Field(sa_type=Text)
    entity_id: str = Field(sa_type=Text)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
