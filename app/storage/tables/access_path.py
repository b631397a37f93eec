"""Access paths: what readers find events by, and what events look like, beside the tables they come from.

Nothing is said here that the other tables do not say; `storage.access_paths` writes them in the transaction
that changes an event or an agreement, out of rows whose keys are checked there, and need not be here.
"""

from datetime import date

from sqlalchemy import ARRAY, BigInteger, Date, Identity, Index, LargeBinary, PrimaryKeyConstraint, Text
from sqlmodel import Field, SQLModel

from app.storage.tables.columns import UUID


class EventDoc(SQLModel, table=True):
    """An event as JSON, as the API shows it; every writing has a `revision` of its own."""

    __tablename__ = "event_doc"

    event: UUID = Field(primary_key=True)
    revision: int | None = Field(
        default=None, sa_type=BigInteger, nullable=False, sa_column_args=(Identity(always=True),)
    )
    doc: bytes = Field(sa_type=LargeBinary)


class EventDyad(SQLModel, table=True):
    """An event under each of its pairs, a < b, under each of its parties, a = b, and under `*`, by day.

    `listed` events occurred and are not doubted: lists show them by default.
    """

    __tablename__ = "event_dyad"
    __table_args__ = (
        PrimaryKeyConstraint(
            "a", "b", "sort_date", "event", postgresql_include=["kind", "date_start", "date_end", "listed"]
        ),
        Index("ix_event_dyad_event", "event"),
    )

    a: str = Field(sa_type=Text)
    b: str = Field(sa_type=Text)
    sort_date: date = Field(sa_type=Date)
    event: UUID
    kind: str = Field(sa_type=Text)
    date_start: date | None = Field(default=None, sa_type=Date)
    date_end: date | None = Field(default=None, sa_type=Date)
    listed: bool


class EventOfficial(SQLModel, table=True):
    """An event under each official who took part, by day."""

    __tablename__ = "event_official"
    __table_args__ = (
        PrimaryKeyConstraint(
            "official", "sort_date", "event", postgresql_include=["kind", "date_start", "date_end", "listed"]
        ),
        Index("ix_event_official_event", "event"),
    )

    official: UUID
    sort_date: date = Field(sa_type=Date)
    event: UUID
    kind: str = Field(sa_type=Text)
    date_start: date | None = Field(default=None, sa_type=Date)
    date_end: date | None = Field(default=None, sa_type=Date)
    listed: bool


class EventAct(SQLModel, table=True):
    """An event under each official and the party that they acted for in it."""

    __tablename__ = "event_act"
    __table_args__ = (Index("ix_event_act_event", "event"),)

    official: UUID = Field(primary_key=True)
    party: str = Field(primary_key=True, sa_type=Text)
    event: UUID = Field(primary_key=True)
    sort_date: date = Field(sa_type=Date)
    date_start: date | None = Field(default=None, sa_type=Date)
    date_end: date | None = Field(default=None, sa_type=Date)
    listed: bool
    title: str | None = Field(default=None, sa_type=Text)
    rank: str | None = Field(default=None, sa_type=Text)


class OfficialAct(SQLModel, table=True):
    """How many listed events an official took part in for a party, from when to when, and as what last.

    `title` and `rank` stand behind the day and the id of the event that told them last, 48 characters.
    """

    __tablename__ = "official_act"

    official: UUID = Field(primary_key=True)
    party: str = Field(primary_key=True, sa_type=Text)
    events: int
    first_date: date | None = Field(default=None, sa_type=Date)
    last_date: date | None = Field(default=None, sa_type=Date)
    title: str | None = Field(default=None, sa_type=Text(collation="C"))
    rank: str | None = Field(default=None, sa_type=Text(collation="C"))


