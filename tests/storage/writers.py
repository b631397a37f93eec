"""Writers on connections of their own, and when one of them waits for another."""

import asyncio

from sqlalchemy import text

from app.domain.article import Article
from app.domain.record import EventRecord
from app.storage.database import open_session
from app.storage.recording import Recorded, record_article
from tests.factories import PARSER_VERSION, make_article

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


async def write(url: str, *records: EventRecord, article: Article | None = None) -> Recorded:
    """Store an article in a transaction of its own."""
    async with open_session(url) as session:
        return await record_article(
            session, article or make_article(), records, parser_version=PARSER_VERSION
        )


async def until_somebody_waits(url: str) -> None:
    for _ in range(500):
        async with open_session(url) as session:  # a transaction sees who waits as at its first look
            if (await session.execute(_WAITING)).scalar_one():
                return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody waits")
