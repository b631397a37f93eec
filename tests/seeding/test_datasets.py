"""Datasets in storage: through the door, in bulk, and again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.datasets.shapes import Dataset
from app.datasets.us_state_historian import read_dataset
from app.seeding import load_seed
from app.seeding.articles import SeedArticle, SeedRecord
from app.seeding.datasets import bring_people, bulk_article, import_dataset, load_dataset, read_back
from app.seeding.files import (
    DatasetSeed,
    datasets_folder,
    read_dataset_seed,
    write_dataset_seed,
)
from app.storage.bulk import load_articles
from app.storage.database import open_session
from app.storage.people import record_people
from app.storage.recording import record_article
from app.storage.tables import (
    article,
    change,
    event,
    event_party,
    official,
    official_name,
    participation,
    report,
    tenure,
)
from app.storage.tables.columns import new_id

ROWS = Path(__file__).parents[1] / "datasets" / "rows"
EMPTY = DatasetSeed((), ())
_TABLES = (article, event, event_party, participation, report, official, official_name, tenure)
_OF_THE_WAY = {"created_at", "updated_at", "version", "search"}
"""Columns that tell when and in how many steps a row came to be, not what it says."""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(ROWS)


async def store(session: AsyncSession, dataset: Dataset, seed: DatasetSeed = EMPTY) -> Any:
    people = bring_people(dataset.people, seed.people)
    return await import_dataset(session, dataset, people, seed)


async def snapshot(session: AsyncSession) -> dict[str, list[tuple[Any, ...]]]:
    """Return what is held, without what only tells how it came to be held."""
    held: dict[str, list[tuple[Any, ...]]] = {}
    for table in _TABLES:
        left_out = _OF_THE_WAY | ({"id"} if table is participation else set())
        columns = [column for column in table.c if column.name not in left_out]
        rows = [tuple(str(cell) for cell in row) for row in await session.execute(select(*columns))]
        held[table.name] = sorted(rows)
    last: dict[tuple[str, str], str] = {}
    for row in await session.execute(select(change).order_by(change.c.seq)):
        # A line without fields only says that something is shown otherwise now.
        if row.after is not None or (row.entity, row.entity_id) not in last:
            last[row.entity, row.entity_id] = str(row.after)
    held["change"] = sorted((*key, after) for key, after in last.items())
    return held


def sample(seed: DatasetSeed, first: str, last: str) -> list[SeedArticle]:
    """Return the rows with a record in some days."""
    return [row for row in seed.rows if first <= str(row.records[0].record.date.start) <= last]


@pytest.mark.parametrize(
    ("first", "last"),
    [("1974-05-01", "1974-07-31"), ("1982-10-01", "1982-10-12")],
    ids=["shuttles and a president", "two countries on two days"],
)
async def test_bulk_is_equal_to_the_door(session: AsyncSession, first: str, last: str) -> None:
    seed = read_dataset_seed(datasets_folder() / "us-state-historian")
    rows = sample(seed, first, last)
    events = [one.event for row in rows for one in row.records]
    assert len(set(events)) < len(events), "the sample must hold an event of several rows"
    held = await record_people(session, seed.people)
    articles = [bulk_article(row, held) for row in rows]
    async with session.begin_nested() as attempt:
        for one in articles:
            await record_article(
                session, one.source, one.records, parser_version=one.parser_version, ids=one.ids
            )
        session.expire_all()
        door = await snapshot(session)
        await attempt.rollback()
    session.expunge_all()
    assert await load_articles(session, articles) == len(rows)
    bulk = await snapshot(session)
    for table, told in door.items():
        assert bulk[table] == told, table


async def test_the_whole_seed_is_loaded_once(history_url: str) -> None:
    async with open_session(history_url) as session:
        assert set((await load_seed(session)).values()) == {0}


async def test_importing_twice_changes_nothing(session: AsyncSession, dataset: Dataset) -> None:
    first = await store(session, dataset)
    before = await snapshot(session)
    second = await store(session, dataset)
    assert (first.added, first.known) == (len(dataset.rows), 0)
    assert (second.added, second.known) == (0, len(dataset.rows))
    assert await snapshot(session) == before


async def test_company_of_two_lists_is_one_visit_and_rows_of_one_list_are_two(
    session: AsyncSession, dataset: Dataset
) -> None:
    await store(session, dataset)
    events = {
        (row.dataset.split("/")[1], row.record_id): row.event
        for row in await session.execute(
            select(article.c.dataset, article.c.record_id, report.c.event)
            .join(report, report.c.article == article.c.id)
            .where(report.c.ordinal == 0)
        )
    }
    assert events["president-travels", "10"] == events["secretary-travels", "20"]
    assert events["secretary-travels", "21"] != events["secretary-travels", "22"]


async def test_a_row_that_changed_is_read_anew_and_its_event_stays(
    session: AsyncSession, dataset: Dataset
) -> None:
    await store(session, dataset)
    seed = await read_back(session, dataset, bring_people(dataset.people, ()))
    (row,) = [one for one in dataset.rows if one.source.record_id == "12"]
    changed = row.source.model_copy(update={"text_sha256": "0" * 64})
    told = replace(dataset, rows=(replace(row, source=changed),))
    outcome = await store(session, told, seed)
    assert (outcome.added, outcome.reread) == (0, 1)
    kept = await session.execute(
        select(report.c.event, report.c.active).join(article).where(article.c.record_id == "12")
    )
    assert sorted((row.active, row.event) for row in kept) == [
        (False, event_of(seed, "12")),
        (True, event_of(seed, "12")),
    ]


async def test_an_office_is_widened_by_an_edition_that_shows_more_days_of_it(
    session: AsyncSession, dataset: Dataset
) -> None:
    await store(session, dataset)
    seed = await read_back(session, dataset, bring_people(dataset.people, ()))
    person = next(one for one in dataset.people if len(one.offices) == 1 and one.offices[0].first)
    (office,) = person.offices
    assert office.first is not None
    earlier = office.first - timedelta(days=30)
    wider = replace(person, offices=(replace(office, first=earlier),))
    told = replace(dataset, people=tuple(wider if one is person else one for one in dataset.people))
    await store(session, told, seed)
    await store(session, told)
    held = await session.execute(
        select(tenure.c.valid_from, tenure.c.valid_to, tenure.c.source)
        .join(official, official.c.id == tenure.c.official)
        .where(official.c.name == person.name)
    )
    assert [tuple(row) for row in held] == [(earlier, office.last, office.source)]


def event_of(seed: DatasetSeed, record_id: str) -> UUID:
    (event_id,) = [
        one.event for row in seed.rows if row.article.record_id == record_id for one in row.records
    ]
    return event_id


async def test_what_meets_an_event_that_is_held_becomes_one_more_report_of_it(
    session: AsyncSession, dataset: Dataset
) -> None:
    """An article told of a visit before the dataset came."""
    (row,) = [one for one in dataset.rows if one.source.record_id == "12"]
    source = row.source.model_copy(update={"dataset": None, "record_id": None, "text_sha256": "1" * 64})
    before = await record_article(session, source, row.records, parser_version="test")
    people = bring_people(dataset.people, ())
    seed = DatasetSeed(tuple(seeded(dataset, people)), tuple(people))
    held = await record_people(session, people)
    await load_articles(session, [bulk_article(one, held) for one in seed.rows])
    (told,) = (
        await session.execute(select(report.c.event).join(article).where(article.c.record_id == "12"))
    ).scalars()
    assert told == before.events[0]


def seeded(dataset: Dataset, people: Any) -> list[SeedArticle]:
    return [
        SeedArticle(
            id=new_id(),
            parser_version=dataset.version,
            article=row.source,
            records=tuple(
                SeedRecord(
                    report=new_id(),
                    event=new_id(),
                    agreement=None,
                    officials=tuple(people[number].id if number is not None else None for number in seen),
                    record=record,
                )
                for record, seen in zip(row.records, row.people, strict=True)
            ),
        )
        for row in dataset.rows
    ]


async def test_files_give_back_what_was_written_and_the_same_bytes(
    session: AsyncSession, dataset: Dataset, tmp_path: Path
) -> None:
    people = bring_people(dataset.people, ())
    await import_dataset(session, dataset, people, EMPTY)
    seed = await read_back(session, dataset, people)
    write_dataset_seed(tmp_path / "one", seed)
    again = read_dataset_seed(tmp_path / "one")
    assert again.rows == seed.rows
    write_dataset_seed(tmp_path / "two", again)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    assert await load_dataset(session, tmp_path / "one") == 0, "all of it is held already"
