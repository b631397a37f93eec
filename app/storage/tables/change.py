"""The log of every change: the feed, the audit and undo read it."""

from typing import Any

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import ChangeAction
from app.storage.tables.columns import datetime, instant_column, one_of


class Change(SQLModel, table=True):
    """A create, update, merge, unmerge or delete; append-only, and `seq` has no gaps."""

    __tablename__ = "change"
    __table_args__ = (one_of("action", ChangeAction), Index("ix_change_entity", "entity", "entity_id", "seq"))

    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    at: datetime = instant_column()
    action: ChangeAction = Field(sa_type=Text)
    entity: str = Field(sa_type=Text)
    entity_id: str = Field(sa_type=Text)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
