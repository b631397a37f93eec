"""The presidents and secretaries of state of the United States, with their days in office."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from app.datasets.us_state_historian.grammar import Named
from app.datasets.us_state_historian.names import name_words

_ELECTED = timedelta(days=130)
"""Longest time from an election to the oath, until 1933."""


@dataclass(frozen=True, slots=True)
class American:
    """Somebody who held one of the two offices; `printed` is how the lists write the name."""

    name: str
    printed: str
    aliases: tuple[str, ...]
    title: str
    first: date
    last: date | None

    def held_on(self, day: date) -> bool:
        """Tell whether the office was held on a day, or had been won by it."""
        return self.first - _ELECTED <= day <= (self.last or date.max)


@cache
def read_americans() -> tuple[American, ...]:
    """Read everybody, by office and time."""
    with Path(__file__).with_name("americans.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            American(
                row["name"],
                row["printed"] or row["name"],
                tuple(filter(None, row["aliases"].split("|"))),
                row["title"],
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["to"]) if row["to"] else None,
            )
            for row in csv.DictReader(file, strict=True)
        )


def find_american(name: str, title: str | None, day: date) -> American | None:
    """Return who held one of the two offices on a day and has the name or surname."""
    words = name_words(name)
    for one in read_americans():
        known = name_words(one.printed)
        fits = words == known or (len(words) == 1 and words[-1] == known[-1])
        if fits and one.held_on(day) and (title is None or one.title.startswith(title.split("-")[0])):
            return one
    return None


def is_american(one: Named, day: date) -> bool:
    """Tell whether a mention is of a president or a secretary of state of the day."""
    return bool(one.name and one.party in (None, "USA") and find_american(one.name, one.title, day))
