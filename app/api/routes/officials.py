"""People, and the offices they held."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from app.api.dependencies import Listing, ReadSession
from app.api.fields import FIELDS, FieldOf, only
from app.api.responses.events import EventList
from app.api.responses.history import OfficialVersionList, official_versions
from app.api.responses.officials import (
    OfficialList,
    OfficialResponse,
    TenureList,
    official_response,
    tenure_response,
)
from app.api.routes.events import EventQuery
from app.api.routes.parameters import FACETS, OF_LISTS, OF_ONE, OF_ONE_LISTS, OfficialId
from app.api.routes.showing_events import show_events
from app.queries.changes import ChangedEntity
from app.queries.event_filter import has_official
from app.queries.history import find_history
from app.queries.official_filter import OfficialDimension, OfficialFilter, TenureFilter
from app.queries.officials import find_officials, find_tenures, get_official, require_official
from app.queries.paging import Filter
from app.queries.values import Several

router = APIRouter(tags=["officials"])


class OfficialQuery(OfficialFilter):
    """What `/v1/officials` can be asked for: what they are called, their offices, and their events."""

    facet: Several[OfficialDimension] = Field(default=(), description=FACETS)
    fields: tuple[Annotated[str, FieldOf(OfficialResponse)], ...] = FIELDS


class OneOfficial(Filter):
    """How one of them is shown."""

    fields: tuple[Annotated[str, FieldOf(OfficialResponse)], ...] = FIELDS


@router.get("/officials", summary="List officials", operation_id="list_officials", responses=OF_LISTS)
async def list_officials(
    wanted: Annotated[OfficialQuery, Query()], session: ReadSession, lists: Listing
) -> OfficialList:
    """Return people who act for a party, with the parties they acted for and when."""
    found = await find_officials(session, wanted, wanted.facet)
    return lists.page(OfficialList, found, official_response, wanted.fields)


@router.get(
    "/officials/{id}",
    summary="Get an official",
    operation_id="get_official",
    responses=OF_ONE,
    response_model_exclude_unset=True,
)
async def read_official(
    official_id: OfficialId, wanted: Annotated[OneOfficial, Query()], session: ReadSession
) -> OfficialResponse:
    """Return one official by id."""
    return only(official_response(await get_official(session, official_id)), wanted.fields)


@router.get(
    "/officials/{id}/tenures",
    summary="List an official's offices",
    operation_id="list_tenures",
    responses=OF_ONE,
)
async def list_tenures(
    official_id: OfficialId,
    wanted: Annotated[TenureFilter, Query()],
    session: ReadSession,
    lists: Listing,
) -> TenureList:
    """Return the offices held, with first and last day; a missing last day is unknown, not current."""
    return lists.whole(TenureList, await find_tenures(session, official_id, wanted), tenure_response)


@router.get(
    "/officials/{id}/events",
    summary="List an official's events",
    operation_id="list_official_events",
    responses=OF_ONE_LISTS,
    response_model=EventList,
    response_model_exclude_unset=True,
)
async def list_official_events(
    official_id: OfficialId, wanted: Annotated[EventQuery, Query()], session: ReadSession, lists: Listing
) -> EventList | Response:
    """Return the events that an official took part in."""
    await require_official(session, official_id)
    took_part = has_official((official_id,))
    return await show_events(session, lists, wanted, took_part, shown=wanted, scope=official_id)


@router.get(
    "/officials/{id}/history",
    summary="List an official's versions",
    operation_id="list_official_versions",
    responses=OF_ONE,
)
async def list_official_versions(
    official_id: OfficialId, session: ReadSession, lists: Listing
) -> OfficialVersionList:
    """Return every past version of an official, and what each one changed, the first one first."""
    rows = await find_history(session, ChangedEntity.OFFICIAL, official_id)
    return lists.whole(OfficialVersionList, official_versions(rows), lambda one: one)
