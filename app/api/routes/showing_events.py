"""How events are answered: with the documents kept of them, or from their rows where more is asked for."""

from collections.abc import Collection, Sequence
from typing import Annotated

from fastapi import Response
from pydantic import Field
from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.dependencies import Lists
from app.api.fields import FIELDS, FieldOf, only
from app.api.responses.events import EventList, EventResponse, event_response
from app.api.routes.parameters import FACETS, Shown
from app.domain.vocabulary import EventKind
from app.queries.dimensions import DIMENSIONS, EventDimension
from app.queries.event_docs import find_event_doc, find_event_docs
from app.queries.event_filter import EventFilter, Expansion
from app.queries.events import find_events, get_event
from app.queries.values import Several


class OneEvent(Shown):
    """How one event is shown."""

    fields: tuple[Annotated[str, FieldOf(EventResponse)], ...] = FIELDS


class ManyEvents(OneEvent):
    """How a list of events is shown."""

    facet: Several[EventDimension] = Field(default=(), description=FACETS + DIMENSIONS)


async def show_events(
    session: AsyncSession,
    lists: Lists,
    wanted: EventFilter,
    *also: ColumnElement[bool],
    shown: ManyEvents,
    scope: str = "",
) -> EventList | Response:
    """Return a page of events; `also` and `scope` are what an address adds to the filters."""
    if shown.fields or shown.expand or shown.facet:
        found = await find_events(session, wanted, *also, scope=scope, facet=shown.facet, expand=shown.expand)
        return lists.page(EventList, found, event_response, shown.fields)
    return lists.documents(await find_event_docs(session, wanted, *also, scope=scope))


async def show_event(
    session: AsyncSession,
    lists: Lists,
    text: str,
    expand: Collection[Expansion],
    fields: Sequence[str],
    kinds: Sequence[EventKind] = (),
) -> EventResponse | Response:
    """Return one event by its id, of one of the kinds where any are given."""
    if not (fields or expand) and (doc := await find_event_doc(session, text, kinds)) is not None:
        return lists.document(doc)
    return only(event_response(await get_event(session, text, kinds, expand)), fields)
