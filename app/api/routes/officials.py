"""People, and the offices they held."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import Listing, ReadSession
from app.api.responses.officials import (
    OfficialList,
    OfficialResponse,
    TenureList,
    official_response,
    tenure_response,
)
from app.api.routes.parameters import OF_LISTS, OF_ONE, OfficialId
from app.queries.officials import OfficialFilter, find_officials, find_tenures, get_official

router = APIRouter(tags=["officials"])


@router.get("/officials", summary="List officials", operation_id="list_officials", responses=OF_LISTS)
async def list_officials(
    wanted: Annotated[OfficialFilter, Query()], session: ReadSession, lists: Listing
) -> OfficialList:
    """Return people who act for a party, with the parties they acted for and when."""
    return lists.page(OfficialList, await find_officials(session, wanted), official_response)


@router.get("/officials/{id}", summary="Get an official", operation_id="get_official", responses=OF_ONE)
async def read_official(official_id: OfficialId, session: ReadSession) -> OfficialResponse:
    """Return one official by id."""
    return official_response(await get_official(session, official_id))


@router.get(
    "/officials/{id}/tenures",
    summary="List an official's offices",
    operation_id="list_tenures",
    responses=OF_ONE,
)
async def list_tenures(official_id: OfficialId, session: ReadSession, lists: Listing) -> TenureList:
    """Return the offices held, with first and last day; a missing last day is unknown, not current."""
    return lists.whole(TenureList, await find_tenures(session, official_id), tenure_response)
