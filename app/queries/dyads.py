"""Dyads: unordered pairs of parties that act in one event, each counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import Field
from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    Subquery,
    and_,
    cast,
    distinct,
    extract,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.parties import dyad_id
from app.domain.vocabulary import EventKind, PartyRole
from app.errors import AmbiguousParty, Moved, NotAPair, NotFound
from app.queries.access_path import shows_default
from app.queries.agreement_filter import AgreementFilter, agreement_conditions
from app.queries.asked import AskedParties, involves_both, resolve_pair, resolve_parties, stands_for
from app.queries.event_filter import EventScope, event_clauses, event_conditions, served
from app.queries.paging import ListFilter, Order, Page, read_number, read_page, read_text
from app.queries.rows import read_rows
from app.storage.tables import agreement, dyad_count, event, event_party, official, participation, party

_TOP = 10


class DyadSort(StrEnum):
    """By what dyads are sorted; a minus means most first."""

    MOST_EVENTS = "-events"
    FEWEST_EVENTS = "events"


class DyadFilter(EventScope, ListFilter):
    """What `/v1/dyads` can be asked for: parties of the pairs, and which events count."""

    sort: DyadSort = Field(default=DyadSort.MOST_EVENTS, description="By what to sort; the id breaks ties.")


@dataclass(frozen=True, slots=True)
class FoundDyad:
    """A pair with its counts, by year too, its first and last event, and its people and agreements."""

    row: Row[Any]
    years: Sequence[Row[Any]]
    first: Row[Any] | None
    last: Row[Any] | None
    officials: Sequence[Row[Any]]
    agreements: Sequence[Row[Any]]


async def find_dyads(session: AsyncSession, wanted: DyadFilter) -> Page[Row[Any]]:
    """Return one page of the dyads that the events make."""
    asked = await resolve_parties(session, wanted)
    kept = _is_kept(wanted, asked)
    counted = (_read_counts if kept else _count_pairs)(wanted, asked).subquery("counted")
    a, b = party.alias("a"), party.alias("b")
    statement = (
        select(*counted.c, *_about(a, "a"), *_about(b, "b"))
        .join(a, a.c.id == counted.c.first)
        .join(b, b.c.id == counted.c.second)
    )
    pairs = counted if kept else _select_pairs(wanted, asked).subquery("acts")
    known = select(pairs.c.first, pairs.c.second).distinct()
    return await read_page(session, statement, _order(counted, wanted.sort), wanted, known)


async def require_pair(session: AsyncSession, text: str) -> tuple[str, str]:
    """Return the ids of the pair that an address names; other orders and names have moved."""
    try:
        first, second = await resolve_pair(session, text)
    except (NotAPair, AmbiguousParty) as error:
        raise (NotFound() if isinstance(error, NotAPair) else error) from error
    if text != dyad_id(first, second):
        raise Moved(dyad_id(first, second))
    return first, second


async def get_dyad(session: AsyncSession, text: str) -> FoundDyad:
    """Return one pair of parties, also where no event is known of it."""
    pair = await require_pair(session, text)
    asked = AskedParties(pair=(pair,))
    counted = _count_pairs(DyadFilter(), asked).subquery("counted")
    a, b = party.alias("a"), party.alias("b")
    both = and_(counted.c.first == a.c.id, counted.c.second == b.c.id)
    statement = (
        select(*counted.c, *_about(a, "a"), *_about(b, "b"))
        .select_from(a.join(b, b.c.id == pair[1]).outerjoin(counted, both))
        .where(a.c.id == pair[0])
    )
    of_pair = and_(served(), involves_both(event_party, event.c.id, pair, asked))
    ends = await read_rows(session, _select_ends(of_pair))
    return FoundDyad(
        (await session.execute(statement)).one(),
        await read_rows(session, _count_years(of_pair)),
        next((row for row in ends if row.first), None),
        next((row for row in ends if row.last), None),
        await read_rows(session, _select_officials(of_pair, pair)),
        await read_rows(session, _select_agreements(asked)),
    )


def in_pair(pair: tuple[str, str]) -> ColumnElement[bool]:
    """Keep events in which both parties act."""
    return involves_both(event_party, event.c.id, pair, AskedParties(pair=(pair,)))


def _is_kept(wanted: DyadFilter, asked: AskedParties) -> bool:
    """Tell whether the counts asked for are those that are kept: of the listed events, by pair and kind."""
    told = event_conditions(wanted, asked)
    shown = {"", "kind", "status", "review_status", "pair", *(name for name, _ in asked.sides())}
    return shows_default(wanted) and not (asked.members or asked.lines) and set(told) <= shown


def _read_counts(wanted: DyadFilter, asked: AskedParties) -> Select[Any]:
    """Return the counts of pairs that are kept, in the columns of `_count_pairs`."""
    kept = dyad_count.c
    kinds = wanted.kind or tuple(EventKind)
    held = [or_(kept.a.in_(parties), kept.b.in_(parties)) for _, parties in asked.sides()]
    if asked.pair:
        held.append(tuple_(kept.a, kept.b).in_(asked.pair))
    return (
        select(
            kept.a.label("first"),
            kept.b.label("second"),
            func.concat(kept.a, "-", kept.b).label("id"),
            cast(func.sum(kept.events), Integer).label("events"),
            *(_sum_of(kind).label(f"of_{kind}") for kind in EventKind),
            func.min(kept.first_date).label("first_date"),
            func.max(kept.last_date).label("last_date"),
        )
        .where(kept.grain == "all", kept.a < kept.b, kept.kind.in_(kinds), *held)
        .group_by(kept.a, kept.b)
    )


def _sum_of(kind: EventKind) -> ColumnElement[int]:
    events = func.sum(dyad_count.c.events).filter(dyad_count.c.kind == kind)
    return cast(func.coalesce(events, 0), Integer)


def _count_pairs(wanted: DyadFilter, asked: AskedParties) -> Select[Any]:
    """Count events by pair and kind."""
    acts = _select_pairs(wanted, asked).subquery("acts")
    return select(
        acts.c.first,
        acts.c.second,
        func.concat(acts.c.first, "-", acts.c.second).label("id"),
        func.count().label("events"),
        *_by_kind(acts.c.kind),
        func.min(acts.c.date_start).label("first_date"),
        func.max(acts.c.date_end).label("last_date"),
    ).group_by(acts.c.first, acts.c.second)


def _select_pairs(wanted: DyadFilter, asked: AskedParties) -> Select[Any]:
    """Return each event once with each pair that acts in it; a party that only convenes is in no pair."""
    a, b = event_party.alias("first"), event_party.alias("second")
    acting = and_(a.c.role != PartyRole.CONVENOR, b.c.role != PartyRole.CONVENOR, a.c.party < b.c.party)
    return (
        select(
            event.c.id,
            event.c.kind,
            event.c.date_start,
            event.c.date_end,
            a.c.party.label("first"),
            b.c.party.label("second"),
        )
        .join(a, a.c.event == event.c.id)
        .join(b, and_(b.c.event == event.c.id, acting))
        .where(*event_clauses(wanted, asked), *_sides(a.c.party, b.c.party, asked))
        .distinct()
    )


def _sides(a: ColumnElement[str], b: ColumnElement[str], asked: AskedParties) -> list[ColumnElement[bool]]:
    """Hold the pair itself, and not only the event, to the parties asked for."""

    def is_one(side: ColumnElement[str], parties: Sequence[str]) -> ColumnElement[bool]:
        return stands_for(side, parties, event, asked)

    held = [or_(is_one(a, parties), is_one(b, parties)) for _, parties in asked.sides()]
    if asked.pair:
        lines = [tuple(asked.lines_of([one]) for one in pair) for pair in asked.pair]
        ways = [way for one, other in lines for way in ((one, other), (other, one))]
        held.append(or_(*(and_(is_one(a, one), is_one(b, other)) for one, other in ways)))
    return held


def _by_kind(column: ColumnElement[Any]) -> list[ColumnElement[int]]:
    return [func.count().filter(column == kind).label(f"of_{kind}") for kind in EventKind]


def _count_years(of_pair: ColumnElement[bool]) -> Select[Any]:
    """Count events by year and kind, each in the year of its first day; years without any are left out."""
    year = cast(extract("year", event.c.date_start), Integer)
    counts: Any = select(
        year.label("year"), func.count(event.c.id).label("events"), *_by_kind(event.c.kind)
    ).where(of_pair, event.c.date_start.is_not(None))
    yearly: Select[Any] = counts.group_by(year).order_by(year)
    return yearly


def _select_ends(of_pair: ColumnElement[bool]) -> Select[Any]:
    """Return the first and the last dated event."""
    by_day = (event.c.date_start, event.c.id)
    ranked = (
        select(
            event.c.id,
            event.c.kind,
            event.c.title,
            event.c.date_start,
            event.c.date_end,
            event.c.date_precision,
            (func.row_number().over(order_by=by_day) == 1).label("first"),
            (func.row_number().over(order_by=[column.desc() for column in by_day]) == 1).label("last"),
        )
        .where(of_pair, event.c.date_start.is_not(None))
        .subquery("ranked")
    )
    return select(ranked).where(or_(ranked.c.first, ranked.c.last))


def _select_officials(of_pair: ColumnElement[bool], pair: tuple[str, str]) -> Select[Any]:
    """Return who took part most often for one of the two."""
    events = func.count(distinct(event.c.id))
    return (
        select(official.c.id, official.c.name, participation.c.party, events.label("events"))
        .join(participation, participation.c.official == official.c.id)
        .join(event, event.c.id == participation.c.event)
        .where(of_pair, participation.c.party.in_(pair))
        .group_by(official.c.id, official.c.name, participation.c.party)
        .order_by(events.desc(), official.c.id, participation.c.party)
        .limit(_TOP)
    )


def _select_agreements(asked: AskedParties) -> Select[Any]:
    """Return the latest agreements of both."""
    columns = ("id", "title", "kind", "status", "date_start", "date_precision")
    return (
        select(*(agreement.c[name] for name in columns))
        .where(*agreement_conditions(AgreementFilter(), asked).values())
        .order_by(agreement.c.date_start.desc().nulls_last(), agreement.c.id)
        .limit(_TOP)
    )


def _about(table: Any, name: str) -> tuple[ColumnElement[Any], ...]:
    return (
        table.c.id.label(f"{name}_id"),
        table.c.kind.label(f"{name}_kind"),
        table.c.name.label(f"{name}_name"),
    )


def _order(counted: Subquery, sort: DyadSort) -> Order:
    return Order(counted.c.events, counted.c.id, sort is DyadSort.MOST_EVENTS, read_number, read_text)
