"""Articles that an older version of the parser read, read again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.parsing.pipeline import parse_article
from app.parsing.version import PARSER_VERSION
from app.storage.recording import article_of, rerecord_article
from app.storage.tables import ArticleRow, article


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
