"""Outlets by their domains and names."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.tables import outlet


async def find_outlets(session: AsyncSession, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the outlets with these domains or names; what names none is left out."""
    if not names:
        return ()
    lower = [name.lower() for name in names]
    named = or_(outlet.c.id.in_(lower), func.lower(outlet.c.name).in_(lower))
    return tuple((await session.execute(select(outlet.c.id).where(named))).scalars())
