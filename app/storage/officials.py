"""Who a name in a report stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import CompoundSelect, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key, sort_key
from app.domain.person_names import Likeness, compare_names
from app.domain.vocabulary import ChangeAction
from app.storage.changes import Changed
from app.storage.tables import Official, OfficialName, event, official_name, participation, tenure
from app.storage.tables.columns import new_id

_SAME_CAREER = timedelta(days=5 * 366)
"""How long somebody may go unseen in office and still be the one of a name spelled otherwise."""


@dataclass(frozen=True, slots=True)
class FoundOfficial:
    """Who a name stands for; else those whom it may stand for, and why that is not certain."""

    official: UUID | None
    may_be: tuple[UUID, ...] = ()
    reason: str | None = None


async def find_official(
    session: AsyncSession, name: str, party: str, day: date | None = None
) -> FoundOfficial:
    """Return the one official who has acted for the party and has this name, or spelled otherwise.

    The same name for another party is another person until an editor says otherwise, and so is a name that is
    only perhaps the same: people are never merged in silence. `day` is when the person acted, if known.
    """
    acted = _acted_for(party)
    by_name = select(official_name.c.official).where(
        official_name.c.name_key == name_key(name), official_name.c.official.in_(acted)
    )
    found = set((await session.execute(by_name)).scalars())
    if found:
        return _only(sorted(found), "several officials have this very name")
    names = select(official_name.c.official, official_name.c.name).where(official_name.c.official.in_(acted))
    likeness = {
        row.official: alike
        for row in await session.execute(names)
        if (alike := compare_names(name, row.name)) is not Likeness.OTHER
    }
    near = await _seen_near(session, sorted(likeness), day)
    same = [one for one in near if likeness[one] is Likeness.SAME]
    if same:
        return _only(same, "several officials have names spelled like this one")
    return FoundOfficial(None, tuple(near), "the name is only in part like theirs" if near else None)


def _only(found: Sequence[UUID], reason: str) -> FoundOfficial:
    return FoundOfficial(found[0]) if len(found) == 1 else FoundOfficial(None, tuple(found), reason)


def _acted_for(party: str) -> CompoundSelect[tuple[UUID | None]]:
    return union(
        select(participation.c.official).where(
            participation.c.party == party, participation.c.official.is_not(None)
        ),
        select(tenure.c.official).where(tenure.c.party == party),
    )


async def _seen_near(session: AsyncSession, officials: Sequence[UUID], day: date | None) -> list[UUID]:
    """Return those who took part in an event or held an office within the length of a career from the day."""
    if day is None or not officials:
        return list(officials)
    first, last = day - _SAME_CAREER, day + _SAME_CAREER
    took_part = (
        select(participation.c.official)
        .join(event, event.c.id == participation.c.event)
        .where(participation.c.official.in_(officials), event.c.sort_date.between(first, last))
    )
    in_office = select(tenure.c.official).where(
        tenure.c.official.in_(officials),
        func.coalesce(tenure.c.valid_from, tenure.c.valid_to, day) <= last,
        func.coalesce(tenure.c.valid_to, tenure.c.valid_from, day) >= first,
    )
    return sorted((await session.execute(union(took_part, in_office))).scalars())


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
