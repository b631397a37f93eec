"""What somebody hands in becomes articles: plain text or a web page. Pure functions, for the pool to run."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from app.domain.article import Article
from app.errors import ArticleTooLarge, EmptyArticle, HtmlNotTaken, NoArticleInPage, TextNotClean
from app.ingestion.sizes import MAX_ARTICLE_BYTES

MAX_TITLE = 500
# Controls, lone surrogates and noncharacters; line ends, tabs, and marks of direction belong to a text.
_UNCLEAN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Facts(BaseModel):
    """What the sender says of a text; it wins over what the text says of itself."""

    model_config = ConfigDict(frozen=True)

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published_on: date | None = None
    updated_on: date | None = None


def articles_of_text(raw: str, facts: Facts) -> tuple[Article, ...]:
    """Return the articles of a text."""
    text = _clean(raw)
    articles = _split(text, url=facts.url, outlet=facts.outlet, published_on=facts.published_on)
    for article in articles:
        check_size(article.text or "")
    return articles


def article_of_fields(raw: str, facts: Facts) -> Article:
    """Return the one article of a text; what the sender does not say of it is read in the text."""
    text = _clean(raw)
    if facts.title and not text.lstrip().startswith(facts.title):
        text = f"{facts.title}\n\n{text}"
    check_size(text)
    told = {name: value for name, value in facts if value is not None}
    seen = _split(text)[0]
    return Article(
        text=text,
        title=facts.title or seen.title,
        **{
            name: told.get(name) or getattr(seen, name)
            for name in ("url", "outlet", "published_on", "updated_on")
        },
        dateline=seen.dateline,
    )


def article_of_page(page: str, facts: Facts) -> Article:
    """Return the article that a web page is about."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise HtmlNotTaken from error
    found = bare_extraction(_clean(page), with_metadata=True, include_comments=False, include_tables=False)
    seen = found if isinstance(found, dict) else found.as_dict() if found else {}
    if not (seen.get("text") or "").strip():
        raise NoArticleInPage
    told = Facts(
        title=facts.title or _line(seen["title"]),
        url=facts.url,
        outlet=facts.outlet or _line(seen["sitename"]),
        published_on=facts.published_on or (date.fromisoformat(seen["date"]) if seen["date"] else None),
        updated_on=facts.updated_on,
    )
    return article_of_fields(seen["text"], told)


def articles_of_fields(told: Sequence[tuple[str, Facts]]) -> tuple[Article, ...]:
    """Return the articles of several texts, one each."""
    return tuple(article_of_fields(raw, facts) for raw, facts in told)


def _split(text: str, **known: Any) -> tuple[Article, ...]:
    # Only the processes that parse load the parser.
    from app.parsing.split import read_articles

    return read_articles(text, **known)


def _line(seen: str | None) -> str | None:
    """Return what a page says of itself as one line that is not too long, or None where it says nothing."""
    return " ".join((seen or "").split())[:MAX_TITLE] or None


def check_size(text: str) -> None:
    """Refuse an article that is longer than any."""
    if len(text.encode()) > MAX_ARTICLE_BYTES:
        raise ArticleTooLarge(MAX_ARTICLE_BYTES)


def _clean(raw: str) -> str:
    """Return a text with one kind of line end, or refuse what is no text."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNCLEAN.search(text):
        raise TextNotClean(found.start())
    if not text.strip():
        raise EmptyArticle
    return text
