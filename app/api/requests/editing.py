"""What editors send."""

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from app.api.requests.values import Body, Line
from app.api.responses.shared import example
from app.domain.dates import DateSpan
from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import (
    AgreementKind,
    DatePrecision,
    EventKind,
    EventStatus,
    Mode,
    PartyRole,
    Pledge,
    ReviewDecision,
)
from app.queries.values import Day, TopicId
from app.storage.decisions import Decision

MAX_LISTED = 100
"""Most parties, participants, topics or names in one change."""


def _id(prefix: Prefix) -> Any:
    def check(text: str) -> str:
        if row_id(prefix, text) is None:
            raise PydanticCustomError("id", f"An id here is {prefix}_ and 32 hexadecimal digits")
        return text

    pattern = f"^{prefix}_[0-9a-f]{{32}}$"
    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "pattern": pattern})]


EventId, OfficialId, ReportId = _id(Prefix.EVENT), _id(Prefix.OFFICIAL), _id(Prefix.REPORT)
Words = Annotated[Line, Field(max_length=300)]
PartyId = Annotated[str, Field(pattern="^[A-Z0-9]{1,20}$")]
Reason = Annotated[Line, Field(max_length=500)]
_loose = Field(strict=False)


class PlaceChange(Body):
    """Where it happened, as a whole."""

    venue: Words | None = None
    city: Words | None = None
    country: PartyId | None = None


class PartyChange(Body):
    """A party in one role."""

    id: PartyId
    role: Annotated[PartyRole, _loose]


class ParticipantChange(Body):
    """Someone who took part: an official, or only an office."""

    official: OfficialId | None = None  # type: ignore[valid-type]
    party: PartyId
    role: Annotated[PartyRole, _loose] = PartyRole.PARTICIPANT
    rank: Words | None = None
    title_as_reported: Words | None = None

    @model_validator(mode="after")
    def check_somebody(self) -> Self:
        """Refuse a participant who is nobody."""
        if not (self.official or self.title_as_reported):
            raise PydanticCustomError("participant", "An official or an office is needed")
        return self

    def value(self) -> dict[str, Any]:
        """Return it as storage keeps it."""
        who = row_id(Prefix.OFFICIAL, self.official) if self.official else None
        return {
            "official": str(who) if who else None,
            "party": self.party,
            "role": self.role.value,
            "rank": self.rank,
            "title": self.title_as_reported,
        }


class Change(Body):
    """What every change has: a reason, if given, and at least one field."""

    reason: Reason | None = Field(default=None, description="Why, for the audit.")

    @model_validator(mode="after")
    def check_something(self) -> Self:
        """Refuse a change of nothing."""
        if not self.model_fields_set - {"reason"}:
            raise PydanticCustomError("nothing", "Name at least one field to change")
        return self

    def values(self) -> dict[str, Any]:
        """Return the fields that were sent, as storage keeps them."""
        return self.model_dump(mode="json", exclude_unset=True, exclude={"reason"})


class EventChange(Change):
    """Fields of an event to set, each as a whole; those left out stay as the reports tell them."""

    model_config = example(
        {
            "date_start": "2024-08-19",
            "date_end": "2024-08-19",
            "date_precision": "day",
            "reason": "The ministry's readout gives the day.",
        }
    )

    kind: Annotated[EventKind, _loose] = Field(default=EventKind.OTHER, description="What happened.")
    mode: Annotated[Mode, _loose] | None = Field(default=None, description="How; it must fit the kind.")
    status: Annotated[EventStatus, _loose] = Field(
        default=EventStatus.OCCURRED, description="Whether it happened."
    )
    date_start: Day | None = Field(default=None, description="The three fields of a date go together.")
    date_end: Day | None = None
    date_precision: Annotated[DatePrecision, _loose] = DatePrecision.UNKNOWN
    place: PlaceChange = PlaceChange()
    parties: list[PartyChange] = Field(default_factory=list, min_length=1, max_length=MAX_LISTED)
    participants: list[ParticipantChange] = Field(default=[], max_length=MAX_LISTED)
    object: Words | None = None
    topics: list[TopicId] = Field(default=[], max_length=MAX_LISTED)
    title: Words | None = Field(default=None, description="Null words it from the fields again.")
    summary: Annotated[Line, Field(max_length=1000)] | None = None

    @model_validator(mode="after")
    def check_date(self) -> Self:
        """Refuse half a date, and days that contradict their precision."""
        sent = self.model_fields_set & {"date_start", "date_end", "date_precision"}
        if sent and len(sent) < 3:
            raise PydanticCustomError("date", "date_start, date_end and date_precision go together")
        for day in (self.date_start, self.date_end):
            if day and not date(1000, 1, 1) <= day <= date(2200, 12, 31):
                raise PydanticCustomError("date", "A day must lie between the years 1000 and 2200")
        try:
            DateSpan(start=self.date_start, end=self.date_end, precision=self.date_precision)
        except ValueError:
            raise PydanticCustomError("date", "The days do not fit each other or the precision") from None
        return self

    def values(self) -> dict[str, Any]:
        """Return the fields that were sent, as `ResolvedEvent` has them."""
        sent = super().values()
        values = {name: value for name, value in sent.items() if not name.startswith("date_")}
        if "date_precision" in sent:
            names = {"start": "date_start", "end": "date_end", "precision": "date_precision"}
            values["date"] = {ours: sent[theirs] for ours, theirs in names.items()}
        if "place" in sent:
            values["place"] = self.place.model_dump(mode="json")
        if "parties" in sent:
            values["parties"] = [[party.id, party.role.value] for party in self.parties]
        if "participants" in sent:
            values["participants"] = [person.value() for person in self.participants]
        return values


