"""An article's text withdrawn: the words go, with every quote; the hash and the facts stay."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import ChangeAction
from app.errors import NotFound
from app.storage.changes import Changed, check_version
from app.storage.dependents import log_with_dependents, touch_events
from app.storage.edits import Edit, note
from app.storage.kept_answers import forget_answers_about
from app.storage.search_text import add_search_text
from app.storage.tables import ArticleRow, evidence, report


async def withdraw_text(
    session: AsyncSession, article_id: UUID, edit: Edit, version: int | None = None
) -> None:
    """Delete an article's text for good; handed in again, it is not stored again. The caller commits."""
    row = await session.get(ArticleRow, article_id, with_for_update=True)
    if row is None:
        raise NotFound
    await check_version(session, "article", article_id, version)
    if row.text_withdrawn_at is not None:
        return
    row.text_withdrawn_at = (await session.execute(select(func.now()))).scalar_one()
    row.text = None
    await session.flush()
    await note(session, edit, "article.withdraw", Prefix.ARTICLE, article_id)
    reports = select(report.c.id).where(report.c.article == article_id)
    await session.execute(update(evidence).where(evidence.c.report.in_(reports)).values(quote=None))
    await add_search_text(session, article_id)
    await forget_answers_about(session, public_id(Prefix.ARTICLE, article_id))
    gone = Changed(ChangeAction.UPDATE, "article", str(article_id), {"text": "held"}, {"text": "withdrawn"})
    changes = [gone]
    told = select(report.c.event).where(report.c.article == article_id).distinct().order_by(report.c.event)
    await touch_events(session, (await session.execute(told)).scalars().all(), changes)
    await log_with_dependents(session, changes)
