"""Events as the documents that are kept of them: found by their keys, and by revision in a cache."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import EventKind
from app.queries.access_path import find_keys
from app.queries.asked import resolve_parties
from app.queries.event_filter import EventFilter
from app.queries.paging import Page, read_page
from app.storage.tables import event, event_doc

_OVERHEAD = 200
"""Bytes that a document costs beside its own, about."""


class DocumentCache:
    """Documents by revision, up to so many bytes; a revision never changes, so nothing in it grows old."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = 0
        self._docs: OrderedDict[int, bytes] = OrderedDict()

    def get(self, revision: int) -> bytes | None:
        """Return a document, which is then the last to go."""
        doc = self._docs.get(revision)
        if doc is not None:
            self._docs.move_to_end(revision)
        return doc

    def put(self, revision: int, doc: bytes) -> None:
        """Keep a document, and let go of those that were not asked for the longest."""
        if revision not in self._docs:
            self._held += len(doc) + _OVERHEAD
            self._docs[revision] = doc
        while self._held > self._size:
            _, gone = self._docs.popitem(last=False)
            self._held -= len(gone) + _OVERHEAD


async def find_event_docs(
    session: AsyncSession,
    cache: DocumentCache,
    wanted: EventFilter,
    *also: ColumnElement[bool],
    scope: str = "",
) -> Page[bytes]:
    """Return one page of events as JSON; the same events as `find_events` finds."""
    asked = await resolve_parties(session, wanted)
    keys = find_keys(wanted, asked, also)
    page = await read_page(session, keys.statement, keys.order, wanted, keys.counted, scope, keys.total)
    return page.of(await _read_docs(session, cache, page.rows))


async def find_event_doc(session: AsyncSession, text: str, kinds: Sequence[EventKind] = ()) -> bytes | None:
    """Return an event as JSON; None where there is none by this id, or it has moved to another."""
    found = select(event_doc.c.doc).where(event_doc.c.event == row_id(Prefix.EVENT, text))
    if kinds:
        found = found.join(event, event.c.id == event_doc.c.event).where(event.c.kind.in_(kinds))
    doc: bytes | None = (await session.execute(found)).scalar_one_or_none()
    return doc


async def _read_docs(session: AsyncSession, cache: DocumentCache, keys: Sequence[Row[Any]]) -> list[bytes]:
    docs: dict[UUID, bytes] = {key.id: doc for key in keys if (doc := cache.get(key.revision)) is not None}
    missing = [key.id for key in keys if key.id not in docs]
    if missing:
        statement = select(event_doc.c.event, event_doc.c.revision, event_doc.c.doc)
        for row in await session.execute(statement.where(event_doc.c.event.in_(missing))):
            docs[row.event] = row.doc
            cache.put(row.revision, row.doc)
    return [docs[key.id] for key in keys]
