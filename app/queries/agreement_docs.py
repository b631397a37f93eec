"""Agreements as the documents that are kept of them."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.queries.agreement_filter import AgreementFilter
from app.queries.agreement_path import find_agreement_keys
from app.queries.agreements import find_agreement_highlights
from app.queries.asked import resolve_parties
from app.queries.paging import Page, read_page
from app.queries.rows import read_docs
from app.storage.tables import agreement_doc


async def find_agreement_docs(session: AsyncSession, wanted: AgreementFilter) -> Page[bytes]:
    """Return one page of agreements as JSON; the same agreements as `find_agreements` finds."""
    keys = find_agreement_keys(wanted, await resolve_parties(session, wanted))
    page = await read_page(session, keys.statement, keys.order, wanted, keys.statement, total=keys.total)
    highlights = await find_agreement_highlights(session, page.rows, wanted.q)
    ids = [row.id for row in page.rows]
    docs = await read_docs(session, agreement_doc.c.agreement, agreement_doc.c.doc, ids)
    return page.of(list(docs.values()), highlights=highlights)


async def find_agreement_doc(session: AsyncSession, text: str) -> bytes | None:
    """Return an agreement as JSON; None where there is none by this id, or it has moved to another."""
    found = select(agreement_doc.c.doc).where(agreement_doc.c.agreement == row_id(Prefix.AGREEMENT, text))
    doc: bytes | None = (await session.execute(found)).scalar_one_or_none()
    return doc
