"""Workers: any number, on any hosts, each takes a batch of articles from the queue in Postgres, and reads it.

A worker that is killed leaves its batch behind. Once it has not been heard of for a while, another one takes
the batch over; what was stored of it stays, and only the rest is read.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import procrastinate
import psycopg
import structlog
from procrastinate import utils
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.domain.article import Article
from app.errors import BadInput, BilateralError, Conflict, DatabaseUnreachable, ParserGaveUp
from app.ingestion.articles import ingest_articles
from app.ingestion.parser_pool import ParserPool
from app.storage.database import create_engine, session_factory
from app.storage.jobs import QUEUE, TASK, fail_item, find_waiting, finish_item, take_item
from app.storage.roles import APP, act_as, taking_on

LEASE_SECONDS = 30
STATEMENT_SECONDS = 60
_STOP_SECONDS = 3
_AWAY_SECONDS = 20
"""Less than the queue's connections wait for the database; after that nobody hears of the worker."""
_LONGEST_WAIT = timedelta(minutes=1)
_log = structlog.get_logger(__name__)

Note = Callable[[int], None]


@dataclass(eq=False)
class ArticlesLeft(BilateralError):
    """Articles of the batch could not be read and will be tried again; tried so far: {tries} times."""

    tries: int


class Backoff(BaseRetryStrategy):
    """Tries a batch again after 1, 2, 4 … seconds, at most a minute; its articles' own count ends it.

    How often workers died with a batch in their hands says nothing of it and makes no article wait longer.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """Return when to try again."""
        tries = exception.tries if isinstance(exception, ArticlesLeft) else job.attempts
        wait = min(timedelta(seconds=2 ** min(tries, 6)), _LONGEST_WAIT)
        return RetryDecision(retry_at=utils.utcnow() + wait)


async def run_worker(
    url: str,
    libpq_url: str,
    *,
    until_empty: bool,
    lease_seconds: float = LEASE_SECONDS,
    note: Note | None = None,
) -> None:
    """Read batches until a signal comes, or until the queue is empty; `note` is told how many were read.

    What is being read at the signal has a few seconds to end; the rest of its batch goes back to the queue.
    Where the database is away for longer than its connections wait, the worker ends too, since nobody would
    hear of it any more: whoever looks after it starts it again.
    """
    async with _reader(url, note or (lambda _: None)) as read_batch:
        app = open_queue(libpq_url)
        app.task(name=TASK, queue=QUEUE, retry=Backoff())(read_batch)
        async with app.open_async():
            work = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    wait=not until_empty,
                    concurrency=1,
                    delete_jobs="successful",
                    update_heartbeat_interval=lease_seconds / 3,
                    stalled_worker_timeout=lease_seconds,
                    shutdown_graceful_timeout=_STOP_SECONDS,
                )
            )
            watch = asyncio.create_task(_take_over(app, lease_seconds))
            try:
                await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in (watch, work):
                    one.cancel()
            await _outcome(work, watch)


async def _outcome(*tasks: asyncio.Task[None]) -> None:
    """Raise what ended the first of the tasks that did not end well."""
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, procrastinate.exceptions.ConnectorException):
            raise DatabaseUnreachable(type(ended).__name__) from ended
        if isinstance(ended, Exception):
            raise ended


def open_queue(libpq_url: str) -> procrastinate.App:
    """Return the queue, on connections that act as the app's role too."""
    connector = procrastinate.PsycopgConnector(conninfo=libpq_url, max_size=4, configure=_act_as_app)
    return procrastinate.App(connector=connector)


async def _act_as_app(connection: psycopg.AsyncConnection[Any]) -> None:
    await connection.execute(taking_on(APP).encode())
    await connection.commit()


async def _take_over(app: procrastinate.App, lease_seconds: float) -> None:
    """Give the batches of workers that are not heard of any more back to the queue.

    It goes on whatever happens: connections may be cut, and another worker may be faster.
    """
    while True:
        asked = time.monotonic()
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=lease_seconds):
                await _give_back(app, job)
        except procrastinate.exceptions.ProcrastinateException as error:
            if time.monotonic() - asked > _AWAY_SECONDS:
                raise DatabaseUnreachable(type(error).__name__) from error
            _log.warning("cannot look for batches of workers that are gone", error=str(error))
        await asyncio.sleep(lease_seconds / 3)


async def _give_back(app: procrastinate.App, job: Job) -> None:
    try:
        await app.job_manager.retry_job(job)
    except procrastinate.exceptions.ProcrastinateException:
        return  # another worker gave it back, or it ended after all
    _log.warning("batch of a worker that is gone goes back to the queue", batch=job.task_kwargs)


@asynccontextmanager
async def _reader(url: str, note: Note) -> AsyncIterator[Callable[..., Any]]:
    """Yield what reads a batch: one parser process, and connections that act as the app's role."""
    engine = create_engine(url, pool_size=2, statement_seconds=STATEMENT_SECONDS)
    act_as(engine, APP)
    sessions, parsers = session_factory(engine), ParserPool(1)

    async def read_batch(job: str, first: int, last: int) -> None:
        job_id = UUID(job)
        async with sessions() as session:
            waiting = await find_waiting(session, job_id, first, last)
        for ordinal in waiting:
            await _read_item(sessions, parsers, job_id, ordinal)
            note(1)
        async with sessions() as session:
            left = await find_waiting(session, job_id, first, last)
        if left:
            raise ArticlesLeft(tries=min(left.values()))

    try:
        yield read_batch
    finally:
        parsers.close()
        await engine.dispose()


async def _read_item(
    sessions: async_sessionmaker[AsyncSession], parsers: ParserPool, job_id: UUID, ordinal: int
) -> None:
    """Read and store one article, or note why not; only what the database itself refuses is raised."""
    try:
        async with sessions() as session, session.begin():
            article = await take_item(session, job_id, ordinal)
            if article is not None:
                await _store(session, parsers, article, job_id, ordinal)
    except OSError:
        raise
    except Exception as error:  # one article must not keep the others of its batch back
        if isinstance(error, DBAPIError) and _is_the_servers(error):
            raise
        final = isinstance(error, (BadInput, Conflict)) and not isinstance(error, ParserGaveUp)
        told = str(error) if isinstance(error, BilateralError) else type(error).__name__
        _log.warning("article could not be read", job=str(job_id), ordinal=ordinal, error=told)
        async with sessions() as session, session.begin():
            await fail_item(session, job_id, ordinal, told, final=final)


def _is_the_servers(error: DBAPIError) -> bool:
    """Tell whether the database was away, full or busy, of which no article is the cause."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return error.connection_invalidated or state[:2] in ("08", "40", "53", "55", "57")


async def _store(
    session: AsyncSession, parsers: ParserPool, article: Article, job_id: UUID, ordinal: int
) -> None:
    records = await parsers.parse(article)
    (recorded,) = await ingest_articles(session, [article], [records])
    await finish_item(session, job_id, ordinal, recorded)
