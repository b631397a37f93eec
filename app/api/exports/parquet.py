"""Parquet: the same rows with nested columns, put together on disk, since its index stands at its end."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args, get_origin

from anyio import open_file
from anyio.to_thread import run_sync
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.api.exports.columns import enum_keys, inner_type, is_model, shown_fields
from app.api.exports.formats import About
from app.errors import FormatNotInstalled

PART = 1_000
"""Rows in memory at a time."""
_CHUNK = 256 * 1024


def require_polars() -> None:
    """Refuse the format where the package that writes it is not installed."""
    if find_spec("polars") is None:
        raise FormatNotInstalled("parquet", "polars")


async def write_parquet(batches: AsyncIterator[Sequence[BaseModel]], about: About) -> AsyncIterator[bytes]:
    """Yield a Parquet file."""
    with TemporaryDirectory(prefix="bilateral-") as name:
        folder = Path(name)
        whole = folder / "whole.parquet"
        await _write_parts(batches, _schema(shown_fields(about.model, about.fields)), folder)
        await run_sync(_join_parts, folder, whole)
        async with await open_file(whole, "rb") as file:
            while chunk := await file.read(_CHUNK):
                yield chunk


async def _write_parts(
    batches: AsyncIterator[Sequence[BaseModel]], schema: dict[str, Any], folder: Path
) -> None:
    held: list[BaseModel] = []
    number = 0
    async for rows in batches:
        held += rows
        if len(held) >= PART:
            await run_sync(_write_part, held, schema, folder / f"{number:09}.part")
            held, number = [], number + 1
    await run_sync(_write_part, held, schema, folder / f"{number:09}.part")


def _write_part(rows: Sequence[BaseModel], schema: dict[str, Any], path: Path) -> None:
    import polars  # an extra, and slow to load: only where it is needed

    frame = polars.DataFrame([row.model_dump(exclude_unset=True) for row in rows], schema=schema)
    frame.write_parquet(path)


def _join_parts(folder: Path, whole: Path) -> None:
    import polars

    polars.scan_parquet(sorted(folder.glob("*.part"))).sink_parquet(whole)


def _schema(fields: Mapping[str, FieldInfo]) -> dict[str, Any]:
    return {name: _type_of(field.annotation) for name, field in fields.items()}


def _type_of(annotation: Any) -> Any:
    """Return the column type of a field."""
    import polars

    kind = inner_type(annotation)
    if get_origin(kind) is list:
        return polars.List(_type_of(get_args(kind)[0]))
    if get_origin(kind) is dict:
        value = _type_of(get_args(kind)[1])
        return polars.Struct(dict.fromkeys(enum_keys(kind), value))
    if is_model(kind):
        return polars.Struct(_schema(shown_fields(kind)))
    plain = {
        bool: polars.Boolean,
        int: polars.Int64,
        float: polars.Float64,
        date: polars.Date,
        datetime: polars.Datetime("us", "UTC"),
    }
    return plain.get(kind, polars.String)
