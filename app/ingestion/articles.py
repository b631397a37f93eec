"""From parsed articles to stored events."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.record import EventRecord
from app.parsing.version import PARSER_VERSION
from app.storage.recording import Recorded, record_article
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
