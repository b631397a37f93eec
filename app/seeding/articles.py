"""Seed articles: articles that were parsed before, as facts without their texts.

A seed article brings its ids, so that its rows are the same on every machine.
"""

from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError

from app.domain.article import Article
from app.domain.record import EventRecord
from app.errors import SeedFileInvalid
from app.settings import bundled_folder
from app.storage.recording import ArticleIds, RecordIds


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


def record_identity(record: EventRecord) -> tuple[object, ...]:
    """Return what tells the records of one article apart, whatever else a better parser reads in them."""
    parties = tuple(sorted({party.party for party in record.parties}))
    return (record.kind, parties, record.date.start)
