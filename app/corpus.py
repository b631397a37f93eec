"""Folders of articles as JSON, and their events in the shape of a corpus's gold annotations.

An article is an object with `id`, `title`, `text`, `published`, `outlet` and `url`. Its events get the id of
the stored event that they were found to be, as `cluster`.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import orjson
from pydantic import BaseModel, StringConstraints, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article, hash_text
from app.domain.record import EventRecord
from app.domain.vocabulary import EventStatus
from app.errors import (
    ArticleIdTaken,
    ArticleNotValid,
    BilateralError,
    EmptyArticle,
    FolderWithoutArticles,
    ParserFailed,
    TooMuchTold,
)
from app.parsing.pipeline import parse_article
from app.parsing.version import PARSER_VERSION
from app.storage.recording import record_article

# Our ids are unique among countries' codes too; a corpus has the abbreviations that people use.
_USUAL = {"AFRUN": "AU", "WORLDBANK": "WB", "NONALIGNED": "NAM"}


_Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Words without NUL, which Postgres cannot hold."""


class CorpusArticle(BaseModel):
    """An article of a corpus; its id names a file."""

    id: Annotated[str, StringConstraints(pattern=r"^\w[\w.@+-]*$", max_length=200)]
    text: _Words
    title: _Words | None = None
    url: str | None = None
    outlet: str | None = None
    published: date | None = None

    def as_article(self) -> Article:
        """Return it as the parser takes it: one text that begins with its headline."""
        text, title = self.text, self.title
        if title and not text.lstrip().startswith(title):
            text = f"{title}\n\n{text}"
        return Article(title=title, text=text, url=self.url, outlet=self.outlet, published_on=self.published)


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article of a corpus with the records that the parser reads in it."""

    path: Path
    id: str
    article: Article
    records: tuple[EventRecord, ...]


@dataclass(frozen=True, slots=True)
class SkippedArticle:
    """A file of a corpus that gives no events, and why."""

    path: Path
    error: BilateralError


def find_articles(folder: Path) -> list[Path]:
    """Return the folder's article files in their order."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise FolderWithoutArticles(folder)
    return paths


def parse_articles(
    paths: Sequence[Path], processes: int | None = None
) -> Iterator[ReadArticle | SkippedArticle]:
    """Yield what several processes read, in the order of the files; one that fails stops no other."""
    ids: dict[str, Path] = {}
    with ProcessPoolExecutor(processes) as pool:
        for one in pool.map(_parse, paths, chunksize=8):
            if isinstance(one, ReadArticle) and ids.setdefault(one.id, one.path) != one.path:
                yield SkippedArticle(one.path, ArticleIdTaken(one.path, one.id, ids[one.id]))
            else:
                yield one


def _parse(path: Path) -> ReadArticle | SkippedArticle:
    try:
        given = CorpusArticle.model_validate_json(path.read_bytes())
        article = given.as_article()
    except OSError as error:
        return SkippedArticle(path, ArticleNotValid(path, error.strerror or type(error).__name__))
    except ValidationError as error:
        return SkippedArticle(path, ArticleNotValid(path, _first_reason(error)))
    try:
        return ReadArticle(path, given.id, article, parse_article(article))
    except EmptyArticle:
        return SkippedArticle(path, ArticleNotValid(path, "its text is empty"))
    except TooMuchTold as error:
        told = f"its text tells of more than {error.limit:,} {error.what}"
        return SkippedArticle(path, ArticleNotValid(path, told))
    except Exception as error:  # a fault of ours in one article must not cost the others
        return SkippedArticle(path, ParserFailed(path, f"{type(error).__name__}: {error}"))


def _first_reason(error: ValidationError) -> str:
    wrong = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, wrong["loc"]))
    return f"{where}: {wrong['msg']}" if where else wrong["msg"]


async def find_clusters(
    session: AsyncSession, articles: Sequence[ReadArticle]
) -> AsyncIterator[tuple[ReadArticle, tuple[UUID, ...]]]:
    """Yield each article with its records' events, in the order of publication.

    Only the records are compared, so neither address nor text is stored: in a corpus, pages may share them.
    """
    for one in sorted(articles, key=lambda one: (one.article.published_on or date.max, one.id)):
        source = Article(text_sha256=hash_text(one.id), published_on=one.article.published_on)
        recorded = await record_article(session, source, one.records, parser_version=PARSER_VERSION)
        yield one, recorded.events


def write_events(folder: Path, one: ReadArticle, events: Sequence[UUID]) -> None:
    """Write `<id>.json`: an article's events, each with its cluster."""
    found = [
        {**as_gold(record), "cluster": str(event)} for record, event in zip(one.records, events, strict=True)
    ]
    content = {"id": one.id, "events": found}
    (folder / f"{one.id}.json").write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))


def as_gold(record: EventRecord) -> dict[str, Any]:
    """Return a record in the gold's shape, in which postponed is cancelled too."""
    put_off = record.status is EventStatus.POSTPONED
    own = next((span.quote for span in record.evidence if span.field == ""), None)
    return {
        "kind": record.kind,
        "date_start": record.date.start,
        "date_end": record.date.end,
        "date_precision": record.date.precision,
        "parties": [_USUAL.get(party.party, party.party) for party in record.parties],
        "participants": [
            {
                "name": person.name,
                "rank_or_title": person.rank,
                "position": person.title,
                "party": _USUAL.get(person.party, person.party),
            }
            for person in record.participants
            if person.name
        ],
        "city": record.place.city,
        "country": record.place.country,
        "venue": record.place.venue,
        "topics": list(record.topics),
        "status": EventStatus.CANCELLED if put_off else record.status,
        "agreement": {"type": record.agreement.kind, "title": record.agreement.title}
        if record.agreement
        else None,
        "main": record.main,
        "confidence": record.confidence,
        "evidence": own,
    }
