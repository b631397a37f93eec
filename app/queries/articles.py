"""Articles: where each was found, and the events it tells of; never the text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import CTE, ColumnElement, Row, Select, Text, and_, cast, func, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.explanations import in_words
from app.domain.identifiers import Prefix, public_id, row_id
from app.domain.vocabulary import EventKind
from app.errors import NotFound
from app.queries.asked import AskedParties, PartyFilter, party_conditions, resolve_parties
from app.queries.dated import DatedFilter
from app.queries.event_filter import has_official, not_merged
from app.queries.facets import count_facets
from app.queries.full_text import find_highlights, matches
from app.queries.paging import ListFilter, Order, Page, read_day, read_page, read_uuid
from app.queries.rows import group_by, read_rows
from app.queries.values import Instant, OfficialId, SearchText, Several, TopicId, Words
from app.storage.tables import article, article_terms, dyad_count, event, event_party, outlet, report

_DAY = func.coalesce(
    article.c.published_on,
    article.c.updated_on,
    func.date(func.timezone("UTC", article.c.created_at)),
    type_=article.c.published_on.type,
)

_FEW = 6_000
"""Up to so many events of a party, its articles are sorted faster than met by day; at a million, in 50 ms."""


class ArticleSort(StrEnum):
    """By what articles are sorted; a minus means latest first."""

    LATEST = "-date"
    EARLIEST = "date"

    def order(self, words: str | None) -> Order:
        """Return the columns to sort by."""
        # Where no title holds the words, the index by day would be walked to its end: theirs finds them.
        day = _DAY + 0 if words else _DAY
        return Order(day, article.c.id, self is ArticleSort.LATEST, read_day, read_uuid)


class ArticleDimension(StrEnum):
    """By what articles can be counted."""

    OUTLET = "outlet"
    LANGUAGE = "language"
    KIND = "kind"


class ArticleFilter(PartyFilter, DatedFilter, ListFilter):
    """What `/v1/articles` can be asked for; the days are those of publication."""

    outlet: Words = Field(default=(), description="A publisher's domain or name.")
    language: Words = Field(default=(), description="BCP 47 tag of its language: en.")
    kind: Several[EventKind] = Field(
        default=(), description=f"What kind of event it tells of.{in_words('kind')}"
    )
    topic: Several[TopicId] = Field(default=(), description="What an event that it tells of is about.")
    official: Several[OfficialId] = Field(
        default=(), description="Someone who took part in an event that it tells of: an official's id."
    )
    updated_since: Instant | None = Field(
        default=None, description="Came in at or after this instant, RFC 3339; articles never change."
    )
    q: SearchText | None = Field(
        default=None, description="Full text of its title. The words found are in `highlights`."
    )
    sort: ArticleSort = Field(default=ArticleSort.LATEST, description="By what to sort; the id breaks ties.")


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article's row with its outlet, and the events that it tells of."""

    row: Row[Any]
    events: Sequence[Row[Any]]


async def find_articles(
    session: AsyncSession, wanted: ArticleFilter, facet: Sequence[ArticleDimension] = ()
) -> Page[FoundArticle]:
    """Return one page of articles, with the facets asked for."""
    asked = await resolve_parties(session, wanted)
    conditions = article_conditions(wanted, asked)
    terms = dict(_find_terms(wanted, asked))
    order = await _order(session, wanted, asked, terms)
    page = await read_page(session, _select_keys(conditions, terms), order, wanted)
    found = await find_articles_by_id(session, [row.id for row in page.rows])
    facets = await count_facets(session, facet, conditions, _match_articles, _spread_articles)
    texts = select(article.c.id, article.c.title.label("text"))
    highlights = await find_highlights(session, texts, article.c.id, page.rows, wanted.q)
    shown = {public_id(Prefix.ARTICLE, one): told for one, told in highlights.items()}
    return page.of([found[row.id] for row in page.rows], facets=facets, highlights=shown)


async def get_article(session: AsyncSession, text: str) -> FoundArticle:
    """Return one article by its id."""
    statement = _select_article().where(article.c.id == row_id(Prefix.ARTICLE, text))
    found = await _complete(session, await read_rows(session, statement))
    if not found:
        raise NotFound
    return found[0]


def article_conditions(wanted: ArticleFilter, asked: AskedParties) -> dict[str, ColumnElement[bool]]:
    """Return what every article listed must meet, by the parameter that asks for it."""
    conditions = {name: has_term(terms) for name, terms in _find_terms(wanted, asked)}
    if asked.members:
        about = party_conditions(event_party, event.c.id, asked)
        conditions |= {name: tells_of(condition) for name, condition in about.items()}
    if wanted.outlet:
        conditions["outlet"] = article.c.outlet.in_(asked.outlet)
    for name, condition in _CONDITIONS.items():
        if value := getattr(wanted, name):
            conditions[name] = condition(value)
    return conditions


