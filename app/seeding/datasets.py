"""Datasets: row by row through the door from their own files, or in bulk from the seed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.datasets.shapes import Dataset, Office, Person, SourceRow
from app.seeding.articles import SeedArticle, SeedRecord, record_identity
from app.seeding.files import DatasetSeed, hash_dataset, read_dataset_seed
from app.seeding.progress import Progress, say_nothing
from app.storage.bulk import load_articles
from app.storage.bulk_split import BulkArticle
from app.storage.database import analyze
from app.storage.people import BroughtOffice, BroughtPerson, find_same_office, record_people
from app.storage.recording import ArticleIds, RecordIds, record_article
from app.storage.seed_loads import find_seed_load, note_seed_load
from app.storage.tables import article, report
from app.storage.tables.columns import new_id

_ANALYZED_EVERY = 1000
"""Rows after which Postgres counts again what it holds, without which its plans are those of empty tables."""

_Key = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows of a dataset were new, held already, or read anew."""

    rows: int
    added: int
    known: int
    reread: int


async def import_dataset(
    session: AsyncSession,
    dataset: Dataset,
    people: Sequence[BroughtPerson],
    seed: DatasetSeed,
    progress: Progress = say_nothing,
) -> Imported:
    """Store a dataset's rows through the door, under the ids that the seed has; the caller commits."""
    held = await record_people(session, people)
    ids = [held[person.id] for person in people]
    earlier = {_key(row.article): row for row in seed.rows}
    known = await _held_rows(session, dataset)
    brought: set[UUID] = set()
    outcomes = {"added": 0, "known": 0, "reread": 0}
    for number, row in enumerate(dataset.rows):
        progress(dataset.name, number, len(dataset.rows))
        if number % _ANALYZED_EVERY == 0:
            await analyze(session)
        if known.get(_key(row.source)) == (row.source.text_sha256, dataset.version):
            outcomes["known"] += 1
            continue
        recorded = await record_article(
            session,
            row.source,
            row.records,
            parser_version=dataset.version,
            ids=_row_ids(row, ids, earlier.get(_key(row.source)), brought),
        )
        outcomes[recorded.outcome] += 1
    progress(dataset.name, len(dataset.rows), len(dataset.rows))
    return Imported(len(dataset.rows), **outcomes)


async def read_back(session: AsyncSession, dataset: Dataset, people: Sequence[BroughtPerson]) -> DatasetSeed:
    """Return what was stored of a dataset, as the seed's files hold it."""
    reports: dict[_Key, list[SeedRecord]] = {}
    articles: dict[_Key, UUID] = {}
    records = {_key(row.source): row.records for row in dataset.rows}
    statement = (
        select(report, article.c.dataset, article.c.record_id)
        .join(article, article.c.id == report.c.article)
        .where(article.c.dataset.is_not(None), report.c.active)
        .order_by(report.c.article, report.c.ordinal)
    )
    for row in await session.execute(statement):
        key = (row.dataset, row.record_id)
        articles[key] = row.article
        told = SeedRecord(
            report=row.id,
            event=row.event,
            agreement=None,
            officials=tuple(row.officials),
            may_be=tuple(row.may_be),
            record=records[key][row.ordinal],
        )
        reports.setdefault(key, []).append(told)
    rows = tuple(
        SeedArticle(
            id=articles[_key(row.source)],
            parser_version=dataset.version,
            article=row.source,
            records=tuple(reports[_key(row.source)]),
        )
        for row in dataset.rows
    )
    return DatasetSeed(rows, tuple(people))


async def load_dataset(session: AsyncSession, folder: Path, progress: Progress = say_nothing) -> int:
    """Bring a dataset of the seed into the database in bulk; return how many rows are new or read anew.

    Where the files are those that were loaded last, nothing is read of them but their hash.
    """
    sha256 = hash_dataset(folder)
    if await find_seed_load(session, folder.name) == sha256:
        return 0
    progress(folder.name, 0, 1)
    seed = read_dataset_seed(folder)
    held = await record_people(session, seed.people)
    written = await load_articles(session, [bulk_article(row, held) for row in seed.rows])
    await analyze(session)
    await note_seed_load(session, folder.name, sha256)
    progress(folder.name, 1, 1)
    return written


