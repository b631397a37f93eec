"""Pairs of parties."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies import Listing, ReadSession
from app.api.fields import FIELDS, FieldOf, only
from app.api.responses.dyads import DyadDetail, DyadList, DyadResponse, dyad_detail, dyad_response
from app.api.responses.events import EventList
from app.api.routes.events import EventQuery
from app.api.routes.parameters import OF_LISTS, OF_MOVED, OF_MOVED_LISTS, Pair
from app.api.routes.showing_events import show_events
from app.domain.parties import dyad_id
from app.queries.dimensions import EventDimension
from app.queries.dyads import DyadFilter, find_dyads, get_dyad, in_pair, require_pair
from app.queries.event_filter import TimelineFilter
from app.queries.paging import Filter

router = APIRouter(tags=["dyads"])


class DyadQuery(DyadFilter):
    """What `/v1/dyads` can be asked for: parties of the pairs, and which events count."""

    fields: tuple[Annotated[str, FieldOf(DyadResponse)], ...] = FIELDS


class TimelineQuery(TimelineFilter, EventQuery):
    """What a pair's timeline can be asked for."""


class OneDyad(Filter):
    """How one of them is shown."""

    fields: tuple[Annotated[str, FieldOf(DyadDetail)], ...] = FIELDS


@router.get("/dyads", summary="List dyads", operation_id="list_dyads", responses=OF_LISTS)
async def list_dyads(wanted: Annotated[DyadQuery, Query()], session: ReadSession, lists: Listing) -> DyadList:
    """Return pairs of parties that act in one event, each once, with counts by kind; most events first."""
    return lists.page(DyadList, await find_dyads(session, wanted), dyad_response, wanted.fields)


@router.get(
    "/dyads/{pair}",
    summary="Get a dyad",
    operation_id="get_dyad",
    responses=OF_MOVED,
    response_model_exclude_unset=True,
)
async def read_dyad(pair: Pair, wanted: Annotated[OneDyad, Query()], session: ReadSession) -> DyadDetail:
    """Return one pair with its counts, people and agreements, also where no event is known of it.

    `PAK-IRQ` answers 308 to `IRQ-PAK`.
    """
    return only(dyad_detail(await get_dyad(session, pair)), wanted.fields)


@router.get(
    "/dyads/{pair}/timeline",
    summary="List a dyad's events",
    operation_id="list_timeline",
    responses=OF_MOVED_LISTS,
    response_model=EventList,
    response_model_exclude_unset=True,
)
async def list_timeline(
    pair: Pair, wanted: Annotated[TimelineQuery, Query()], session: ReadSession, lists: Listing
) -> EventList | Response:
    """Return the events in which both parties act, earliest first; `PAK-IRQ` answers 308 to `IRQ-PAK`."""
    both = await require_pair(session, pair)
    here = dyad_id(*both)
    if wanted.pair or wanted.via or EventDimension.PAIR in wanted.facet:
        # These are of other parties than the address names; a facet leaves out its own filter.
        return await show_events(session, lists, wanted, in_pair(both), shown=wanted, scope=here)
    of_pair = wanted.model_copy(update={"pair": (here,)})
    return await show_events(session, lists, of_pair, shown=wanted, scope=here)
