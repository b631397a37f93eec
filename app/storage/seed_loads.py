"""What was loaded from the seed last."""

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.tables import seed_load


async def find_seed_load(session: AsyncSession, name: str) -> str | None:
    """Return the hash of the files from which a part of the seed was loaded last."""
    found = await session.execute(select(seed_load.c.sha256).where(seed_load.c.name == name))
    return found.scalar_one_or_none()


async def note_seed_load(session: AsyncSession, name: str, sha256: str) -> None:
    """Remember that a part of the seed is loaded whole."""
    new = postgresql.insert(seed_load).values(name=name, sha256=sha256)
    await session.execute(
        new.on_conflict_do_update(index_elements=["name"], set_={"sha256": sha256, "loaded_at": func.now()})
    )
