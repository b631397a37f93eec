"""What the parser says an article reports: validated, frozen, not stored as such."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.domain.dates import ReportedDate
from app.domain.vocabulary import (
    MODES,
    AgreementKind,
    EventKind,
    EventStatus,
    Mode,
    PartyRole,
    Pledge,
    topics,
)

MAX_QUOTE = 300
"""Longest quote kept with an event, in code points."""
SERVED_CONFIDENCE = 0.5
"""Least confidence at which an event stands in lists before an editor has looked at it."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Value):
    """The words that a field rests on: `text[start:end] == quote`."""

    field: str = Field(description="JSON Pointer (RFC 6901) into the record, such as /participants/0/name.")
    start: int = Field(ge=0, description="First code point in the article's text.")
    end: int = Field(description="Code point after the last.")
    quote: str | None = Field(default=None, max_length=MAX_QUOTE, description="Null where no text is held.")

    @model_validator(mode="after")
    def check_length(self) -> Self:
        """Refuse an empty span and a quote of another length."""
        if self.end <= self.start:
            raise ValueError("evidence needs at least one character")
        if self.quote is not None and len(self.quote) != self.end - self.start:
            raise ValueError("the quote is not as long as its span")
        return self


class ReportedPlace(_Value):
    """Where it happened; a place is not a party."""

    venue: str | None = None
    city: str | None = None
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3.")


class ReportedParty(_Value):
    """A country or an organization that takes part."""

    party: str = Field(description="Party id: IRQ, IMCTC.")
    role: PartyRole = PartyRole.PARTICIPANT


class ReportedParticipant(_Value):
    """A person, or only an office, that acts for a party."""

    name: str | None = Field(description="Fullest form in the article, without rank and honorific.")
    rank: str | None = Field(default=None, description="Rank or honorific as printed.")
    title: str | None = Field(default=None, description="Office as printed.")
    party: str = Field(description="The party acted for, which need not be the nationality.")
    role: PartyRole = PartyRole.PARTICIPANT

    @model_validator(mode="after")
    def check_name_or_title(self) -> Self:
        """Refuse a participant who has neither a name nor an office."""
        if not (self.name or self.title):
            raise ValueError("a participant needs a name or an office")
        return self


class ReportedDelegation(_Value):
    """A group that travels for a party."""

    party: str
    head: str | None = None
    size: int | None = Field(default=None, ge=1, description="Number of persons as stated.")
    complete: bool = Field(default=False, description="Whether the participants named are all of it.")


class ReportedAgreement(_Value):
    """The instrument that an agreement event is about; the event's mode is the step it took."""

    title: str | None = Field(default=None, description="Its title as printed.")
    kind: AgreementKind = AgreementKind.OTHER
    domain: str | None = Field(default=None, description="Topic id of what it is about.")
    binding: bool | None = None
    pledges: tuple[Pledge, ...] = ()


class EventRecord(_Value):
    """One article's account of one event."""

    kind: EventKind
    mode: Mode | None = None
    status: EventStatus = EventStatus.OCCURRED
    main: bool = Field(default=True, description="Whether the article is about it, or only recalls it.")
    date: ReportedDate = ReportedDate()
    place: ReportedPlace = ReportedPlace()
    parties: tuple[ReportedParty, ...] = Field(min_length=1)
    participants: tuple[ReportedParticipant, ...] = ()
    delegation: ReportedDelegation | None = None
    agreement: ReportedAgreement | None = None
    object: str | None = Field(default=None, description="What was handed over, the exercise's name, …")
    topics: tuple[str, ...] = ()
    parent: int | None = Field(default=None, description="Index of the record that this one is part of.")
    confidence: float = Field(ge=0, le=1)
    confidence_reasons: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def check_vocabulary(self) -> Self:
        """Refuse a mode of another kind, an unknown topic, or an acting party that is not listed."""
        if self.mode and self.mode not in MODES[self.kind]:
            raise ValueError(f"{self.kind} has no mode {self.mode}")
        if unknown := set(self.topics) - topics().keys():
            raise ValueError(f"unknown topics: {', '.join(sorted(unknown))}")
        listed = {party.party for party in self.parties}
        if strangers := {person.party for person in self.participants} - listed:
            raise ValueError(f"participants act for parties not listed: {', '.join(sorted(strangers))}")
        if all(party.role is PartyRole.CONVENOR for party in self.parties):
            raise ValueError("somebody must take part, not only convene")
        if len({(party.party, party.role) for party in self.parties}) < len(self.parties):
            raise ValueError("a party has the same role twice")
        return self


class Rejected(_Value):
    """Words that may tell of an event, which the parser looked at and left."""

    kind: EventKind = Field(description="What they would tell of.")
    words: str = Field(description="The words that were looked at, line breaks as spaces.")
    start: int = Field(ge=0, description="First code point of their sentence in the article's text.")
    end: int = Field(description="Code point after its last.")
    quote: str = Field(max_length=MAX_QUOTE, description="The sentence, or its beginning.")
    parties: tuple[str, ...] = Field(description="Parties found in the sentence.")
    reason: str = Field(description="Why it was left.")


class Extraction(_Value):
    """What the parser takes from one article: the records, and what it left."""

    records: tuple[EventRecord, ...]
    rejected: tuple[Rejected, ...]
