"""NDJSON: a JSON object on each line."""

from collections.abc import AsyncIterator, Sequence

from pydantic import BaseModel

from app.api.exports.formats import About


async def write_ndjson(batches: AsyncIterator[Sequence[BaseModel | bytes]], _: About) -> AsyncIterator[bytes]:
    """Yield a line for each row, which may be its JSON already."""
    async for rows in batches:
        yield b"".join(row + b"\n" if isinstance(row, bytes) else json_line(row) for row in rows)


def json_line(row: BaseModel) -> bytes:
    """Return a row's JSON as a line; a key that is only there when it is asked for is not there."""
    return row.model_dump_json(exclude_unset=True).encode() + b"\n"
