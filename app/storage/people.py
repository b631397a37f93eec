"""People whom a dataset brings, with their names and the offices it knows them in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, union, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key, sort_key
from app.domain.vocabulary import ChangeAction
from app.storage.changes import Changed, log_changes
from app.storage.officials import official_state
from app.storage.tables import Official, official, official_name, participation, tenure


@dataclass(frozen=True, slots=True)
class BroughtOffice:
    """An office that somebody held at least from a first to a last day; None is an unknown day."""

    id: UUID
    party: str
    title: str
    first: date | None
    last: date | None
    source: str

    def touches(self, other: "BroughtOffice") -> bool:
        """Tell whether a day is in both."""
        starts = (self.first or date.min) <= (other.last or date.max)
        return starts and (other.first or date.min) <= (self.last or date.max)


@dataclass(frozen=True, slots=True)
class BroughtPerson:
    """Somebody whom a dataset names, under the id that its file carries."""

    id: UUID
    name: str
    aliases: tuple[str, ...]
    offices: tuple[BroughtOffice, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name, the main one first."""
        return (self.name, *self.aliases)


async def record_people(session: AsyncSession, people: Sequence[BroughtPerson]) -> dict[UUID, UUID]:
    """Store people with their offices; return under which id each is held.

    An office that is held already for fewer days from the same source is widened. Somebody who is held under
    another id, by one of the names and a party acted for, is that person.
    """
    held = await _held_ids(session, people)
    ids = {person.id: held.get(person.id, person.id) for person in people}
    by_id = select(official.c.id).where(official.c.id.in_(ids.values()))
    known = set((await session.execute(by_id)).scalars())
    new = [person for person in people if ids[person.id] not in known]
    await _insert(
        session, official, [{"id": p.id, "name": p.name, "sort_key": sort_key(p.name)} for p in new]
    )
    names = [
        {"official": ids[person.id], "name": name, "name_key": name_key(name)}
        for person in people
        for name in person.names
    ]
    unique_names = list({(n["official"], n["name"]): n for n in names}.values())
    named = await _insert(session, official_name, unique_names)
    changed = {row["official"] for row in named} | await _record_offices(session, people, ids)
    changed -= {person.id for person in new}
    created = [Changed(ChangeAction.CREATE, "official", str(p.id), None, _state(p)) for p in new]
    updated = [Changed(ChangeAction.UPDATE, "official", str(one), None, None) for one in sorted(changed)]
    await log_changes(session, [*created, *updated])
    return ids


def _state(person: BroughtPerson) -> dict[str, Any]:
    return official_state(Official(name=person.name, sort_key=""), person.names)


async def _insert(session: AsyncSession, table: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Insert the rows that are not held yet, and return these."""
    if not rows:
        return []
    statement = postgresql.insert(table).on_conflict_do_nothing().returning(*table.c)
    return [dict(row) for row in (await session.execute(statement, rows)).mappings()]


async def _record_offices(
    session: AsyncSession, people: Sequence[BroughtPerson], ids: dict[UUID, UUID]
) -> set[UUID]:
    """Store offices that are not held yet, and widen those that are; return whose they are."""
    changed = set()
    held = await _held_offices(session, ids.values())
    new: list[dict[str, Any]] = []
    for person in people:
        who = ids[person.id]
        for office in person.offices:
            same = find_same_office(office, held[who])
            if same is None:
                new.append(_tenure_row(who, office))
            elif (days := _widest(same, office)) != (same.first, same.last):
                values = dict(zip(("valid_from", "valid_to"), days, strict=True))
                await session.execute(update(tenure).where(tenure.c.id == same.id).values(values))
                changed.add(who)
    return changed | {row["official"] for row in await _insert(session, tenure, new)}


def find_same_office(office: BroughtOffice, held: Sequence[BroughtOffice]) -> BroughtOffice | None:
    """Return the office that is one with another: of the same source, and first day or else touching days."""
    same = [
        one
        for one in held
        if (one.party, one.title, one.source) == (office.party, office.title, office.source)
        and one.touches(office)
    ]
    return min(same, key=lambda one: (one.first != office.first, one.id != office.id), default=None)


def _widest(one: BroughtOffice, other: BroughtOffice) -> tuple[date | None, date | None]:
    firsts = [day for day in (one.first, other.first) if day]
    lasts = [day for day in (one.last, other.last) if day]
    return min(firsts, default=None), max(lasts, default=None)


async def _held_offices(session: AsyncSession, officials: Iterable[UUID]) -> dict[UUID, list[BroughtOffice]]:
    held: dict[UUID, list[BroughtOffice]] = defaultdict(list)
    for row in await session.execute(select(tenure).where(tenure.c.official.in_(officials))):
        office = BroughtOffice(row.id, row.party, row.title, row.valid_from, row.valid_to, row.source)
        held[row.official].append(office)
    return held


def _tenure_row(official_id: UUID, office: BroughtOffice) -> dict[str, Any]:
    return {
        "id": office.id,
        "official": official_id,
        "party": office.party,
        "title": office.title,
        "valid_from": office.first,
        "valid_to": office.last,
        "source": office.source,
    }


async def _held_ids(session: AsyncSession, people: Sequence[BroughtPerson]) -> dict[UUID, UUID]:
    """Return who is held under another id: the one official of that name who has acted for that party."""
    acted = union(
        select(participation.c.official, participation.c.party), select(tenure.c.official, tenure.c.party)
    ).subquery()
    keys = {name_key(name) for person in people for name in person.names}
    rows = await session.execute(
        select(official_name.c.name_key, acted.c.party, official_name.c.official)
        .join(acted, acted.c.official == official_name.c.official)
        .where(official_name.c.name_key.in_(keys))
    )
    known: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for key, party, held in rows:
        known[key, party].add(held)
    own = {person.id for person in people}
    found = {}
    for person in people:
        parties = {office.party for office in person.offices}
        same = {i for party in parties for name in person.names for i in known[name_key(name), party]}
        if person.id not in same and len(same - own) == 1:
            found[person.id] = (same - own).pop()
    return found
