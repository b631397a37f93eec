"""What a review looks like."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.responses.shared import ONE_PAGE, ListResponse, example
from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import ReviewDecision, ReviewKind

_REVIEW: dict[str, Any] = {
    "id": "rev_0191684e8a9c7d5c9d6f0b1a2c3d4e62",
    "kind": "sources_differ",
    "event": "evt_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
    "official": None,
    "other": None,
    "title": "Ahmed Dawood Salman (Iraq) calls on Asim Munir (Pakistan) in Rawalpindi",
    "about": "date: 2024-08-19, 2024-08-20",
    "opened_at": "2026-11-25T09:00:00Z",
    "decided_at": None,
    "decision": None,
}


class ReviewResponse(BaseModel):
    """A question to editors, and how it was decided."""

    model_config = example(_REVIEW)

    id: str
    kind: ReviewKind = Field(description="What is asked.")
    event: str | None = Field(description="The event that is asked about.")
    official: str | None = Field(description="The official that is asked about.")
    other: str | None = Field(description="The event, or official, that it may be the same as.")
    title: str = Field(description="The event's title, or the official's name.")
    about: str = Field(description="The field and what sources say of it, or a reader's words.")
    opened_at: datetime
    decided_at: datetime | None
    decision: ReviewDecision | None = Field(description="How it ended; `lapsed` where it no longer arises.")


class ReviewList(ListResponse[ReviewResponse]):
    """A page of reviews."""

    model_config = example({"meta": ONE_PAGE, "results": [_REVIEW]})


def review_response(row: Any) -> ReviewResponse:
    """Show a review."""
    subject = Prefix.EVENT if row.event else Prefix.OFFICIAL
    same = ("kind", "title", "about", "opened_at", "decided_at", "decision")
    return ReviewResponse(
        id=public_id(Prefix.REVIEW, row.id),
        event=_id(Prefix.EVENT, row.event),
        official=_id(Prefix.OFFICIAL, row.official),
        other=_id(subject, row.other),
        **{name: getattr(row, name) for name in same},
    )


class ReportedErrorResponse(BaseModel):
    """What a reader reported, on its way to an editor."""

    model_config = example({"review": "rev_0191684e8a9c7d5c9d6f0b1a2c3d4e62"})

    review: str = Field(description="Id of the review that it opened.")


def reported_error_response(review: UUID) -> ReportedErrorResponse:
    """Show that a report was taken."""
    return ReportedErrorResponse(review=public_id(Prefix.REVIEW, review))


def _id(prefix: Prefix, one: UUID | None) -> str | None:
    return public_id(prefix, one) if one else None
