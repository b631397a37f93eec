"""Outlets that several writers name for the first time at once."""

import asyncio

from sqlalchemy import text

from app.domain.article import Article
from app.ingestion.articles import ingest_articles
from app.storage.database import open_session
from tests.factories import make_article, make_record

ROUNDS = 10


async def batch(url: str, articles: list[Article], *parties: str) -> None:
    async with open_session(url) as session:
        await ingest_articles(session, articles, [[make_record(*parties)] for _ in articles])


async def test_batches_that_bring_the_same_new_outlets_wait_for_each_other(own_database_url: str) -> None:
    for number in range(ROUNDS):
        names = [f"Daily {number}", f"weekly-{number}.example"]
        there, back = (
            [make_article(outlet=name) for name in order] for order in (names, list(reversed(names)))
        )
        await asyncio.gather(
            batch(own_database_url, there, "IRQ", "PAK"), batch(own_database_url, back, "JPN", "KOR")
        )
    async with open_session(own_database_url) as session:
        told = text("SELECT outlet, count(*) FROM article WHERE outlet ~ '[0-9]' GROUP BY 1")
        counts = dict(tuple(row) for row in await session.execute(told))
    assert set(counts.values()) == {2}
    assert len(counts) == 2 * ROUNDS


async def test_articles_sent_apart_bring_the_same_new_outlet_once(own_database_url: str) -> None:
    sides = [("IRQ", "PAK"), ("JPN", "KOR"), ("FRA", "DEU"), ("IND", "USA")]
    await asyncio.gather(*(batch(own_database_url, [make_article(outlet="The Day")], *two) for two in sides))
    async with open_session(own_database_url) as session:
        held = text("SELECT id, name, kind FROM outlet WHERE name = 'The Day'")
        assert [tuple(row) for row in await session.execute(held)] == [("day", "The Day", "other")]
