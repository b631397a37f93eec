"""From an article to stored events, in one straight line."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.record import EventRecord
from app.parsing.pipeline import PARSER_VERSION, parse_article
from app.storage.recording import Recorded, article_of, record_article, rerecord_article
from app.storage.tables import ArticleRow, article
from app.storage.turns import lock_articles


async def ingest_article(session: AsyncSession, source: Article) -> Recorded:
    """Read an article and store what it reports; the caller commits."""
    return await record_article(session, source, parse_article(source), parser_version=PARSER_VERSION)


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


async def count_outdated(session: AsyncSession) -> int:
    """Return how many held articles were last read by another version of the parser."""
    return int((await session.execute(select(func.count()).where(*_OUTDATED))).scalar_one())


async def reparse_articles(session: AsyncSession) -> AsyncIterator[Recorded]:
    """Read held articles again that another version of the parser read last, one by one."""
    outdated: Sequence[ArticleRow] = (
        (await session.execute(select(ArticleRow).where(*_OUTDATED).order_by(article.c.id))).scalars().all()
    )
    for row in outdated:
        records = parse_article(article_of(row))
        yield await rerecord_article(session, row, records, parser_version=PARSER_VERSION)


_OUTDATED = (article.c.text.is_not(None), article.c.parser_version != PARSER_VERSION)
