"""How tables spell the column kinds that several of them share."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel
from uuid6 import uuid7

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

Texts = ARRAY(Text)


def new_id() -> UUID:
    """Return a UUIDv7: new rows sort by the time they were made."""
    return UUID(int=uuid7().int)


def id_column() -> Any:
    """Return a primary key that Python fills with a UUIDv7."""
    return Field(default_factory=new_id, primary_key=True)


def instant_column() -> Any:
    """Return a column that Postgres fills with the time of the transaction."""
    return Field(
        default=None,
        sa_type=DateTime(timezone=True),
        nullable=False,
        sa_column_kwargs={"server_default": func.now()},
    )


def one_of(column: str, words: type[StrEnum] | tuple[StrEnum, ...]) -> CheckConstraint:
    """Return a CHECK that holds a text column to a closed vocabulary; it is named after the column."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def date_checks() -> tuple[CheckConstraint, CheckConstraint]:
    """Return the rules of `DateSpan` for a table with date_start, date_end and date_precision."""
    return (
        CheckConstraint(
            "(date_precision = 'unknown') = (date_start IS NULL)"
            " AND (date_start IS NULL) = (date_end IS NULL)"
            " AND (date_precision <> 'day' OR date_start = date_end)",
            name="date_fits_precision",
        ),
        CheckConstraint("date_end >= date_start", name="date_order"),
    )


__all__ = [
    "UUID",
    "Texts",
    "date_checks",
    "datetime",
    "id_column",
    "instant_column",
    "new_id",
    "one_of",
]
