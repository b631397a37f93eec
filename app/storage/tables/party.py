"""Countries and organizations, their names, and who belonged to which when."""

from datetime import date

from sqlalchemy import CheckConstraint, Computed, Date, Identity, Index, Text
from sqlalchemy.dialects.postgresql import DATERANGE, ExcludeConstraint, Range
from sqlmodel import Field, SQLModel

from app.domain.vocabulary import CountryStatus, MembershipLevel, PartyKind, PartyNameKind
from app.storage.tables.columns import one_of

_PARTIAL_DATE = r"~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'"


class Party(SQLModel, table=True):
    """A country or an organization. `founded` and `dissolved` are ISO 8601, as precise as known."""

    __tablename__ = "party"
    __table_args__ = (
        one_of("kind", PartyKind),
        one_of("status", CountryStatus),
        CheckConstraint("(status IS NULL) = (kind = 'organization')", name="only_countries_have_a_status"),
        CheckConstraint("id ~ '^[A-Z0-9]+$'", name="id"),
        CheckConstraint(f"founded {_PARTIAL_DATE}", name="founded"),
        CheckConstraint(f"dissolved {_PARTIAL_DATE}", name="dissolved"),
        CheckConstraint("stated_members > 0", name="stated_members"),
        Index("uq_party_alpha2_of_today", "alpha2", unique=True, postgresql_where="dissolved IS NULL"),
    )

    id: str = Field(primary_key=True, sa_type=Text)
    kind: PartyKind = Field(sa_type=Text)
    status: CountryStatus | None = Field(default=None, sa_type=Text)
    name: str = Field(sa_type=Text, unique=True)
    official_name: str | None = Field(default=None, sa_type=Text)
    alpha2: str | None = Field(default=None, sa_type=Text)
    numeric: str | None = Field(default=None, sa_type=Text)
    cow: int | None = None
    gw: int | None = None
    wikidata: str | None = Field(default=None, sa_type=Text)
    region: str | None = Field(default=None, sa_type=Text)
    subregion: str | None = Field(default=None, sa_type=Text)
    capital: str | None = Field(default=None, sa_type=Text)
    founded: str | None = Field(default=None, sa_type=Text)
    dissolved: str | None = Field(default=None, sa_type=Text)
    recognition_note: str | None = Field(default=None, sa_type=Text)
    stated_members: int | None = None
    headquarters_city: str | None = Field(default=None, sa_type=Text)
    headquarters_country: str | None = Field(default=None, sa_type=Text, foreign_key="party.id")
    source: str = Field(sa_type=Text)


class PartyName(SQLModel, table=True):
    """A word for a party; `name_key` is `domain.names.name_key(name)`. One word may stand for several."""

    __tablename__ = "party_name"
    __table_args__ = (
        one_of("kind", PartyNameKind),
        Index(
            "ix_party_name_trigrams",
            "name_key",
            postgresql_using="gin",
            postgresql_ops={"name_key": "gin_trgm_ops"},
        ),
    )

    party: str = Field(primary_key=True, sa_type=Text, foreign_key="party.id")
    kind: PartyNameKind = Field(primary_key=True, sa_type=Text)
    name: str = Field(primary_key=True, sa_type=Text)
    name_key: str = Field(sa_type=Text, index=True)
    language: str = Field(sa_type=Text)


class Membership(SQLModel, table=True):
    """A country's place in an organization, first and last day included; null is unknown or open."""

    __tablename__ = "membership"
    __table_args__ = (
        one_of("level", MembershipLevel),
        CheckConstraint("valid_to >= valid_from", name="date_order"),
        ExcludeConstraint(
            ("organization", "="),
            ("country", "="),
            ("valid", "&&"),
            name="ex_membership_one_level_at_a_time",
            using="gist",
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_column_args=(Identity(always=True),))
    organization: str = Field(sa_type=Text, foreign_key="party.id")
    country: str = Field(sa_type=Text, foreign_key="party.id", index=True)
    level: MembershipLevel = Field(sa_type=Text)
    valid_from: date | None = Field(default=None, sa_type=Date)
    valid_to: date | None = Field(default=None, sa_type=Date)
    valid: Range[date] | None = Field(
        default=None,
        sa_type=DATERANGE,
        sa_column_args=(Computed("daterange(valid_from, valid_to, '[]')", persisted=True),),
    )
    source: str = Field(sa_type=Text)


class Succession(SQLModel, table=True):
    """A state that followed another; `followed` is ISO 8601, as precise as known."""

    __tablename__ = "succession"
    __table_args__ = (
        CheckConstraint("predecessor <> successor", name="two_parties"),
        CheckConstraint(f"followed {_PARTIAL_DATE}", name="followed"),
    )

    predecessor: str = Field(primary_key=True, sa_type=Text, foreign_key="party.id")
    successor: str = Field(primary_key=True, sa_type=Text, foreign_key="party.id", index=True)
    followed: str | None = Field(default=None, sa_type=Text)
    source: str = Field(sa_type=Text)
