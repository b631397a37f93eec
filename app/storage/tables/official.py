"""People who act for a party, and the offices they held."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.storage.tables.columns import UUID, datetime, id_column, instant_column


class Official(SQLModel, table=True):
    """A person who acts for a party."""

    __tablename__ = "official"
    __table_args__ = (CheckConstraint("merged_into <> id", name="merged_into_another"),)

    id: UUID = id_column()
    name: str = Field(sa_type=Text)
    sort_key: str = Field(sa_type=Text, index=True)
    wikidata: str | None = Field(default=None, sa_type=Text, unique=True)
    merged_into: UUID | None = Field(default=None, foreign_key="official.id", index=True)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    created_at: datetime = instant_column()
    updated_at: datetime = instant_column()


class OfficialName(SQLModel, table=True):
    """A spelling of an official's name; `name_key` is `domain.names.name_key(name)`."""

    __tablename__ = "official_name"
    __table_args__ = (
        Index(
            "ix_official_name_trigrams",
            "name_key",
            postgresql_using="gin",
            postgresql_ops={"name_key": "gin_trgm_ops"},
        ),
    )

    official: UUID = Field(primary_key=True, foreign_key="official.id")
    name: str = Field(primary_key=True, sa_type=Text)
    name_key: str = Field(sa_type=Text, index=True)


class Tenure(SQLModel, table=True):
    """An office held, first and last day included; a missing last day is unknown, not current."""

    __tablename__ = "tenure"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="date_order"),
        UniqueConstraint("official", "party", "title", "valid_from", postgresql_nulls_not_distinct=True),
        Index(
            "ix_tenure_title_trigrams",
            "title",
            postgresql_using="gin",
            postgresql_ops={"title": "gin_trgm_ops"},
        ),
    )

    id: UUID = id_column()
    official: UUID = Field(foreign_key="official.id")
    party: str = Field(sa_type=Text, foreign_key="party.id", index=True)
    title: str = Field(sa_type=Text)
    valid_from: date | None = Field(default=None, sa_type=Date)
    valid_to: date | None = Field(default=None, sa_type=Date)
    source: str = Field(sa_type=Text)
