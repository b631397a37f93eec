"""From an article to stored events, in one straight line."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.record import EventRecord
from app.parsing.pipeline import PARSER_VERSION, parse_article
from app.storage.recording import Recorded, article_of, record_article, rerecord_article
from app.storage.tables import ArticleRow, article
from app.storage.turns import lock_articles


async def ingest_articles(
    session: AsyncSession, articles: Sequence[Article], records: Sequence[Sequence[EventRecord]]
) -> list[Recorded]:
    """Store articles that were parsed elsewhere, all in one transaction; the caller commits."""
    if len(articles) > 1:
        await lock_articles(session, articles, [record for told in records for record in told])
    return [
        await record_article(session, source, told, parser_version=PARSER_VERSION)
        for source, told in zip(articles, records, strict=True)
    ]


async def find_outdated(session: AsyncSession) -> Sequence[UUID]:
    """Return the held articles that another version of the parser read last."""
    return (
        (await session.execute(select(article.c.id).where(*_OUTDATED).order_by(article.c.id))).scalars().all()
    )


async def reparse_article(session: AsyncSession, article_id: UUID) -> None:
    """Read a held article again, unless its text is not held any more; the caller commits."""
    held = select(ArticleRow).where(article.c.id == article_id, *_OUTDATED).with_for_update()
    row = (await session.execute(held)).scalar_one_or_none()
    if row is not None:
        await rerecord_article(session, row, parse_article(article_of(row)), parser_version=PARSER_VERSION)


_OUTDATED = (article.c.text.is_not(None), article.c.parser_version != PARSER_VERSION)
