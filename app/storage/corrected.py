"""An event with an editor's values in it: pure functions, no database."""

from collections.abc import Mapping
from typing import Any

from app.domain.vocabulary import MODES, PartyRole
from app.errors import CorrectionNotValid
from app.storage.questions import VERDICT
from app.storage.resolution import ResolvedEvent

EVENT_FIELDS = (
    "kind",
    "mode",
    "status",
    "date",
    "place",
    "parties",
    "participants",
    "object",
    "topics",
    "title",
    "summary",
)
"""The fields of an event that can be corrected, each as a whole."""


def apply_corrections(told: ResolvedEvent, corrections: Mapping[str, Any]) -> ResolvedEvent:
    """Put an editor's values in the place of what is told, and leave out what does not fit them.

    That is a mode that the kind does not have, and who acts for a party that the editor took out: a report
    that comes in later may tell of some.
    """
    corrected = _put_in(told, corrections)
    if corrected is told:
        return told
    listed = {party for party, _ in corrected.parties}
    fitting: dict[str, Any] = {
        "mode": corrected.mode if corrected.mode in MODES[corrected.kind] else None,
        "participants": tuple(one for one in corrected.participants if one.party in listed),
    }
    if corrected.delegation and corrected.delegation.party not in listed:
        fitting["delegation"] = None
    return corrected.model_copy(update=fitting)


def _put_in(told: ResolvedEvent, corrections: Mapping[str, Any]) -> ResolvedEvent:
    values = {name: value for name, value in corrections.items() if name != VERDICT}
    return ResolvedEvent.model_validate({**told.model_dump(mode="json"), **values}) if values else told


def check_corrections(told: ResolvedEvent, corrections: Mapping[str, Any]) -> None:
    """Refuse values that contradict each other, as a record of them would be refused."""
    corrected = _put_in(told, corrections)
    if corrected.mode and "mode" in corrections and corrected.mode not in MODES[corrected.kind]:
        raise CorrectionNotValid("mode", f"{corrected.kind} has no such mode")
    if len(set(corrected.parties)) < len(corrected.parties):
        raise CorrectionNotValid("parties", "a party has the same role twice")
    if all(role is PartyRole.CONVENOR for _, role in corrected.parties):
        raise CorrectionNotValid("parties", "somebody must take part, not only convene")
    listed = {party for party, _ in corrected.parties}
    if any(person.party not in listed for person in corrected.participants):
        raise CorrectionNotValid("participants", "everyone must act for a party of the event")
    people = [(person.official or person.title, person.party) for person in corrected.participants]
    if len(set(people)) < len(people):
        raise CorrectionNotValid("participants", "somebody is listed twice for one party")
