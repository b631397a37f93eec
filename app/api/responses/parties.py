"""What countries and organizations look like, who belongs to what, and what a word may stand for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import ListResponse, example
from app.domain.vocabulary import CountryStatus, MembershipLevel, PartyKind, PartyNameKind
from app.queries.names import Candidate
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
_IMCTC: dict[str, Any] = {
    "id": "IMCTC",
    "kind": "organization",
    "name": "Islamic Military Counter Terrorism Coalition",
    "official_name": "Islamic Military Counter Terrorism Coalition",
    "wikidata": "Q21819284",
    "founded": "2015-12-15",
    "dissolved": None,
    "aliases": [{"name": "IMCTC", "kind": "abbreviation", "language": "en"}],
    "stated_members": 43,
    "listed_members": 42,
    "headquarters": {"city": "Riyadh", "country": "SAU"},
    "source": "imctc.org editorial",
}
_MEMBERSHIP: dict[str, Any] = {
    "level": "full",
    "valid_from": "2015-12-15",
    "valid_to": None,
    "source": "imctc.org: Member Countries",
}
_MEMBER = {"country": "PAK", "name": "Pakistan", **_MEMBERSHIP}
_CANDIDATE = {
    "id": "IRQ",
    "kind": "country",
    "name": "Iraq",
    "matched": "Iraqi",
    "how": "demonym",
    "score": 0.9,
}
_ONE_PAGE = {"count": 1, "limit": 50, "next_cursor": None}


class Alias(BaseModel):
    """A further name of a party."""

    model_config = example({"name": "UAE", "kind": "abbreviation", "language": "en"})

    name: str
    kind: PartyNameKind = Field(description="alias or abbreviation.")
    language: str = Field(description="BCP 47 tag.")


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


class MembershipFacts(BaseModel):
    """As what and when a country belongs."""

    level: MembershipLevel = Field(description="full, associate, observer or suspended.")
    valid_from: date | None
    valid_to: date | None = Field(description="Last day; null where it goes on or is unknown.")
    source: str


class CountryMembership(MembershipFacts):
    """An organization that a country belongs to."""

    model_config = example({"organization": "IMCTC", "name": _IMCTC["name"], **_MEMBERSHIP})

    organization: str
    name: str


class CountryDetail(CountryResponse):
    """A country with its memberships."""

    model_config = example({**_IRAQ, "memberships": []})

    memberships: list[CountryMembership]


class CountryList(ListResponse[CountryResponse]):
    """A page of countries."""

    model_config = example({"meta": _ONE_PAGE, "results": [_IRAQ]})


class Headquarters(BaseModel):
    """Where an organization sits."""

    model_config = example({"city": "Riyadh", "country": "SAU"})

    city: str | None
    country: str | None


class OrganizationResponse(BaseModel):
    """An organization, forum, court or mission that can be a party."""

    model_config = example(_IMCTC)

    id: str
    kind: PartyKind = Field(description="organization.")
    name: str
    official_name: str | None
    wikidata: str | None
    founded: str | None = Field(description="ISO 8601, as precise as known.")
    dissolved: str | None = Field(description="ISO 8601, as precise as known.")
    aliases: list[Alias]
    stated_members: int | None = Field(description="How many members it says that it has.")
    listed_members: int = Field(description="How many full members of today are listed here.")
    headquarters: Headquarters
    source: str


class OrganizationList(ListResponse[OrganizationResponse]):
    """A page of organizations."""

    model_config = example({"meta": _ONE_PAGE, "results": [_IMCTC]})


class Member(MembershipFacts):
    """A country that belongs to an organization."""

    model_config = example(_MEMBER)

    country: str
    name: str


class MemberList(ListResponse[Member]):
    """The members of an organization, by country and day."""

    model_config = example({"meta": _ONE_PAGE, "results": [_MEMBER]})


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


class CandidateList(ListResponse[CandidateResponse]):
    """What a word may stand for, surest first."""

    model_config = example({"meta": {"count": 1, "limit": 1, "next_cursor": None}, "results": [_CANDIDATE]})


def country_response(found: FoundParty) -> CountryResponse:
    """Show a country."""
    return CountryResponse(**_country_facts(found))


def country_detail(found: tuple[FoundParty, Sequence[Any]]) -> CountryDetail:
    """Show a country with the organizations that it belongs or belonged to."""
    country, rows = found
    memberships = [
        CountryMembership(organization=row.organization, name=row.party_name, **_membership_facts(row))
        for row in rows
    ]
    return CountryDetail(memberships=memberships, **_country_facts(country))


def organization_response(found: FoundParty) -> OrganizationResponse:
    """Show an organization."""
    row = found.row
    same = ("id", "kind", "name", "official_name", "wikidata", "founded", "dissolved", "source")
    return OrganizationResponse(
        aliases=_aliases(found),
        stated_members=row.stated_members,
        listed_members=row.listed_members,
        headquarters=Headquarters(city=row.headquarters_city, country=row.headquarters_country),
        **{name: getattr(row, name) for name in same},
    )


def member_response(row: Any) -> Member:
    """Show a member of an organization."""
    return Member(country=row.country, name=row.party_name, **_membership_facts(row))


def candidate_response(found: Candidate) -> CandidateResponse:
    """Show a party that a word may stand for."""
    return CandidateResponse(
        id=found.id,
        kind=found.kind,
        name=found.name,
        matched=found.matched,
        how=found.how,
        score=found.score,
    )


def _country_facts(found: FoundParty) -> dict[str, Any]:
    listed = ("aliases", "demonyms", "predecessors", "successors", "memberships")
    facts = {name: getattr(found.row, name) for name in CountryResponse.model_fields if name not in listed}
    return {
        **facts,
        "aliases": _aliases(found),
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


def _aliases(found: FoundParty) -> list[Alias]:
    further = (PartyNameKind.ALIAS, PartyNameKind.ABBREVIATION)
    return [
        Alias(name=row.name, kind=row.kind, language=row.language)
        for row in found.names
        if row.kind in further and row.name != found.row.name
    ]


def _membership_facts(row: Any) -> dict[str, Any]:
    return {
        "level": row.level,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "source": row.source,
    }
