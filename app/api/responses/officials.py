"""What an official looks like, and the offices they held."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import NO_FACETS, ONE_PAGE, FacetedList, ListResponse, PartyBrief, example
from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import PartyKind
from app.queries.officials import FoundOfficial

EXAMPLE: dict[str, Any] = {
    "id": "off_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
    "name": "Ahmed Dawood Salman",
    "aliases": [],
    "parties": [
        {
            "id": "IRQ",
            "kind": "country",
            "name": "Iraq",
            "first_date": "2024-08-19",
            "last_date": "2024-08-19",
            "event_count": 1,
            "last_title_as_reported": "Secretary Defense",
            "last_rank": "Lt. Gen.",
        }
    ],
    "event_count": 1,
}
_TENURE: dict[str, Any] = {
    "party": {"id": "PAK", "kind": "country", "name": "Pakistan"},
    "title": "Chief of Army Staff",
    "valid_from": "2022-11-29",
    "valid_to": None,
    "source": "ispr.gov.pk",
}


class OfficialParty(PartyBrief):
    """A party that an official acted for."""

    model_config = example(EXAMPLE["parties"][0])

    first_date: date | None = Field(description="First day of the first dated event.")
    last_date: date | None = Field(description="Last day of the last dated event.")
    event_count: int
    last_title_as_reported: str | None
    last_rank: str | None


class OfficialResponse(BaseModel):
    """A person who acts for a party."""

    model_config = example(EXAMPLE)

    id: str
    name: str
    aliases: list[str] = Field(description="Other spellings of the name.")
    parties: list[OfficialParty]
    event_count: int = Field(description="Events that occurred and are not doubted.")


class OfficialList(FacetedList[OfficialResponse]):
    """A page of officials."""

    model_config = example({"meta": ONE_PAGE, "results": [EXAMPLE], **NO_FACETS})


class TenureResponse(BaseModel):
    """An office held; a missing last day is unknown, not current."""

    model_config = example(_TENURE)

    party: PartyBrief
    title: str
    valid_from: date | None
    valid_to: date | None
    source: str


class TenureList(ListResponse[TenureResponse]):
    """The offices that an official held, earliest first."""

    model_config = example({"meta": ONE_PAGE, "results": [_TENURE]})


def official_response(found: FoundOfficial) -> OfficialResponse:
    """Show an official."""
    return OfficialResponse(
        id=public_id(Prefix.OFFICIAL, found.row.id),
        name=found.row.name,
        aliases=[row.name for row in found.names if row.name != found.row.name],
        parties=[_party(row) for row in found.parties],
        event_count=found.row.event_count,
    )


def tenure_response(row: Any) -> TenureResponse:
    """Show an office held."""
    return TenureResponse(
        party=PartyBrief(id=row.party, kind=PartyKind(row.party_kind), name=row.party_name),
        title=row.title,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
    )


def _party(row: Any) -> OfficialParty:
    return OfficialParty(
        id=row.id,
        kind=row.kind,
        name=row.name,
        first_date=row.first_date,
        last_date=row.last_date,
        event_count=row.event_count,
        last_title_as_reported=row.last_title,
        last_rank=row.last_rank,
    )
