"""Countries, organizations and their members; what a word stands for."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from app.api.dependencies import Listing, ReadSession
from app.api.fields import FIELDS, FieldOf, only
from app.api.responses.countries import (
    CountryDetail,
    CountryList,
    CountryResponse,
    country_detail,
    country_response,
)
from app.api.responses.organizations import (
    MemberList,
    OrganizationList,
    OrganizationResponse,
    member_response,
    organization_response,
)
from app.api.responses.parties import CandidateList, candidate_response
from app.api.routes.parameters import FACETS, OF_LISTS, OF_ONE, PartyWord
from app.domain.vocabulary import PartyKind
from app.queries.names import rank_candidates
from app.queries.paging import Filter
from app.queries.parties import (
    CountryDimension,
    CountryFilter,
    MemberFilter,
    OrganizationFilter,
    ResolveQuery,
    find_countries,
    find_members,
    find_organizations,
    get_country,
    get_party,
)
from app.queries.values import Several

router = APIRouter(tags=["parties"])


class CountryQuery(CountryFilter):
    """What `/v1/countries` can be asked for."""

    facet: Several[CountryDimension] = Field(default=(), description=FACETS)
    fields: tuple[Annotated[str, FieldOf(CountryResponse)], ...] = FIELDS


class OrganizationQuery(OrganizationFilter):
    """What `/v1/organizations` can be asked for."""

    fields: tuple[Annotated[str, FieldOf(OrganizationResponse)], ...] = FIELDS


class OneCountry(Filter):
    """How one of them is shown."""

    fields: tuple[Annotated[str, FieldOf(CountryDetail)], ...] = FIELDS


class OneOrganization(Filter):
    """How one of them is shown."""

    fields: tuple[Annotated[str, FieldOf(OrganizationResponse)], ...] = FIELDS


@router.get("/countries", summary="List countries", operation_id="list_countries", responses=OF_LISTS)
async def list_countries(
    wanted: Annotated[CountryQuery, Query()], session: ReadSession, lists: Listing
) -> CountryList:
    """Return states, territories with an ISO code, and states that ended."""
    return lists.page(
        CountryList, await find_countries(session, wanted, wanted.facet), country_response, wanted.fields
    )


@router.get(
    "/countries/{id}",
    summary="Get a country",
    operation_id="get_country",
    responses=OF_ONE,
    response_model_exclude_unset=True,
)
async def read_country(
    word: PartyWord, wanted: Annotated[OneCountry, Query()], session: ReadSession
) -> CountryDetail:
    """Return one country by its id, any code or any name, with the organizations that it belongs to."""
    return only(country_detail(await get_country(session, word)), wanted.fields)


@router.get(
    "/organizations", summary="List organizations", operation_id="list_organizations", responses=OF_LISTS
)
async def list_organizations(
    wanted: Annotated[OrganizationQuery, Query()], session: ReadSession, lists: Listing
) -> OrganizationList:
    """Return organizations, forums, courts and missions that can be a party."""
    found = await find_organizations(session, wanted)
    return lists.page(OrganizationList, found, organization_response, wanted.fields)


@router.get(
    "/organizations/{id}",
    summary="Get an organization",
    operation_id="get_organization",
    responses=OF_ONE,
    response_model_exclude_unset=True,
)
async def read_organization(
    word: PartyWord, wanted: Annotated[OneOrganization, Query()], session: ReadSession
) -> OrganizationResponse:
    """Return one organization by its id, any code or any name."""
    return only(organization_response(await get_party(session, word, PartyKind.ORGANIZATION)), wanted.fields)


@router.get(
    "/organizations/{id}/members",
    summary="List an organization's members",
    operation_id="list_members",
    responses=OF_ONE,
)
async def list_members(
    word: PartyWord, wanted: Annotated[MemberFilter, Query()], session: ReadSession, lists: Listing
) -> MemberList:
    """Return the countries that belong or belonged to an organization, as what and when; all on one page."""
    return lists.whole(MemberList, await find_members(session, word, wanted), member_response)


@router.get(
    "/parties/resolve",
    summary="Find what a word stands for",
    operation_id="resolve_party",
    responses=OF_LISTS,
)
async def resolve_party(
    wanted: Annotated[ResolveQuery, Query()], session: ReadSession, lists: Listing
) -> CandidateList:
    """Return the countries and organizations that a name, an alias, a demonym or a code may stand for."""
    found = await rank_candidates(session, wanted.q, wanted.limit)
    return lists.whole(CandidateList, found, candidate_response, wanted.limit)
