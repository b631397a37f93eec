"""Countries and organizations, what they are called, and who belongs to what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field
from sqlalchemy import CTE, ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.explanations import in_words
from app.domain.vocabulary import CountryStatus, MembershipLevel, PartyKind, PartyNameKind
from app.errors import NoSuchParty, NotFound
from app.queries.facets import count_facets
from app.queries.lookalike import closeness, is_called
from app.queries.names import resolve_word
from app.queries.paging import Filter, ListFilter, Order, Page, read_number, read_page, read_text
from app.queries.rows import group_by, read_rows
from app.queries.values import Count, Day, SearchText, Several, Word
from app.storage.tables import membership, party, party_name, succession

_OTHER_NAMES = party_name.alias("called")


class PartySort(StrEnum):
    """By what parties are sorted: their name, or closeness to `q`."""

    NAME = "name"
    NAME_BACKWARDS = "-name"
    RELEVANCE = "-relevance"

    def order(self, words: str | None) -> Order:
        """Return the columns to sort by."""
        if self is PartySort.RELEVANCE:
            close = closeness(_OTHER_NAMES, party.c.id, _OTHER_NAMES.c.party, words)
            return Order(close, party.c.id, True, read_number, read_text)
        backwards = self is PartySort.NAME_BACKWARDS
        return Order(party_name.c.name_key, party.c.id, backwards, read_text, read_text)


class CountryDimension(StrEnum):
    """By what countries can be counted."""

    REGION = "region"
    STATUS = "status"


class OrganizationFilter(ListFilter):
    """What `/v1/organizations` can be asked for."""

    q: SearchText | None = Field(
        default=None,
        description="Parts of a name or an alias; every word must occur. Where no name holds them all, names "
        "that look alike are found.",
    )
    sort: PartySort = Field(
        default=PartySort.NAME,
        description="By what to sort; the id breaks ties. `-relevance` is closeness of the name to `q`.",
    )


class CountryFilter(OrganizationFilter):
    """What `/v1/countries` can be asked for."""

    region: Several[Word] = Field(
        default=(), description="A region or subregion of the UN's M49: Asia, Southern Asia."
    )
    status: Several[CountryStatus] = Field(
        default=(), description=f"What kind of country it is.{in_words('country_status')}"
    )


class ResolveQuery(Filter):
    """What `/v1/parties/resolve` needs."""

    q: SearchText = Field(description="A name, an alias, a demonym or any code.")
    limit: Count = Field(default=10, ge=1, le=50, description="Most candidates.")


class MemberFilter(Filter):
    """What a list of members can be asked for."""

    on: Day | None = Field(default=None, description="Only those who belonged on this day, YYYY-MM-DD.")
    level: Several[MembershipLevel] = Field(
        default=(), description=f"As what they belong.{in_words('membership_level')}"
    )


@dataclass(frozen=True, slots=True)
class FoundParty:
    """A party's row, its names, and the states before and after it."""

    row: Row[Any]
    names: Sequence[Row[Any]]
    predecessors: Sequence[Row[Any]]
    successors: Sequence[Row[Any]]


async def find_countries(
    session: AsyncSession, wanted: CountryFilter, facet: Sequence[CountryDimension] = ()
) -> Page[FoundParty]:
    """Return one page of countries, with the facets asked for."""
    conditions = country_conditions(wanted)
    statement = _select_party(PartyKind.COUNTRY).where(*conditions.values())
    page = await read_page(session, statement, wanted.sort.order(wanted.q), wanted)
    facets = await count_facets(session, facet, conditions, _match_countries, _spread_countries)
    return page.of(await _complete(session, page.rows), facets=facets)


async def find_organizations(session: AsyncSession, wanted: OrganizationFilter) -> Page[FoundParty]:
    """Return one page of organizations."""
    statement = _select_party(PartyKind.ORGANIZATION).where(*party_clauses(wanted))
    page = await read_page(session, statement, wanted.sort.order(wanted.q), wanted)
    return page.of(await _complete(session, page.rows))


async def get_party(session: AsyncSession, word: str, kind: PartyKind) -> FoundParty:
    """Return one party by id, any code or any name."""
    party_id = await require_party(session, word, kind)
    rows = (await session.execute(_select_party(kind).where(party.c.id == party_id))).all()
    return (await _complete(session, rows))[0]


async def get_country(session: AsyncSession, word: str) -> tuple[FoundParty, Sequence[Row[Any]]]:
    """Return a country and the organizations that it belongs or belonged to."""
    found = await get_party(session, word, PartyKind.COUNTRY)
    statement = (
        select(*membership.c, party.c.name.label("party_name"))
        .join(party, party.c.id == membership.c.organization)
        .where(membership.c.country == found.row.id)
        .order_by(membership.c.organization, membership.c.valid_from.asc().nulls_first())
    )
    return found, await read_rows(session, statement)


