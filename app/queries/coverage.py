"""What the data covers, so that "no event" is never read as "nothing happened"; and whether we can serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import SchemaNotAtHead
from app.queries.event_filter import served
from app.storage.tables import agreement, article, event, official, outlet, party, report


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is held, of what time, from which outlets, read by which parsers."""

    totals: Row[Any]
    outlets: Sequence[Row[Any]]
    parser_versions: Sequence[str]


async def get_coverage(session: AsyncSession) -> Coverage:
    """Count what is held."""
    totals = select(
        func.count().label("events"),
        func.min(event.c.date_start).label("first_date"),
        func.max(event.c.date_end).label("last_date"),
        *(
            select(func.count()).select_from(table).scalar_subquery().label(name)
            for name, table in (
                ("articles", article),
                ("agreements", agreement),
                ("officials", official),
                ("parties", party),
            )
        ),
        select(func.json_agg(literal_column("counted")))
        .select_from(_count_datasets().subquery("counted"))
        .scalar_subquery()
        .label("datasets"),
    ).where(served())
    day = func.coalesce(article.c.published_on, article.c.updated_on)
    outlets = (
        select(
            outlet.c.id,
            outlet.c.name,
            func.count().label("articles"),
            func.min(day).label("first_on"),
            func.max(day).label("last_on"),
        )
        .select_from(article.outerjoin(outlet, outlet.c.id == article.c.outlet))
        .group_by(outlet.c.id, outlet.c.name)
        .order_by(func.count().desc(), outlet.c.id)
    )
    versions = select(article.c.parser_version).distinct().order_by(article.c.parser_version)
    return Coverage(
        (await session.execute(totals)).one(),
        (await session.execute(outlets)).all(),
        (await session.execute(versions)).scalars().all(),
    )


def _count_datasets() -> Select[Any]:
    """Count the rows held of each list of a dataset, and the days of their events."""
    return (
        select(
            article.c.dataset.label("id"),
            func.count(article.c.id.distinct()).label("rows"),
            func.min(event.c.date_start).label("first_date"),
            func.max(event.c.date_end).label("last_date"),
        )
        .join(report, report.c.article == article.c.id)
        .join(event, event.c.id == report.c.event)
        .where(article.c.dataset.is_not(None), report.c.active)
        .group_by(article.c.dataset)
        .order_by(article.c.dataset)
    )


async def check_schema(session: AsyncSession, head: str) -> None:
    """Refuse a database whose schema is not what this version needs."""
    table = (await session.execute(text("SELECT to_regclass('alembic_version')::text"))).scalar_one()
    statement = text("SELECT version_num FROM alembic_version")
    found = (await session.execute(statement)).scalar_one_or_none() if table else None
    if found != head:
        raise SchemaNotAtHead(found or "nothing", head)
