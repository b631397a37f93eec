"""Articles: where each was found, and the events it tells of; never the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.errors import NotFound
from app.queries.asked import Words
from app.queries.event_filter import DatedFilter, not_merged
from app.queries.full_text import matches
from app.queries.paging import Order, Page, read_day, read_page, read_uuid
from app.queries.rows import group_by, read_rows
from app.queries.values import SearchText
from app.storage.tables import article, event, outlet, report

_DAY = func.coalesce(
    article.c.published_on,
    article.c.updated_on,
    func.date(func.timezone("UTC", article.c.created_at)),
    type_=article.c.published_on.type,
)


class ArticleSort(StrEnum):
    """By what articles are sorted; a minus means latest first."""

    LATEST = "-date"
    EARLIEST = "date"

    def order(self) -> Order:
        """Return the columns to sort by."""
        return Order(_DAY, article.c.id, self is ArticleSort.LATEST, read_day, read_uuid)


class ArticleFilter(DatedFilter):
    """What `/v1/articles` can be asked for; the days are those of publication."""

    outlet: Words = Field(default=(), description="A publisher's domain or name.")
    q: SearchText | None = Field(default=None, description="Words of its title.")
    sort: ArticleSort = Field(default=ArticleSort.LATEST, description="By what to sort; the id breaks ties.")


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article's row with its outlet, and the events that it tells of."""

    row: Row[Any]
    events: Sequence[Row[Any]]


async def find_articles(session: AsyncSession, wanted: ArticleFilter) -> Page[FoundArticle]:
    """Return one page of articles."""
    statement = _select_article().where(*article_clauses(wanted))
    page = await read_page(session, statement, wanted.sort.order(), wanted)
    return page.of(await _complete(session, page.rows))


async def get_article(session: AsyncSession, text: str) -> FoundArticle:
    """Return one article by its id."""
    statement = _select_article().where(article.c.id == row_id(Prefix.ARTICLE, text))
    found = await _complete(session, await read_rows(session, statement))
    if not found:
        raise NotFound
    return found[0]


def article_clauses(wanted: ArticleFilter) -> Iterator[ColumnElement[bool]]:
    """Yield what every article listed must meet."""
    if wanted.outlet:
        names = [name.lower() for name in wanted.outlet]
        yield or_(outlet.c.id.in_(names), func.lower(outlet.c.name).in_(names))
    day = func.coalesce(article.c.published_on, article.c.updated_on)
    if wanted.date_from:
        yield day >= wanted.date_from
    if wanted.date_to:
        yield day <= wanted.date_to
    if wanted.q:
        yield matches(func.to_tsvector("english", func.coalesce(article.c.title, "")), wanted.q)


def _select_article() -> Select[Any]:
    columns = [column for column in article.c if column.name != "text"]
    return select(
        *columns,
        outlet.c.name.label("outlet_name"),
        outlet.c.kind.label("outlet_kind"),
        outlet.c.country.label("outlet_country"),
    ).outerjoin(outlet, outlet.c.id == article.c.outlet)


async def _complete(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[FoundArticle]:
    """Add to articles, in one statement, the events that they tell of."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    events = (
        select(report.c.article, report.c.main, event.c.id, event.c.kind, event.c.title)
        .join(event, event.c.id == report.c.event)
        .where(report.c.article.in_(ids), report.c.active, not_merged())
        .order_by(report.c.article, report.c.ordinal)
    )
    events_of = group_by(await read_rows(session, events), "article")
    return [FoundArticle(row, events_of[row.id]) for row in rows]


async def find_articles_by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, FoundArticle]:
    """Return articles by their ids."""
    statement = _select_article().where(article.c.id.in_(ids))
    return {found.row.id: found for found in await _complete(session, await read_rows(session, statement))}