class AgreementChange(Change):
    """Fields of an agreement to set; its dates and status are those of its steps' events."""

    model_config = example({"title": "Strategic Mutual Defense Agreement", "binding": True})

    title: Words = ""
    agreement_kind: Annotated[AgreementKind, _loose] = Field(
        default=AgreementKind.OTHER, description="What form it has."
    )
    domain: TopicId | None = None
    binding: bool | None = None
    pledges: list[Annotated[Pledge, _loose]] = Field(default=[], max_length=MAX_LISTED)

    def values(self) -> dict[str, Any]:
        """Return the fields that were sent, by their columns."""
        sent = super().values()
        return {"kind" if name == "agreement_kind" else name: value for name, value in sent.items()}


class OfficialChange(Change):
    """An official's name, or all other spellings of it."""

    model_config = example({"name": "Ahmed Dawood Salman", "aliases": ["Ahmad Dawud Salman"]})

    name: Words = ""
    aliases: list[Words] = Field(default=[], max_length=MAX_LISTED)


class EventMerge(Body):
    """Into which event to merge."""

    model_config = example({"into": "evt_0191684e8a9c7d5c9d6f0b1a2c3d4e5f", "reason": "The same meeting."})

    into: EventId  # type: ignore[valid-type]
    reason: Reason | None = Field(default=None, description="Why, for the audit.")


class OfficialMerge(Body):
    """Into which official to merge."""

    model_config = example({"into": "off_0191684e8a9c7d5c9d6f0b1a2c3d4e5f", "reason": "The same person."})

    into: OfficialId  # type: ignore[valid-type]
    reason: Reason | None = Field(default=None, description="Why, for the audit.")


class ErrorReport(Body):
    """What a reader says is wrong."""

    model_config = example({"message": "It was in Lahore, not in Rawalpindi."})

    message: Annotated[Line, Field(max_length=1000)] = Field(description="What is wrong, in a few words.")


class DecisionRequest(Body):
    """How to decide a review; each decision takes its own fields and no others."""

    model_config = example({"decision": "accept", "reason": "The readout says the same."})

    decision: Literal["accept", "correct", "reject", "merge", "split"] = Field(
        description="accept: it stands as it is. correct: with `correction`. reject: it never happened so. "
        "merge: it is `into`, else the other that the review names. split: `reports` are another event."
    )
    correction: EventChange | None = None
    into: Annotated[str, Field(pattern="^(evt|off)_[0-9a-f]{32}$")] | None = None
    reports: list[ReportId] = Field(default=[], max_length=MAX_LISTED)  # type: ignore[valid-type]
    reason: Reason | None = None

    @model_validator(mode="after")
    def check_fields(self) -> Self:
        """Refuse a decision without what it needs, and with what another needs."""
        needs = {"correct": {"correction"}, "split": {"reports"}}.get(self.decision, set())
        takes = needs | ({"into"} if self.decision == "merge" else set())
        sent = self.model_fields_set - {"decision", "reason"}
        if not needs <= sent <= takes:
            raise PydanticCustomError("decision", "These fields do not go with this decision")
        return self

    def decision_made(self) -> Decision:
        """Return the decision as storage takes it."""
        return Decision(
            ReviewDecision(self.decision),
            self.correction.values() if self.correction else None,
            _row_id(self.into) if self.into else None,
            [_row_id(report) for report in self.reports],
        )


def _row_id(text: str) -> UUID:
    return UUID(text.partition("_")[2])
