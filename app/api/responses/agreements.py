"""What an agreement looks like."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.participants import Participant, participant_response
from app.api.responses.shared import (
    NO_HIGHLIGHTS,
    ONE_PAGE,
    PartyInRole,
    SearchedList,
    Source,
    example,
    source_response,
)
from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import AgreementKind, AgreementStep, DatePrecision, PartyRole, Pledge
from app.queries.agreements import FoundAgreement

EXAMPLE: dict[str, Any] = {
    "id": "agr_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
    "title": "Strategic Mutual Defense Agreement",
    "agreement_kind": "pact",
    "domain": "defense_cooperation",
    "pledges": ["mutual_defense"],
    "binding": True,
    "status": "signed",
    "date_start": "2025-09-17",
    "date_end": "2025-09-17",
    "date_precision": "day",
    "date_basis": "signed",
    "parties": [
        {"id": "PAK", "kind": "country", "name": "Pakistan", "role": "signatory"},
        {"id": "SAU", "kind": "country", "name": "Saudi Arabia", "role": "signatory"},
    ],
    "participants": [],
    "topics": ["defense_cooperation"],
    "lifecycle": [
        {
            "step": "signed",
            "date_start": "2025-09-17",
            "date_end": "2025-09-17",
            "date_precision": "day",
            "event": "evt_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
        }
    ],
    "sources": [],
    "version": 1,
    "created_at": "2026-11-24T09:00:00Z",
    "updated_at": "2026-11-24T09:00:00Z",
}


class LifecycleStep(BaseModel):
    """A step in an agreement's life."""

    model_config = example(EXAMPLE["lifecycle"][0])

    step: AgreementStep = Field(
        description="Announced, initialled, signed, ratified, in force, suspended, ended."
    )
    date_start: date | None
    date_end: date | None
    date_precision: DatePrecision = Field(description="What the two dates mean.")
    event: str | None = Field(description="Id of the event, where there is one.")


class AgreementResponse(BaseModel):
    """A pact, treaty, memorandum, … and its life."""

    model_config = example(EXAMPLE)

    id: str
    title: str = Field(description="As printed, or made from its parties and form.")
    agreement_kind: AgreementKind = Field(description="What form it has.")
    domain: str | None = Field(description="Topic id of what it is about.")
    pledges: list[Pledge] = Field(description="What the parties promise each other.")
    binding: bool | None
    status: AgreementStep = Field(description="The last step that it took.")
    date_start: date | None
    date_end: date | None
    date_precision: DatePrecision = Field(description="What the two dates mean.")
    date_basis: AgreementStep | None = Field(
        description="The step that the date is of: the signing, else the earliest dated one."
    )
    parties: list[PartyInRole]
    participants: list[Participant]
    topics: list[str]
    lifecycle: list[LifecycleStep]
    sources: list[Source]
    version: int
    created_at: datetime
    updated_at: datetime


class AgreementList(SearchedList[AgreementResponse]):
    """A page of agreements."""

    model_config = example({"meta": ONE_PAGE, "results": [EXAMPLE], **NO_HIGHLIGHTS})


def agreement_response(found: FoundAgreement) -> AgreementResponse:
    """Show an agreement, with the people and sources of its events each once."""
    row = found.row
    same = ("title", "domain", "pledges", "binding", "status", "date_start", "date_end", "date_precision")
    more = ("date_basis", "version", "created_at", "updated_at")
    return AgreementResponse(
        id=public_id(Prefix.AGREEMENT, row.id),
        agreement_kind=row.kind,
        parties=[
            PartyInRole(id=party.id, kind=party.kind, name=party.name, role=PartyRole.SIGNATORY)
            for party in found.parties
        ],
        participants=[participant_response(person) for person in _people(found.participants)],
        topics=_topics(found),
        lifecycle=[_step(step) for step in found.steps],
        sources=[source_response(source) for source in _once(found.sources, lambda row: row.article_id)],
        **{name: getattr(row, name) for name in same + more},
    )


def _step(row: Any) -> LifecycleStep:
    return LifecycleStep(
        step=row.step,
        date_start=row.date_start,
        date_end=row.date_end,
        date_precision=row.date_precision,
        event=public_id(Prefix.EVENT, row.event) if row.event else None,
    )


def _topics(found: FoundAgreement) -> list[str]:
    own = [found.row.domain] if found.row.domain else []
    return list(dict.fromkeys([*own, *(topic for step in found.steps for topic in step.topics or ())]))


def _people(rows: Iterable[Any]) -> list[Any]:
    """Keep each person, or office, once a party."""
    return _once(rows, lambda row: (row.official or row.title_as_reported, row.party))


def _once(rows: Iterable[Any], key: Callable[[Any], Any]) -> list[Any]:
    """Keep the first row of each key."""
    first: dict[Any, Any] = {}
    for row in rows:
        first.setdefault(key(row), row)
    return list(first.values())
