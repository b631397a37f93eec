"""Reference data: who the parties are, what they are called, and who belongs to what.

The CSV files are in seed/reference/; the README.md beside them says what the columns and the sources mean.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from app.settings import bundled_folder


@dataclass(frozen=True, slots=True)
class Country:
    """A state, a territory with an ISO code, or a state that ended.

    `status` is state, territory or former. `founded` and `dissolved` are ISO 8601, as precise as known.
    """

    id: str
    name: str
    official_name: str
    status: str
    alpha2: str | None
    numeric: str | None
    cow: int | None
    gw: int | None
    wikidata: str | None
    region: str | None
    subregion: str | None
    capital: str | None
    founded: str | None
    dissolved: str | None
    recognition_note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization, forum, court or mission that can be a party; its dates are as a country's."""

    id: str
    name: str
    official_name: str
    wikidata: str | None
    founded: str | None
    dissolved: str | None
    stated_members: int | None
    headquarters_city: str | None
    headquarters_country: str | None
    source: str


@dataclass(frozen=True, slots=True)
class PartyName:
    """A further name of a party: `kind` is alias, abbreviation or demonym, `language` a BCP 47 tag."""

    party: str
    name: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A country's place in an organization: `level` is full, associate, observer or suspended.

    `to_on` is the last day. None is an unknown start, and an end that is unknown or yet to come.
    """

    organization: str
    country: str
    level: str
    from_on: date | None
    to_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Succession:
    """One party that followed another; `on` is ISO 8601, as precise as known."""

    predecessor: str
    successor: str
    on: str
    source: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: `id` is its domain without www, `timezone` an IANA name, `country` its home."""

    id: str
    name: str
    country: str
    timezone: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class DatasetList:
    """A list of a dataset: what it covers, and under what terms it may be used."""

    id: str
    name: str
    covers: str
    license: str
    url: str


@dataclass(frozen=True, slots=True)
class Official:
    """A person with an office on record, under the id that the person has everywhere."""

    id: UUID
    name: str
    aliases: tuple[str, ...]
    wikidata: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held from a first to a last day; None is an unknown day."""

    id: UUID
    official: UUID
    party: str
    title: str
    from_on: date | None
    to_on: date | None
    source: str


@cache
def read_countries() -> tuple[Country, ...]:
    """Read every country, sorted by id."""
    return tuple(_country(row) for row in _rows("countries"))


@cache
def read_organizations() -> tuple[Organization, ...]:
    """Read every organization, sorted by id."""
    return tuple(_organization(row) for row in _rows("organizations"))


@cache
def read_names() -> tuple[PartyName, ...]:
    """Read every further name, sorted by party and name; a word two parties share stands twice."""
    return tuple(PartyName(**row) for row in _rows("names"))


@cache
def read_memberships() -> tuple[Membership, ...]:
    """Read every membership, sorted by organization, country and start."""
    return tuple(_membership(row) for row in _rows("memberships"))


@cache
def read_successions() -> tuple[Succession, ...]:
    """Read every succession, sorted by predecessor and successor."""
    return tuple(Succession(**row) for row in _rows("successions"))


@cache
def read_outlets() -> tuple[Outlet, ...]:
    """Read every outlet, sorted by domain."""
    return tuple(Outlet(**row) for row in _rows("outlets"))


@cache
def read_dataset_lists() -> tuple[DatasetList, ...]:
    """Read every list of a dataset, sorted by id."""
    return tuple(DatasetList(**row) for row in _rows("datasets"))


@cache
def read_officials() -> tuple[Official, ...]:
    """Read every person with an office on record, sorted by name."""
    return tuple(
        Official(
            id=UUID(row["id"]),
            name=row["name"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            wikidata=row["wikidata"] or None,
            source=row["source"],
        )
        for row in _rows("officials")
    )


@cache
def read_tenures() -> tuple[Tenure, ...]:
    """Read every office held, sorted by official and start."""
    return tuple(
        Tenure(
            id=UUID(row["id"]),
            official=UUID(row["official"]),
            party=row["party"],
            title=row["title"],
            from_on=_day(row["from"], month_and_day="01-01"),
            to_on=_day(row["to"], month_and_day="12-31"),
            source=row["source"],
        )
        for row in _rows("tenures")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = bundled_folder("seed") / "reference" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _country(row: dict[str, str]) -> Country:
    return Country(
        id=row["id"],
        name=row["name"],
        official_name=row["official_name"],
        status=row["status"],
        alpha2=row["alpha2"] or None,
        numeric=row["numeric"] or None,
        cow=_number(row["cow"]),
        gw=_number(row["gw"]),
        wikidata=row["wikidata"] or None,
        region=row["region"] or None,
        subregion=row["subregion"] or None,
        capital=row["capital"] or None,
        founded=row["founded"] or None,
        dissolved=row["dissolved"] or None,
        recognition_note=row["recognition_note"] or None,
        source=row["source"],
    )


def _organization(row: dict[str, str]) -> Organization:
    return Organization(
        id=row["id"],
        name=row["name"],
        official_name=row["official_name"],
        wikidata=row["wikidata"] or None,
        founded=row["founded"] or None,
        dissolved=row["dissolved"] or None,
        stated_members=_number(row["stated_members"]),
        headquarters_city=row["headquarters_city"] or None,
        headquarters_country=row["headquarters_country"] or None,
        source=row["source"],
    )


def _membership(row: dict[str, str]) -> Membership:
    return Membership(
        organization=row["organization"],
        country=row["country"],
        level=row["level"],
        from_on=_day(row["from"], month_and_day="01-01"),
        to_on=_day(row["to"], month_and_day="12-31"),
        source=row["source"],
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str, month_and_day: str) -> date | None:
    """Read a day; a bare year takes `month_and_day`."""
    if not text:
        return None
    return date.fromisoformat(f"{text}-{month_and_day}" if len(text) == 4 else text)
