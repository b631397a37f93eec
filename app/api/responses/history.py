"""What the past versions of an event, an agreement or an official look like."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.responses.shared import ONE_PAGE, ListResponse, example
from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import (
    AgreementKind,
    AgreementStep,
    ChangeAction,
    DatePrecision,
    EventKind,
    EventStatus,
    Mode,
    PartyRole,
    Pledge,
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
_AGREEMENT: dict[str, Any] = {
    "title": "Strategic Mutual Defense Agreement",
    "agreement_kind": "pact",
    "domain": "defense",
    "binding": None,
    "pledges": ["mutual_defense"],
    "status": "signed",
    "date_start": "2025-09-17",
    "date_end": "2025-09-17",
    "date_precision": "day",
    "date_basis": "signed",
    "lifecycle": [],
    "merged_into": None,
}
_OFFICIAL: dict[str, Any] = {"name": "Fuad Hussein", "aliases": ["Fouad Hussein"], "merged_into": None}
_State = TypeVar("_State", bound=BaseModel)


def _version_of(subject: str, state: dict[str, Any]) -> dict[str, Any]:
    """Return an example of a first version."""
    made = {"version": 1, "at": "2026-11-24T09:00:00Z", "action": "create", "changed": sorted(state)}
    return {**made, subject: state}


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


class PastStep(BaseModel):
    """A step in an agreement's life."""

    step: AgreementStep = Field(description="What was done.")
    date_start: date | None
    date_end: date | None
    date_precision: DatePrecision = Field(description="What the two dates mean.")
    event: str = Field(description="Id of the event that was the step.")


class PastAgreement(BaseModel):
    """What an agreement said of itself in one version, under the names that it has today."""

    model_config = example(_AGREEMENT)

    title: str
    agreement_kind: AgreementKind = Field(description="What form it has.")
    domain: str | None
    binding: bool | None
    pledges: list[Pledge] = Field(description="What the parties promise each other.")
    status: AgreementStep = Field(description="The last step that it took.")
    date_start: date | None
    date_end: date | None
    date_precision: DatePrecision = Field(description="What the two dates mean.")
    date_basis: AgreementStep | None = Field(description="The step that the date is of.")
    lifecycle: list[PastStep]
    merged_into: str | None = Field(description="The agreement that it lives on in.")


class PastOfficial(BaseModel):
    """What was told of an official in one version."""

    model_config = example(_OFFICIAL)

    name: str
    aliases: list[str] = Field(description="Other spellings of the name.")
    merged_into: str | None = Field(description="The official that they live on in.")


class _Version(BaseModel):
    version: int = Field(description="1 for the first; the last is today's.")
    at: datetime
    action: ChangeAction = Field(description="What made it: create, update, merge, unmerge or delete.")
    changed: list[str] = Field(description="The fields that differ from the version before.")


class VersionResponse(_Version):
    """One version of an event."""

    model_config = example(_version_of("event", _STATE))

    event: PastEvent | None = Field(description="The event in this version; null where it was deleted.")


class VersionList(ListResponse[VersionResponse]):
    """Every version of an event, the first one first."""

    model_config = example({"meta": ONE_PAGE, "results": [_version_of("event", _STATE)]})


class AgreementVersion(_Version):
    """One version of an agreement."""

    model_config = example(_version_of("agreement", _AGREEMENT))

    agreement: PastAgreement | None = Field(description="The agreement in this version.")


class AgreementVersionList(ListResponse[AgreementVersion]):
    """Every version of an agreement, the first one first."""

    model_config = example({"meta": ONE_PAGE, "results": [_version_of("agreement", _AGREEMENT)]})


class OfficialVersion(_Version):
    """One version of an official."""

    model_config = example(_version_of("official", _OFFICIAL))

    official: PastOfficial | None = Field(description="The official in this version.")


class OfficialVersionList(ListResponse[OfficialVersion]):
    """Every version of an official, the first one first."""

    model_config = example({"meta": ONE_PAGE, "results": [_version_of("official", _OFFICIAL)]})


def versions_of(rows: Sequence[Any]) -> list[VersionResponse]:
    """Show the changes of an event, in order, as its versions."""
    return [VersionResponse(event=state, **facts) for facts, state in _versions(rows, _event_state)]


def agreement_versions(rows: Sequence[Any]) -> list[AgreementVersion]:
    """Show the changes of an agreement, in order, as its versions."""
    return [AgreementVersion(agreement=state, **facts) for facts, state in _versions(rows, _agreement_state)]


def official_versions(rows: Sequence[Any]) -> list[OfficialVersion]:
    """Show the changes of an official, in order, as their versions."""
    return [OfficialVersion(official=state, **facts) for facts, state in _versions(rows, _official_state)]


def _versions(
    rows: Sequence[Any], state_of: Callable[[Mapping[str, Any]], _State]
) -> Iterator[tuple[dict[str, Any], _State | None]]:
    """Yield what every version tells, and what the subject was in it."""
    former: _State | None = None
    for number, row in enumerate(rows, start=1):
        state = state_of(row.after) if row.after is not None else None
        changed = _changed(former, state)
        yield {"version": number, "at": row.at, "action": row.action, "changed": changed}, state
        former = state


def _changed(former: BaseModel | None, state: BaseModel | None) -> list[str]:
    told = state or former
    names = type(told).model_fields if told else ()
    return [name for name in names if getattr(former, name, None) != getattr(state, name, None)]


def _agreement_state(after: Mapping[str, Any]) -> PastAgreement:
    known = {name: after[name] for name in PastAgreement.model_fields if name in after}
    lifecycle = [{**step, "event": _public(Prefix.EVENT, step["event"])} for step in after["lifecycle"]]
    merged = {"merged_into": _public(Prefix.AGREEMENT, after["merged_into"])}
    more = {"agreement_kind": after["kind"], "lifecycle": lifecycle}
    return PastAgreement.model_validate({**known, **more, **merged})


def _official_state(after: Mapping[str, Any]) -> PastOfficial:
    merged = _public(Prefix.OFFICIAL, after["merged_into"])
    return PastOfficial(name=after["name"], aliases=after["aliases"], merged_into=merged)


def _event_state(after: Mapping[str, Any]) -> PastEvent:
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
        merged_into=_public(Prefix.EVENT, after["merged_into"]),
        **{name: after[name] for name in same},
    )


def _public(prefix: Prefix, text: str | None) -> str | None:
    return public_id(prefix, UUID(text)) if text else None


def _participant(person: Mapping[str, Any]) -> PastParticipant:
    official = person["official"]
    return PastParticipant(
        official=public_id(Prefix.OFFICIAL, UUID(official)) if official else None,
        party=person["party"],
        role=person["role"],
        rank=person["rank"],
        title_as_reported=person["title"],
    )
