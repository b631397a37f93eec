"""What every adapter hands over: rows as sources with their records, people with their offices."""

from dataclasses import dataclass
from datetime import date

from app.domain.article import Article
from app.domain.record import EventRecord


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that became no event, or a part of one that was left out, and why."""

    record: str
    reason: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office, with the first and the last day that it is known of; None is unknown."""

    party: str
    title: str
    first: date | None
    last: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the dataset names; records use `name` and, where two share it, the party."""

    name: str
    party: str
    aliases: tuple[str, ...]
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as a source, and what it reports; `people` numbers the dataset's people, as participants go."""

    source: Article
    records: tuple[EventRecord, ...]
    people: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset, read whole."""

    name: str
    version: str
    rows: tuple[SourceRow, ...]
    people: tuple[Person, ...]
    skipped: tuple[Skipped, ...]
