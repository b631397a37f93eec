"""What countries and organizations share, and what a word may stand for."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import ONE_PAGE, ListResponse, example
from app.domain.vocabulary import MembershipLevel, PartyKind, PartyNameKind
from app.queries.names import Candidate
from app.queries.parties import FoundParty

MEMBERSHIP: dict[str, Any] = {
    "level": "full",
    "valid_from": "2015-12-15",
    "valid_to": None,
    "source": "spa.gov.sa: Joint statement on the coalition, 15 December 2015",
}
_CANDIDATE = {
    "id": "IRQ",
    "kind": "country",
    "name": "Iraq",
    "matched": "Iraqi",
    "how": "demonym",
    "score": 0.9,
    "reason": "Iraqi is what the people of Iraq are called.",
}
_REASONS = {
    "id": "{matched} is the id of {name}.",
    "alpha2": "{matched} is the ISO 3166-1 alpha-2 code of {name}.",
    "numeric": "{matched} is the ISO 3166-1 numeric code of {name}.",
    "cow": "{matched} is the Correlates of War number of {name}.",
    "gw": "{matched} is the Gleditsch and Ward number of {name}.",
    "wikidata": "{matched} is the Wikidata item of {name}.",
    "name": "{matched} is the name of {name}.",
    "official_name": "{matched} is the official name of {name}.",
    "alias": "{matched} is another name of {name}.",
    "abbreviation": "{matched} is an abbreviation of {name}.",
    "demonym": "{matched} is what the people of {name} are called.",
    "similar": "It looks like {matched}, a name of {name}.",
}


class Alias(BaseModel):
    """A further name of a party."""

    model_config = example({"name": "UAE", "kind": "abbreviation", "language": "en"})

    name: str
    kind: PartyNameKind = Field(description="alias or abbreviation.")
    language: str = Field(description="BCP 47 tag.")


class MembershipFacts(BaseModel):
    """As what and when a country belongs."""

    level: MembershipLevel = Field(description="full, associate, observer or suspended.")
    valid_from: date | None
    valid_to: date | None = Field(description="Last day; null where it goes on or is unknown.")
    source: str


class CandidateResponse(BaseModel):
    """A party that a word may stand for."""

    model_config = example(_CANDIDATE)

    id: str
    kind: PartyKind = Field(description="country or organization.")
    name: str
    matched: str = Field(description="The code or name that the word fits.")
    how: str = Field(
        description="What that is: id, alpha2, numeric, cow, gw, wikidata, name, official_name, alias, "
        "abbreviation or demonym; similar where it only looks alike."
    )
    score: float = Field(description="How sure it is, from 0 to 1.")
    reason: str = Field(description="Why it is a candidate, in a sentence.")


class CandidateList(ListResponse[CandidateResponse]):
    """What a word may stand for, surest first."""

    model_config = example({"meta": ONE_PAGE, "results": [_CANDIDATE]})


def candidate_response(found: Candidate) -> CandidateResponse:
    """Show a party that a word may stand for."""
    return CandidateResponse(
        id=found.id,
        kind=found.kind,
        name=found.name,
        matched=found.matched,
        how=found.how,
        score=found.score,
        reason=_REASONS[found.how].format(matched=found.matched, name=found.name),
    )


def aliases_of(found: FoundParty) -> list[Alias]:
    further = (PartyNameKind.ALIAS, PartyNameKind.ABBREVIATION)
    return [
        Alias(name=row.name, kind=row.kind, language=row.language)
        for row in found.names
        if row.kind in further and row.name != found.row.name
    ]


def membership_facts(row: Any) -> dict[str, Any]:
    return {
        "level": row.level,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "source": row.source,
    }