def _find_terms(wanted: ArticleFilter, asked: AskedParties) -> Iterator[tuple[str, list[str]]]:
    """Yield, by parameter, the terms of which an article must have one; members of that day have none."""
    for name in ("kind", "topic"):
        if values := getattr(wanted, name):
            yield name, [f"{name}:{value}" for value in values]
    if asked.members:
        return
    for name, parties in asked.sides():
        yield name, [f"party:{one}" for one in parties]
    if asked.pair:
        yield "pair", ["pair:{}-{}".format(*pair) for pair in asked.pairs()]


def has_term(terms: list[str]) -> ColumnElement[bool]:
    """Keep articles that tell of an event under one of the terms."""
    return article.c.id.in_(select(article_terms.c.article).where(_is_under(terms)))


def _is_under(terms: list[str]) -> ColumnElement[bool]:
    return article_terms.c.terms.bool_op("&&")(cast(terms, ARRAY(Text)))


def _select_keys(
    conditions: Mapping[str, ColumnElement[bool]], terms: Mapping[str, list[str]]
) -> Select[Any]:
    """Return the ids of articles, of the terms and their days where what they tell of is asked for."""
    if not terms:
        return select(article.c.id).where(*conditions.values())
    keys = select(article_terms.c.article.label("id")).where(*map(_is_under, terms.values()))
    others = [one for name, one in conditions.items() if name not in terms]
    return keys.join(article, article.c.id == article_terms.c.article).where(*others) if others else keys


async def _order(
    session: AsyncSession, wanted: ArticleFilter, asked: AskedParties, terms: Mapping[str, list[str]]
) -> Order:
    """Return what the keys are sorted by: the same day, of the table that they come from."""
    order = wanted.sort.order(wanted.q)
    if not terms or wanted.q:
        return order
    # Few are sorted at once: Postgres would walk the index by day until it met a page of them.
    day = article_terms.c.day + 0 if await _are_few(session, asked) else article_terms.c.day
    return replace(order, value=day, id=article_terms.c.article)


async def _are_few(session: AsyncSession, asked: AskedParties) -> bool:
    """Tell whether a party or a pair that is asked for has few events, by what is counted of them."""
    if asked.members:
        return False
    sides = [[(one, one) for one in parties] for _, parties in asked.sides()]
    if asked.pair:
        sides.append(asked.pairs())
    if not sides:
        return False
    kept = dyad_count.c
    of_all_time = select(func.coalesce(func.sum(kept.events), 0)).where(
        kept.grain == "all", kept.kind == "any"
    )
    sums = [of_all_time.where(tuple_(kept.a, kept.b).in_(side)).scalar_subquery() for side in sides]
    least: int = (await session.execute(select(func.least(*sums)))).scalar_one()
    return least <= _FEW


def tells_of(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Keep articles that tell of an event that meets the condition."""
    told = (
        select(report.c.id)
        .join(event, event.c.id == report.c.event)
        .where(report.c.article == article.c.id, report.c.active, not_merged(), condition)
    )
    return told.exists()


_PUBLISHED = func.coalesce(article.c.published_on, article.c.updated_on)
_CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "language": article.c.language.in_,
    "official": lambda ids: tells_of(has_official(ids)),
    # The day that lists go by is that of publication where there is one, and it has an index.
    "date_from": lambda day: and_(_PUBLISHED.is_not(None), day <= _DAY),
    "date_to": lambda day: and_(_PUBLISHED.is_not(None), day >= _DAY),
    "updated_since": lambda instant: article.c.created_at >= instant,
    "q": lambda words: matches(article.c.search, words),
}


def _match_articles(conditions: Iterable[ColumnElement[bool]], name: str, limit: int | None = None) -> CTE:
    columns = (article.c.id, article.c.outlet, article.c.language)
    return select(*columns).where(*conditions).limit(limit).cte(name)


def _spread_articles(matched: CTE, dimension: ArticleDimension) -> Select[Any]:
    if dimension is ArticleDimension.OUTLET:
        columns = (matched.c.id, outlet.c.id.label("value"), outlet.c.name.label("label"))
        return select(*columns).join(outlet, outlet.c.id == matched.c.outlet)
    if dimension is ArticleDimension.LANGUAGE:
        language = matched.c.language
        return select(matched.c.id, language.label("value"), language.label("label"))
    return (
        select(matched.c.id, event.c.kind.label("value"), event.c.kind.label("label"))
        .join(report, and_(report.c.article == matched.c.id, report.c.active))
        .join(event, and_(event.c.id == report.c.event, not_merged()))
        .distinct()
    )


def _select_article() -> Select[Any]:
    columns = [column for column in article.c if column.name not in ("text", "search")]
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
