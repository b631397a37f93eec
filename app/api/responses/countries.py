"""What a country looks like."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.parties import MEMBERSHIP, Alias, MembershipFacts, aliases_of, membership_facts
from app.api.responses.shared import NO_FACETS, ONE_PAGE, FacetedList, example
from app.domain.vocabulary import CountryStatus, PartyKind, PartyNameKind
from app.queries.parties import FoundParty

_IRAQ: dict[str, Any] = {
    "id": "IRQ",
    "kind": "country",
    "name": "Iraq",
    "official_name": "Republic of Iraq",
    "status": "state",
    "alpha2": "IQ",
    "numeric": "368",
    "cow": 645,
    "gw": 645,
    "wikidata": "Q796",
    "region": "Asia",
    "subregion": "Western Asia",
    "capital": "Baghdad",
    "founded": "1932-10-03",
    "dissolved": None,
    "recognition_note": None,
    "aliases": [],
    "demonyms": [{"name": "Iraqi", "language": "en"}],
    "predecessors": [],
    "successors": [],
    "source": "iso3166 un-m49 editorial wikidata cow-2016 gw",
}


class Demonym(BaseModel):
    """What its people are called."""

    model_config = example({"name": "Iraqi", "language": "en"})

    name: str
    language: str = Field(description="BCP 47 tag.")


class Followed(BaseModel):
    """A state before or after another."""

    model_config = example({"id": "CSK", "on": "1993-01-01", "source": "editorial"})

    id: str
    on: str | None = Field(description="ISO 8601, as precise as known.")
    source: str


class CountryResponse(BaseModel):
    """A state, a territory with an ISO code, or a state that ended."""

    model_config = example(_IRAQ)

    id: str = Field(
        description="ISO 3166-1 alpha-3, XKX for Kosovo, a withdrawn ISO code or X and two letters."
    )
    kind: PartyKind = Field(description="country.")
    name: str
    official_name: str | None
    status: CountryStatus = Field(description="state, territory or former.")
    alpha2: str | None = Field(description="ISO 3166-1 alpha-2.")
    numeric: str | None = Field(description="ISO 3166-1 numeric, three digits.")
    cow: int | None = Field(description="Correlates of War state number.")
    gw: int | None = Field(description="Gleditsch and Ward state number.")
    wikidata: str | None
    region: str | None
    subregion: str | None
    capital: str | None
    founded: str | None = Field(description="ISO 8601, as precise as known.")
    dissolved: str | None = Field(description="ISO 8601, as precise as known.")
    recognition_note: str | None = Field(description="Where its status is disputed.")
    aliases: list[Alias]
    demonyms: list[Demonym]
    predecessors: list[Followed]
    successors: list[Followed]
    source: str


class CountryMembership(MembershipFacts):
    """An organization that a country belongs to."""

    model_config = example(
        {"organization": "IMCTC", "name": "Islamic Military Counter Terrorism Coalition", **MEMBERSHIP}
    )

    organization: str
    name: str


class CountryDetail(CountryResponse):
    """A country with its memberships."""

    model_config = example({**_IRAQ, "memberships": []})

    memberships: list[CountryMembership]


class CountryList(FacetedList[CountryResponse]):
    """A page of countries."""

    model_config = example({"meta": ONE_PAGE, "results": [_IRAQ], **NO_FACETS})


def country_response(found: FoundParty) -> CountryResponse:
    """Show a country."""
    return CountryResponse(**_country_facts(found))


def country_detail(found: tuple[FoundParty, Sequence[Any]]) -> CountryDetail:
    """Show a country with the organizations that it belongs or belonged to."""
    country, rows = found
    memberships = [
        CountryMembership(organization=row.organization, name=row.party_name, **membership_facts(row))
        for row in rows
    ]
    return CountryDetail(memberships=memberships, **_country_facts(country))


def _country_facts(found: FoundParty) -> dict[str, Any]:
    listed = ("aliases", "demonyms", "predecessors", "successors", "memberships")
    facts = {name: getattr(found.row, name) for name in CountryResponse.model_fields if name not in listed}
    return {
        **facts,
        "aliases": aliases_of(found),
        "demonyms": [
            Demonym(name=row.name, language=row.language)
            for row in found.names
            if row.kind == PartyNameKind.DEMONYM
        ],
        "predecessors": [
            Followed(id=row.predecessor, on=row.followed, source=row.source) for row in found.predecessors
        ],
        "successors": [
            Followed(id=row.successor, on=row.followed, source=row.source) for row in found.successors
        ],
    }
