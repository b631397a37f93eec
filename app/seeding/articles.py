"""Seed articles: articles that were parsed before, as facts without their texts.

A seed article brings its ids, so that its rows are the same on every machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from app.domain.article import Article
from app.domain.names import name_key
from app.domain.record import EventRecord
from app.domain.vocabulary import EventKind
from app.errors import SeedFileInvalid
from app.parsing.pipeline import PARSER_VERSION, parse_article
from app.reference import read_officials, read_tenures
from app.settings import bundled_folder
from app.storage.recording import ArticleIds, RecordIds
from app.storage.tables.columns import new_id


class SeedRecord(BaseModel):
    """A record without its quotes, and the ids of the rows that it becomes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    report: UUID
    event: UUID
    agreement: UUID | None
    officials: tuple[UUID | None, ...]
    may_be: tuple[UUID, ...] = ()
    record: EventRecord


class SeedArticle(BaseModel):
    """An article known by its facts and the hash of its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    parser_version: str
    article: Article
    records: tuple[SeedRecord, ...]

    def ids(self) -> ArticleIds:
        """Return the ids as storage takes them."""
        return ArticleIds(
            self.id,
            tuple(RecordIds(row.report, row.event, row.agreement, row.officials) for row in self.records),
        )


def articles_folder() -> Path:
    """Return the folder of the seed articles."""
    return bundled_folder("seed") / "articles"


def read_seed_articles(folder: Path) -> tuple[SeedArticle, ...]:
    """Read every seed article, in the order of the file names."""
    return tuple(_read_seed_article(path) for path in sorted(folder.glob("*.json")))


def _read_seed_article(path: Path) -> SeedArticle:
    try:
        return SeedArticle.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise SeedFileInvalid(path, str(error)) from error


def write_seed_articles(articles: Sequence[Article], folder: Path) -> Iterator[Path]:
    """Parse articles and write their facts as seed files; ids of an earlier writing are kept."""
    earlier = {seed.article.text_sha256: seed for seed in read_seed_articles(folder)}
    people = _known_people(earlier.values())
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        seed = _make_seed_article(article, earlier.get(article.text_sha256), people)
        path = folder / f"{seed.id}.json"
        content = orjson.dumps(seed.model_dump(mode="json"), option=orjson.OPT_INDENT_2)
        path.write_bytes(content + b"\n")
        yield path


def _known_people(seeds: Iterable[SeedArticle]) -> dict[tuple[str, str], UUID]:
    """Return the ids that people have already, by the key of a name and the party acted for."""
    people = {
        (name_key(name), tenure.party): official.id
        for tenure in read_tenures()
        for official in read_officials()
        if official.id == tenure.official
        for name in (official.name, *official.aliases)
    }
    for row in (row for seed in seeds for row in seed.records):
        for person, official in zip(row.record.participants, row.officials, strict=True):
            if person.name and official:
                people.setdefault((name_key(person.name), person.party), official)
    return people


def _make_seed_article(
    article: Article, earlier: SeedArticle | None, people: dict[tuple[str, str], UUID]
) -> SeedArticle:
    old = {record_identity(row.record): row for row in earlier.records} if earlier else {}
    rows = []
    for record in parse_article(article):
        known = old.get(record_identity(record))
        rows.append(
            SeedRecord(
                report=known.report if known else new_id(),
                event=known.event if known else new_id(),
                agreement=_agreement_id(record, known),
                officials=tuple(
                    people.setdefault((name_key(person.name), person.party), new_id())
                    if person.name
                    else None
                    for person in record.participants
                ),
                record=_without_quotes(record),
            )
        )
    facts = article.model_copy(update={"text": None})
    return SeedArticle(
        id=earlier.id if earlier else new_id(),
        parser_version=PARSER_VERSION,
        article=facts,
        records=tuple(rows),
    )


def record_identity(record: EventRecord) -> tuple[object, ...]:
    """Return what tells the records of one article apart, whatever else a better parser reads in them."""
    parties = tuple(sorted({party.party for party in record.parties}))
    return (record.kind, parties, record.date.start)


def _agreement_id(record: EventRecord, known: SeedRecord | None) -> UUID | None:
    if record.kind is not EventKind.AGREEMENT:
        return None
    return (known and known.agreement) or new_id()


def _without_quotes(record: EventRecord) -> EventRecord:
    bare = tuple(span.model_copy(update={"quote": None}) for span in record.evidence)
    return record.model_copy(update={"evidence": bare})
