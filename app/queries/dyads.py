"""Dyads: unordered pairs of parties that act in one event, each counted once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from pydantic import Field
from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    distinct,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.parties import dyad_id
from app.domain.vocabulary import EventKind, PartyRole
from app.errors import AmbiguousParty, Moved, NotAPair, NotFound
from app.queries.agreement_filter import AgreementFilter, AgreementSort
from app.queries.agreement_path import find_agreement_keys
from app.queries.asked import AskedParties, involves_both, resolve_pair, resolve_parties, stands_for
from app.queries.event_filter import EventScope, event_clauses
from app.queries.kept_dyads import is_kept, read_kept_counts, read_kept_kinds, read_kept_years
from app.queries.paging import ListFilter, Order, Page, read_number, read_page, read_text
from app.queries.rows import read_rows
from app.storage.tables import agreement, event, event_dyad, event_party, official, participation, party

_TOP = 10
MOST_COUNTED = 1_000
"""Events of a pair, the latest, whose people are counted: the people of each must be read."""


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
    if is_kept(wanted, asked):
        counted = read_kept_counts(wanted, asked).subquery("counted")
        columns, known = [*counted.c, read_kept_kinds(counted, wanted.kind)], select(counted.c.id)
    else:
        counted = _count_pairs(wanted, asked).subquery("counted")
        columns, known = [*counted.c], _select_known(wanted, asked)
    statement = select(*columns, *_select_party(counted.c.first, "a"), *_select_party(counted.c.second, "b"))
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
    counted = read_kept_counts(DyadFilter(), asked).subquery("counted")
    a, b = party.alias("a"), party.alias("b")
    both = and_(counted.c.first == a.c.id, counted.c.second == b.c.id)
    statement = (
        select(*[*counted.c, read_kept_kinds(counted), *_about(a, "a"), *_about(b, "b")])
        .select_from(a.join(b, b.c.id == pair[1]).outerjoin(counted, both))
        .where(a.c.id == pair[0])
    )
    ends = await read_rows(session, _select_ends(pair))
    return FoundDyad(
        (await session.execute(statement)).one(),
        await read_rows(session, read_kept_years(pair)),
        next((row for row in ends if row.first), None),
        next((row for row in ends if not row.first), None),
        await read_rows(session, _select_officials(pair)),
        await read_rows(session, _select_agreements(asked)),
    )


def in_pair(pair: tuple[str, str]) -> ColumnElement[bool]:
    """Keep events in which both parties act."""
    return involves_both(event_party, event.c.id, pair, AskedParties(pair=(pair,)))


def _select_known(wanted: DyadFilter, asked: AskedParties) -> Select[Any]:
    pairs = _select_pairs(wanted, asked).subquery("pairs")
    return select(pairs.c.first, pairs.c.second).distinct()


def _count_pairs(wanted: DyadFilter, asked: AskedParties) -> Select[Any]:
    """Count events by pair and kind."""
    acts = _select_pairs(wanted, asked).subquery("acts")
    return select(
        acts.c.first,
        acts.c.second,
        func.concat(acts.c.first, "-", acts.c.second).label("id"),
        func.count().label("events"),
        _by_kind(acts.c.kind),
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


def _by_kind(column: ColumnElement[Any]) -> ColumnElement[Any]:
    counts: Any = ((literal_column(f"'{kind}'"), func.count().filter(column == kind)) for kind in EventKind)
    return func.jsonb_build_object(*chain(*counts), type_=JSONB).label("counts")


def _select_ends(pair: tuple[str, str]) -> Select[Any]:
    """Return the first and the last dated event."""
    columns = ("id", "kind", "title", "date_start", "date_end", "date_precision")
    by_day = (event_dyad.c.sort_date, event_dyad.c.event)
    dated = (
        select(*(event.c[name] for name in columns))
        .join(event_dyad, event_dyad.c.event == event.c.id)
        .where(*_under(pair), event_dyad.c.date_start.is_not(None))
    )
    first = dated.add_columns(true().label("first")).order_by(*by_day).limit(1)
    last = dated.add_columns(false().label("first")).order_by(*(day.desc() for day in by_day)).limit(1)
    return select(union_all(first.subquery().select(), last.subquery().select()).subquery())


def _select_officials(pair: tuple[str, str]) -> Select[Any]:
    """Return who took part most often for one of the two, lately; only they are looked up."""
    by_day = (event_dyad.c.sort_date.desc(), event_dyad.c.event.desc())
    latest = select(event_dyad.c.event).where(*_under(pair)).order_by(*by_day).limit(MOST_COUNTED).subquery()
    who = (participation.c.official, participation.c.party)
    events = func.count(distinct(latest.c.event))
    most = (
        select(*who, events.label("events"))
        .join(latest, latest.c.event == participation.c.event)
        .where(participation.c.party.in_(pair), participation.c.official.is_not(None))
        .group_by(*who)
        .order_by(events.desc(), *who)
        .limit(_TOP)
        .subquery("most")
    )
    return (
        select(official.c.id, official.c.name, most.c.party, most.c.events)
        .join(most, most.c.official == official.c.id)
        .order_by(most.c.events.desc(), most.c.official, most.c.party)
    )


def _under(pair: tuple[str, str]) -> tuple[ColumnElement[bool], ...]:
    return event_dyad.c.a == pair[0], event_dyad.c.b == pair[1], event_dyad.c.listed


def _select_agreements(asked: AskedParties) -> Select[Any]:
    """Return the latest agreements of both."""
    columns = ("id", "title", "kind", "status", "date_start", "date_precision")
    keys = find_agreement_keys(AgreementFilter(), asked)
    latest = keys.statement.order_by(*keys.order.by()).limit(_TOP).subquery("latest")
    return (
        select(*(agreement.c[name] for name in columns))
        .join(latest, latest.c.id == agreement.c.id)
        .order_by(*AgreementSort.LATEST.order().by())
    )


def _select_party(party_id: ColumnElement[str], name: str) -> Iterator[ColumnElement[Any]]:
    """Yield what is shown of a party, which Postgres looks up for the pairs of a page only, after sorting."""
    one = party.alias(name)
    yield party_id.label(f"{name}_id")
    for column in (one.c.kind, one.c.name):
        looked_up = select(column).where(one.c.id == party_id).scalar_subquery()
        yield looked_up.label(f"{name}_{column.name}")


def _about(table: Any, name: str) -> tuple[ColumnElement[Any], ...]:
    return (
        table.c.id.label(f"{name}_id"),
        table.c.kind.label(f"{name}_kind"),
        table.c.name.label(f"{name}_name"),
    )


def _order(counted: Subquery, sort: DyadSort) -> Order:
    return Order(counted.c.events, counted.c.id, sort is DyadSort.MOST_EVENTS, read_number, read_text)
