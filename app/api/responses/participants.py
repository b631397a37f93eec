"""What someone who took part looks like."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from app.api.responses.officials import OfficialResponse, official_response
from app.api.responses.shared import OfficialBrief, example, official_brief
from app.domain.vocabulary import PartyRole
from app.queries.officials import FoundOfficial

_NOBODY: Mapping[UUID, FoundOfficial] = MappingProxyType({})


class Office(BaseModel):
    """An office held on the day."""

    model_config = example({"title": "Secretary General, Ministry of Defense"})

    title: str


class Participant(BaseModel):
    """Someone who took part, or only an office; the party acted for need not be the nationality."""

    model_config = example(
        {
            "official": {"id": "off_0191684e8a9c7d5c9d6f0b1a2c3d4e5f", "name": "Ahmed Dawood Salman"},
            "party": "IRQ",
            "role": "visitor",
            "rank": "Lt. Gen.",
            "title_as_reported": "Secretary Defense",
            "office": None,
        }
    )

    official: OfficialResponse | OfficialBrief | None = Field(
        description="Null where only an office is known; the whole official with `expand=participants`."
    )
    party: str = Field(description="Id of the party acted for.")
    role: PartyRole = Field(description="As what they took part.")
    rank: str | None = Field(description="Rank or honorific as printed.")
    title_as_reported: str | None = Field(description="Office as printed.")
    office: Office | None = Field(description="The office known to be held that day, from a dated source.")


def participant_response(row: Any, officials: Mapping[UUID, FoundOfficial] = _NOBODY) -> Participant:
    """Show someone who took part; the officials given are shown whole."""
    whole = officials.get(row.official)
    brief = official_brief(row.official, row.official_name)
    return Participant(
        official=official_response(whole) if whole else brief,
        party=row.party,
        role=row.role,
        rank=row.rank,
        title_as_reported=row.title_as_reported,
        office=Office(title=row.tenure_title) if row.tenure else None,
    )
