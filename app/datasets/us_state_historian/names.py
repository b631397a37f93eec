"""How the lists' names of people are compared."""

import csv
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

_SMALL = frozenset(
    ["al", "el", "bin", "ibn", "ben", "de", "la", "da", "do", "dos", "von", "van", "der", "jr", "and"]
)
_STOPS = re.compile(r"[’'.,]")


@cache
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without accents, particles and initials, which come and go in print."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    words = _STOPS.sub(" ", plain).replace("-", " ").split()
    return tuple(word for word in words if len(word) > 1 and word not in _SMALL) or tuple(words)


def full_name(party: str, name: str, day: date) -> str:
    """Return the name in full of somebody whom the lists call by a surname alone, where editors gave it."""
    known = _full_names().get((party, name_words(name)), [])
    return next((full for first, last, full in known if first <= day.year <= last), name)


@cache
def editors_names() -> frozenset[str]:
    """Return the names that editors gave."""
    return frozenset(full for known in _full_names().values() for _, _, full in known)


@cache
def _full_names() -> dict[tuple[str, tuple[str, ...]], list[tuple[int, int, str]]]:
    names: dict[tuple[str, tuple[str, ...]], list[tuple[int, int, str]]] = {}
    with Path(__file__).with_name("full_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            key = row["party"], name_words(row["printed"])
            names.setdefault(key, []).append((int(row["from"]), int(row["to"]), row["name"]))
    return names
