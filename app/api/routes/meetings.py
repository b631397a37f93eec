"""Meetings, calls and visits."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import Listing, ReadSession
from app.api.fields import only
from app.api.responses.events import EventList, EventResponse, event_response
from app.api.routes.events import ManyEvents, OneEvent
from app.api.routes.parameters import OF_LISTS, OF_MOVED, EventId
from app.queries.event_filter import MeetingFilter
from app.queries.events import find_events, get_meeting

router = APIRouter(tags=["meetings"])


class MeetingQuery(MeetingFilter, ManyEvents):
    """What `/v1/meetings` can be asked for."""


@router.get(
    "/meetings",
    summary="List meetings",
    operation_id="list_meetings",
    responses=OF_LISTS,
    response_model_exclude_unset=True,
)
async def list_meetings(
    wanted: Annotated[MeetingQuery, Query()], session: ReadSession, lists: Listing
) -> EventList:
    """Return meetings, calls and visits; the same objects as under `/v1/events`."""
    found = await find_events(session, wanted, facet=wanted.facet, expand=wanted.expand)
    return lists.page(EventList, found, event_response, wanted.fields)


@router.get(
    "/meetings/{id}",
    summary="Get a meeting",
    operation_id="get_meeting",
    responses=OF_MOVED,
    response_model_exclude_unset=True,
)
async def read_meeting(
    event_id: EventId, wanted: Annotated[OneEvent, Query()], session: ReadSession
) -> EventResponse:
    """Return one meeting, call or visit by id; the id of one merged into another answers 308."""
    found = await get_meeting(session, event_id, wanted.expand)
    return only(event_response(found), wanted.fields)
