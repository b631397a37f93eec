"""Parquet: the same rows with nested columns, a row group for each thousand rows, sent as they are made."""

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from typing import Any, get_args, get_origin

from anyio.to_thread import run_sync
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.api.exports.columns import enum_keys, inner_type, is_model, is_text, shown_fields, table_row
from app.api.exports.formats import About
from app.errors import FormatNotInstalled

ROW_GROUP = 1_000
"""Rows in memory at a time."""


def require_pyarrow() -> None:
    """Refuse the format where the package that writes it is not installed."""
    if find_spec("pyarrow") is None:
        raise FormatNotInstalled("parquet", "pyarrow")


async def write_parquet(batches: AsyncIterator[Sequence[BaseModel]], about: About) -> AsyncIterator[bytes]:
    """Yield a Parquet file."""
    # An extra, and slow to load: only where it is needed.
    from pyarrow.parquet import ParquetWriter

    schema = _schema(about)
    sent = _Sent()
    held: list[BaseModel] = []
    with ParquetWriter(sent, schema, compression="zstd") as writer:
        async for rows in batches:
            held += rows
            if len(held) >= ROW_GROUP:
                await run_sync(_write_group, writer, schema, held)
                held = []
                yield sent.take()
        await run_sync(_write_group, writer, schema, held)
    yield sent.take()


class _Sent(io.RawIOBase):
    """A file that is only written to, and from which what was written is taken away."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _write_group(writer: Any, schema: Any, rows: Sequence[BaseModel]) -> None:
    import pyarrow

    if rows:
        dumped = [table_row(row, "python") for row in rows]
        writer.write_table(pyarrow.Table.from_pylist(dumped, schema=schema))


def _schema(about: About) -> Any:
    import pyarrow

    return pyarrow.schema(_columns(shown_fields(about.model, about.fields)))


def _columns(fields: Mapping[str, FieldInfo]) -> list[tuple[str, Any]]:
    import pyarrow

    return [
        (name, pyarrow.string() if is_text(field) else _type_of(field.annotation))
        for name, field in fields.items()
    ]


def _type_of(annotation: Any) -> Any:
    """Return the column type of a field."""
    import pyarrow

    kind = inner_type(annotation)
    if get_origin(kind) is list:
        return pyarrow.list_(_type_of(get_args(kind)[0]))
    if get_origin(kind) is dict:
        value = _type_of(get_args(kind)[1])
        return pyarrow.struct([(name, value) for name in enum_keys(kind)])
    if is_model(kind):
        return pyarrow.struct(_columns(shown_fields(kind)))
    plain = {
        bool: pyarrow.bool_(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        date: pyarrow.date32(),
        datetime: pyarrow.timestamp("us", "UTC"),
    }
    return plain.get(kind, pyarrow.string())
