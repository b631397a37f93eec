"""Who a name in a report stands for."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key, sort_key
from app.domain.vocabulary import ChangeAction
from app.storage.changes import Changed
from app.storage.tables import Official, OfficialName, official_name, participation, tenure
from app.storage.tables.columns import new_id


async def find_official(session: AsyncSession, name: str, party: str) -> UUID | None:
    """Return the one official who is known by this name and has acted for the party.

    The same name for another party is another person until an editor says otherwise: people are never
    merged in silence.
    """
    acted = select(participation.c.id).where(
        participation.c.official == official_name.c.official, participation.c.party == party
    )
    held = select(tenure.c.id).where(tenure.c.official == official_name.c.official, tenure.c.party == party)
    known = select(official_name.c.official).where(
        official_name.c.name_key == name_key(name), or_(acted.exists(), held.exists())
    )
    found = set((await session.execute(known)).scalars())
    return found.pop() if len(found) == 1 else None


async def find_brought(session: AsyncSession, official: UUID) -> UUID | None:
    """Return the id of an official that a seed file brings, if the official is held already."""
    return official if await session.get(Official, official) else None


async def add_official(
    session: AsyncSession, name: str, changes: list[Changed], official: UUID | None = None
) -> UUID:
    """Add a person by name, under the id that a seed file gives or a new one."""
    row = Official(id=official or new_id(), name=name, sort_key=sort_key(name))
    session.add(row)
    await session.flush()
    session.add(OfficialName(official=row.id, name=name, name_key=name_key(name)))
    changes.append(Changed(ChangeAction.CREATE, "official", str(row.id), None, {"name": name}))
    return row.id
