"""Where a row's visit and its meetings took place."""

import csv
import re
from functools import cache
from pathlib import Path

from app.datasets.us_state_historian.rows import Row
from app.domain.record import ReportedPlace

_ELSEWHERE = re.compile(r"\b(?:visited|also|stops?|arrived|traveled|departed|revisited)\b", re.IGNORECASE)
_FEDERAL_DISTRICT = re.compile(r",\s*D\.\s?F\.?")


def visit_place(row: Row, country: str) -> ReportedPlace:
    """Return where a visit took place, by the first of several towns.

    A visit to the United States says so only where its words do.
    """
    if row.abroad:
        towns = _towns(row)
        return ReportedPlace(city=towns[0] if towns else None, country=country)
    for clause in re.split(r"[.;] ", row.remarks):
        if not _ELSEWHERE.search(clause) and (place := _american_place(clause, country)):
            return place
    return ReportedPlace(country=country)


def meeting_place(row: Row, words: str, country: str) -> ReportedPlace:
    """Return where a meeting took place, if its own clause or the row's only town says so."""
    if row.abroad:
        towns = _towns(row)
        return ReportedPlace(city=towns[0] if len(towns) == 1 else None, country=country)
    return _american_place(words, country) or ReportedPlace(country=country)


def _towns(row: Row) -> list[str]:
    towns = _FEDERAL_DISTRICT.sub(" City", row.place).split(",")
    return [town.strip() for town in towns if town.strip()]


def _american_place(words: str, country: str) -> ReportedPlace | None:
    found = _pattern().search(words)
    if not found:
        return None
    venue, city = _places()[found[1]]
    return ReportedPlace(venue=venue or None, city=city or None, country=country)


@cache
def _places() -> dict[str, tuple[str, str]]:
    with Path(__file__).with_name("places.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: (row["venue"], row["city"]) for row in csv.DictReader(file, strict=True)}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_places(), key=len, reverse=True))
    return re.compile(rf"\b(?:in|at) (?:the )?({words})\b")
