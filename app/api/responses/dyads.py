"""What a dyad looks like."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import ONE_PAGE, ListResponse, PartyBrief, example
from app.domain.parties import dyad_id
from app.domain.vocabulary import EventKind

_EXAMPLE: dict[str, Any] = {
    "id": "IRQ-PAK",
    "parties": [
        {"id": "IRQ", "kind": "country", "name": "Iraq"},
        {"id": "PAK", "kind": "country", "name": "Pakistan"},
    ],
    "event_count": 1,
    "counts": {kind.value: int(kind is EventKind.MEETING) for kind in EventKind},
    "first_date": "2024-08-19",
    "last_date": "2024-08-19",
}


class DyadResponse(BaseModel):
    """A pair of parties, and the events in which both act."""

    model_config = example(_EXAMPLE)

    id: str = Field(description="Both ids in alphabetical order.")
    parties: list[PartyBrief] = Field(min_length=2, max_length=2)
    event_count: int = Field(description="Events that occurred and are not doubted.")
    counts: dict[EventKind, int] = Field(description="The same by kind.")
    first_date: date | None = Field(description="First day of the first dated event.")
    last_date: date | None = Field(description="Last day of the last dated event.")


class DyadList(ListResponse[DyadResponse]):
    """A page of dyads."""

    model_config = example({"meta": ONE_PAGE, "results": [_EXAMPLE]})


def dyad_response(row: Any) -> DyadResponse:
    """Show a dyad; a pair of which no event is known counts none."""
    return DyadResponse(
        id=dyad_id(row.a_id, row.b_id),
        parties=[
            PartyBrief(id=row.a_id, kind=row.a_kind, name=row.a_name),
            PartyBrief(id=row.b_id, kind=row.b_kind, name=row.b_name),
        ],
        event_count=row.events or 0,
        counts={kind: getattr(row, f"of_{kind}") or 0 for kind in EventKind},
        first_date=row.first_date,
        last_date=row.last_date,
    )
