"""What routes ask for: a session to read or write with, lists, and a check of the parameter names."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated, Any, TypeVar, get_origin

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.conditional import CACHED
from app.api.fields import only
from app.api.handlers import nearest
from app.api.links import list_links
from app.api.responses.shared import facet_counts, highlights_response, searched_list_body
from app.domain.keys import holds_token
from app.errors import TokenInAddress
from app.ingestion.parser_pool import ParserPool
from app.queries.paging import Page
from app.queries.versions import find_version
from app.storage.reading import connect

_MAX_SHOWN = 60
_Envelope = TypeVar("_Envelope", bound=BaseModel)


async def open_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Open the request's one transaction: read only, and one snapshot for all of its statements."""
    async with request.app.state.sessions() as session:
        await connect(session)
        yield session
        # Reached where the route has made its answer: the version is that of the snapshot it was read in.
        request.state.version = await find_version(session, request.url.path)


async def open_writing_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Open the request's one transaction, and commit it before the answer goes out; an error undoes it."""
    async with request.app.state.writing_sessions() as session:
        await connect(session)
        yield session
        await session.commit()


ReadSession = Annotated[AsyncSession, Depends(open_session, scope="function")]

WriteSession = Annotated[AsyncSession, Depends(open_writing_session, scope="function")]


def find_parsers(request: Request) -> ParserPool:
    """Return the processes that parse."""
    pool: ParserPool = request.app.state.parsers
    return pool


Parsers = Annotated[ParserPool, Depends(find_parsers)]


class Lists:
    """Wraps what was found, with the address of the next page in a header too."""

    def __init__(self, request: Request, response: Response) -> None:
        self.request = request
        self.response = response

    def page(
        self,
        envelope: type[_Envelope],
        page: Page[Any],
        show: Callable[[Any], BaseModel],
        fields: Sequence[str] = (),
    ) -> _Envelope:
        """Return one page in its envelope, of each result only the fields asked for."""
        self._link(page)
        meta = {"count": page.count, "limit": page.limit, "next_cursor": page.next_cursor}
        listed = {"meta": meta, "results": [only(show(row), fields) for row in page.rows]}
        more = {
            "facets": facet_counts(page.facets),
            "highlights": highlights_response(page.highlights),
        }
        known = {name: value for name, value in more.items() if name in envelope.model_fields}
        return envelope.model_validate({**listed, **known})

    def documents(self, page: Page[bytes]) -> Response:
        """Return one page of documents that are JSON already."""
        self._link(page)
        return self.document(searched_list_body(page))

    def document(self, body: bytes) -> Response:
        """Return a document that is JSON already."""
        return Response(body, headers=dict(self.response.headers), media_type="application/json")

    def _link(self, page: Page[Any]) -> None:
        if links := list_links(self.request.url, page.next_cursor):
            self.response.headers["Link"] = links

    def whole(
        self,
        envelope: type[_Envelope],
        rows: Sequence[Any],
        show: Callable[[Any], BaseModel],
        limit: int | None = None,
        fields: Sequence[str] = (),
    ) -> _Envelope:
        """Return all there is, where a list is never long."""
        return self.page(envelope, Page.whole(rows, limit), show, fields)


# All are asynchronous: FastAPI sends others through a thread, which costs more than they do.
async def _lists(request: Request, response: Response) -> Lists:
    return Lists(request, response)


Listing = Annotated[Lists, Depends(_lists)]


async def allow_caching(response: Response) -> None:
    """Let shared caches keep an answer for a minute."""
    response.headers["Cache-Control"] = CACHED


async def check_parameter_names(request: Request) -> None:
    """Refuse a parameter that the route does not have, and one given twice that takes one value."""
    known = _parameters(request)
    if holds_token(request.url.query):
        raise TokenInAddress
    given = [name for name, _ in request.query_params.multi_items()]
    told = [_unknown(name, list(known)) for name in dict.fromkeys(given) if name not in known]
    told += [
        _refusal("repeated_parameter", name, f"The parameter {name} takes one value")
        for name, several in known.items()
        if not several and given.count(name) > 1
    ]
    if told:
        raise RequestValidationError(told)


def _parameters(request: Request) -> dict[str, bool]:
    """Return the route's query parameters, and whether each may be repeated."""
    models = [field.field_info.annotation for field in request.scope["route"].dependant.query_params]
    return {
        name: get_origin(field.annotation) is tuple
        for model in models
        if model is not None
        for name, field in model.model_fields.items()
    }


def _unknown(name: str, known: Sequence[str]) -> dict[str, Any]:
    shown = name if len(name) <= _MAX_SHOWN and name.isprintable() else f"{name[:10]!a}…"
    detail = f"There is no parameter {shown} here"
    return _refusal("unknown_parameter", shown, detail, nearest(name[:_MAX_SHOWN], known))


def _refusal(code: str, name: str, detail: str, suggestion: str | None = None) -> dict[str, Any]:
    return {"type": code, "loc": ("query", name), "msg": detail, "ctx": {"suggestion": suggestion}}
