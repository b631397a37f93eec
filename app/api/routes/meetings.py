"""Meetings, calls and visits."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import Listing, ReadSession
from app.api.responses.events import EventList, EventResponse, event_response
from app.api.routes.parameters import OF_LISTS, OF_MOVED, EventId
from app.queries.event_filter import MeetingFilter
from app.queries.events import find_events, get_meeting

router = APIRouter(tags=["meetings"])


@router.get("/meetings", summary="List meetings", operation_id="list_meetings", responses=OF_LISTS)
async def list_meetings(
    wanted: Annotated[MeetingFilter, Query()], session: ReadSession, lists: Listing
) -> EventList:
    """Return meetings, calls and visits; the same objects as under `/v1/events`."""
    return lists.page(EventList, await find_events(session, wanted), event_response)


@router.get("/meetings/{id}", summary="Get a meeting", operation_id="get_meeting", responses=OF_MOVED)
async def read_meeting(event_id: EventId, session: ReadSession) -> EventResponse:
    """Return one meeting, call or visit by id; the id of one merged into another answers 308."""
    return event_response(await get_meeting(session, event_id))
