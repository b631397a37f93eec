"""From raw text to stored events, in one straight line."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.errors import FileIsBinary, FileIsEmpty, FileNotReadable, FileNotUtf8, FileTooLarge
from app.parsing.pipeline import PARSER_VERSION, parse_article
from app.parsing.split import read_articles
from app.storage.recording import Recorded, article_of, record_article, rerecord_article
from app.storage.tables import ArticleRow, article

MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_ARTICLE_BYTES = 2 * 1024 * 1024


def read_file(
    path: Path, *, url: str | None = None, outlet: str | None = None, published_on: date | None = None
) -> tuple[Article, ...]:
    """Read the articles of a text file; a line end is one LF and a byte order mark is dropped."""
    text = _decode(path, _read_bytes(path))
    articles = read_articles(text, url=url, outlet=outlet, published_on=published_on)
    for one in articles:
        if len((one.text or "").encode()) > MAX_ARTICLE_BYTES:
            raise FileTooLarge(path, "an article in it", MAX_ARTICLE_BYTES)
    return articles


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise FileTooLarge(path, "it", MAX_FILE_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise FileNotReadable(path, error.strerror or type(error).__name__) from error


def _decode(path: Path, content: bytes) -> str:
    if b"\0" in content:
        raise FileIsBinary(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotUtf8(path, error.start) from error
    if not text.strip():
        raise FileIsEmpty(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


async def ingest_article(session: AsyncSession, source: Article) -> Recorded:
    """Read an article and store what it reports; the caller commits."""
    return await record_article(session, source, parse_article(source), parser_version=PARSER_VERSION)


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
