"""The people of lines, and the offices that they held on the days of their events."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.domain.event_line import EventLine, OfficialLine
from app.domain.names import name_key, sort_key
from app.domain.vocabulary import ChangeAction
from app.storage.among import among
from app.storage.changes import Changed
from app.storage.copying import copy_rows
from app.storage.event_lines.batch import Batch
from app.storage.officials import add_official, find_official
from app.storage.tables import official, official_name, tenure
from app.storage.tables.columns import new_id


async def restore_people(batch: Batch) -> None:
    """Add the people who are not held; a line that gives no id means who is known by that name."""
    told: dict[UUID, str] = {}
    for _, _, accounts in batch.lines:
        told |= {one.official: one.name for account in accounts for one in account.people() if one.official}
    for _, line, _ in batch.lines:  # an article may call somebody otherwise
        told |= {who.id: who.name for who, _ in people_of(line) if who.id}
    held = set(
        (await batch.session.execute(select(official.c.id).where(among(official.c.id, list(told))))).scalars()
    )
    new = {key: name for key, name in told.items() if key not in held}
    rows = [{"id": key, "name": name, "sort_key": sort_key(name)} for key, name in new.items()]
    await copy_rows(batch.session, official, rows)
    names = [{"official": key, "name": name, "name_key": name_key(name)} for key, name in new.items()]
    await copy_rows(batch.session, official_name, names)
    for key, name in new.items():
        batch.changes.append(Changed(ChangeAction.CREATE, "official", str(key), None, {"name": name}))
    for _, line, _ in batch.lines:
        for who, party_id in people_of(line):
            if who.id is None and (who.name, party_id) not in batch.people:
                found = await find_official(batch.session, who.name, party_id, line.date_start)
                known = found.official or await add_official(batch.session, who.name, batch.changes)
                batch.people[who.name, party_id] = known
    await batch.session.flush()


def people_of(line: EventLine) -> Iterator[tuple[OfficialLine, str]]:
    """Yield the people of a line with the parties that they act for."""
    for person in line.participants:
        if person.official:
            yield person.official, person.party
    if line.delegation and line.delegation.head:
        yield line.delegation.head, line.delegation.party


def all_people(batch: Batch) -> list[UUID]:
    """Return everybody whom lines or their accounts name."""
    told = {who.id for _, line, _ in batch.lines for who, _ in people_of(line) if who.id}
    told |= {
        one.official for _, _, accounts in batch.lines for a in accounts for one in a.people() if one.official
    }
    return sorted(told | set(batch.people.values()))


def who_is(batch: Batch, who: OfficialLine | None, party_id: str) -> UUID | None:
    """Return who somebody of a line is."""
    return (who.id or batch.people[who.name, party_id]) if who else None


async def restore_offices(batch: Batch) -> dict[tuple[Any, ...], UUID]:
    """Return the tenure of each person, party, title and day; a new one is known of that day only."""
    wanted: set[tuple[UUID, str, str, date]] = set()
    for _, line, _ in batch.lines:
        for person in line.participants:
            who, day = who_is(batch, person.official, person.party), line.span.start
            if who and person.office and day:
                wanted.add((who, person.party, person.office.title, day))
    rows = (
        await batch.session.execute(select(tenure).where(among(tenure.c.official, [w[0] for w in wanted])))
    ).all()
    found: dict[tuple[Any, ...], UUID] = {}
    new = []
    for key in sorted(wanted):
        who, party_id, title, day = key
        same = [
            row
            for row in rows
            if (row.official, row.party, row.title) == (who, party_id, title)
            and (row.valid_from or date.min) <= day <= (row.valid_to or date.max)
        ]
        found[key] = same[0].id if same else new_id()
        if not same:
            told = {"official": who, "party": party_id, "title": title, "source": batch.origin}
            new.append({"id": found[key], **told, "valid_from": day, "valid_to": day})
    if new:
        await batch.session.execute(postgresql.insert(tenure).values(new).on_conflict_do_nothing())
    return found
