"""Agreements, their parties, and the steps of their life."""

from datetime import date

from sqlalchemy import CheckConstraint, Computed, Date, Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import AgreementKind, AgreementStep, DatePrecision
from app.storage.tables.columns import UUID, Texts, date_checks, datetime, id_column, instant_column, one_of


class Agreement(SQLModel, table=True):
    """A pact, treaty, memorandum…; its date is that of `date_basis`: signed, else the earliest dated step.

    `title` is the printed title, or one made from its parties and form; `search` is what full
    text finds it by.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        one_of("kind", AgreementKind),
        one_of("status", AgreementStep),
        one_of("date_basis", AgreementStep),
        one_of("date_precision", DatePrecision),
        *date_checks(),
        Index("ix_agreement_search", "search", postgresql_using="gin"),
        Index("ix_agreement_updated_at", "updated_at", "id"),
        Index("ix_agreement_created_at", "created_at", "id"),
        CheckConstraint("merged_into <> id", name="merged_into_another"),
    )

    id: UUID = id_column()
    title: str = Field(sa_type=Text)
    printed_title: str | None = Field(default=None, sa_type=Text)
    kind: AgreementKind = Field(sa_type=Text)
    domain: str | None = Field(default=None, sa_type=Text)
    binding: bool | None = None
    pledges: list[str] = Field(default_factory=list, sa_type=Texts)
    status: AgreementStep = Field(sa_type=Text)
    date_start: date | None = Field(default=None, sa_type=Date)
    date_end: date | None = Field(default=None, sa_type=Date)
    date_precision: DatePrecision = Field(sa_type=Text)
    date_basis: AgreementStep | None = Field(default=None, sa_type=Text)
    search: str | None = Field(
        default=None,
        sa_type=TSVECTOR,
        sa_column_args=(Computed("to_tsvector('english', title)", persisted=True),),
    )
    merged_into: UUID | None = Field(default=None, foreign_key="agreement.id", index=True)
    version: int = 1
    created_at: datetime = instant_column()
    updated_at: datetime = instant_column()


class AgreementParty(SQLModel, table=True):
    """A party of an agreement."""

    __tablename__ = "agreement_party"

    agreement: UUID = Field(primary_key=True, foreign_key="agreement.id")
    party: str = Field(primary_key=True, sa_type=Text, foreign_key="party.id", index=True)


class AgreementStepRow(SQLModel, table=True):
    """A step in an agreement's life, linked to an event where there is one."""

    __tablename__ = "agreement_step"
    __table_args__ = (
        one_of("step", AgreementStep),
        one_of("date_precision", DatePrecision),
        *date_checks(),
    )

    id: UUID = id_column()
    agreement: UUID = Field(foreign_key="agreement.id", index=True)
    step: AgreementStep = Field(sa_type=Text)
    date_start: date | None = Field(default=None, sa_type=Date)
    date_end: date | None = Field(default=None, sa_type=Date)
    date_precision: DatePrecision = Field(sa_type=Text)
    event: UUID | None = Field(default=None, foreign_key="event.id", unique=True)
