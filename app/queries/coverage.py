"""What the data covers, so that "no event" is never read as "nothing happened"; and whether we can serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, Select, cast, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import SchemaNotAtHead
from app.queries.access_path import ALL_PARTIES
from app.storage.tables import agreement, article, dyad_count, event, official, outlet, party, report


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is held, of what time, from which outlets, read by which parsers."""

    totals: Row[Any]
    outlets: Sequence[Row[Any]]
    articles: int
    parser_versions: Sequence[str]


async def get_coverage(session: AsyncSession) -> Coverage:
    """Count what is held."""
    outlets = (await session.execute(_count_articles())).all()
    return Coverage(
        (await session.execute(_count_others())).one(),
        outlets,
        sum(row.articles for row in outlets),
        sorted({version for row in outlets for version in row.parser_versions}),
    )


def _count_others() -> Select[Any]:
    """Count what is held beside articles; of events there are kept counts."""
    kept, every = dyad_count.c, ALL_PARTIES
    return select(
        func.coalesce(func.max(kept.events), 0).label("events"),
        func.max(kept.first_date).label("first_date"),
        func.max(kept.last_date).label("last_date"),
        *(
            select(func.count()).select_from(table).scalar_subquery().label(name)
            for name, table in (("agreements", agreement), ("officials", official), ("parties", party))
        ),
        select(func.json_agg(literal_column("counted")))
        .select_from(_count_datasets().subquery("counted"))
        .scalar_subquery()
        .label("datasets"),
    ).where(kept.a == every[0], kept.b == every[1], kept.grain == "all", kept.kind == "any")


def _count_articles() -> Select[Any]:
    """Return how many articles each outlet has, from when to when, and who read them, in one pass."""
    told = _count_by_parser().subquery("told")
    articles = cast(func.sum(told.c.articles), Integer).label("articles")
    return (
        select(
            outlet.c.id,
            outlet.c.name,
            articles,
            func.min(told.c.first_on).label("first_on"),
            func.max(told.c.last_on).label("last_on"),
            func.array_agg(told.c.parser_version).label("parser_versions"),
        )
        .select_from(told.outerjoin(outlet, outlet.c.id == told.c.outlet))
        .group_by(outlet.c.id, outlet.c.name)
        .order_by(articles.desc(), outlet.c.id)
    )


def _count_by_parser() -> Select[Any]:
    day = func.coalesce(article.c.published_on, article.c.updated_on)
    return select(
        article.c.outlet,
        article.c.parser_version,
        func.count().label("articles"),
        func.min(day).label("first_on"),
        func.max(day).label("last_on"),
    ).group_by(article.c.outlet, article.c.parser_version)


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
