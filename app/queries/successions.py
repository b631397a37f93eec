"""Who came before and after a party."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import CTE, ColumnElement, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries.rows import read_rows
from app.storage.tables import party, succession


async def find_lines(session: AsyncSession, parties: Collection[str]) -> dict[str, frozenset[str]]:
    """Return, for each party, all that came before it and all that came after it; not their other heirs."""
    before = _line(parties, succession.c.successor, succession.c.predecessor, "before")
    after = _line(parties, succession.c.predecessor, succession.c.successor, "after")
    rows = await read_rows(session, select(union(select(before), select(after)).subquery("line")))
    lines: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        lines[row.party].add(row.relative)
    return {one: frozenset(line) for one, line in lines.items()}


def _line(parties: Collection[str], known: ColumnElement[str], found: ColumnElement[str], name: str) -> CTE:
    start = select(party.c.id.label("party"), party.c.id.label("relative")).where(party.c.id.in_(parties))
    line = start.cte(name, recursive=True)
    return line.union(select(line.c.party, found).join(succession, known == line.c.relative))
