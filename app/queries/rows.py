"""Rows as the statements give them, and rows by what they belong to."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.errors import NotFound


async def read_rows(session: AsyncSession, statement: Select[*tuple[Any, ...]]) -> Sequence[Row[Any]]:
    """Return all rows of a statement."""
    rows: Sequence[Any] = (await session.execute(statement)).all()
    return rows


async def read_docs(
    session: AsyncSession, owner: ColumnElement[UUID], doc: ColumnElement[bytes], ids: Sequence[UUID]
) -> dict[UUID, bytes]:
    """Return the documents kept of some owners by their ids, in the order asked for; some may have none."""
    if not ids:
        return {}
    held = select(owner.label("owner"), doc.label("doc")).where(owner.in_(ids))
    docs = {row.owner: row.doc for row in await read_rows(session, held)}
    return {one: docs[one] for one in ids if one in docs}


def require_row_id(prefix: Prefix, text: str) -> UUID:
    """Return the row's id in a public id; a text that is none is of nothing."""
    found = row_id(prefix, text)
    if found is None:
        raise NotFound
    return found


def group_by(rows: Sequence[Row[Any]], column: str) -> defaultdict[Any, list[Row[Any]]]:
    """Return rows in groups that share a column's value."""
    groups: defaultdict[Any, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups
