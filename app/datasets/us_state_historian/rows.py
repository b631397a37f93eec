"""The rows of the three lists, as they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from app.datasets.shapes import Skipped
from app.errors import DatasetFileInvalid, DatasetNotFound

NAME = "us-state-historian"
VISITS, PRESIDENTS, SECRETARIES = "visits", "president-travels", "secretary-travels"
LISTS = (VISITS, PRESIDENTS, SECRETARIES)


@dataclass(frozen=True, slots=True)
class Row:
    """A visit to the United States, or a leg of a travel abroad; words as printed, blanks made single.

    `person` is who came or went; `country` is where the person came from, or went to.
    """

    list: str
    id: str
    first: date
    last: date
    person: str
    country: str
    place: str
    remarks: str

    @property
    def abroad(self) -> bool:
        """Whether an American went abroad, rather than somebody came."""
        return self.list != VISITS

    @property
    def record(self) -> str:
        """Return what names the row in reports."""
        return f"{self.list}/{self.id}"


def read_rows(folder: Path) -> Iterator[Row | Skipped]:
    """Yield the rows of all lists, by list and day; a row that cannot be read says why."""
    for name in LISTS:
        files = sorted((folder / name).glob("*.xml"))
        if not files:
            raise DatasetNotFound(NAME, folder / name)
        read = [_read_row(name, element) for path in files for element in _parse(path)]
        yield from (one for one in read if isinstance(one, Skipped))
        rows = [one for one in read if isinstance(one, Row)]
        yield from sorted(rows, key=lambda row: (row.first, row.last, int(row.id)))


def _parse(path: Path) -> ElementTree.Element:
    try:
        return ElementTree.parse(path).getroot()
    except (ElementTree.ParseError, OSError) as error:
        raise DatasetFileInvalid(path, str(error)) from error


def _read_row(name: str, element: ElementTree.Element) -> Row | Skipped:
    cells = {child.tag: " ".join("".join(child.itertext()).split()) for child in element}
    visit = name == VISITS
    number = cells.get("id", "")
    if not number.isdecimal():
        return Skipped(f"{name}/{number}", "it has no number")
    try:
        first, last = date.fromisoformat(cells["start-date"]), date.fromisoformat(cells["end-date"])
    except (KeyError, ValueError) as error:
        return Skipped(f"{name}/{number}", f"a date is missing or wrong: {error}")
    if last < first:
        return Skipped(f"{name}/{number}", f"it ends ({last}) before it begins ({first})")
    row = Row(
        list=name,
        id=number,
        first=first,
        last=last,
        person=cells.get("visitor" if visit else "name", ""),
        country=cells.get("from" if visit else "country", ""),
        place=cells.get("locale", ""),
        remarks=cells.get("description" if visit else "remarks", ""),
    )
    if not (row.person and row.country):
        return Skipped(row.record, "it does not say who went where")
    return row
