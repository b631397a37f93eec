"""Who a name in a report stands for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key, sort_key
from app.domain.person_names import Likeness, compare_names
from app.domain.vocabulary import ChangeAction
from app.storage.changes import Changed, find_last_state
from app.storage.merged import find_survivors, select_line
from app.storage.tables import Official, OfficialName, event, official, official_name, participation, tenure
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
    found = await _find_acting(session, await _find_named(session, name), party)
    if found:
        return _only(sorted(found), "several officials have this very name")
    likeness = await _find_alike(session, name, _acted_for(party))
    near = await _seen_near(session, sorted(likeness), day)
    same = [one for one in near if likeness[one] is Likeness.SAME]
    if same:
        return _only(same, "several officials have names spelled like this one")
    return FoundOfficial(None, tuple(near), "the name is only in part like theirs" if near else None)


async def _find_named(session: AsyncSession, name: str) -> Collection[UUID]:
    """Return those who have this very name, as whom they live on."""
    by_name = (
        select(official.c.id, official.c.merged_into)
        .join(official_name, official_name.c.official == official.c.id)
        .where(official_name.c.name_key == name_key(name))
    )
    named = (await session.execute(by_name)).all()
    ids = {row.id for row in named}
    if any(row.merged_into for row in named):
        return set((await find_survivors(session, official, ids)).values())
    return ids


async def _find_acting(session: AsyncSession, officials: Collection[UUID], party: str) -> set[UUID]:
    """Return those of some who acted for the party, themselves or whoever was merged into them."""
    if not officials:
        return set()
    lines = select_line(official, officials).subquery()
    for_it = select(lines.c.survivor).where(has_acted_for(party, lines.c.id))
    return set((await session.execute(for_it)).scalars())


async def _find_alike(
    session: AsyncSession, name: str, acted: CompoundSelect[tuple[UUID | None]]
) -> dict[UUID, Likeness]:
    """Return who of those who acted has a name like this one, whoever was merged into them included."""
    line = select_line(official, acted).subquery()
    names = select(line.c.survivor, official_name.c.name).join(line, line.c.id == official_name.c.official)
    alike = {
        row.survivor: likeness
        for row in await session.execute(names)
        if (likeness := compare_names(name, row.name)) is not Likeness.OTHER
    }
    lives_on = await find_survivors(session, official, alike)
    return {lives_on[one]: likeness for one, likeness in alike.items()}


async def find_namesakes(session: AsyncSession, official_id: UUID) -> Sequence[UUID]:
    """Return those who have the very name of an official, for whomever they acted."""
    own = select(official_name.c.name_key).where(official_name.c.official == official_id)
    same = select(official_name.c.official).where(
        official_name.c.name_key.in_(own), official_name.c.official != official_id
    )
    lives_on = await find_survivors(session, official, (await session.execute(same)).scalars().all())
    return sorted(set(lives_on.values()))


def _only(found: Sequence[UUID], reason: str) -> FoundOfficial:
    return FoundOfficial(found[0]) if len(found) == 1 else FoundOfficial(None, tuple(found), reason)


def has_acted_for(party: str | ColumnElement[str], one: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Tell whether somebody acted for a party; for a few, it reads far less than all who did."""
    took_part = select(participation.c.id).where(
        participation.c.official == one, participation.c.party == party
    )
    held = select(tenure.c.id).where(tenure.c.official == one, tenure.c.party == party)
    return or_(took_part.exists(), held.exists())


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
    session: AsyncSession, name: str, changes: list[Changed], brought: UUID | None = None
) -> UUID:
    """Add a person by name, under the id that a seed file gives or a new one."""
    row = Official(id=brought or new_id(), name=name, sort_key=sort_key(name))
    session.add(row)
    await session.flush()
    session.add(OfficialName(official=row.id, name=name, name_key=name_key(name)))
    changes.append(Changed(ChangeAction.CREATE, "official", str(row.id), None, official_state(row, [name])))
    return row.id


async def log_official(
    session: AsyncSession, row: Official, changes: list[Changed], action: ChangeAction = ChangeAction.UPDATE
) -> None:
    """Add a changed official's new version to the log."""
    await session.flush()
    before = await find_last_state(session, "official", str(row.id), changes)
    after = await read_official_state(session, row)
    if before == after:
        return
    row.version += 1
    row.updated_at = (await session.execute(select(func.now()))).scalar_one()
    await session.flush()
    changes.append(Changed(action, "official", str(row.id), before, after))


async def read_official_state(session: AsyncSession, row: Official) -> dict[str, Any]:
    """Return an official's fields as the change log keeps them, with the names that are held."""
    names = await session.execute(select(official_name.c.name).where(official_name.c.official == row.id))
    return official_state(row, names.scalars())


def official_state(row: Official, names: Iterable[str]) -> dict[str, Any]:
    """Return an official's fields as the change log keeps them."""
    return {
        "name": row.name,
        "aliases": sorted(set(names) - {row.name}),
        "merged_into": str(row.merged_into) if row.merged_into else None,
    }
