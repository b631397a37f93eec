"""Text files: read whole, checked, and split into articles."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app.domain.article import Article
from app.errors import FileIsBinary, FileIsEmpty, FileNotReadable, FileNotUtf8, FileTooLarge
from app.ingestion.sizes import MAX_ARTICLE_BYTES, MAX_FILE_BYTES
from app.parsing.split import read_articles


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


def check_readable(path: Path) -> None:
    """Refuse a file that is not there or not ours to read."""
    with _readable(path):
        path.open("rb").close()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Name the file where it cannot be read, and why."""
    try:
        yield
    except OSError as error:
        raise FileNotReadable(path, error.strerror or type(error).__name__) from error


def _read_bytes(path: Path) -> bytes:
    with _readable(path):
        if path.stat().st_size > MAX_FILE_BYTES:
            raise FileTooLarge(path, "it", MAX_FILE_BYTES)
        return path.read_bytes()


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
