"""Events of every kind, and each source's own account."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import Listing, ReadSession
from app.api.responses.events import EventList, EventResponse, event_response
from app.api.responses.reports import ReportList, report_response
from app.api.routes.parameters import OF_LISTS, OF_MOVED, EventId
from app.queries.event_filter import EventFilter
from app.queries.events import find_events, find_reports, get_event

router = APIRouter(tags=["events"])


@router.get("/events", summary="List events", operation_id="list_events", responses=OF_LISTS)
async def list_events(
    wanted: Annotated[EventFilter, Query()], session: ReadSession, lists: Listing
) -> EventList:
    """Return events of every kind, by default those that occurred and are not doubted."""
    return lists.page(EventList, await find_events(session, wanted), event_response)


@router.get("/events/{id}", summary="Get an event", operation_id="get_event", responses=OF_MOVED)
async def read_event(event_id: EventId, session: ReadSession) -> EventResponse:
    """Return one event by id, whatever its status; the id of one merged into another answers 308."""
    return event_response(await get_event(session, event_id))


@router.get(
    "/events/{id}/reports", summary="List an event's reports", operation_id="list_reports", responses=OF_MOVED
)
async def list_reports(event_id: EventId, session: ReadSession, lists: Listing) -> ReportList:
    """Return each article's own account of an event, and the words that its fields rest on."""
    return lists.whole(ReportList, await find_reports(session, event_id), report_response)
