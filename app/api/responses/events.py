"""What an event looks like, and each source's own account of it."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.agreements import AgreementResponse, agreement_response
from app.api.responses.differences import Difference, differences_of
from app.api.responses.participants import Participant, participant_response
from app.api.responses.reports import ReportResponse, report_response
from app.api.responses.shared import (
    NO_HIGHLIGHTS,
    ONE_PAGE,
    OfficialBrief,
    PartyInRole,
    SearchedList,
    Source,
    example,
    official_brief,
    source_response,
)
from app.domain.identifiers import Prefix, public_id
from app.domain.parties import dyads_of
from app.domain.vocabulary import DatePrecision, EventKind, EventStatus, Mode, PartyRole, ReviewStatus
from app.queries.events import FoundEvent

EXAMPLE: dict[str, Any] = {
    "id": "evt_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
    "kind": "meeting",
    "mode": "call_on",
    "status": "occurred",
    "title": "Ahmed Dawood Salman (Iraq) calls on Asim Munir (Pakistan) in Rawalpindi",
    "summary": "Ahmed Dawood Salman (Iraq) calls on Asim Munir (Pakistan) in Rawalpindi, 19 August 2024.",
    "date_start": "2024-08-19",
    "date_end": "2024-08-19",
    "date_precision": "day",
    "place": {"venue": "Joint Staff Headquarters", "city": "Rawalpindi", "country": "PAK"},
    "parties": [
        {"id": "IRQ", "kind": "country", "name": "Iraq", "role": "visitor"},
        {"id": "PAK", "kind": "country", "name": "Pakistan", "role": "host"},
    ],
    "participants": [
        {
            "official": {"id": "off_0191684e8a9c7d5c9d6f0b1a2c3d4e61", "name": "Ahmed Dawood Salman"},
            "party": "IRQ",
            "role": "visitor",
            "rank": "Lt. Gen.",
            "title_as_reported": "Secretary Defense",
            "office": None,
        }
    ],
    "delegation": None,
    "dyads": ["IRQ-PAK"],
    "topics": ["defense_cooperation", "security"],
    "object": None,
    "agreement": None,
    "parent": None,
    "background": False,
    "confidence": 0.94,
    "confidence_reasons": ["both parties are named"],
    "review_status": "unreviewed",
    "report_count": 1,
    "sources": [
        {
            "article": "art_0191684e8a9c7d5c9d6f0b1a2c3d4e60",
            "outlet": "Arab News",
            "url": None,
            "title": "Pakistan army chief, Iraqi defense official discuss cooperation",
            "published_on": "2024-08-20",
            "updated_on": None,
            "quote": None,
        }
    ],
    "differences": [],
    "version": 1,
    "created_at": "2026-11-24T09:00:00Z",
    "updated_at": "2026-11-24T09:00:00Z",
}


class Place(BaseModel):
    """Where it happened; a place is not a party."""

    model_config = example({"venue": "Joint Staff Headquarters", "city": "Rawalpindi", "country": "PAK"})

    venue: str | None
    city: str | None
    country: str | None = Field(description="Id of the country.")


class Delegation(BaseModel):
    """A group that travelled for a party."""

    model_config = example({"party": "IRQ", "head": None, "size": 12, "complete": False})

    party: str
    head: OfficialBrief | None
    size: int | None = Field(description="Number of persons as stated.")
    complete: bool = Field(description="Whether the participants listed are all of it.")


class AgreementBrief(BaseModel):
    """The agreement that an event is a step of."""

    model_config = example(
        {"id": "agr_0191684e8a9c7d5c9d6f0b1a2c3d4e5f", "title": "Strategic Mutual Defense Agreement"}
    )

    id: str
    title: str


class EventResponse(BaseModel):
    """One thing that happened, or is planned, or was called off."""

    model_config = example(EXAMPLE)

    id: str
    kind: EventKind = Field(description="What happened.")
    mode: Mode | None = Field(description="How it happened; each kind has its own modes.")
    status: EventStatus = Field(description="Whether it happened.")
    title: str
    summary: str
    date_start: date | None = Field(description="First day; see date_precision.")
    date_end: date | None = Field(description="Last day; see date_precision.")
    date_precision: DatePrecision = Field(
        description="day: one known day; range: both days known; month, year: somewhere inside; unknown."
    )
    place: Place
    parties: list[PartyInRole]
    participants: list[Participant]
    delegation: Delegation | None
    dyads: list[str] = Field(description="The pairs that it makes, each once; convening makes none.")
    topics: list[str]
    object: str | None = Field(description="What was transferred, the exercise's name, …")
    agreement: AgreementResponse | AgreementBrief | None = Field(
        description="The agreement that it is a step of; whole with `expand=agreement`."
    )
    parent: str | None = Field(description="Id of the event that this one is part of.")
    background: bool = Field(description="Whether every source only recalls it.")
    confidence: float = Field(ge=0, le=1)
    confidence_reasons: list[str]
    review_status: ReviewStatus = Field(description="What an editor said of it.")
    report_count: int = Field(description="Number of distinct articles that tell of it.")
    sources: list[Source]
    differences: list[Difference] = Field(
        description="Where its sources differ: which value won, and why; each account is under its reports."
    )
    version: int
    created_at: datetime
    updated_at: datetime
    reports: list[ReportResponse] = Field(
        default=[], description="Each source's own account; this key is there with `expand=reports` only."
    )


class EventList(SearchedList[EventResponse]):
    """A page of events."""

    model_config = example({"meta": ONE_PAGE, "results": [EXAMPLE], **NO_HIGHLIGHTS})


def event_response(found: FoundEvent) -> EventResponse:
    """Show an event."""
    row = found.row
    same = (
        "kind",
        "mode",
        "status",
        "title",
        "summary",
        "date_start",
        "date_end",
        "date_precision",
        "topics",
    )
    more = ("object", "background", "confidence", "confidence_reasons", "review_status", "report_count")
    expanded = {} if found.reports is None else {"reports": [report_response(one) for one in found.reports]}
    return EventResponse(
        id=public_id(Prefix.EVENT, row.id),
        place=Place(venue=row.venue, city=row.city, country=row.country),
        parties=[
            PartyInRole(id=party.id, kind=party.kind, name=party.name, role=party.role)
            for party in found.parties
        ],
        participants=[participant_response(person, found.officials) for person in found.participants],
        delegation=_delegation(row),
        dyads=dyads_of([(party.id, PartyRole(party.role)) for party in found.parties]),
        agreement=_agreement(found),
        parent=public_id(Prefix.EVENT, row.parent) if row.parent else None,
        sources=[source_response(source) for source in found.sources],
        differences=differences_of(found),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        **{name: getattr(row, name) for name in same + more},
        **expanded,
    )


def _delegation(row: Any) -> Delegation | None:
    if row.delegation_party is None:
        return None
    return Delegation(
        party=row.delegation_party,
        head=official_brief(row.delegation_head, row.delegation_head_name),
        size=row.delegation_size,
        complete=row.delegation_complete,
    )


def _agreement(found: FoundEvent) -> AgreementResponse | AgreementBrief | None:
    row = found.row
    if row.agreement is None:
        return None
    if found.whole_agreement is not None:
        return agreement_response(found.whole_agreement)
    return AgreementBrief(id=public_id(Prefix.AGREEMENT, row.agreement), title=row.agreement_title)