def bulk_article(row: SeedArticle, held: dict[UUID, UUID]) -> BulkArticle:
    """Return a row as storage loads it; `held` says under which ids people are held."""
    records = tuple(
        RecordIds(one.report, one.event, None, tuple(held.get(i, i) if i else None for i in one.officials))
        for one in row.records
    )
    return BulkArticle(
        source=row.article,
        parser_version=row.parser_version,
        records=tuple(one.record for one in row.records),
        may_be=tuple(one.may_be for one in row.records),
        ids=ArticleIds(row.id, records),
    )


def _key(source: object) -> _Key:
    return getattr(source, "dataset", None), getattr(source, "record_id", None)


def _row_ids(
    row: SourceRow, people: Sequence[UUID], earlier: SeedArticle | None, brought: set[UUID]
) -> ArticleIds:
    """Return the ids of a row: those of its earlier writing for the records that are in both.

    An event that an earlier row has `brought` is another's: what is still one finds it by the rules.
    """
    old = {record_identity(one.record): one for one in earlier.records} if earlier else {}
    records = []
    for record, seen in zip(row.records, row.people, strict=True):
        known = old.get(record_identity(record))
        officials = tuple(people[number] if number is not None else None for number in seen)
        event = known.event if known and known.event not in brought else new_id()
        brought.add(event)
        records.append(RecordIds(known.report if known else new_id(), event, None, officials))
    return ArticleIds(earlier.id if earlier else new_id(), tuple(records))


def bring_people(people: Sequence[Person], earlier: Sequence[BroughtPerson]) -> list[BroughtPerson]:
    """Return the people with ids: those of an earlier writing for who has the name and an office of then."""
    known: dict[tuple[str, str], list[BroughtPerson]] = {}
    for one in earlier:
        for party in {office.party for office in one.offices} or {""}:
            for name in one.names:
                known.setdefault((party, name), []).append(one)
    taken: set[UUID] = set()
    return [_bring(person, known, taken) for person in people]


def _bring(
    person: Person, known: dict[tuple[str, str], list[BroughtPerson]], taken: set[UUID]
) -> BroughtPerson:
    party = person.party if person.offices else ""
    same = [
        one
        for name in (person.name, *person.aliases)
        for one in known.get((party, name), [])
        if one.id not in taken
    ]
    old = max(same, key=lambda one: len(_shared(person.offices, one.offices)), default=None)
    official = old.id if old else new_id()
    taken.add(official)
    held = list(old.offices) if old else []
    offices = tuple(_bring_office(office, held) for office in person.offices)
    return BroughtPerson(official, person.name, person.aliases, offices)


def _bring_office(office: Office, held: list[BroughtOffice]) -> BroughtOffice:
    """Return an office with its id, taken from those held: of the same first day, else of touching days."""
    brought = BroughtOffice(new_id(), office.party, office.title, office.first, office.last, office.source)
    same = find_same_office(brought, held)
    if same is None:
        return brought
    held.remove(same)
    return replace(brought, id=same.id)


def _shared(offices: Sequence[Office], others: Sequence[BroughtOffice]) -> set[tuple[str, date | None]]:
    return {(o.title, o.first) for o in offices} & {(o.title, o.first) for o in others}


async def _held_rows(session: AsyncSession, dataset: Dataset) -> dict[_Key, tuple[str, str]]:
    """Return the hash and the reading under which each row is held."""
    lists = {row.source.dataset for row in dataset.rows}
    rows = await session.execute(
        select(article.c.dataset, article.c.record_id, article.c.text_sha256, article.c.parser_version).where(
            article.c.dataset.in_(lists)
        )
    )
    return {(row.dataset, row.record_id): (row.text_sha256, row.parser_version) for row in rows}
