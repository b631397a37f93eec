"""Visits of foreign leaders to the United States, and travels of its presidents and secretaries of state.

The lists are the Office of the Historian's, U.S. Department of State, in the public domain, as XML. A row is
a visit; the people met in it, as the remark names them, make a meeting for each party.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.datasets.shapes import Dataset, Skipped, SourceRow
from app.datasets.us_state_historian.people import Sighting, resolve_people
from app.datasets.us_state_historian.records import (
    Story,
    actors_met,
    company_of,
    find_travelers,
    make_records,
    make_source,
)
from app.datasets.us_state_historian.remarks import read_remarks
from app.datasets.us_state_historian.rows import NAME, Row, read_rows
from app.datasets.us_state_historian.states import find_party
from app.datasets.us_state_historian.visitors import Leaders, read_visitors

VERSION = f"{NAME} 1"
"""Raised with every change that lets a row give other records."""

_STATELESS = ("ATA",)


def read_dataset(folder: Path) -> Dataset:
    """Read the three lists from a folder, and tell what of them became no event."""
    stories: list[Story] = []
    skipped: list[Skipped] = []
    rows = list(read_rows(folder))
    leaders = _find_leaders(rows)
    for row in rows:
        story = row if isinstance(row, Skipped) else _read_story(row, leaders)
        if isinstance(story, Skipped):
            skipped.append(story)
        else:
            stories.append(story)
            skipped += [
                Skipped(story.row.record, f"{name}: it is not said for whom; left out of the meeting")
                for name in story.remarks.left_out
            ]
    people, numbers = resolve_people(_sightings(stories))
    sources = []
    for story in stories:
        made = list(make_records(story, lambda one: people[numbers[one]].name))
        sources.append(
            SourceRow(
                make_source(story.row),
                tuple(record for record, _ in made),
                tuple(tuple(numbers[one] if one else None for one in seen) for _, seen in made),
            )
        )
    return Dataset(NAME, VERSION, tuple(sources), people, tuple(skipped))


def _read_story(row: Row, leaders: Leaders) -> Story | Skipped:
    elsewhere = find_party(row.country, row.first)
    if elsewhere is None:
        return Skipped(row.record, f"no party is known as {row.country!r}")
    if elsewhere in _STATELESS:
        return Skipped(row.record, f"{row.country} is no state: nobody was visited")
    home, host = ("USA", elsewhere) if row.abroad else (elsewhere, "USA")
    if home == host:
        return Skipped(row.record, "a domestic leg")
    travelers = find_travelers(row, home)
    if not travelers:
        return Skipped(row.record, f"{row.person!r} names nobody who is known")
    return Story(row, home, host, travelers, read_remarks(row, home, host, leaders))


def _find_leaders(rows: Sequence[Row | Skipped]) -> Leaders:
    came = [row for row in rows if isinstance(row, Row) and not row.abroad]
    return Leaders(
        (party, row.first, visitor)
        for row in came
        if (party := find_party(row.country, row.first))
        for visitor in read_visitors(row.person)
    )


def _sightings(stories: Sequence[Story]) -> Iterator[Sighting]:
    for story in stories:
        actors = [*story.travelers, *company_of(story.row, story.remarks)]
        for meeting in story.remarks.meetings:
            actors += [*actors_met(story.row, meeting), *company_of(story.row, meeting)]
        yield from (actor.sighting for actor in actors if actor.sighting)
