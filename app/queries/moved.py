"""Ids that were merged into others: they are found under the last of their line."""

from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id, row_id
from app.errors import Moved, NotFound
from app.storage.merged import find_survivors


async def follow(session: AsyncSession, table: Table, prefix: Prefix, text: str) -> UUID:
    """Return the row id in a public id; one that was merged has moved, and one of no form is of nothing."""
    one = row_id(prefix, text)
    if one is None:
        raise NotFound
    survivor = (await find_survivors(session, table, [one]))[one]
    if survivor != one:
        raise Moved(public_id(prefix, survivor))
    return one
