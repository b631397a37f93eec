"""Folders of articles as JSON, and their events in the shape of a corpus's gold annotations.

An article is an object with `id`, `title`, `text`, `published`, `outlet` and `url`. Its events get the id of
the stored event that they were found to be, as `cluster`.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.record import EventRecord
from app.domain.vocabulary import EventStatus
from app.errors import ArticleNotValid, FolderWithoutArticles
from app.parsing.pipeline import PARSER_VERSION, parse_article
from app.storage.recording import record_article

Parsed = tuple[str, Article, tuple[EventRecord, ...]]

# Our ids are unique among countries' codes too; a corpus has the abbreviations that people use.
_USUAL = {"AFRUN": "AU", "WORLDBANK": "WB", "NONALIGNED": "NAM"}


class CorpusArticle(BaseModel):
    """An article of a corpus."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: date | None = None

    def as_article(self) -> Article:
        """Return it as the parser takes it: one text that begins with its headline."""
        text, title = self.text, self.title
        if title and not text.lstrip().startswith(title):
            text = f"{title}\n\n{text}"
        return Article(title=title, text=text, url=self.url, outlet=self.outlet, published_on=self.published)


def find_articles(folder: Path) -> list[Path]:
    """Return the folder's article files in their order."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise FolderWithoutArticles(folder)
    return paths


def parse_articles(paths: Sequence[Path], processes: int | None = None) -> Iterator[Parsed]:
    """Yield each file's id, article and records, read by several processes, in the order of the files."""
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_parse, paths, chunksize=8)


def _parse(path: Path) -> Parsed:
    try:
        given = CorpusArticle.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ArticleNotValid(path, str(error.errors()[0]["msg"])) from error
    article = given.as_article()
    return given.id, article, parse_article(article)


async def find_clusters(session: AsyncSession, parsed: Sequence[Parsed]) -> list[tuple[UUID, ...]]:
    """Store the articles in the order of their publication; return each one's events."""
    events: dict[str, tuple[UUID, ...]] = {}
    for id_, article, records in sorted(parsed, key=lambda one: (one[1].published_on or date.max, one[0])):
        recorded = await record_article(session, article, records, parser_version=PARSER_VERSION)
        events[id_] = recorded.events
    return [events[id_] for id_, _, _ in parsed]


def write_events(folder: Path, parsed: Parsed, events: Sequence[UUID]) -> None:
    """Write `<id>.json`: an article's events, each with its cluster."""
    id_, _, records = parsed
    found = [
        {**_as_gold(record), "cluster": str(event)} for record, event in zip(records, events, strict=True)
    ]
    content = {"id": id_, "events": found}
    (folder / f"{id_}.json").write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))


def _as_gold(record: EventRecord) -> dict[str, Any]:
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
