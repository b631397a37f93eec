"""Officials: for whom they acted, when, and the offices they held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, Row, Select, and_, distinct, false, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.domain.names import name_key
from app.errors import NotFound
from app.queries.asked import PartyFilter, Words, resolve_parties
from app.queries.event_filter import served
from app.queries.paging import ListFilter, Order, Page, read_page, read_text, read_uuid
from app.queries.rows import group_by, read_rows
from app.queries.values import SearchText
from app.storage.tables import event, official, official_name, participation, party, tenure


class OfficialSort(StrEnum):
    """By what officials are sorted: the last word of the name, then the whole."""

    NAME = "name"
    NAME_BACKWARDS = "-name"

    def order(self) -> Order:
        """Return the columns to sort by."""
        backwards = self is OfficialSort.NAME_BACKWARDS
        return Order(official.c.sort_key, official.c.id, backwards, read_text, read_uuid)


class OfficialFilter(ListFilter):
    """What `/v1/officials` can be asked for."""

    q: SearchText | None = Field(
        default=None, description="Parts of a name; every word must occur. Accents and case do not matter."
    )
    party: Words = Field(default=(), description="A party they acted for or held an office of.")
    sort: OfficialSort = Field(default=OfficialSort.NAME, description="By what to sort; the id breaks ties.")


@dataclass(frozen=True, slots=True)
class FoundOfficial:
    """An official's row, the spellings of the name, and what they did for each party."""

    row: Row[Any]
    names: Sequence[Row[Any]]
    parties: Sequence[Row[Any]]


async def find_officials(session: AsyncSession, wanted: OfficialFilter) -> Page[FoundOfficial]:
    """Return one page of officials."""
    asked = await resolve_parties(session, PartyFilter(party=wanted.party))
    statement = _select_official().where(*official_clauses(wanted, asked.party))
    page = await read_page(session, statement, wanted.sort.order(), wanted)
    return page.of(await _complete(session, page.rows))


async def get_official(session: AsyncSession, text: str) -> FoundOfficial:
    """Return one official by id."""
    statement = _select_official().where(official.c.id == row_id(Prefix.OFFICIAL, text))
    found = await _complete(session, await read_rows(session, statement))
    if not found:
        raise NotFound
    return found[0]


async def find_tenures(session: AsyncSession, text: str) -> Sequence[Row[Any]]:
    """Return the offices that an official held, earliest first."""
    official_id = row_id(Prefix.OFFICIAL, text)
    known = await session.execute(select(official.c.id).where(official.c.id == official_id))
    if known.scalar_one_or_none() is None:
        raise NotFound
    statement = (
        select(*tenure.c, party.c.kind.label("party_kind"), party.c.name.label("party_name"))
        .join(party, party.c.id == tenure.c.party)
        .where(tenure.c.official == official_id)
        .order_by(tenure.c.valid_from.asc().nulls_first(), tenure.c.id)
    )
    return await read_rows(session, statement)


def official_clauses(wanted: OfficialFilter, parties: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """Yield what every official listed must meet."""
    if wanted.q:
        yield is_called(wanted.q)
    if parties:
        yield or_(acted_for(parties), held_office_of(parties))


def is_called(words: str) -> ColumnElement[bool]:
    """Keep officials of whose name one spelling holds every word, or is close to the whole."""
    key = name_key(words)
    if not key:
        return false()
    # A key holds letters, digits and blanks only, so that LIKE takes each character for itself.
    every = and_(*(official_name.c.name_key.like(f"%{word}%") for word in key.split()))
    spelled = select(official_name.c.official).where(
        official_name.c.official == official.c.id,
        or_(every, func.similarity(official_name.c.name_key, key) > 0.6),
    )
    return spelled.exists()


def acted_for(parties: Sequence[str]) -> ColumnElement[bool]:
    """Keep officials who took part in an event for one of the parties."""
    here = select(participation.c.id).where(
        participation.c.official == official.c.id, participation.c.party.in_(parties)
    )
    return here.exists()


def held_office_of(parties: Sequence[str]) -> ColumnElement[bool]:
    """Keep officials who held an office of one of the parties."""
    here = select(tenure.c.id).where(tenure.c.official == official.c.id, tenure.c.party.in_(parties))
    return here.exists()


def _select_official() -> Select[Any]:
    took_part = (
        select(func.count(distinct(participation.c.event)))
        .join(event, event.c.id == participation.c.event)
        .where(participation.c.official == official.c.id, served())
        .scalar_subquery()
    )
    return select(*official.c, took_part.label("event_count"))


async def _complete(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[FoundOfficial]:
    """Add to officials, in two statements, their names and what they did."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    spelled = select(official_name).where(official_name.c.official.in_(ids)).order_by(official_name.c.name)
    names_of = group_by(await read_rows(session, spelled), "official")
    acts_of = group_by(await read_rows(session, _select_acts(ids)), "official")
    return [FoundOfficial(row, names_of[row.id], acts_of[row.id]) for row in rows]


def _select_acts(officials: Sequence[UUID]) -> Select[Any]:
    """Return, for each official and party, first and last day, and the title and rank told last."""
    return (
        select(
            participation.c.official,
            party.c.id,
            party.c.kind,
            party.c.name,
            func.min(event.c.date_start).label("first_date"),
            func.max(event.c.date_end).label("last_date"),
            func.count(distinct(event.c.id)).label("event_count"),
            _told_last(participation.c.title_as_reported).label("last_title"),
            _told_last(participation.c.rank).label("last_rank"),
        )
        .join(event, event.c.id == participation.c.event)
        .join(party, party.c.id == participation.c.party)
        .where(participation.c.official.in_(officials), served())
        .group_by(participation.c.official, party.c.id)
        .order_by(participation.c.official, party.c.id)
    )


def _told_last(column: ColumnElement[Any]) -> ColumnElement[Any]:
    ordered = aggregate_order_by(column, event.c.sort_date.desc(), event.c.id.desc())
    return func.array_agg(ordered).filter(column.is_not(None))[1]


async def find_officials_by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, FoundOfficial]:
    """Return officials by their ids."""
    statement = _select_official().where(official.c.id.in_(ids))
    return {found.row.id: found for found in await _complete(session, await read_rows(session, statement))}
