"""Who published an article."""

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key
from app.domain.vocabulary import OutletKind
from app.storage.tables import Outlet, outlet


async def find_or_add_outlet(session: AsyncSession, name: str | None) -> str | None:
    """Return the id of the outlet with this name or domain; an unknown one is added as `other`."""
    if name is None or not name.strip():
        return None
    word = name.strip()
    same = select(outlet.c.id).where(
        or_(outlet.c.id == word.lower(), func.lower(outlet.c.name) == word.lower())
    )
    if known := (await session.execute(same.limit(1))).scalar_one_or_none():
        return str(known)
    row = Outlet(
        id=word.lower() if "." in word else name_key(word).replace(" ", "-"), name=word, kind=OutletKind.OTHER
    )
    session.add(row)
    await session.flush()
    return row.id
