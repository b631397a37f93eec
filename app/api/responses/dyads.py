"""What a dyad looks like."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import ONE_PAGE, ListResponse, OfficialBrief, PartyBrief, example
from app.domain.identifiers import Prefix, public_id
from app.domain.parties import dyad_id
from app.domain.vocabulary import AgreementKind, AgreementStep, DatePrecision, EventKind
from app.queries.dyads import MOST_COUNTED, FoundDyad

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


_EVENT = {
    "id": "evt_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
    "kind": "meeting",
    "title": "Iraq and Pakistan meet",
    "date_start": "2024-08-19",
    "date_end": "2024-08-19",
    "date_precision": "day",
}
_OFFICIAL = {
    "official": {"id": "off_0191684e8a9c7d5c9d6f0b1a2c3d4e5f", "name": "Ahmed Dawood Salman"},
    "party": "IRQ",
    "event_count": 1,
}
_AGREEMENT = {
    "id": "agr_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
    "title": "Memorandum on training",
    "agreement_kind": "memorandum",
    "status": "signed",
    "date_start": "2024-08-19",
    "date_precision": "day",
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


class DyadYear(BaseModel):
    """What happened in a year."""

    model_config = example({"year": 2024, "event_count": 1, "counts": _EXAMPLE["counts"]})

    year: int
    event_count: int = Field(description="Events whose first day is in the year.")
    counts: dict[EventKind, int] = Field(description="The same by kind.")


class EventBrief(BaseModel):
    """An event by its title and days."""

    model_config = example(_EVENT)

    id: str
    kind: EventKind = Field(description="What happened.")
    title: str
    date_start: date | None
    date_end: date | None
    date_precision: DatePrecision = Field(description="What the two dates mean.")


class DyadOfficial(BaseModel):
    """Someone who took part for one of the two."""

    model_config = example(_OFFICIAL)

    official: OfficialBrief
    party: str
    event_count: int


class DyadAgreement(BaseModel):
    """An agreement of both."""

    model_config = example(_AGREEMENT)

    id: str
    title: str
    agreement_kind: AgreementKind = Field(description="What form it has.")
    status: AgreementStep = Field(description="The last step that it took.")
    date_start: date | None
    date_precision: DatePrecision = Field(description="What the date means.")


class DyadDetail(DyadResponse):
    """A pair of parties with what happened between them."""

    model_config = example(
        {
            **_EXAMPLE,
            "years": [{"year": 2024, "event_count": 1, "counts": _EXAMPLE["counts"]}],
            "first_event": _EVENT,
            "last_event": _EVENT,
            "top_officials": [_OFFICIAL],
            "agreements": [_AGREEMENT],
        }
    )

    years: list[DyadYear] = Field(
        description="From the first year to the last, years without events included."
    )
    first_event: EventBrief | None = Field(description="The earliest dated event.")
    last_event: EventBrief | None = Field(description="The latest dated event.")
    top_officials: list[DyadOfficial] = Field(
        description=f"The ten who took part most often for one of the two, in {MOST_COUNTED:,} latest events."
    )
    agreements: list[DyadAgreement] = Field(description="The ten latest; `/v1/agreements?pair=` has all.")


class DyadList(ListResponse[DyadResponse]):
    """A page of dyads."""

    model_config = example({"meta": ONE_PAGE, "results": [_EXAMPLE]})


def dyad_response(row: Any) -> DyadResponse:
    """Show a dyad; a pair of which no event is known counts none."""
    return DyadResponse(**_facts(row))


def dyad_detail(found: FoundDyad) -> DyadDetail:
    """Show a dyad with what happened between the two."""
    return DyadDetail(
        **_facts(found.row),
        years=_years(found.years),
        first_event=_event(found.first),
        last_event=_event(found.last),
        top_officials=[
            DyadOfficial(
                official=OfficialBrief(id=public_id(Prefix.OFFICIAL, row.id), name=row.name),
                party=row.party,
                event_count=row.events,
            )
            for row in found.officials
        ],
        agreements=[
            DyadAgreement(
                id=public_id(Prefix.AGREEMENT, row.id),
                title=row.title,
                agreement_kind=row.kind,
                status=row.status,
                date_start=row.date_start,
                date_precision=row.date_precision,
            )
            for row in found.agreements
        ],
    )


def _facts(row: Any) -> dict[str, Any]:
    return {
        "id": dyad_id(row.a_id, row.b_id),
        "parties": [
            PartyBrief(id=row.a_id, kind=row.a_kind, name=row.a_name),
            PartyBrief(id=row.b_id, kind=row.b_kind, name=row.b_name),
        ],
        "event_count": row.events or 0,
        "counts": _counts(row),
        "first_date": row.first_date,
        "last_date": row.last_date,
    }


def _counts(row: Any) -> dict[EventKind, int]:
    counts = row.counts or {}  # none of a pair without events
    return {kind: counts.get(kind, 0) for kind in EventKind}


def _years(rows: Sequence[Any]) -> list[DyadYear]:
    """Show every year from the first to the last."""
    if not rows:
        return []
    known = {row.year: DyadYear(year=row.year, event_count=row.events, counts=_counts(row)) for row in rows}
    none = dict.fromkeys(EventKind, 0)
    return [
        known.get(year) or DyadYear(year=year, event_count=0, counts=none)
        for year in range(rows[0].year, rows[-1].year + 1)
    ]


def _event(row: Any | None) -> EventBrief | None:
    if row is None:
        return None
    return EventBrief(
        id=public_id(Prefix.EVENT, row.id),
        kind=row.kind,
        title=row.title,
        date_start=row.date_start,
        date_end=row.date_end,
        date_precision=row.date_precision,
    )
