"""Files of events, as the export writes them or written by hand; docs/files.md says what is in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.event_line import EventLine
from app.domain.identifiers import Prefix, public_id
from app.errors import EventFileNotValid, LineFault
from app.seeding.event_files.reading import count_lines, read_lines
from app.seeding.progress import Progress, say_nothing
from app.storage.among import among
from app.storage.copying import heap_set_aside
from app.storage.database import analyze_growth
from app.storage.event_lines import Restored, adopt_orphans, restore_lines
from app.storage.tables import event, party

_BATCH = 500
_MOST_FAULTS = 1000
"""After so many a file is not read on: they have one cause."""


@dataclass(frozen=True, slots=True)
class ImportedEvents:
    """How many events of a file were added, and how many were held already."""

    events: int
    added: int
    known: int


async def import_events(
    session: AsyncSession, path: Path, progress: Progress = say_nothing
) -> ImportedEvents:
    """Store the events of a file, all or none; the caller commits."""
    total = count_lines(path)
    await _check(session, path, total, progress)
    with heap_set_aside():
        restored = await _store(session, path, total, progress)
    return ImportedEvents(restored.added + restored.known, restored.added, restored.known)


async def _store(session: AsyncSession, path: Path, total: int, progress: Progress) -> Restored:
    restored, done = Restored(), 0
    for batch in _batches(path):
        await restore_lines(session, batch, path.name, restored)
        if restored.clashes:
            faults = [LineFault(one.line, f"article.{one.field}", *_HELD) for one in restored.clashes]
            raise EventFileNotValid(path, tuple(faults))
        if done == 0:
            await analyze_growth(session, total)
        done += len(batch)
        progress(f"storing {path.name}", done, total)
    await adopt_orphans(session, restored.orphans)
    return restored


_HELD = (
    "this article is held, or stands in this file, under another id too",
    "the id under which it is held",
)


async def _check(session: AsyncSession, path: Path, total: int, progress: Progress) -> None:
    """Read the whole file and refuse it with all that is wrong in it."""
    parties = set((await session.execute(select(party.c.id))).scalars())
    faults: list[LineFault] = []
    ids: dict[UUID, int] = {}
    parents: dict[UUID, int] = {}
    for number, read in read_lines(path):
        if number % _BATCH == 0:
            progress(f"checking {path.name}", number, total)
        if isinstance(read, EventLine):
            faults += _check_line(number, read, parties, ids)
            if read.parent:
                parents.setdefault(read.parent, number)
        else:
            faults += read
        if len(faults) >= _MOST_FAULTS:
            break
    missing = parents.keys() - ids.keys()
    held = set((await session.execute(select(event.c.id).where(among(event.c.id, missing)))).scalars())
    if len(faults) < _MOST_FAULTS:
        faults += [
            LineFault(parents[one], "parent", f"there is no event {public_id(Prefix.EVENT, one)}", _PARENT)
            for one in sorted(missing - held)
        ]
    if faults:
        raise EventFileNotValid(path, tuple(sorted(faults, key=lambda fault: fault.line)))


_PARENT = "an event of this file, or one that is held"


def _check_line(number: int, line: EventLine, parties: set[str], ids: dict[UUID, int]) -> Iterator[LineFault]:
    if line.id and (first := ids.setdefault(line.id, number)) != number:
        yield LineFault(number, "id", f"line {first} has the same id", "each event once")
    named = [(f"parties.{index}.id", one.id) for index, one in enumerate(line.parties)]
    if line.place.country is not None:
        named.append(("place.country", line.place.country))
    for index, told in enumerate(line.reports):
        where = f"reports.{index}.record"
        named += [(f"{where}.parties.{n}.party", one.party) for n, one in enumerate(told.record.parties)]
    for field, party_id in named:
        if party_id not in parties:
            yield LineFault(number, field, f"there is no party {party_id}", "the id of a party, such as PAK")


def _batches(path: Path) -> Iterator[list[tuple[int, EventLine]]]:
    batch: list[tuple[int, EventLine]] = []
    for number, read in read_lines(path):
        assert isinstance(read, EventLine)
        batch.append((number, read))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
