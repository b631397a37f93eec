"""Every fact says where it is from, and outlets are usable."""

import csv
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain.vocabulary import MembershipLevel, OutletKind, PartyNameKind
from app.reference import (
    read_countries,
    read_memberships,
    read_names,
    read_organizations,
    read_outlets,
    read_successions,
)
from app.settings import bundled_folder

FOLDER = bundled_folder("seed") / "reference"
FILES = sorted(FOLDER.glob("*.csv"))
KEYS = set(re.findall(r"^\| `([^`]+)` \|", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
DOMAIN = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}(/\S+)?")


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_explained_well_formed_and_sorted(path: Path) -> None:
    header, *rows = rows_of(path)
    assert path.name in KEYS
    assert {len(row) for row in rows} == {len(header)}
    assert rows == sorted(rows, key=lambda row: row[:2] if path.stem != "memberships" else [*row[:2], row[3]])
    assert [row for row in rows if row != [cell.strip() for cell in row]] == []


def test_every_source_is_a_key_of_the_readme_or_an_official_domain() -> None:
    sources = {country.source for country in read_countries()}
    sources |= {organization.source for organization in read_organizations()}
    sources |= {outlet.source for outlet in read_outlets()}
    sources |= {succession.source for succession in read_successions()}
    for source in sources:
        assert source
        assert [key for key in source.split() if key not in KEYS and not DOMAIN.fullmatch(key)] == []


def test_every_membership_names_a_page() -> None:
    for row in read_memberships():
        domain, _, title = row.source.partition(": ")
        assert DOMAIN.fullmatch(domain), row
        assert title, row


def test_the_words_are_those_of_the_vocabulary() -> None:
    assert {row.level for row in read_memberships()} == set(MembershipLevel)
    assert {row.kind for row in read_names()} < set(PartyNameKind)
    assert {row.kind for row in read_outlets()} <= set(OutletKind)


def test_outlets_have_a_home_and_a_time_zone() -> None:
    countries = {country.id for country in read_countries()}
    outlets = read_outlets()
    assert len(outlets) >= 60
    for outlet in outlets:
        assert DOMAIN.fullmatch(outlet.id)
        assert outlet.country in countries
        assert ZoneInfo(outlet.timezone).key == outlet.timezone
    assert {"arabnews.com", "dawn.com", "spa.gov.sa", "ispr.gov.pk", "reuters.com"} <= {o.id for o in outlets}
