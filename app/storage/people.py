"""People whom a dataset brings, with their names and the offices it knows them in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key, sort_key
from app.domain.vocabulary import ChangeAction
from app.storage.changes import Changed, log_changes
from app.storage.tables import official, official_name, participation, tenure


@dataclass(frozen=True, slots=True)
class BroughtOffice:
    """An office that somebody held at least from a first to a last day; None is an unknown day."""

    id: UUID
    party: str
    title: str
    first: date | None
    last: date | None


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


async def record_people(
    session: AsyncSession, people: Sequence[BroughtPerson], source: str
) -> dict[UUID, UUID]:
    """Store people with their offices; return under which id each is held.

    Somebody who is held already under another id, by one of the names and a party acted for, is that person.
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
    await _insert(session, official_name, list({(n["official"], n["name"]): n for n in names}.values()))
    await _insert(session, tenure, _tenures(people, ids, source))
    created = [Changed(ChangeAction.CREATE, "official", str(p.id), None, {"name": p.name}) for p in new]
    await log_changes(session, created)
    return ids


async def _insert(session: AsyncSession, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        await session.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)


def _tenures(people: Sequence[BroughtPerson], ids: dict[UUID, UUID], source: str) -> list[dict[str, Any]]:
    return [
        {
            "id": office.id,
            "official": ids[person.id],
            "party": office.party,
            "title": office.title,
            "valid_from": office.first,
            "valid_to": office.last,
            "source": source,
        }
        for person in people
        for office in person.offices
    ]


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
