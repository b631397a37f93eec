"""Which party a printed name of a country, or a word for its people, stood for on a day."""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

from app.domain.names import name_key
from app.reference import read_countries, read_names

_FOLDER = Path(__file__).parent
_INVERTED = re.compile(r"^([^,()]+), ([^()]+)$")
_BRACKETS = re.compile(r"^([^()]+) \(([^()]+)\)$")


def find_party(printed: str, day: date) -> str | None:
    """Return the party that a printed country was: `U.S.S.R.` and `Russia` are SUN in 1973.

    Also read are `Korea, Republic of` and `Burma (Myanmar)`.
    """
    forms = [printed]
    if inverted := _INVERTED.match(printed):
        forms += [f"{inverted[2]} {inverted[1]}", inverted[1]]
    if brackets := _BRACKETS.match(printed):
        forms += [brackets[1], brackets[2]]
    for form in forms:
        if party := _words().get(name_key(form)):
            return as_of(party, day)
    return None


def as_of(party: str, day: date) -> str:
    """Return the state that stood on that day where the party's name points to."""
    for first, last, state in _states().get(party, ()):
        if first <= day <= last:
            return state
    return party


@cache
def former_words() -> dict[str, tuple[str, bool]]:
    """Return the words for states that ended and their people, as printed: the party, and if a demonym.

    The parser knows the parties of today alone.
    """
    former = {country.id: country.name for country in read_countries() if country.status == "former"}
    words = {name: (party, False) for party, name in former.items()}
    for row in read_names():
        if row.party in former:
            words[row.name] = (row.party, row.kind == "demonym")
    return words


@cache
def _words() -> dict[str, str]:
    """Return the parties by the key of a name; a word of several parties is left to words.csv."""
    named: dict[str, set[str]] = {}
    for country in read_countries():
        for name in (country.name, country.official_name):
            named.setdefault(name_key(name), set()).add(country.id)
    countries = {country.id for country in read_countries()}
    for row in read_names():
        if row.party in countries and row.kind != "demonym":
            named.setdefault(name_key(row.name), set()).add(row.party)
    own = {name_key(row["word"]): row["party"] for row in _rows("words")}
    return {key: parties.pop() for key, parties in named.items() if len(parties) == 1} | own


@cache
def _states() -> dict[str, list[tuple[date, date, str]]]:
    states: dict[str, list[tuple[date, date, str]]] = {}
    for row in _rows("states"):
        first = date.fromisoformat(row["from"]) if row["from"] else date.min
        last = date.fromisoformat(row["to"]) if row["to"] else date.max
        states.setdefault(row["party"], []).append((first, last, row["as"]))
    return states


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
