"""Pairs of parties."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import Listing, ReadSession
from app.api.responses.dyads import DyadList, DyadResponse, dyad_response
from app.api.routes.parameters import OF_LISTS, OF_MOVED, Pair
from app.queries.dyads import DyadFilter, find_dyads, get_dyad

router = APIRouter(tags=["dyads"])


@router.get("/dyads", summary="List dyads", operation_id="list_dyads", responses=OF_LISTS)
async def list_dyads(
    wanted: Annotated[DyadFilter, Query()], session: ReadSession, lists: Listing
) -> DyadList:
    """Return pairs of parties that act in one event, each once, with counts by kind."""
    return lists.page(DyadList, await find_dyads(session, wanted), dyad_response)


@router.get("/dyads/{pair}", summary="Get a dyad", operation_id="get_dyad", responses=OF_MOVED)
async def read_dyad(pair: Pair, session: ReadSession) -> DyadResponse:
    """Return one pair, also where no event is known of it; `PAK-IRQ` answers 308 to `IRQ-PAK`."""
    return dyad_response(await get_dyad(session, pair))
