"""Jobs: how far each is, and what became of its articles."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.domain.jobs import ItemState
from app.errors import NotFound
from app.queries.paging import ListFilter, Order, Page, read_number, read_page
from app.storage.tables import job, job_item


class ItemFilter(ListFilter):
    """What the articles of a job can be asked for."""

    state: ItemState | None = Field(default=None, description="What became of them.")


@dataclass(frozen=True, slots=True)
class FoundJob:
    """A job's row, and how many of its articles are in each state."""

    row: Row[Any]
    counts: dict[str, int]


async def get_job(session: AsyncSession, text: str, owner: UUID | None = None) -> FoundJob:
    """Return a job by its id; to an owner, another's job is not there."""
    return FoundJob(row := await _require(session, text, owner), await _count(session, row.id))


async def find_recent_jobs(session: AsyncSession, limit: int) -> list[FoundJob]:
    """Return the last jobs, the latest first."""
    rows = (await session.execute(select(job).order_by(job.c.id.desc()).limit(limit))).all()
    return [FoundJob(row, await _count(session, row.id)) for row in rows]


async def find_items(
    session: AsyncSession, text: str, owner: UUID | None, wanted: ItemFilter
) -> Page[Row[Any]]:
    """Return one page of a job's articles, in its order."""
    row = await _require(session, text, owner)
    columns = [column for column in job_item.c if column.name != "handed_in"]
    statement: Select[Any] = select(*columns).where(job_item.c.job == row.id)
    if wanted.state:
        statement = statement.where(job_item.c.state == wanted.state)
    order = Order(job_item.c.ordinal, job_item.c.ordinal, False, read_number, read_number)
    return await read_page(session, statement, order, wanted)


async def _require(session: AsyncSession, text: str, owner: UUID | None) -> Row[Any]:
    statement = select(job).where(job.c.id == row_id(Prefix.JOB, text))
    if owner is not None:
        statement = statement.where(job.c.key == owner)
    found = (await session.execute(statement)).one_or_none()
    if found is None:
        raise NotFound
    return found


async def _count(session: AsyncSession, job_id: UUID) -> dict[str, int]:
    counted = select(job_item.c.state, func.count().label("number")).where(job_item.c.job == job_id)
    rows = await session.execute(counted.group_by(job_item.c.state))
    return {row.state: row.number for row in rows}
