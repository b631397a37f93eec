"""Meetings, calls and visits."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies import Listing, ReadSession
from app.api.responses.events import EventList, EventResponse
from app.api.routes.parameters import OF_LISTS, OF_MOVED, EventId
from app.api.routes.showing_events import ManyEvents, OneEvent, show_event, show_events
from app.domain.vocabulary import MEETING_KINDS
from app.queries.event_filter import MeetingFilter

router = APIRouter(tags=["meetings"])


class MeetingQuery(MeetingFilter, ManyEvents):
    """What `/v1/meetings` can be asked for."""


@router.get(
    "/meetings",
    summary="List meetings",
    operation_id="list_meetings",
    responses=OF_LISTS,
    response_model=EventList,
    response_model_exclude_unset=True,
)
async def list_meetings(
    wanted: Annotated[MeetingQuery, Query()], session: ReadSession, lists: Listing
) -> EventList | Response:
    """Return meetings, calls and visits; the same objects as under `/v1/events`."""
    return await show_events(session, lists, wanted, shown=wanted)


@router.get(
    "/meetings/{id}",
    summary="Get a meeting",
    operation_id="get_meeting",
    responses=OF_MOVED,
    response_model=EventResponse,
    response_model_exclude_unset=True,
)
async def read_meeting(
    event_id: EventId, wanted: Annotated[OneEvent, Query()], session: ReadSession, lists: Listing
) -> EventResponse | Response:
    """Return one meeting, call or visit by id; the id of one merged into another answers 308."""
    return await show_event(session, lists, event_id, wanted.expand, wanted.fields, MEETING_KINDS)
