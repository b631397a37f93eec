"""By which access path a list of events is read: a pair's, a party's, an official's, or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import SERVED_REVIEW_STATUSES, EventStatus
from app.queries.asked import AskedParties
from app.queries.dated import dated
from app.queries.event_filter import EventFilter, EventScope, EventSort, event_conditions
from app.queries.paging import Order, read_day, read_uuid
from app.storage.tables import dyad_count, event, event_doc, event_dyad, event_official

_BY_DAY = (EventSort.LATEST, EventSort.EARLIEST)


@dataclass(frozen=True, slots=True)
class Keys:
    """The statement that finds events' documents, its order, and how the events are counted.

    `total` gives the number of all in one row, where that is kept; else `counted` has a row for each.
    """

    statement: Select[Any]
    order: Order
    counted: Select[Any]
    total: Select[Any] | None = None


@dataclass(frozen=True, slots=True)
class _Path:
    """A table of events by day under somebody, the rows meant, and the parameter that they answer."""

    table: Table
    rows: tuple[ColumnElement[bool], ...]
    parameter: str
    pair: tuple[str, str] | None = None


def find_keys(wanted: EventFilter, asked: AskedParties, also: Sequence[ColumnElement[bool]]) -> Keys:
    """Return the cheapest way to the events that are wanted; `also` is what an address adds."""
    path = _choose_path(wanted, asked) if shows_default(wanted) else None
    if path is None:
        conditions = [*event_conditions(wanted, asked).values(), *also]
        statement = select(event_doc.c.doc).join(event, event.c.id == event_doc.c.event)
        counted = select(event.c.id).where(*conditions)
        return Keys(statement.where(*conditions), wanted.sort.order(wanted.q), counted)
    table = path.table
    clauses = [*path.rows, table.c.listed]
    if kinds := wanted.kind or wanted.served_kinds():
        clauses.append(table.c.kind.in_(kinds))
    if (span := dated(table, wanted)) is not None:
        clauses.append(span)
    others = [*_conditions_beside(path, wanted, asked), *also]
    counted = select(table.c.event).where(*clauses)
    statement = select(event_doc.c.doc).join(table, table.c.event == event_doc.c.event).where(*clauses)
    if others:
        counted = counted.join(event, event.c.id == table.c.event).where(*others)
        statement = statement.join(event, event.c.id == table.c.event).where(*others)
    order = Order(table.c.sort_date, table.c.event, wanted.sort is EventSort.LATEST, read_day, read_uuid)
    kept = path.pair if not others and span is None else None
    return Keys(statement, order, counted, _total(kept, kinds) if kept else None)


def _conditions_beside(
    path: _Path, wanted: EventFilter, asked: AskedParties
) -> Iterator[ColumnElement[bool]]:
    """Yield what the path's own columns do not answer."""
    rest = replace(asked, **{path.parameter: ()}) if path.pair else asked  # type: ignore[arg-type]
    scope = wanted if path.pair else wanted.model_copy(update={path.parameter: ()})
    for name, condition in event_conditions(scope, rest).items():
        if name not in ("", "kind", "date", "status", "review_status"):
            yield condition


def shows_default(wanted: EventScope) -> bool:
    """Tell whether a list shows what lists show by default: what occurred, and is not doubted."""
    return wanted.status == (EventStatus.OCCURRED,) and wanted.review_status == SERVED_REVIEW_STATUSES


def _choose_path(wanted: EventFilter, asked: AskedParties) -> _Path | None:
    if wanted.sort not in _BY_DAY or asked.members or asked.lines:
        return None
    pairs = {"pair": asked.pair[0]} if len(asked.pair) == 1 else {}
    alone = {name: (ids[0], ids[0]) for name, ids in asked.sides() if len(ids) == 1}
    for parameter, (a, b) in {**pairs, **alone}.items():
        rows = (event_dyad.c.a == a, event_dyad.c.b == b)
        return _Path(event_dyad, rows, parameter, (a, b))
    if len(wanted.official) == 1:
        official = row_id(Prefix.OFFICIAL, wanted.official[0])
        return _Path(event_official, (event_official.c.official == official,), "official")
    return None


def _total(pair: tuple[str, str], kinds: tuple[str, ...]) -> Select[Any]:
    counts = dyad_count.c
    return select(func.coalesce(func.sum(counts.events), 0)).where(
        counts.a == pair[0],
        counts.b == pair[1],
        counts.grain == "all",
        counts.kind.in_(kinds) if kinds else counts.kind == "any",
    )
