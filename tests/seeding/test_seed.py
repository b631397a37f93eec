"""The seed job: complete, repeatable, and the same on every machine."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import SeedFileInvalid
from app.ingestion.articles import ingest_articles
from app.parsing.pipeline import parse_article
from app.seeding import load_seed
from app.seeding.adding import write_seed_articles
from app.seeding.articles import articles_folder, read_seed_articles
from app.storage.recording import record_article
from app.storage.tables import agreement, article, change, event, evidence, official, report
from tests.factories import make_article

TEXT = (
    "BAGHDAD: Iraqi Foreign Minister Fuad Hussein met his Omani counterpart Badr Albusaidi in Baghdad on "
    "Monday, the foreign ministry said. The two ministers discussed trade."
)


async def snapshot(session: AsyncSession) -> list[object]:
    ids = [(await session.execute(select(t.c.id).order_by(t.c.id))).scalars().all() for t in _WITH_IDS]
    changes = (await session.execute(select(func.count()).select_from(change))).scalar_one()
    return [*ids, changes]


_WITH_IDS = (article, event, report, agreement, official)


async def test_the_seed_is_loaded_and_a_second_run_changes_nothing(session: AsyncSession) -> None:
    first = await load_seed(session, with_datasets=False)
    before = await snapshot(session)
    second = await load_seed(session, with_datasets=False)
    assert first["articles"] == len(read_seed_articles(articles_folder())) > 0
    assert set(second.values()) == {0}
    assert await snapshot(session) == before


async def test_seeded_rows_have_the_ids_that_the_files_carry(session: AsyncSession) -> None:
    await load_seed(session, with_datasets=False)
    seeds = read_seed_articles(articles_folder())
    held = set((await session.execute(select(event.c.id))).scalars())
    assert held == {row.event for seed in seeds for row in seed.records}
    agreements = set((await session.execute(select(agreement.c.id))).scalars())
    assert agreements == {row.agreement for seed in seeds for row in seed.records if row.agreement}


def test_seed_files_hold_facts_and_no_text() -> None:
    for seed in read_seed_articles(articles_folder()):
        assert seed.article.text is None
        for row in seed.records:
            assert row.record.evidence
            assert all(span.quote is None for span in row.record.evidence)


async def test_progress_is_told_from_nothing_to_all(session: AsyncSession) -> None:
    told: list[tuple[str, int, int]] = []
    await load_seed(session, lambda *step: told.append(step), with_datasets=False)
    assert told[0] == ("reference data", 0, 1)
    assert told[-1][1] == told[-1][2] > 0


async def test_a_text_after_its_seed_makes_no_second_event_and_brings_quotes(
    session: AsyncSession, tmp_path: Path
) -> None:
    source = make_article(TEXT)
    list(write_seed_articles([source], tmp_path))
    (seed,) = read_seed_articles(tmp_path)
    assert seed.records, "the text must give an event for this test to mean anything"
    await record_article(
        session,
        seed.article,
        [row.record for row in seed.records],
        parser_version=seed.parser_version,
        ids=seed.ids(),
    )
    before = await snapshot(session)
    (recorded,) = await ingest_articles(session, [source], [parse_article(source)])
    assert recorded.outcome == "completed"
    assert (await snapshot(session))[:-1] == before[:-1]
    quotes = (await session.execute(select(evidence.c.quote, evidence.c.start_at, evidence.c.end_at))).all()
    assert quotes
    assert all(row.quote == TEXT[row.start_at : row.end_at] for row in quotes)


def test_writing_a_seed_again_keeps_every_id(tmp_path: Path) -> None:
    (path,) = write_seed_articles([make_article(TEXT)], tmp_path)
    first = path.read_bytes()
    assert list(write_seed_articles([make_article(TEXT)], tmp_path)) == [path]
    assert path.read_bytes() == first


def test_a_broken_seed_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SeedFileInvalid, match=r"broken\.json"):
        read_seed_articles(tmp_path)
