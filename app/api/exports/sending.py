"""A whole list on its way to a reader: one snapshot, held open while its bytes are sent."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.types import Receive, Scope, Send

from app.api.conditional import CACHED
from app.api.exports.formats import About, Format, content_type
from app.api.exports.lists import WRITERS, ExportList, fields_asked
from app.api.exports.parquet import require_pyarrow
from app.api.fields import only
from app.api.links import list_links
from app.errors import ExportTooLarge, TooManyExports
from app.queries.streaming import exceeds
from app.queries.versions import find_version, last_change_at
from app.storage.reading import connect

_Batches = AsyncIterator[Sequence[Any]]

MOST_AT_ONCE = 4
"""Exports under way at a time; each holds a connection of the pool, and pages need some too."""


class Exports:
    """Sends lists as files."""

    def __init__(self, request: Request) -> None:
        self.request = request

    async def send(self, listed: ExportList, form: str, wanted: BaseModel) -> Response:
        """Return a list in a format: all of it, or one page where a limit or a cursor is given."""
        wanted_format = Format(form)
        fields = fields_asked(wanted_format, wanted)
        if wanted_format is Format.PARQUET:
            require_pyarrow()
        async with AsyncExitStack() as opening:
            await self._take_turn(opening)
            session = await opening.enter_async_context(self.request.app.state.sessions())
            await connect(session)
            batches, headers = await self._read(session, listed, wanted, wanted_format)
            # The first rows are read before the answer begins, so that what is wrong is still a problem.
            first: Sequence[Any] = await anext(batches, [])
            about = await self._about(session, listed, fields)
            self.request.state.version = await find_version(session, "")
            body = WRITERS[wanted_format](_from(first, batches), about)
            open_until_sent = opening.pop_all()
        return _Sending(
            body,
            open_until_sent,
            media_type=content_type(wanted_format),
            headers={
                "Cache-Control": CACHED,
                "Content-Disposition": f'inline; filename="{listed.name}.{wanted_format}"',
                **headers,
            },
        )

    async def _take_turn(self, opening: AsyncExitStack) -> None:
        turns = self.request.app.state.exports
        if turns.locked():
            raise TooManyExports
        await opening.enter_async_context(turns)

    async def _read(
        self, session: AsyncSession, listed: ExportList, wanted: BaseModel, form: Format
    ) -> tuple[_Batches, dict[str, str]]:
        fields = fields_asked(form, wanted)
        if listed.find is None:
            return listed.shown(session, wanted, form, fields), {}
        if {"limit", "cursor"} & wanted.model_fields_set:
            page = await listed.find(session, wanted.model_copy(update={"count": False}))
            links = list_links(self.request.url, page.next_cursor)
            shown = [only(listed.show(row), fields) for row in page.rows]
            return _from(shown), {"Link": links} if links else {}
        most = self.request.app.state.export_max_rows
        if most is not None and await exceeds(session, listed.find, wanted, most):
            raise ExportTooLarge(most)
        return listed.shown(session, wanted, form, fields), {}

    async def _about(self, session: AsyncSession, listed: ExportList, fields: tuple[str, ...]) -> About:
        root = str(self.request.base_url).rstrip("/")
        changed_at = await last_change_at(session)
        return listed.about(str(self.request.url), root, changed_at, fields)


Exporting = Annotated[Exports, Depends()]


class _Sending(StreamingResponse):
    """A stream that closes what it reads from, also where the reader leaves early."""

    def __init__(self, body: AsyncIterator[bytes], opened: AsyncExitStack, **facts: Any) -> None:
        super().__init__(body, **facts)
        self._opened = opened

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._opened:
            if scope["state"].get("head"):
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                return await send({"type": "http.response.body", "body": b""})
            await super().__call__(scope, receive, send)
        return None


async def _from(first: Sequence[Any], rest: _Batches | None = None) -> _Batches:
    yield first
    if rest is not None:
        async for rows in rest:
            yield rows
