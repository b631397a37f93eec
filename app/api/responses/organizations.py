"""What an organization and its members look like."""

from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.parties import MEMBERSHIP, Alias, MembershipFacts, aliases_of, membership_facts
from app.api.responses.shared import ONE_PAGE, ListResponse, example
from app.domain.vocabulary import PartyKind
from app.queries.parties import FoundParty

_IMCTC: dict[str, Any] = {
    "id": "IMCTC",
    "kind": "organization",
    "name": "Islamic Military Counter Terrorism Coalition",
    "official_name": "Islamic Military Counter Terrorism Coalition",
    "wikidata": None,
    "founded": "2015-12-15",
    "dissolved": None,
    "aliases": [{"name": "IMCTC", "kind": "abbreviation", "language": "en"}],
    "stated_members": 43,
    "listed_members": 42,
    "headquarters": {"city": "Riyadh", "country": "SAU"},
    "source": "imctc.org editorial",
}
_MEMBER = {"country": "PAK", "name": "Pakistan", **MEMBERSHIP}


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

    model_config = example({"meta": ONE_PAGE, "results": [_IMCTC]})


class Member(MembershipFacts):
    """A country that belongs to an organization."""

    model_config = example(_MEMBER)

    country: str
    name: str


class MemberList(ListResponse[Member]):
    """The members of an organization, by country and day."""

    model_config = example({"meta": ONE_PAGE, "results": [_MEMBER]})


def organization_response(found: FoundParty) -> OrganizationResponse:
    """Show an organization."""
    row = found.row
    same = ("id", "kind", "name", "official_name", "wikidata", "founded", "dissolved", "source")
    return OrganizationResponse(
        aliases=aliases_of(found),
        stated_members=row.stated_members,
        listed_members=row.listed_members,
        headquarters=Headquarters(city=row.headquarters_city, country=row.headquarters_country),
        **{name: getattr(row, name) for name in same},
    )


def member_response(row: Any) -> Member:
    """Show a member of an organization."""
    return Member(country=row.country, name=row.party_name, **membership_facts(row))
