"""Jobs: articles put in a queue, taken one by one, and what became of each.

An item is recorded and marked done in one transaction, under a lock on its row. So it takes effect once, even
where a worker that was thought dead comes back while another reads the same batch.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.jobs import BATCH, MAX_ATTEMPTS, ItemState
from app.storage.audit import Actor
from app.storage.recording import Recorded
from app.storage.tables import JobItem, job, job_item
from app.storage.tables.columns import new_id

QUEUE, TASK = "articles", "read_articles"
_MAX_ERROR = 500

_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(array_agg("
    "ROW(:queue, :task, 0, NULL, NULL, batch, NULL)::procrastinate_job_to_defer_v1))"
    " FROM unnest(CAST(:batches AS jsonb[])) batch"
)


async def open_job(session: AsyncSession, actor: Actor) -> UUID:
    """Make a job without articles yet."""
    made = new_id()
    await session.execute(insert(job).values(id=made, key=actor.key, total=0))
    return made


async def add_to_job(session: AsyncSession, job_id: UUID, articles: Sequence[Article]) -> None:
    """Put articles in the queue, in batches; workers see them when the caller commits."""
    grown = update(job).where(job.c.id == job_id).values(total=job.c.total + len(articles))
    total: int = (await session.execute(grown.returning(job.c.total))).scalar_one()
    first = total - len(articles)
    await session.execute(
        insert(job_item),
        [
            {"job": job_id, "ordinal": first + number, "state": ItemState.WAITING, "attempts": 0}
            | {"handed_in": article.model_dump(mode="json", exclude_defaults=True)}
            for number, article in enumerate(articles)
        ],
    )
    batches = [
        {"job": str(job_id), "first": start, "last": min(start + BATCH, total) - 1}
        for start in range(first, total, BATCH)
    ]
    encoded = [orjson.dumps(batch).decode() for batch in batches]
    await session.execute(_DEFER, {"queue": QUEUE, "task": TASK, "batches": encoded})


async def find_waiting(session: AsyncSession, job_id: UUID, first: int, last: int) -> dict[int, int]:
    """Return which articles of a batch are not read yet, and how often each was tried."""
    waiting = (
        select(job_item.c.ordinal, job_item.c.attempts)
        .where(job_item.c.job == job_id, job_item.c.ordinal.between(first, last))
        .where(job_item.c.state == ItemState.WAITING)
        .order_by(job_item.c.ordinal)
    )
    return {row.ordinal: row.attempts for row in await session.execute(waiting)}


async def take_item(session: AsyncSession, job_id: UUID, ordinal: int) -> Article | None:
    """Lock an article until the transaction ends, or return None where it is read, or another reads it."""
    item = await _lock_item(session, job_id, ordinal)
    return Article.model_validate(item.handed_in) if item else None


async def finish_item(session: AsyncSession, job_id: UUID, ordinal: int, recorded: Recorded) -> None:
    """Note that an article is stored, in the transaction that stores it."""
    await _set(
        session,
        job_id,
        ordinal,
        state=ItemState.DONE,
        article=recorded.article,
        outcome=recorded.outcome,
        handed_in=None,
        error=None,
    )


async def fail_item(session: AsyncSession, job_id: UUID, ordinal: int, error: str, *, final: bool) -> None:
    """Note that an article could not be read; after three times, or where nothing would change, it rests."""
    item = await _lock_item(session, job_id, ordinal)
    if item is None:
        return
    attempts = item.attempts + 1
    dead = final or attempts >= MAX_ATTEMPTS
    state = ItemState.DEAD if dead else ItemState.WAITING
    await _set(session, job_id, ordinal, state=state, attempts=attempts, error=error[:_MAX_ERROR])


async def _lock_item(session: AsyncSession, job_id: UUID, ordinal: int) -> JobItem | None:
    statement = (
        select(JobItem)
        .where(job_item.c.job == job_id, job_item.c.ordinal == ordinal)
        .where(job_item.c.state == ItemState.WAITING)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _set(session: AsyncSession, job_id: UUID, ordinal: int, **values: Any) -> None:
    finished = func.now() if values["state"] is not ItemState.WAITING else None
    await session.execute(
        update(job_item)
        .where(job_item.c.job == job_id, job_item.c.ordinal == ordinal)
        .values(finished_at=finished, **values)
    )