class EventTerm(SQLModel, table=True):
    """An event under each of its topics, their groups and its outlets, by day.

    A `term` is the name of a filter, a colon and the value: `topic:trade`, `outlet:history.state.gov`.
    """

    __tablename__ = "event_term"
    __table_args__ = (
        PrimaryKeyConstraint(
            "term", "sort_date", "event", postgresql_include=["kind", "date_start", "date_end", "listed"]
        ),
        Index("ix_event_term_event", "event"),
    )

    term: str = Field(sa_type=Text)
    sort_date: date = Field(sa_type=Date)
    event: UUID
    kind: str = Field(sa_type=Text)
    date_start: date | None = Field(default=None, sa_type=Date)
    date_end: date | None = Field(default=None, sa_type=Date)
    listed: bool


_SUMMED = ("events", "first_date", "last_date")
_OF_ALL_TIME = "grain = 'all' AND a < b"


class DyadCount(SQLModel, table=True):
    """How many listed events a pair has, a party where a = b, or all together, `*`, and from when to when.

    `grain` is all, year or month; `period` its first day; `kind` a kind of event, or any.
    """

    __tablename__ = "dyad_count"
    __table_args__ = (
        Index(
            "ix_dyad_count_partner_a",
            "a",
            "kind",
            postgresql_include=["b", *_SUMMED],
            postgresql_where=_OF_ALL_TIME,
        ),
        Index(
            "ix_dyad_count_partner_b",
            "b",
            "kind",
            postgresql_include=["a", *_SUMMED],
            postgresql_where=_OF_ALL_TIME,
        ),
        Index("ix_dyad_count_rank", "grain", "period", "kind", "events", postgresql_where="a < b"),
    )

    a: str = Field(primary_key=True, sa_type=Text)
    b: str = Field(primary_key=True, sa_type=Text)
    grain: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(primary_key=True, sa_type=Text)
    period: date = Field(primary_key=True, sa_type=Date)
    events: int
    first_date: date | None = Field(default=None, sa_type=Date)
    last_date: date | None = Field(default=None, sa_type=Date)


class OfficialCount(SQLModel, table=True):
    """How many listed events an official took part in, of a kind or of any."""

    __tablename__ = "official_count"

    official: UUID = Field(primary_key=True)
    kind: str = Field(primary_key=True, sa_type=Text)
    events: int


class AgreementDoc(SQLModel, table=True):
    """An agreement as JSON, as the API shows it."""

    __tablename__ = "agreement_doc"

    agreement: UUID = Field(primary_key=True)
    doc: bytes = Field(sa_type=LargeBinary)


class AgreementTerm(SQLModel, table=True):
    """An agreement under everything that single values of filters ask for, and under `all:`, by day.

    A `term` is the name of a filter, a colon and the value: `party:PAK`, `status:signed`. `confidence` is the
    highest of its events; `listed` are those not merged of which an event is not doubted, or that have none.
    """

    __tablename__ = "agreement_term"
    __table_args__ = (
        PrimaryKeyConstraint(
            "term",
            "day",
            "agreement",
            postgresql_include=["date_start", "date_end", "confidence", "listed"],
        ),
        Index("ix_agreement_term_agreement", "agreement"),
    )

    term: str = Field(sa_type=Text)
    day: date = Field(sa_type=Date)
    agreement: UUID
    date_start: date | None = Field(default=None, sa_type=Date)
    date_end: date | None = Field(default=None, sa_type=Date)
    confidence: float | None = None
    listed: bool


class ArticleTerms(SQLModel, table=True):
    """An article under what the events that it tells of are asked for by, with the day that lists go by.

    A term is the name of a filter, a colon and the value: `kind:visit`, `pair:IRQ-PAK`, `topic:trade`.
    """

    __tablename__ = "article_terms"
    __table_args__ = (
        Index("ix_article_terms_terms", "terms", postgresql_using="gin"),
        Index("ix_article_terms_day", "day", "article"),
    )

    article: UUID = Field(primary_key=True)
    day: date = Field(sa_type=Date)
    terms: list[str] = Field(sa_type=ARRAY(Text))