async def find_members(session: AsyncSession, word: str, wanted: MemberFilter) -> Sequence[Row[Any]]:
    """Return the memberships of an organization, by country and day."""
    organization = await require_party(session, word, PartyKind.ORGANIZATION)
    statement = (
        select(*membership.c, party.c.name.label("party_name"))
        .join(party, party.c.id == membership.c.country)
        .where(membership.c.organization == organization)
        .order_by(membership.c.country, membership.c.valid_from.asc().nulls_first())
    )
    if wanted.on:
        statement = statement.where(valid_on(wanted.on))
    if wanted.level:
        statement = statement.where(membership.c.level.in_(wanted.level))
    return await read_rows(session, statement)


async def require_party(session: AsyncSession, word: str, kind: PartyKind) -> str:
    """Return the id of the party that an address names."""
    if "\0" in word:  # names are compared without what is not printed
        raise NotFound
    try:
        return (await resolve_word(session, word, "id", kind)).id
    except NoSuchParty as error:
        raise NotFound from error


def party_clauses(wanted: OrganizationFilter) -> Iterator[ColumnElement[bool]]:
    """Yield what every party listed must meet."""
    if wanted.q:
        yield is_called(_OTHER_NAMES, party.c.id, _OTHER_NAMES.c.party, wanted.q)


def country_conditions(wanted: CountryFilter) -> dict[str, ColumnElement[bool]]:
    """Return what every country listed must meet, by the parameter that asks for it."""
    conditions = {str(number): clause for number, clause in enumerate(party_clauses(wanted))}
    if wanted.region:
        regions = [region.lower() for region in wanted.region]
        in_one = or_(func.lower(party.c.region).in_(regions), func.lower(party.c.subregion).in_(regions))
        conditions["region"] = in_one
    if wanted.status:
        conditions["status"] = party.c.status.in_(wanted.status)
    return conditions


def _match_countries(conditions: Iterable[ColumnElement[bool]], name: str, limit: int | None = None) -> CTE:
    columns = (party.c.id, party.c.region, party.c.status)
    country = party.c.kind == PartyKind.COUNTRY
    return select(*columns).where(country, *conditions).limit(limit).cte(name)


def _spread_countries(matched: CTE, dimension: CountryDimension) -> Select[Any]:
    value = matched.c[dimension.value]
    return select(matched.c.id, value.label("value"), value.label("label")).where(value.is_not(None))


def valid_on(day: date) -> ColumnElement[bool]:
    """Keep memberships that are valid on a day; an unknown start or end does not exclude."""
    return and_(
        or_(membership.c.valid_from.is_(None), membership.c.valid_from <= day),
        or_(membership.c.valid_to.is_(None), membership.c.valid_to >= day),
    )


def _select_party(kind: PartyKind) -> Select[Any]:
    today = func.current_date()
    listed = (
        select(func.count())
        .where(
            membership.c.organization == party.c.id,
            membership.c.level == MembershipLevel.FULL,
            membership.c.valid.contains(today),
        )
        .scalar_subquery()
    )
    main = and_(party_name.c.party == party.c.id, party_name.c.kind == PartyNameKind.NAME)
    return select(*party.c, listed.label("listed_members")).join(party_name, main).where(party.c.kind == kind)


async def _complete(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[FoundParty]:
    """Add to parties, in two statements, their names and who came before and after."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    names = (
        select(party_name)
        .where(party_name.c.party.in_(ids))
        .order_by(party_name.c.party, party_name.c.kind, party_name.c.name)
    )
    lines = (
        select(succession)
        .where(or_(succession.c.predecessor.in_(ids), succession.c.successor.in_(ids)))
        .order_by(succession.c.predecessor, succession.c.successor)
    )
    followed = await read_rows(session, lines)
    names_of = group_by(await read_rows(session, names), "party")
    before, after = group_by(followed, "successor"), group_by(followed, "predecessor")
    return [FoundParty(row, names_of[row.id], before[row.id], after[row.id]) for row in rows]


async def find_parties_by_id(session: AsyncSession, ids: Sequence[str]) -> dict[str, FoundParty]:
    """Return countries and organizations by their ids."""
    rows = [
        row
        for kind in PartyKind
        for row in await read_rows(session, _select_party(kind).where(party.c.id.in_(ids)))
    ]
    return {found.row.id: found for found in await _complete(session, rows)}
