"""Who a row's first cell names: offices and names, with nothing else beside them."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from app.datasets.us_state_historian.names import name_words
from app.parsing.patterns import read_lexicon

_FURTHER_OFFICES = (
    "Federal Chancellor",
    "Chairman of the Council of Ministers",
    "Brigadier General",
    "General",
    "Lieutenant General",
    "Prince",
    "Chief of State",
    "First Secretary",
    "Junta Member",
    "Grand Duchess",
    "Grand Duke",
    "President of the Council of Ministers",
    "Prime Minister-Prince",
    "Regent",
    "Shah",
    "Taoiseach",
)
_BEFORE_OFFICE = ("Acting", "Interim", "Provisional", "Transitional", "Deputy", "Former")
_AFTER_OFFICE = ("-elect", "-Elect", "-designate", " elect", " designate")
_HONORIFICS = ("Prince", "Princess", "Sheikh", "Sheik", "Sheikha", "Dr.", "Sir", "Lord", "and", "&")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SUFFIX = re.compile(r",? (?:Jr\.?|3rd)$")
_MISPRINTS = (
    (re.compile(r"\bPrime Min(?:ster|istere)\b"), "Prime Minister"),
    (re.compile(r"\bPrime Minister(?=[A-Z])"), "Prime Minister "),
    (re.compile(r"- (?=\w)"), "-"),
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A name without its honorifics, and the office as printed, if one is."""

    name: str
    title: str | None


def read_visitors(printed: str) -> tuple[Visitor, ...]:
    """Return the people of a cell such as `President Sejdiu and Prime Minister Thaci`."""
    text = _BRACKETS.sub("", printed)
    for misprint, right in _MISPRINTS:
        text = misprint.sub(right, text)
    office = _office_pattern()
    starts = [found.start() for found in office.finditer(text) if _begins(text, found.start())] or [0]
    starts[0] = 0
    pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    return tuple(visitor for piece in pieces if (visitor := _read(piece)))


def _begins(text: str, start: int) -> bool:
    return start == 0 or text[:start].endswith((", ", " and "))


def _read(piece: str) -> Visitor | None:
    piece = _SUFFIX.sub("", piece.strip())
    found = _office_pattern().match(piece)
    name = piece[found.end() :] if found else piece
    words = re.sub(r"(?:,| and)$", "", name.strip()).split()
    while words and words[0] in _HONORIFICS:
        words.pop(0)
    name = " ".join(words).strip(" ,")
    return Visitor(name, found[0].strip() if found else None) if name else None


@cache
def _office_pattern() -> re.Pattern[str]:
    offices = {*(row["office"] for row in read_lexicon("offices")), *_FURTHER_OFFICES}
    listed = "|".join(re.escape(office) for office in sorted(offices, key=len, reverse=True))
    before, after = "|".join(_BEFORE_OFFICE), "|".join(map(re.escape, _AFTER_OFFICE))
    return re.compile(rf"\b(?:(?:{before}) )?(?:{listed})(?:{after})?(?=[\s,])")


class Leaders:
    """Who came to the United States, so that `Chairman Arafat` in Cairo is not taken for an Egyptian."""

    _IN_OFFICE = timedelta(days=4 * 365)

    def __init__(self, visits: Iterable[tuple[str, date, Visitor]]) -> None:
        self._by_word: dict[str, list[tuple[str, date, str | None]]] = {}
        for party, day, visitor in visits:
            words = name_words(visitor.name)
            for word in {words[0], words[-1]}:
                self._by_word.setdefault(word, []).append((party, day, visitor.title))

    def find_party(self, name: str, title: str | None, day: date, host: str | None) -> str | None:
        """Return the party of the leader with that name and office, unless the host has one of that name."""
        near = [
            (party, held)
            for party, seen, held in self._by_word.get(name_words(name)[-1], [])
            if abs(seen - day) <= self._IN_OFFICE
        ]
        if any(party == host for party, _ in near):
            return host
        if guest := _find_guest(name, day):
            return guest
        others = {party for party, held in near if _rank(held) == _rank(title)}
        return others.pop() if len(others) == 1 else host


def _find_guest(name: str, day: date) -> str | None:
    """Return the party of somebody who is met abroad, but does not come as the leader of a state."""
    return next(
        (
            row["party"]
            for row in _guests()
            if name_words(row["name"])[-1] == name_words(name)[-1]
            and int(row["from"]) <= day.year <= int(row["to"])
        ),
        None,
    )


@cache
def _guests() -> list[dict[str, str]]:
    with Path(__file__).with_name("guests.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _rank(title: str | None) -> str | None:
    """Return the office that a title stands for: the chairman of an authority is its president."""
    return "President" if title == "Chairman" else title
