"""CSV: UTF-8 and RFC 4180, safe to open in a spreadsheet."""

import csv
from collections.abc import AsyncIterator, Iterable, Sequence
from io import StringIO
from typing import Any

import orjson
from pydantic import BaseModel

from app.api.exports.columns import SEPARATOR, Column, flat_columns, table_row, value_reader
from app.api.exports.formats import About

_FORMULA_STARTS = frozenset("=+-@\t\r\0")


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
    read = value_reader(columns)
    return _lines(map(_cell, read(row)) for row in dumped)


def header_line(columns: Sequence[Column]) -> bytes:
    """Return the line of the columns' names."""
    return _lines([[column.name for column in columns]])


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    buffer = StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def _cell(value: Any) -> str:
    """Return a cell; a text that a spreadsheet would take for a formula gets a leading apostrophe."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, list):
        text = SEPARATOR.join([_part(one) for one in value])
    else:
        return _plain(value)
    return f"'{text}" if text[:1] in _FORMULA_STARTS else text


def _part(value: Any) -> str:
    """Return one of several values, without any of the separator's own."""
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}")
    return SEPARATOR.join([_part(one) for one in value]) if isinstance(value, list) else _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
