"""COPY: the fastest way in, for rows that are known to be new."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession


async def copy_rows(session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows in the session's transaction; all have the same columns, and JSON comes as text."""
    if not rows:
        return
    await session.flush()
    connection = await (await session.connection()).get_raw_connection()
    columns = list(rows[0])
    assert connection.driver_connection is not None
    await connection.driver_connection.copy_records_to_table(
        table.name, columns=columns, records=[tuple(row[name] for name in columns) for row in rows]
    )
