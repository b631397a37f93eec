"""Officials: for whom they acted, when, and the offices they held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix
from app.errors import NotFound
from app.queries.asked import resolve_parties
from app.queries.facets import count_facets
from app.queries.moved import follow
from app.queries.official_filter import (
    OfficialDimension,
    OfficialFilter,
    TenureFilter,
    held_on,
    official_conditions,
)
from app.queries.paging import Page, read_page
from app.queries.rows import group_by, read_rows
from app.storage.merged import select_line
from app.storage.tables import (
    event_official,
    official,
    official_act,
    official_name,
    participation,
    party,
    tenure,
)

_BEHIND_EVENT = len("2024-08-19 ") + len("00000000-0000-0000-0000-000000000000 ") + 1
"""Where the title and rank begin that are kept behind the day and the id of the event that told them."""


@dataclass(frozen=True, slots=True)
class FoundOfficial:
    """An official's row, the spellings of the name, and what they did for each party."""

    row: Row[Any]
    names: Sequence[Row[Any]]
    parties: Sequence[Row[Any]]


async def find_officials(
    session: AsyncSession, wanted: OfficialFilter, facet: Sequence[OfficialDimension] = ()
) -> Page[FoundOfficial]:
    """Return one page of officials, with the facets asked for."""
    asked = await resolve_parties(session, wanted)
    conditions = official_conditions(wanted, asked)
    statement = select_official().where(*conditions.values())
    counted = select(official.c.id).where(*conditions.values())
    page = await read_page(session, statement, wanted.sort.order(wanted.q), wanted, counted)
    facets = await count_facets(session, facet, conditions, _match_officials, _spread_officials)
    return page.of(await complete_officials(session, page.rows), facets=facets)


async def get_official(session: AsyncSession, text: str) -> FoundOfficial:
    """Return one official by id."""
    statement = select_official().where(official.c.id == await require_official(session, text))
    found = await complete_officials(session, await read_rows(session, statement))
    if not found:
        raise NotFound
    return found[0]


async def find_tenures(session: AsyncSession, text: str, wanted: TenureFilter) -> Sequence[Row[Any]]:
    """Return the offices that an official held, earliest first."""
    line = select_line(official, [await require_official(session, text)]).subquery()
    statement = (
        select(*tenure.c, party.c.kind.label("party_kind"), party.c.name.label("party_name"))
        .join(party, party.c.id == tenure.c.party)
        .where(tenure.c.official.in_(select(line.c.id)))
        .order_by(tenure.c.valid_from.asc().nulls_first(), tenure.c.id)
    )
    return await read_rows(session, statement.where(*held_on(wanted.on)))


async def require_official(session: AsyncSession, text: str) -> UUID:
    """Return an official's row id; one merged into another has moved."""
    one = await follow(session, official, Prefix.OFFICIAL, text)
    if (await session.execute(select(official.c.id).where(official.c.id == one))).one_or_none() is None:
        raise NotFound
    return one


def select_official() -> Select[Any]:
    """Return officials with the number of events that they took part in."""
    listed = event_official.c
    count = select(func.count()).where(listed.official == official.c.id, listed.listed).scalar_subquery()
    return select(*official.c, count.label("event_count"))


def _match_officials(conditions: Iterable[ColumnElement[bool]], name: str, limit: int | None = None) -> CTE:
    return select(official.c.id).where(*conditions).limit(limit).cte(name)


def _spread_officials(matched: CTE, _: OfficialDimension) -> Select[Any]:
    """Return the parties that each official acted for or held an office of."""
    acted = select(participation.c.official, participation.c.party)
    links = acted.union(select(tenure.c.official, tenure.c.party)).subquery("links")
    return (
        select(matched.c.id, party.c.id.label("value"), party.c.name.label("label"))
        .join(links, links.c.official == matched.c.id)
        .join(party, party.c.id == links.c.party)
    )


async def complete_officials(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[FoundOfficial]:
    """Add to officials, in two statements, their names and what they did."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    line = select_line(official, ids).subquery()
    spelled = (
        select(line.c.survivor.label("official"), official_name.c.name)
        .join(line, line.c.id == official_name.c.official)
        .distinct()
        .order_by(official_name.c.name)
    )
    names_of = group_by(await read_rows(session, spelled), "official")
    acts_of = group_by(await read_rows(session, _select_acts(ids)), "official")
    return [FoundOfficial(row, names_of[row.id], acts_of[row.id]) for row in rows]


def _select_acts(officials: Sequence[UUID]) -> Select[Any]:
    """Return, for each official and party, first and last day, and the title and rank told last."""
    acts = official_act.c
    return (
        select(
            acts.official,
            party.c.id,
            party.c.kind,
            party.c.name,
            acts.first_date,
            acts.last_date,
            acts.events.label("event_count"),
            func.substr(acts.title, _BEHIND_EVENT).label("last_title"),
            func.substr(acts.rank, _BEHIND_EVENT).label("last_rank"),
        )
        .join(party, party.c.id == acts.party)
        .where(acts.official.in_(officials))
        .order_by(acts.official, party.c.id)
    )


async def find_officials_by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, FoundOfficial]:
    """Return officials by their ids."""
    rows = await read_rows(session, select_official().where(official.c.id.in_(ids)))
    return {found.row.id: found for found in await complete_officials(session, rows)}
