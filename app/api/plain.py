"""Plain lists of events and single events, answered from their documents before any route."""

import re
from functools import cache
from typing import get_origin
from urllib.parse import parse_qsl

from pydantic import ValidationError
from starlette.datastructures import URL
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.conditional import CACHED
from app.api.links import list_links
from app.api.responses.shared import searched_list_body
from app.api.routes.events import EventQuery
from app.api.routes.meetings import MeetingQuery
from app.domain.vocabulary import MEETING_KINDS
from app.errors import CursorNotUsable
from app.queries.event_filter import EventFilter
from app.queries.plain_lists import find_plain_event, find_plain_page, plain_list
from app.queries.versions import Version
from app.storage.reading import NO_ANSWER

_LISTS: dict[str, type[EventFilter]] = {"/v1/events": EventQuery, "/v1/meetings": MeetingQuery}
_ONE = re.compile(r"/v1/(events|meetings)/(evt_[0-9a-f]{32})")
_KINDS = {"events": (), "meetings": MEETING_KINDS}


class Plain:
    """Answer what most ask for, in one statement; all else, and whatever is wrong, goes on to the routes.

    The routes would answer the same, byte for byte. Whoever shows a key goes to them: they know who may.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a plain question, or pass it on."""
        answer = None
        if scope["type"] == "http" and scope["method"] == "GET" and not _shows_a_key(scope):
            try:
                answer = await _answer(scope)
            except NO_ANSWER:
                answer = None
        await (answer or self.app)(scope, receive, send)


def _shows_a_key(scope: Scope) -> bool:
    return any(name == b"authorization" for name, _ in scope["headers"])


async def _answer(scope: Scope) -> Response | None:
    path = scope["path"]
    if path in _LISTS:
        return await _page(scope, _LISTS[path])
    if not scope["query_string"] and (match := _ONE.fullmatch(path)):
        async with scope["app"].state.connections() as connection:
            found = await find_plain_event(connection, match[2], _KINDS[match[1]])
        if found is not None:
            return _send(scope, found[0], Version(found[1], own=True))
    return None


async def _page(scope: Scope, query: type[EventFilter]) -> Response | None:
    wanted = _read_query(query, scope["query_string"])
    try:
        asked = plain_list(wanted) if wanted else None
    except CursorNotUsable:
        return None
    if wanted is None or asked is None:
        return None
    async with scope["app"].state.connections() as connection:
        found = await find_plain_page(connection, asked, wanted)
    if found is None:
        return None
    page, version = found
    links = list_links(URL(scope=scope), page.next_cursor)
    return _send(scope, searched_list_body(page), Version(version, own=False), links)


def _read_query(query: type[EventFilter], text: bytes) -> EventFilter | None:
    """Read parameters as FastAPI would; None where it would refuse them."""
    several = _parameters(query)
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(text.decode("latin-1"), keep_blank_values=True):
        given.setdefault(name, []).append(value)
    if any(name not in several or (len(values) > 1 and not several[name]) for name, values in given.items()):
        return None
    try:
        return query.model_validate(
            {name: values if several[name] else values[0] for name, values in given.items()}
        )
    except ValidationError:
        return None


@cache
def _parameters(query: type[EventFilter]) -> dict[str, bool]:
    """Return a query's parameters, and whether each may be repeated."""
    return {name: get_origin(field.annotation) is tuple for name, field in query.model_fields.items()}


def _send(scope: Scope, body: bytes, version: Version, links: str = "") -> Response:
    scope["state"]["version"] = version
    headers = {"Cache-Control": CACHED, **({"Link": links} if links else {})}
    return Response(body, headers=headers, media_type="application/json")
