"""An event as a line of a file: what the export of events writes, and what an import reads.

Names and shapes are those of the API. What follows from the rest of a line need not be said.
"""

import hashlib
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Annotated, Any, Self
from uuid import UUID

import orjson
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from app.domain.dates import DateSpan
from app.domain.identifiers import Prefix, row_id
from app.domain.record import EventRecord, Evidence
from app.domain.vocabulary import (
    MODES,
    DatePrecision,
    EventKind,
    EventStatus,
    Mode,
    PartyRole,
    ReviewStatus,
    topics,
)


def _id_of(prefix: Prefix) -> BeforeValidator:
    def read(value: Any) -> UUID:
        found = row_id(prefix, value) if isinstance(value, str) else None
        if found is None:
            raise ValueError(f"{prefix}_ and 32 hexadecimal digits are needed")
        return found

    return BeforeValidator(read)


def _known_topic(topic: str) -> str:
    if topic not in topics():
        raise ValueError(f"one of {', '.join(topics())} is needed")
    return topic


EventId = Annotated[UUID, _id_of(Prefix.EVENT)]
OfficialId = Annotated[UUID, _id_of(Prefix.OFFICIAL)]
ArticleId = Annotated[UUID, _id_of(Prefix.ARTICLE)]
AgreementId = Annotated[UUID, _id_of(Prefix.AGREEMENT)]
ReportId = Annotated[UUID, _id_of(Prefix.REPORT)]
Topic = Annotated[str, AfterValidator(_known_topic)]
Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlaceLine(_Part):
    """Where it happened."""

    venue: str | None = None
    city: str | None = None
    country: str | None = None


class PartyLine(_Part):
    """A party in a role; its kind and name are those of the reference data, whatever a line says."""

    id: Text
    kind: str | None = None
    name: str | None = None
    role: PartyRole = PartyRole.PARTICIPANT


class OfficialLine(_Part):
    """A person; without an id, whoever is known by that name for that party."""

    id: OfficialId | None = None
    name: Text


class OfficeLine(_Part):
    """An office held on the day."""

    title: Text


class ParticipantLine(_Part):
    """Someone who took part, or only an office."""

    official: OfficialLine | None = None
    party: Text
    role: PartyRole = PartyRole.PARTICIPANT
    rank: str | None = None
    title_as_reported: str | None = None
    office: OfficeLine | None = None

    @model_validator(mode="after")
    def check_name_or_title(self) -> Self:
        """Refuse somebody who has neither a name nor an office."""
        if self.official is None and not self.title_as_reported:
            raise ValueError("a participant needs an official or a title_as_reported")
        return self


class DelegationLine(_Part):
    """A group that travelled for a party."""

    party: Text
    head: OfficialLine | None = None
    size: int | None = Field(default=None, ge=1)
    complete: bool = False


class AgreementLine(_Part):
    """The agreement that an event is a step of."""

    id: AgreementId
    title: Text


class SourceLine(_Part):
    """An article that tells of it; its quote travels with the reports only."""

    article: ArticleId | None = None
    outlet: str | None = None
    url: str | None = Field(default=None, pattern="^https?://")
    title: str | None = None
    published_on: date | None = None
    updated_on: date | None = None
    quote: str | None = None

    def sha256(self, facts: bytes = b"") -> str:
        """Return what tells a source from others where its text's hash is not known."""
        return hashlib.sha256(orjson.dumps(self.model_dump(mode="json")) + facts).hexdigest()


class ArticleLine(_Part):
    """The article of a report; all of it but its text."""

    id: ArticleId
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published_on: date | None = None
    updated_on: date | None = None
    dataset: str | None = None
    record_id: str | None = None
    language: str = "en"
    dateline: str | None = None
    text_sha256: str = Field(pattern="^[0-9a-f]{64}$")


class ReportLine(_Part):
    """An article's own account, as it was parsed."""

    id: ReportId
    article: ArticleLine
    ordinal: int = Field(ge=0)
    main: bool
    parser_version: str
    confidence: float = Field(ge=0, le=1)
    record: EventRecord
    officials: tuple[OfficialId | None, ...] = ()
    may_be: tuple[EventId, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def check_officials(self) -> Self:
        """Refuse another number of officials than the record has participants."""
        if len(self.officials) != len(self.record.participants):
            raise ValueError("officials need one entry for each participant of the record")
        return self


class EventLine(_Part):
    """An event with all that belongs to it."""

    id: EventId | None = None
    kind: EventKind
    mode: Mode | None = None
    status: EventStatus = EventStatus.OCCURRED
    title: Text | None = None
    summary: Text | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: DatePrecision | None = None
    place: PlaceLine = PlaceLine()
    parties: tuple[PartyLine, ...] = Field(min_length=1)
    participants: tuple[ParticipantLine, ...] = ()
    delegation: DelegationLine | None = None
    dyads: tuple[str, ...] = Field(default=(), description="Made of the parties.")
    topics: tuple[Topic, ...] = ()
    object: str | None = None
    agreement: AgreementLine | None = None
    parent: EventId | None = None
    background: bool = False
    confidence: float = Field(default=1.0, ge=0, le=1)
    confidence_reasons: tuple[str, ...] = ()
    review_status: ReviewStatus = ReviewStatus.UNREVIEWED
    report_count: int | None = Field(default=None, ge=0)
    sources: tuple[SourceLine, ...] = ()
    differences: tuple[dict[str, Any], ...] = Field(default=(), description="Made of the reports.")
    version: int = Field(default=1, ge=1)
    created_at: datetime | None = None
    updated_at: datetime | None = None
    reports: tuple[ReportLine, ...] = ()

    @model_validator(mode="after")
    def check_whole(self) -> Self:
        """Refuse what contradicts itself."""
        _ = self.span
        if self.mode and self.mode not in MODES[self.kind]:
            raise ValueError(f"mode: {self.kind} has {', '.join(MODES[self.kind]) or 'none'}")
        listed = {party.id for party in self.parties}
        acting = {person.party for person in self.participants}
        acting |= {self.delegation.party} if self.delegation else set()
        if strangers := acting - listed:
            raise ValueError(f"participants: {', '.join(sorted(strangers))} is not among the parties")
        if all(party.role is PartyRole.CONVENOR for party in self.parties):
            raise ValueError("parties: somebody must take part, not only convene")
        if len({(party.id, party.role) for party in self.parties}) < len(self.parties):
            raise ValueError("parties: a party has the same role twice")
        if self.agreement and self.kind is not EventKind.AGREEMENT:
            raise ValueError("agreement: only an event of kind agreement is a step of one")
        if any(at is not None and at.tzinfo is None for at in (self.created_at, self.updated_at)):
            raise ValueError("created_at: an instant needs its offset, such as 2024-08-19T12:00:00Z")
        return self

    @cached_property
    def span(self) -> DateSpan:
        """Return its days; a precision that a line leaves out is that of the days."""
        start, end = self.date_start, self.date_end or self.date_start
        if self.date_precision is not None:
            return DateSpan(start=start, end=end, precision=self.date_precision)
        return DateSpan.of_range(start, end) if start and end else DateSpan()

    @property
    def created(self) -> datetime | None:
        """Return when it came in, in UTC."""
        return self.created_at.astimezone(UTC) if self.created_at else None
