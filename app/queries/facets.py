"""Facets: how many of what was found have each value, counted in one statement."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import CTE, ColumnElement, Row, Select, Text, cast, func, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries.rows import group_by, read_rows

FACETED = 100_000
"""Most rows that a facet counts over; above it the facet is null."""
SHOWN = 200
"""Most values of a facet, the most frequent first."""

_Dimension = TypeVar("_Dimension", bound=StrEnum)
Conditions = Mapping[str, ColumnElement[bool]]
Match = Callable[[Iterable[ColumnElement[bool]], str, int], CTE]
Spread = Callable[[CTE, Any], Select[Any]]


@dataclass(frozen=True, slots=True)
class Facet:
    """The most frequent values of a dimension, and how many values are left out."""

    values: Sequence[Row[Any]]
    left_out: int


async def count_facets(
    session: AsyncSession, facets: Sequence[_Dimension], conditions: Conditions, match: Match, spread: Spread
) -> dict[str, Facet | None]:
    """Count by each facet, leaving out the condition of its own name; None where it would cost too much.

    `match` gives the rows that meet conditions, `spread` one row (id, value, label) for each of their
    values.
    """
    if not facets:
        return {}
    parts = [
        part
        for facet in dict.fromkeys(facets)
        for part in _count(facet, _without(conditions, facet), match, spread)
    ]
    rows = group_by(await read_rows(session, select(union_all(*parts).subquery("counted"))), "facet")
    return {facet.value: _read(rows[facet.value]) for facet in facets}


def _without(conditions: Conditions, facet: str) -> list[ColumnElement[bool]]:
    return [condition for name, condition in conditions.items() if name != facet]


def _count(
    facet: StrEnum, conditions: Iterable[ColumnElement[bool]], match: Match, spread: Spread
) -> tuple[Select[Any], Select[Any]]:
    """Return two statements: how many rows there are, and how many of them have each value."""
    matched = match(conditions, f"of_{facet}", FACETED + 1)
    spreaded = spread(matched, facet).subquery()
    name = literal(facet.value, Text).label("facet")
    total: Any = select(
        name,
        cast(null(), Text).label("value"),
        cast(null(), Text).label("label"),
        func.count().label("number"),
        literal(0).label("of_all"),
    ).select_from(matched)
    found = func.count()
    values = (
        select(
            name,
            spreaded.c.value,
            func.max(spreaded.c.label).label("label"),
            found.label("number"),
            func.count().over().label("of_all"),
        )
        .group_by(spreaded.c.value)
        .order_by(found.desc(), spreaded.c.value)
        .limit(SHOWN)
    )
    return total, select(values.subquery())


def _read(rows: Sequence[Row[Any]]) -> Facet | None:
    if any(row.value is None and row.number > FACETED for row in rows):
        return None
    values = sorted((row for row in rows if row.value is not None), key=lambda row: (-row.number, row.value))
    return Facet(values, values[0].of_all - len(values) if values else 0)
