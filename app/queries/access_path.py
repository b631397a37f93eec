"""By which access paths a list of events is read: those of pairs, parties, officials and terms, or none."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select

from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import SERVED_REVIEW_STATUSES, EventStatus
from app.queries.asked import AskedParties
from app.queries.dated import dated
from app.queries.event_filter import EventFilter, EventScope, EventSort, event_conditions
from app.queries.paging import Order, read_day, read_uuid
from app.storage.tables import dyad_count, event, event_dyad, event_official, event_term, official_count

_BY_DAY = (EventSort.LATEST, EventSort.EARLIEST)
ALL_TIME = "0001-01-01"
"""The period of counts of all time; a text, as the driver takes Python's first day for minus infinity."""
ALL_PARTIES = ("*", "*")
"""The pair under which every event stands."""
KEPT = {"", "kind", "status", "review_status"}
"""What kept counts answer, beside a pair or party."""
_ANSWERED = {*KEPT, "date"}
"""What the columns of every path answer."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The statement that finds ids, and its order; `total` is their number, where that is kept."""

    statement: Select[Any]
    order: Order
    total: Select[Any] | None = None


@dataclass(frozen=True, slots=True)
class _Path:
    """A table of events by day under something, the rows meant, and the parameter that they answer."""

    table: FromClause
    rows: tuple[ColumnElement[bool], ...]
    parameter: str


def find_keys(wanted: EventFilter, asked: AskedParties, also: Sequence[ColumnElement[bool]]) -> Keys:
    """Return the cheapest way to the events that are wanted; `also` is what an address adds."""
    paths = list(_choose_paths(wanted, asked))
    conditions = event_conditions(wanted, asked)
    total = None if also else _read_total(wanted, asked, conditions.keys())
    if not paths:
        return Keys(select(event.c.id).where(*conditions.values(), *also), wanted.sort.order(wanted.q), total)
    answered = _ANSWERED | {path.parameter for path in paths}
    others = [*(held for name, held in conditions.items() if name not in answered), *also]
    first = paths[0].table.c
    order = Order(first.sort_date, first.event, wanted.sort is EventSort.LATEST, read_day, read_uuid)
    return Keys(_join(paths, wanted, others), order, total)


def _join(paths: Sequence[_Path], wanted: EventFilter, others: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Return what lies on every path; all go by day, so that Postgres can read them side by side."""
    first, *more = paths
    keys = select(first.table.c.event.label("id")).where(*first.rows, first.table.c.listed)
    if kinds := wanted.kind or wanted.served_kinds():
        keys = keys.where(first.table.c.kind.in_(kinds))
    if (span := dated(first.table, wanted)) is not None:
        keys = keys.where(span)
    for path in more:
        same = and_(
            path.table.c.sort_date == first.table.c.sort_date, path.table.c.event == first.table.c.event
        )
        keys = keys.join(path.table, same).where(*path.rows)
    return keys.join(event, event.c.id == first.table.c.event).where(*others) if others else keys


def shows_default(wanted: EventScope) -> bool:
    """Tell whether a list shows what lists show by default: what occurred, and is not doubted."""
    return wanted.status == (EventStatus.OCCURRED,) and wanted.review_status == SERVED_REVIEW_STATUSES


def asks_plainly(wanted: EventScope, asked: AskedParties) -> bool:
    """Tell whether a list shows what lists show by default, of the very parties that are named."""
    return shows_default(wanted) and not (asked.members or asked.lines)


def kept_pair(wanted: EventScope, asked: AskedParties) -> tuple[str, str] | None:
    """Return the pair, a party as one with itself or all of them, whose counts are of the events meant."""
    if not asks_plainly(wanted, asked):
        return None
    dyads = dict(_find_dyads(asked)) or {"": ALL_PARTIES}
    if len(dyads) != 1 or not set(event_conditions(wanted, asked)) <= {*dyads, *KEPT}:
        return None
    return next(iter(dyads.values()))


def _find_dyads(asked: AskedParties) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the parameters that name one pair, or one party, which is a pair with itself."""
    if len(asked.pair) == 1:
        yield "pair", asked.pair[0]
    for name, ids in asked.sides():
        if len(ids) == 1:
            yield name, (ids[0], ids[0])


def _choose_paths(wanted: EventFilter, asked: AskedParties) -> Iterator[_Path]:
    """Yield the paths that lead to the events wanted, the narrowest first."""
    if not asks_plainly(wanted, asked) or wanted.sort not in _BY_DAY:
        return
    for name, (a, b) in _find_dyads(asked):
        dyads = event_dyad.alias(f"by_{name}")
        yield _Path(dyads, (dyads.c.a == a, dyads.c.b == b), name)
    if len(wanted.official) == 1:
        officials = event_official.alias("by_official")
        official = row_id(Prefix.OFFICIAL, wanted.official[0])
        yield _Path(officials, (officials.c.official == official,), "official")
    for name, values in (("outlet", asked.outlet), ("topic", wanted.topic)):
        if len(values) == 1:
            terms = event_term.alias(f"by_{name}")
            yield _Path(terms, (terms.c.term == f"{name}:{values[0]}",), name)


def _read_total(wanted: EventFilter, asked: AskedParties, held: Set[str]) -> Select[Any] | None:
    """Return the number of events wanted, where it is kept: of a pair, a party or an official.

    `held` are the parameters that they are held to.
    """
    counts, official = dyad_count.c, _kept_official(wanted, asked, held)
    if official:
        counts = official_count.c
        of_whom = [counts.official == official]
    elif pair := kept_pair(wanted, asked):
        of_whom = [counts.a == pair[0], counts.b == pair[1], counts.grain == "all"]
    else:
        return None
    kinds = wanted.kind or wanted.served_kinds() or ("any",)
    return select(func.coalesce(func.sum(counts.events), 0)).where(*of_whom, counts.kind.in_(kinds))


def _kept_official(wanted: EventFilter, asked: AskedParties, held: Set[str]) -> UUID | None:
    """Return the official whose counts are of the events meant."""
    alone = len(wanted.official) == 1 and held <= {"official", *KEPT}
    if not alone or not asks_plainly(wanted, asked):
        return None
    return row_id(Prefix.OFFICIAL, wanted.official[0])
