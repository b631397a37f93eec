"""Events of every kind, each source's own account, and every past version."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies import Listing, ReadSession
from app.api.responses.events import EventList, EventResponse
from app.api.responses.history import VersionList, versions_of
from app.api.responses.reports import ReportList, report_response
from app.api.responses.timeseries import TimeseriesResponse, timeseries_response
from app.api.routes.parameters import OF_LISTS, OF_MOVED, OF_QUERIES, EventId
from app.api.routes.showing_events import ManyEvents, OneEvent, show_event, show_events
from app.queries.changes import ChangedEntity
from app.queries.event_filter import EventFilter
from app.queries.events import find_reports
from app.queries.history import find_history
from app.queries.series_filter import TimeseriesFilter
from app.queries.timeseries import count_by_period

router = APIRouter(tags=["events"])


class EventQuery(EventFilter, ManyEvents):
    """What `/v1/events` can be asked for."""


@router.get(
    "/events",
    summary="List events",
    operation_id="list_events",
    responses=OF_LISTS,
    response_model=EventList,
    response_model_exclude_unset=True,
)
async def list_events(
    wanted: Annotated[EventQuery, Query()], session: ReadSession, lists: Listing
) -> EventList | Response:
    """Return events of every kind, by default those that occurred and are not doubted."""
    return await show_events(session, lists, wanted, shown=wanted)


@router.get(
    "/events/timeseries",
    summary="Count events by period",
    operation_id="get_timeseries",
    responses=OF_QUERIES,
)
async def read_timeseries(
    wanted: Annotated[TimeseriesFilter, Query()], session: ReadSession
) -> TimeseriesResponse:
    """Return a row for each period and group, zeros included, that plots as it comes."""
    return timeseries_response(await count_by_period(session, wanted), wanted)


@router.get(
    "/events/{id}",
    summary="Get an event",
    operation_id="get_event",
    responses=OF_MOVED,
    response_model=EventResponse,
    response_model_exclude_unset=True,
)
async def read_event(
    event_id: EventId, wanted: Annotated[OneEvent, Query()], session: ReadSession, lists: Listing
) -> EventResponse | Response:
    """Return one event by id, whatever its status; the id of one merged into another answers 308."""
    return await show_event(session, lists, event_id, wanted.expand, wanted.fields)


@router.get(
    "/events/{id}/reports", summary="List an event's reports", operation_id="list_reports", responses=OF_MOVED
)
async def list_reports(event_id: EventId, session: ReadSession, lists: Listing) -> ReportList:
    """Return each article's own account of an event, and the words that its fields rest on."""
    return lists.whole(ReportList, await find_reports(session, event_id), report_response)


@router.get(
    "/events/{id}/history",
    summary="List an event's versions",
    operation_id="list_versions",
    responses=OF_MOVED,
)
async def list_versions(event_id: EventId, session: ReadSession, lists: Listing) -> VersionList:
    """Return every past version of an event, and what each one changed, the first one first."""
    rows = await find_history(session, ChangedEntity.EVENT, event_id)
    return lists.whole(VersionList, versions_of(rows), lambda one: one)
