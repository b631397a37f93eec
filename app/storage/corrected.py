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
    """Put an editor's values in the place of what is told; a mode that the kind does not have is dropped."""
    values = {name: value for name, value in corrections.items() if name != VERDICT}
    if not values:
        return told
    corrected = ResolvedEvent.model_validate({**told.model_dump(mode="json"), **values})
    if corrected.mode and corrected.mode not in MODES[corrected.kind]:
        return corrected.model_copy(update={"mode": None})
    return corrected


def check_corrections(told: ResolvedEvent, corrections: Mapping[str, Any]) -> None:
    """Refuse values that contradict each other, as a record of them would be refused."""
    corrected = apply_corrections(told, corrections)
    if corrections.get("mode") not in (None, corrected.mode):
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
