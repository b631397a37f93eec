"""Who lives on in whom: rows that were merged keep their ids, and `merged_into` is followed when read."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, Table, select
from sqlalchemy.ext.asyncio import AsyncSession


async def find_survivors(session: AsyncSession, table: Table, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return, for each id, the last row of its line: itself where it was not merged."""
    found = {one: one for one in ids}
    left = set(ids)
    while left:
        merged = select(table.c.id, table.c.merged_into).where(
            table.c.id.in_(left), table.c.merged_into.is_not(None)
        )
        into = {row.id: row.merged_into for row in await session.execute(merged)}
        found = {one: into.get(last, last) for one, last in found.items()}
        left = set(into.values())
    return found


def select_line(table: Table, ids: Collection[UUID] | CompoundSelect[Any]) -> Select[tuple[UUID, UUID]]:
    """Select `id` of some rows and of all that were merged into them, each with its `survivor`."""
    line = (
        select(table.c.id, table.c.id.label("survivor"))
        .where(table.c.id.in_(ids))
        .cte("line", recursive=True)
    )
    line = line.union_all(select(table.c.id, line.c.survivor).where(table.c.merged_into == line.c.id))
    return select(line.c.id, line.c.survivor)
