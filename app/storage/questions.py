"""What an event leaves open, for an editor to decide: pure functions, no database."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from app.domain.dates import DateSpan
from app.domain.record import SERVED_CONFIDENCE
from app.domain.vocabulary import HIDING_REVIEWS, EventStatus, ReviewKind, ReviewStatus
from app.storage.resolution import Account, ResolvedEvent

VERDICT = "review_status"
"""The field in which a correction says what an editor thinks of the whole event."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide; `other` is the event that it may be, `about` a field and its values."""

    kind: ReviewKind
    other: UUID | None = None
    about: str = ""


def questions_of(
    resolved: ResolvedEvent, accounts: Sequence[Account], corrections: Mapping[str, Any]
) -> set[Question]:
    """Return what is doubtful in an event; `resolved` is it before corrections, `may_be` undecided still."""
    if corrections.get(VERDICT) == ReviewStatus.REJECTED:
        return set()
    asked = {Question(ReviewKind.POSSIBLE_DUPLICATE, other) for other in resolved.may_be}
    if not resolved.report_count:
        asked.add(Question(ReviewKind.UNSUPPORTED))
    if resolved.confidence < SERVED_CONFIDENCE and not corrections:
        asked.add(Question(ReviewKind.LOW_CONFIDENCE))
    for field, about in _differences([account for account in accounts if account.record.main]):
        if field not in corrections:
            asked.add(Question(ReviewKind.SOURCES_DIFFER, about=about))
    return asked


def review_status_of(corrections: Mapping[str, Any], left_open: Collection[ReviewKind]) -> ReviewStatus:
    """Return what an editor said last of an event, else whether one must look at it first."""
    verdict = corrections.get(VERDICT)
    if verdict == ReviewStatus.REJECTED:
        return ReviewStatus.REJECTED
    if corrections.keys() - {VERDICT}:
        return ReviewStatus.CORRECTED
    if verdict is not None:
        return ReviewStatus(verdict)
    return ReviewStatus.NEEDS_REVIEW if HIDING_REVIEWS & set(left_open) else ReviewStatus.UNREVIEWED


def _differences(accounts: Sequence[Account]) -> Iterator[tuple[str, str]]:
    """Yield each field on which articles about the event contradict each other, and what they say of it."""
    records = [account.record for account in accounts]
    spans = [record.date for record in records if record.date.start]
    if any(not a.overlaps(b) for a, b in combinations(spans, 2)):
        yield "date", _about("date", map(_days, spans))
    for part in ("country", "city"):
        places = {place for record in records if (place := getattr(record.place, part))}
        if len(places) > 1:
            yield "place", _about(part, places)
    statuses = {record.status for record in records}
    if EventStatus.DENIED in statuses and len(statuses) > 1:
        yield "status", _about("status", statuses)


def _about(field: str, values: Collection[str] | Iterator[str]) -> str:
    return f"{field}: {', '.join(sorted(set(values)))}"


def _days(span: DateSpan) -> str:
    return str(span.start) if span.start == span.end else f"{span.start}/{span.end}"
