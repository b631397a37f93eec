"""Dyads: unordered pairs of parties that act in one event, each counted once."""

from enum import StrEnum
from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.parties import dyad_id
from app.domain.vocabulary import EventKind, PartyRole
from app.errors import AmbiguousParty, Moved, NotAPair, NotFound
from app.queries.asked import AskedParties, PartyFilter, resolve_pair, resolve_parties
from app.queries.event_filter import DatedFilter, Several, overlaps, served
from app.queries.paging import Order, Page, read_number, read_page, read_text
from app.storage.tables import event, event_party, party


class DyadSort(StrEnum):
    """By what dyads are sorted; a minus means most first."""

    MOST_EVENTS = "-events"
    FEWEST_EVENTS = "events"


class DyadFilter(PartyFilter, DatedFilter):
    """What `/v1/dyads` can be asked for."""

    kind: Several[EventKind] = Field(default=(), description="The kinds of event to count.")
    sort: DyadSort = Field(default=DyadSort.MOST_EVENTS, description="By what to sort; the id breaks ties.")


async def find_dyads(session: AsyncSession, wanted: DyadFilter) -> Page[Row[Any]]:
    """Return one page of the dyads that the events make."""
    asked = await resolve_parties(session, wanted)
    counted = _count_pairs(wanted, asked).subquery("counted")
    a, b = party.alias("a"), party.alias("b")
    statement = (
        select(*counted.c, *_about(a, "a"), *_about(b, "b"))
        .join(a, a.c.id == counted.c.first)
        .join(b, b.c.id == counted.c.second)
    )
    return await read_page(session, statement, _order(counted, wanted.sort), wanted)


async def get_dyad(session: AsyncSession, text: str) -> Row[Any]:
    """Return one pair of parties, also where no event is known of it."""
    try:
        first, second = await resolve_pair(session, text)
    except (NotAPair, AmbiguousParty) as error:
        raise (NotFound() if isinstance(error, NotAPair) else error) from error
    if text != dyad_id(first, second):
        raise Moved(dyad_id(first, second))
    counted = _count_pairs(DyadFilter(), AskedParties(pair=((first, second),))).subquery("counted")
    a, b = party.alias("a"), party.alias("b")
    pair = and_(counted.c.first == a.c.id, counted.c.second == b.c.id)
    statement = (
        select(*counted.c, *_about(a, "a"), *_about(b, "b"))
        .select_from(a.join(b, b.c.id == second).outerjoin(counted, pair))
        .where(a.c.id == first)
    )
    return (await session.execute(statement)).one()


def _count_pairs(wanted: DyadFilter, asked: AskedParties) -> Select[Any]:
    """Count events by pair and kind; a party that only convenes is in no pair."""
    a, b = event_party.alias("one"), event_party.alias("other")
    events = func.count(event.c.id.distinct())
    by_kind = [events.filter(event.c.kind == kind).label(f"of_{kind}") for kind in EventKind]
    acting = and_(a.c.role != PartyRole.CONVENOR, b.c.role != PartyRole.CONVENOR, a.c.party < b.c.party)
    statement = (
        select(
            a.c.party.label("first"),
            b.c.party.label("second"),
            func.concat(a.c.party, "-", b.c.party).label("id"),
            events.label("events"),
            *by_kind,
            func.min(event.c.date_start).label("first_date"),
            func.max(event.c.date_end).label("last_date"),
        )
        .join(a, a.c.event == event.c.id)
        .join(b, and_(b.c.event == event.c.id, acting))
        .where(served())
        .group_by(a.c.party, b.c.party)
    )
    for parties in asked.sides():
        statement = statement.where(or_(a.c.party.in_(parties), b.c.party.in_(parties)))
    if asked.pair:
        pairs = (and_(a.c.party == first, b.c.party == second) for first, second in asked.pair)
        statement = statement.where(or_(*pairs))
    if wanted.kind:
        statement = statement.where(event.c.kind.in_(wanted.kind))
    if wanted.date_from or wanted.date_to:
        statement = statement.where(overlaps(wanted.date_from, wanted.date_to, include_undated=False))
    return statement


def _about(table: Any, name: str) -> tuple[ColumnElement[Any], ...]:
    return (
        table.c.id.label(f"{name}_id"),
        table.c.kind.label(f"{name}_kind"),
        table.c.name.label(f"{name}_name"),
    )


def _order(counted: Subquery, sort: DyadSort) -> Order:
    return Order(counted.c.events, counted.c.id, sort is DyadSort.MOST_EVENTS, read_number, read_text)
