"""Many articles at once into an empty database: against a bare COPY of the same rows, and against an ORM."""

import asyncio
import hashlib
import io
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.record import EventRecord
from app.reference import read_countries
from app.storage.bulk import load_articles
from app.storage.bulk_split import BulkArticle
from app.storage.database import create_engine, open_session
from app.storage.embedded import running_server
from app.storage.migrating import migrate
from app.storage.outlets import find_or_add_outlet
from app.storage.recording import ArticleIds, RecordIds
from app.storage.reference_rows import load_reference
from app.storage.tables import (
    article,
    article_terms,
    event,
    event_act,
    event_doc,
    event_dyad,
    event_official,
    event_party,
    event_term,
    official,
    participation,
    report,
)
from app.storage.tables.columns import new_id
from benchmarks.goals import Goal, Results
from benchmarks.measuring import ROUNDS
from benchmarks.writing import add_by_orm, made_up_meeting

_ARTICLES, _BY_ORM = 5_000, 500
_OUTLET = "daily1.example"
_OF_COPY, _OF_ORM = 0.3, 4.5
_COPIED = (
    *(event, article, report, event_party, participation),
    *(event_doc, event_dyad, event_official, event_act, event_term, article_terms),
)


def measure_loading(results: Results) -> None:
    """Measure articles a second on a server of its own; all of it is rolled back."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server:
        migrate(server.url)
        bulk, copy, orm = asyncio.run(_measure(server.url))
    against_copy = statistics.median(a / b for a, b in zip(bulk, copy, strict=True))
    against_orm = statistics.median(a / b for a, b in zip(bulk, orm, strict=True))
    results.figures["articles a second, in bulk"] = {
        "bulk": round(statistics.median(bulk)),
        "COPY": round(statistics.median(copy)),
        "SQLModel": round(statistics.median(orm)),
    }
    note = "with access paths, change log and documents"
    results.add(
        Goal("bulk load against a bare COPY of the rows", against_copy, _OF_COPY, note=note),
        Goal("bulk load against the ORM adding its rows", against_orm, _OF_ORM, note=note),
    )


async def _measure(url: str) -> tuple[list[float], list[float], list[float]]:
    async with open_session(url) as session:
        await load_reference(session)
        await find_or_add_outlet(session, _OUTLET)
        officials = list((await session.execute(select(official.c.id).limit(100))).scalars())
    engine = create_engine(url, pool_size=1)
    speeds: tuple[list[float], list[float], list[float]] = ([], [], [])
    try:
        for number in range(ROUNDS + 1):
            async with AsyncSession(engine) as session:
                bulk, rows = await _load(session, officials)
                await session.rollback()
            async with AsyncSession(engine) as session:
                copy = await _copy(session, rows)
                await session.rollback()
            async with AsyncSession(engine, expire_on_commit=False) as session:
                orm = await _add(session)
                await session.rollback()
            if number:
                for kept, one in zip(speeds, (bulk, copy, orm), strict=True):
                    kept.append(one)
    finally:
        await engine.dispose()
    return speeds


async def _load(session: AsyncSession, officials: Sequence[UUID]) -> tuple[float, dict[Table, bytes]]:
    """Return the speed of a bulk load, and the rows that it made."""
    articles = [_bulk_article(number, officials[number % len(officials)]) for number in range(_ARTICLES)]
    start = time.perf_counter()
    await load_articles(session, articles)
    speed = _ARTICLES / (time.perf_counter() - start)
    rows = {table: await _read_rows(session, table) for table in _COPIED}
    return speed, rows


async def _read_rows(session: AsyncSession, table: Table) -> bytes:
    held = io.BytesIO()
    columns = ", ".join(_stored(table))
    await (await _driver(session)).copy_from_query(
        f"SELECT {columns} FROM {table.name}", output=held, format="binary"
    )
    return held.getvalue()


async def _copy(session: AsyncSession, rows: dict[Table, bytes]) -> float:
    await session.execute(select(1))  # begins the transaction, of which the driver knows nothing by itself
    driver = await _driver(session)
    start = time.perf_counter()
    for table, held in rows.items():
        await driver.copy_to_table(
            table.name, source=io.BytesIO(held), columns=_stored(table), format="binary"
        )
    return _ARTICLES / (time.perf_counter() - start)


async def _add(session: AsyncSession) -> float:
    start = time.perf_counter()
    for number in range(_BY_ORM):
        await add_by_orm(session, *_told(number))
    return _BY_ORM / (time.perf_counter() - start)


async def _driver(session: AsyncSession) -> Any:
    return (await (await session.connection()).get_raw_connection()).driver_connection


def _stored(table: Table) -> list[str]:
    """Return the columns that Postgres does not compute itself."""
    return [column.name for column in table.columns if column.computed is None]


def _told(number: int) -> tuple[Article, EventRecord]:
    states = [one.id for one in read_countries() if one.status == "state"]
    a, b = states[number % len(states)], states[(number * 7 + 1) % len(states)]
    pair = (a, b) if a != b else (states[0], states[1])
    record = made_up_meeting(number, pair, date(1950, 1, 1) + timedelta(days=number))
    # Like a dataset's rows: what has a text to cite goes through the door.
    source = Article(
        outlet=_OUTLET,
        title=f"Story {number}",
        text_sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        dataset="benchmark",
        record_id=str(number),
    )
    return source, record


def _bulk_article(number: int, official_id: UUID) -> BulkArticle:
    source, record = _told(number)
    ids = RecordIds(report=new_id(), event=new_id(), agreement=None, officials=(official_id,))
    return BulkArticle(source, "benchmark", (record,), ((),), ArticleIds(new_id(), (ids,)))
