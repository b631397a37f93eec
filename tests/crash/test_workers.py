"""Workers that are killed lose and double nothing. `make crash` kills 200 times."""

import asyncio
import random
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.domain.article import Article
from app.ingestion.articles import ingest_articles
from app.ingestion.parser_pool import ParserPool
from app.ingestion.worker import run_worker
from app.storage.audit import COMMAND_LINE
from app.storage.database import open_session
from app.storage.embedded import libpq_url
from app.storage.jobs import add_to_job, open_job
from tests.crash.worker_processes import LEASE_SECONDS, kill, start_worker
from tests.ingestion.texts import day_in_week, meeting
from tests.lengths import length

KILLS = length(3, 200)
ARTICLES = 40 + 10 * KILLS
STOP_SECONDS = 10
COUNTS = text("""
    SELECT (SELECT count(*) FROM job_item WHERE state = 'done'), (SELECT count(*) FROM article),
           (SELECT count(*) FROM report WHERE active), (SELECT count(*) FROM report),
           (SELECT count(*) FROM change WHERE (entity, action) = ('article', 'create')),
           (SELECT sum(report_count) FROM event)
""")
CUT = text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
""")
BREAKING = "This text breaks the parser."


async def queue(url: str, articles: list[Article]) -> None:
    async with open_session(url) as session:
        await add_to_job(session, await open_job(session, COMMAND_LINE), articles)


def weekly(number: int) -> Article:
    """Return an article of a week of its own, whose meeting nobody else tells of."""
    return Article(text=meeting(number), published_on=day_in_week(number))


async def counted(url: str) -> tuple[int, ...]:
    async with open_session(url) as session:
        return tuple((await session.execute(COUNTS)).one())


async def wait_until_done(url: str, wanted: int, patience: float = 60) -> None:
    """Wait until so many articles are read, as long as there is one more within so many seconds."""
    read, seen_at = -1, time.monotonic()
    while read < wanted and time.monotonic() - seen_at < patience:
        if (now := (await counted(url))[0]) > read:
            read, seen_at = now, time.monotonic()
        await asyncio.sleep(0.1)


async def work(url: str, **options: float) -> None:
    await run_worker(url, libpq_url(url), until_empty=True, **options)  # type: ignore[arg-type]


@pytest.mark.timeout(60 + 20 * KILLS)
async def test_killed_workers_lose_and_double_nothing(own_database_url: str) -> None:
    await queue(own_database_url, [weekly(number) for number in range(ARTICLES)])
    chance = random.Random(KILLS)
    for _ in range(KILLS):
        process = start_worker(own_database_url)
        before = (await counted(own_database_url))[0]
        await wait_until_done(own_database_url, before + 1)
        await asyncio.sleep(chance.random() * 0.3)
        kill(process)
        assert (await counted(own_database_url))[0] < ARTICLES, "there must be something left to lose"
    last = start_worker(own_database_url)
    await wait_until_done(own_database_url, ARTICLES)
    kill(last)
    assert await counted(own_database_url) == (ARTICLES,) * 6


async def test_a_worker_whose_connections_were_cut_still_takes_batches_over(own_database_url: str) -> None:
    await queue(own_database_url, [weekly(number) for number in range(130)])
    first, second = start_worker(own_database_url), start_worker(own_database_url)
    await wait_until_done(own_database_url, 2)
    async with open_session(own_database_url) as session:
        await session.execute(CUT)
    kill(first)
    await wait_until_done(own_database_url, 130, patience=20)
    kill(second)
    assert await counted(own_database_url) == (130,) * 6


async def test_a_stopped_worker_ends_within_seconds_and_leaves_the_rest_to_others(
    own_database_url: str,
) -> None:
    await queue(own_database_url, [weekly(number) for number in range(130)])
    stopped = start_worker(own_database_url)
    await wait_until_done(own_database_url, 2)
    asked = time.monotonic()
    stopped.terminate()
    assert await asyncio.to_thread(stopped.wait, 30) == 0
    assert time.monotonic() - asked < STOP_SECONDS
    assert (await counted(own_database_url))[0] < 130, "there must be something left"
    other = start_worker(own_database_url)
    await wait_until_done(own_database_url, 130, patience=20)
    kill(other)
    assert await counted(own_database_url) == (130,) * 6


@pytest.mark.teeth
async def test_articles_are_stuck_where_no_lease_runs_out(own_database_url: str) -> None:
    await queue(own_database_url, [weekly(number) for number in range(ARTICLES)])
    first = start_worker(own_database_url)
    await wait_until_done(own_database_url, 1)
    kill(first)
    second = start_worker(own_database_url, lease_seconds=3600)
    await wait_until_done(own_database_url, ARTICLES, patience=10)
    kill(second)
    assert (await counted(own_database_url))[0] < ARTICLES


async def test_101_article_that_fails_three_times_rests_and_keeps_no_other_back(
    own_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    async def parse(pool: ParserPool, article: Article) -> tuple[()]:
        if article.text == BREAKING:
            tries.append(article.text)
            raise RuntimeError
        return ()

    monkeypatch.setattr(ParserPool, "parse", parse)
    monkeypatch.setattr("app.ingestion.worker._LONGEST_WAIT", timedelta(seconds=0.1))
    await queue(own_database_url, [Article(text=words) for words in (meeting(1), BREAKING, meeting(2))])
    give_up_at = time.monotonic() + 20
    while len(tries) < 3 and time.monotonic() < give_up_at:
        await work(own_database_url, lease_seconds=LEASE_SECONDS)
        await asyncio.sleep(0.1)
    await work(own_database_url, lease_seconds=LEASE_SECONDS)
    async with open_session(own_database_url) as session:
        rows = await session.execute(
            text("SELECT state, attempts, error, handed_in->>'text' FROM job_item ORDER BY ordinal")
        )
        left = (await session.execute(text("SELECT count(*) FROM procrastinate_jobs"))).scalar_one()
        assert [tuple(row) for row in rows] == [
            ("done", 0, None, None),
            ("dead", 3, "RuntimeError", BREAKING),
            ("done", 0, None, None),
        ]
    assert len(tries) == 3
    assert left == 0


async def test_article_that_is_refused_rests_at_once_with_its_reason(
    own_database_url: str, parsers: ParserPool
) -> None:
    held = Article(text=meeting(1), url="https://example.org/1")
    async with open_session(own_database_url) as session:
        await ingest_articles(session, [held], [await parsers.parse(held)])
        job_id = await open_job(session, COMMAND_LINE)
        await add_to_job(session, job_id, [Article(text=meeting(2), url="https://example.org/1")])
    await work(own_database_url)
    async with open_session(own_database_url) as session:
        state, error = (await session.execute(text("SELECT state, error FROM job_item"))).one()
    assert state == "dead"
    assert "already held with another text" in error
