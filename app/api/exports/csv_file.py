"""CSV: UTF-8 and RFC 4180, safe to open in a spreadsheet."""

import csv
from collections.abc import AsyncIterator, Sequence
from io import StringIO
from typing import Any

import orjson
from pydantic import BaseModel

from app.api.exports.columns import SEPARATOR, Column, flat_columns, table_row
from app.api.exports.formats import About

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")


async def write_csv(
    batches: AsyncIterator[Sequence[BaseModel | bytes]], about: About
) -> AsyncIterator[bytes]:
    """Yield a header line and a line for each row."""
    columns = flat_columns(about.model, about.fields)
    yield header_line(columns)
    async for rows in batches:
        yield csv_lines(columns, rows)


def csv_lines(columns: Sequence[Column], rows: Sequence[BaseModel | bytes]) -> bytes:
    """Return the lines of some rows, which may be their JSON already."""
    dumped = (orjson.loads(row) if isinstance(row, bytes) else table_row(row, "json") for row in rows)
    return _lines([[_cell(column.value(row)) for column in columns] for row in dumped])


def header_line(columns: Sequence[Column]) -> bytes:
    """Return the line of the columns' names."""
    return _lines([[column.name for column in columns]])


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def _cell(value: Any) -> str:
    """Return a cell; a text that a spreadsheet would take for a formula gets a leading apostrophe."""
    if not isinstance(value, str | list):
        return _plain(value)
    text = SEPARATOR.join(_listed(value)) if isinstance(value, list) else value
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _listed(values: list[Any]) -> list[str]:
    """Return values of a list without any of the separator's own."""
    flat = [part for value in values for part in (value if isinstance(value, list) else [value])]
    return [_plain(value).replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}") for value in flat]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
