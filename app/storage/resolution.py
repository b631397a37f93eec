"""From the accounts of an event to what we say of it: pure functions, no database.

Accounts are ranked: an article about the event before one that recalls it, then the more confident, then
the earlier. A field is taken from the first account that has it; status and date have rules of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.domain.dates import MOST_PRECISE_FIRST, RANGES_FIRST, DateSpan
from app.domain.record import (
    EventRecord,
    ReportedAgreement,
    ReportedDelegation,
    ReportedParticipant,
    ReportedPlace,
)
from app.domain.vocabulary import EventKind, EventStatus, Mode, PartyRole

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Account:
    """What one article says of an event, and who its participants were taken for."""

    record: EventRecord
    officials: tuple[UUID | None, ...]
    article: UUID
    known_on: date
    may_be: tuple[UUID, ...] = ()


class ResolvedParticipant(BaseModel):
    """Someone who took part, as the first account that has each field gives it."""

    model_config = ConfigDict(frozen=True)

    official: UUID | None
    party: str
    role: PartyRole
    rank: str | None
    title: str | None


class ResolvedEvent(BaseModel):
    """An event's fields, drawn from all of its accounts."""

    model_config = ConfigDict(frozen=True)

    kind: EventKind
    mode: Mode | None
    status: EventStatus
    date: DateSpan
    place: ReportedPlace
    parties: tuple[tuple[str, PartyRole], ...]
    participants: tuple[ResolvedParticipant, ...]
    delegation: ReportedDelegation | None
    agreement: ReportedAgreement | None
    object: str | None
    topics: tuple[str, ...]
    background: bool
    confidence: float
    confidence_reasons: tuple[str, ...]
    report_count: int
    may_be: tuple[UUID, ...]
    title: str | None = None
    summary: str | None = None
    """Wording of an editor's; what nobody worded is worded from the fields."""


def resolve_event(accounts: Sequence[Account]) -> ResolvedEvent:
    """Return the event that at least one account tells of."""
    ranked = sorted(accounts, key=_rank)
    records = [account.record for account in ranked]
    status = _resolve_status(ranked)
    best = max(records, key=lambda record: record.confidence)
    return ResolvedEvent(
        kind=records[0].kind,
        mode=_first(record.mode for record in records),
        status=status,
        date=_resolve_date([record for record in records if record.status is status]),
        place=_resolve_place(records),
        parties=_resolve_parties(records),
        participants=_resolve_participants(ranked),
        delegation=_first(record.delegation for record in records),
        agreement=_resolve_agreement(records),
        object=_first(record.object for record in records),
        topics=tuple(dict.fromkeys(topic for record in records for topic in record.topics)),
        background=not any(record.main for record in records),
        confidence=best.confidence,
        confidence_reasons=best.confidence_reasons,
        report_count=len({account.article for account in accounts}),
        may_be=tuple(sorted({other for account in accounts for other in account.may_be})),
    )


def _rank(account: Account) -> tuple[bool, float, date]:
    return (not account.record.main, -account.record.confidence, account.known_on)


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)


def _resolve_status(ranked: Sequence[Account]) -> EventStatus:
    """Let what happened, was put off or called off win over a plan, and the latest article decide."""
    decided = [
        account
        for account in ranked
        if account.record.status not in (EventStatus.PLANNED, EventStatus.DENIED)
    ] or [account for account in ranked if account.record.status is EventStatus.PLANNED]
    if not decided:
        return ranked[0].record.status
    return max(decided, key=lambda account: account.known_on).record.status


def _resolve_date(records: Sequence[EventRecord]) -> DateSpan:
    """Return the most telling date of the accounts that agree on the status."""
    order = RANGES_FIRST if records[0].kind is EventKind.VISIT else MOST_PRECISE_FIRST
    told = min((record.date for record in records), key=lambda told: order.index(told.precision))
    return DateSpan(start=told.start, end=told.end, precision=told.precision)


def _resolve_place(records: Sequence[EventRecord]) -> ReportedPlace:
    """Complete the first place with others that do not contradict it."""
    place = ReportedPlace()
    for other in (record.place for record in records):
        if place.country and other.country and place.country != other.country:
            continue
        if place.city and other.city and place.city != other.city:
            continue
        place = ReportedPlace(
            venue=place.venue or other.venue,
            city=place.city or other.city,
            country=place.country or other.country,
        )
    return place


def _resolve_parties(records: Sequence[EventRecord]) -> tuple[tuple[str, PartyRole], ...]:
    """Take each party's roles from the first account that lists it."""
    roles: dict[str, tuple[PartyRole, ...]] = {}
    for record in records:
        for party in record.parties:
            if party.party not in roles:
                held = tuple(other.role for other in record.parties if other.party == party.party)
                roles[party.party] = held
    return tuple(sorted((party, role) for party, held in roles.items() for role in held))


def _resolve_participants(ranked: Sequence[Account]) -> tuple[ResolvedParticipant, ...]:
    merged: dict[tuple[UUID | str | None, str], ResolvedParticipant] = {}
    for account in ranked:
        for person, official in zip(account.record.participants, account.officials, strict=True):
            key = (official or person.title, person.party)
            merged[key] = _complete_participant(merged.get(key), person, official)
    return tuple(merged.values())


def _complete_participant(
    known: ResolvedParticipant | None, person: ReportedParticipant, official: UUID | None
) -> ResolvedParticipant:
    return ResolvedParticipant(
        official=official,
        party=person.party,
        role=known.role if known else person.role,
        rank=(known and known.rank) or person.rank,
        title=(known and known.title) or person.title,
    )


def _resolve_agreement(records: Sequence[EventRecord]) -> ReportedAgreement | None:
    told = [record.agreement for record in records if record.agreement]
    if not told:
        return None
    return ReportedAgreement(
        title=_first(agreement.title for agreement in told),
        kind=told[0].kind,
        domain=_first(agreement.domain for agreement in told),
        binding=_first(agreement.binding for agreement in told),
        pledges=tuple(dict.fromkeys(pledge for agreement in told for pledge in agreement.pledges)),
    )
