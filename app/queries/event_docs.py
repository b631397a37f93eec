"""Events as the documents that are kept of them."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import EventKind
from app.queries.access_path import find_keys
from app.queries.asked import resolve_parties
from app.queries.event_filter import EventFilter, keep_ranked
from app.queries.events import find_event_highlights
from app.queries.paging import Page, read_page
from app.queries.rows import read_docs
from app.queries.streaming import stream_statement
from app.storage.tables import event, event_doc


async def find_event_docs(
    session: AsyncSession,
    wanted: EventFilter,
    *also: ColumnElement[bool],
    scope: str = "",
) -> Page[bytes]:
    """Return one page of events as JSON; the same events as `find_events` finds."""
    asked = await resolve_parties(session, wanted)
    keys = find_keys(wanted, asked, also)
    ranked = keep_ranked(wanted, keys.statement)
    page = await read_page(session, ranked, keys.order, wanted, keys.statement, scope, total=keys.total)
    highlights = await find_event_highlights(session, page.rows, wanted.q)
    docs = await find_event_docs_by_id(session, [row.id for row in page.rows])
    return page.of(list(docs.values()), highlights=highlights)


async def stream_event_docs(session: AsyncSession, wanted: EventFilter) -> AsyncIterator[Sequence[bytes]]:
    """Yield all of these events as JSON, in batches, by a cursor of the database."""
    keys = find_keys(wanted, await resolve_parties(session, wanted), ())
    # Looked up, not joined: of millions Postgres would sort the documents before it answered with the first.
    doc = select(event_doc.c.doc).where(event_doc.c.event == keys.order.id).scalar_subquery().label("doc")
    docs = keep_ranked(wanted, keys.statement).with_only_columns(doc).order_by(*keys.order.by())
    async for rows in stream_statement(session, docs):
        yield [row.doc for row in rows if row.doc is not None]


async def find_event_docs_by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """Return events as JSON by their ids, in the same order, without those merged into others."""
    return await read_docs(session, event_doc.c.event, event_doc.c.doc, ids)


async def find_event_doc(session: AsyncSession, text: str, kinds: Sequence[EventKind] = ()) -> bytes | None:
    """Return an event as JSON; None where there is none by this id, or it has moved to another."""
    found = select(event_doc.c.doc).where(event_doc.c.event == row_id(Prefix.EVENT, text))
    if kinds:
        found = found.join(event, event.c.id == event_doc.c.event).where(event.c.kind.in_(kinds))
    doc: bytes | None = (await session.execute(found)).scalar_one_or_none()
    return doc
