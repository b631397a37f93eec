"""Pages: filters that all lists share, cursors bound to them, and an exact count while it is cheap.

A cursor holds the sort value and the id of the last row, so that rows which arrive meanwhile shift nothing.
"""

import base64
import binascii
import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import CursorNotUsable
from app.queries.values import Count, Flag, Text, refuse_unprintable

COUNTED = 10_000
"""Most rows that a list counts; above it the count is null."""

_ABOUT_SHOWING = {"limit", "cursor", "count", "fields", "expand", "facet"}
"""What may differ from page to page: it decides how rows are shown, not which."""

_T = TypeVar("_T")


class Filter(BaseModel):
    """What a route can be asked for; an unknown parameter is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ListFilter(Filter):
    """What every list takes."""

    limit: Count = Field(default=50, ge=1, le=200, description="Most results on a page.")
    cursor: Text | None = Field(
        default=None,
        max_length=1000,
        description="`meta.next_cursor` of the page before, with the same filters.",
    )
    count: Flag = Field(
        default=True, description="Whether to count; `meta.count` is null above 10,000 anyway."
    )


@dataclass(frozen=True, slots=True)
class Page(Generic[_T]):
    """One page of a list; `count` is exact, or None where it was not asked for or would cost too much.

    `facets` are the counts asked for, by facet; `highlights` the words found, by the id that readers see.
    """

    rows: Sequence[_T]
    count: int | None
    limit: int
    next_cursor: str | None
    facets: Mapping[str, Any] = field(default_factory=dict)
    highlights: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def whole(cls, rows: Sequence[_T], limit: int | None = None) -> "Page[_T]":
        """Return all there is as one page, where a list is never long."""
        return cls(rows, len(rows), limit or max(len(rows), 1), None)

    def of(
        self,
        rows: Sequence[Any],
        facets: Mapping[str, Any] | None = None,
        highlights: Mapping[str, Any] | None = None,
    ) -> "Page[Any]":
        """Return the same page with other rows, and with facets and highlights."""
        return replace(self, rows=rows, facets=facets or {}, highlights=highlights or {})


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: a column that is never null, then the id, both in one direction."""

    value: ColumnElement[Any]
    id: ColumnElement[Any]
    descending: bool = False
    read_value: Callable[[Any], Any] = lambda value: value
    read_id: Callable[[Any], Any] = lambda value: value

    def by(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """Return the ORDER BY."""
        if self.descending:
            return self.value.desc(), self.id.desc()
        return self.value.asc(), self.id.asc()

    def after(self, values: tuple[Any, Any]) -> ColumnElement[bool]:
        """Return the rows beyond a cursor's."""
        here = tuple_(self.value, self.id)
        there = tuple_(literal(values[0], self.value.type), literal(values[1], self.id.type))
        return here < there if self.descending else here > there


async def read_page(
    session: AsyncSession,
    statement: Select[Any],
    order: Order,
    wanted: ListFilter,
    counted: Select[Any] | None = None,
    scope: str = "",
    total: Select[Any] | None = None,
) -> Page[Row[Any]]:
    """Read one page of a statement, and count all that it finds: by `counted` where that costs less.

    `total` gives the number where it is kept. `scope` is what the address adds to the filters; cursors hold
    within it only.
    """
    filters = hash_filters(wanted, scope)
    keyed = statement.add_columns(order.value.label("sort_value"), order.id.label("sort_id"))
    if wanted.cursor is not None:
        place = read_cursor(wanted.cursor, filters, order.read_value, order.read_id)
        keyed = keyed.where(order.after(place))
    rows = (await session.execute(keyed.order_by(*order.by()).limit(wanted.limit + 1))).all()
    shown = rows[: wanted.limit]
    more = len(rows) > wanted.limit
    count = None
    if wanted.count and wanted.cursor is None and not more:
        count = len(shown)  # this page is all there is
    elif wanted.count:
        count = await _count(session, statement if counted is None else counted, total)
    cursor = write_cursor(shown[-1].sort_value, shown[-1].sort_id, filters) if more else None
    return Page(shown, count, wanted.limit, cursor)


async def _count(session: AsyncSession, statement: Select[Any], total: Select[Any] | None) -> int | None:
    if total is None:
        few = statement.order_by(None).limit(COUNTED + 1).subquery()
        total = select(func.count()).select_from(few)
    count: int = (await session.execute(total)).scalar_one()
    return count if count <= COUNTED else None


def hash_filters(wanted: ListFilter, scope: str) -> str:
    """Return what tells a cursor of these filters, at this address, from others."""
    told = wanted.model_dump(mode="json", exclude=_ABOUT_SHOWING)
    text = orjson.dumps([type(wanted).__name__, scope, told], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()[:16]


def write_cursor(value: Any, row_id: Any, filters: str) -> str:
    """Return a cursor after a row, by what it is sorted by and its id."""
    text = orjson.dumps([filters, value, row_id], default=str)
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def read_cursor(
    cursor: str, filters: str, read_value: Callable[[Any], Any], read_id: Callable[[Any], Any]
) -> tuple[Any, Any]:
    """Return a cursor's sort value and id; whatever was not written here for these filters is refused."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        made_for, value, row_id = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if made_for != filters:
            raise CursorNotUsable
        return read_value(value), read_id(row_id)
    except (ValueError, TypeError, OverflowError, binascii.Error, PydanticCustomError) as error:
        raise CursorNotUsable from error


def read_text(value: Any) -> str:
    """Read a text out of a cursor."""
    if not isinstance(value, str):
        raise TypeError
    return refuse_unprintable(value)


def read_number(value: Any) -> int:
    """Read a number out of a cursor."""
    if type(value) is not int or abs(value) >= 2**63:
        raise TypeError
    return value


def read_share(value: Any) -> float:
    """Read a rank out of a cursor."""
    if type(value) not in (float, int) or not math.isfinite(value):
        raise TypeError
    return float(value)


def read_day(value: Any) -> date:
    """Read a calendar day out of a cursor."""
    return date.fromisoformat(read_text(value))


def read_instant(value: Any) -> datetime:
    """Read an instant out of a cursor."""
    instant = datetime.fromisoformat(read_text(value))
    if instant.tzinfo is None:
        raise TypeError
    return instant.astimezone(UTC)


def read_uuid(value: Any) -> UUID:
    """Read a row's id out of a cursor."""
    return UUID(read_text(value))
