"""What the past versions of an event look like."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.responses.shared import ONE_PAGE, ListResponse, example
from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import (
    ChangeAction,
    DatePrecision,
    EventKind,
    EventStatus,
    Mode,
    PartyRole,
    ReviewStatus,
)

_STATE: dict[str, Any] = {
    "kind": "meeting",
    "mode": "call_on",
    "status": "occurred",
    "date_start": "2024-08-19",
    "date_end": "2024-08-19",
    "date_precision": "day",
    "place": {"venue": None, "city": "Rawalpindi", "country": "PAK"},
    "parties": [{"id": "IRQ", "role": "visitor"}, {"id": "PAK", "role": "host"}],
    "participants": [],
    "topics": ["training"],
    "object": None,
    "background": False,
    "confidence": 0.94,
    "confidence_reasons": ["both parties are named"],
    "report_count": 1,
    "review_status": "unreviewed",
    "merged_into": None,
}
_VERSION: dict[str, Any] = {
    "version": 1,
    "at": "2026-11-24T09:00:00Z",
    "action": "create",
    "changed": sorted(_STATE),
    "event": _STATE,
}


class PastParty(BaseModel):
    """A party, and as what it took part."""

    model_config = example(_STATE["parties"][0])

    id: str
    role: PartyRole = Field(description="As what it took part.")


class PastParticipant(BaseModel):
    """Someone who took part."""

    official: str | None = Field(description="An official's id.")
    party: str
    role: PartyRole = Field(description="As what they took part.")
    rank: str | None
    title_as_reported: str | None


class PastPlace(BaseModel):
    """Where it happened."""

    model_config = example(_STATE["place"])

    venue: str | None
    city: str | None
    country: str | None


class PastEvent(BaseModel):
    """What an event said of itself in one version, under the names that it has today."""

    model_config = example(_STATE)

    kind: EventKind = Field(description="What happened.")
    mode: Mode | None = Field(description="How it happened.")
    status: EventStatus = Field(description="Whether it happened.")
    date_start: date | None
    date_end: date | None
    date_precision: DatePrecision = Field(description="What the two dates mean.")
    place: PastPlace
    parties: list[PastParty]
    participants: list[PastParticipant]
    topics: list[str]
    object: str | None
    background: bool
    confidence: float
    confidence_reasons: list[str]
    report_count: int
    review_status: ReviewStatus = Field(description="What an editor said of it.")
    merged_into: str | None = Field(description="The event that it lives on in.")


class VersionResponse(BaseModel):
    """One version of an event."""

    model_config = example(_VERSION)

    version: int = Field(description="1 for the first; the last is the version of the event itself.")
    at: datetime
    action: ChangeAction = Field(description="What made it: create, update, merge, unmerge or delete.")
    changed: list[str] = Field(description="The fields that differ from the version before.")
    event: PastEvent | None = Field(description="The event in this version; null where it was deleted.")


class VersionList(ListResponse[VersionResponse]):
    """Every version of an event, the first one first."""

    model_config = example({"meta": ONE_PAGE, "results": [_VERSION]})


def versions_of(rows: Sequence[Any]) -> list[VersionResponse]:
    """Show the changes of an event, in order, as its versions."""
    states = [_state(row.after) for row in rows]
    before = [None, *states[:-1]]
    return [
        VersionResponse(
            version=number,
            at=row.at,
            action=row.action,
            changed=_changed(former, state),
            event=state,
        )
        for number, (row, former, state) in enumerate(zip(rows, before, states, strict=True), start=1)
    ]


def _changed(former: PastEvent | None, state: PastEvent | None) -> list[str]:
    return [
        name for name in PastEvent.model_fields if getattr(former, name, None) != getattr(state, name, None)
    ]


def _state(after: Mapping[str, Any] | None) -> PastEvent | None:
    if after is None:
        return None
    same = ("kind", "mode", "status", "topics", "object", "background", "confidence", "confidence_reasons")
    return PastEvent(
        date_start=after["date"]["start"],
        date_end=after["date"]["end"],
        date_precision=after["date"]["precision"],
        place=PastPlace(**{part: after["place"][part] for part in PastPlace.model_fields}),
        parties=[PastParty(id=party, role=role) for party, role in after["parties"]],
        participants=[_participant(person) for person in after["participants"]],
        report_count=after["report_count"],
        review_status=after["review_status"],
        merged_into=_event(after["merged_into"]),
        **{name: after[name] for name in same},
    )


def _event(text: str | None) -> str | None:
    return public_id(Prefix.EVENT, UUID(text)) if text else None


def _participant(person: Mapping[str, Any]) -> PastParticipant:
    official = person["official"]
    return PastParticipant(
        official=public_id(Prefix.OFFICIAL, UUID(official)) if official else None,
        party=person["party"],
        role=person["role"],
        rank=person["rank"],
        title_as_reported=person["title"],
    )
