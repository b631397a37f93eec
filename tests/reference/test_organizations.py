"""Organizations and who belongs to them."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pycountry
import pytest

from app.reference import (
    Membership,
    read_countries,
    read_memberships,
    read_organizations,
    read_successions,
)

COUNTRIES = {country.id for country in read_countries()}
ORGANIZATIONS = {organization.id: organization for organization in read_organizations()}
LISTED = {row.organization for row in read_memberships()}
FULLY_LISTED = sorted(
    organization.id
    for organization in read_organizations()
    if organization.id in LISTED - {"IMCTC", "BRICS", "G20"}
    and organization.stated_members
    and not organization.dissolved
)


def members_on(organization: str, day: date, *levels: str) -> set[str]:
    return {
        row.country
        for row in read_memberships()
        if row.organization == organization
        and row.level in (levels or ("full",))
        and (row.from_on or date.min) <= day <= (row.to_on or date.max)
    }


def test_there_are_at_least_a_hundred_and_ten_organizations() -> None:
    assert len(ORGANIZATIONS) >= 110


def test_organizations_are_sorted_and_stand_once() -> None:
    ids = [organization.id for organization in read_organizations()]
    assert ids == sorted(set(ids))


def test_no_organization_is_called_by_an_iso_code_or_a_country_id() -> None:
    iso = {code for country in pycountry.countries for code in (country.alpha_2, country.alpha_3)}
    assert set(ORGANIZATIONS) & (iso | COUNTRIES) == set()
    assert [id_ for id_ in ORGANIZATIONS if not re.fullmatch(r"[A-Z0-9]+", id_)] == []


def test_wikidata_items_belong_to_one_party() -> None:
    items = [country.wikidata for country in read_countries()]
    items += [organization.wikidata for organization in read_organizations()]
    assert [item for item, count in Counter(items).items() if item and count > 1] == []


def test_organizations_have_sound_dates_and_seats() -> None:
    for organization in ORGANIZATIONS.values():
        for day in filter(None, (organization.founded, organization.dissolved)):
            assert re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", day), organization
        assert not organization.dissolved or (organization.founded or "") < organization.dissolved
        assert organization.headquarters_country in COUNTRIES | {None}
        assert (organization.headquarters_city is None) == (organization.headquarters_country is None)


def test_memberships_are_between_known_parties() -> None:
    for row in read_memberships():
        assert row.organization in ORGANIZATIONS
        assert row.country in COUNTRIES
        assert row.level in {"full", "associate", "observer", "suspended"}
        assert row.from_on is None or row.to_on is None or row.from_on <= row.to_on, row


def test_stretches_of_one_pair_never_overlap() -> None:
    def start(row: Membership) -> tuple[str, str, date]:
        return row.organization, row.country, row.from_on or date.min

    for earlier, later in pairwise(sorted(read_memberships(), key=start)):
        if (earlier.organization, earlier.country) == (later.organization, later.country):
            assert earlier.to_on, earlier
            assert later.from_on, later
            assert earlier.to_on < later.from_on, later


def test_the_lists_asked_for_are_there() -> None:
    assert len(FULLY_LISTED) >= 30
    assert {"UN", "OIC", "GCC", "LAS", "SCO", "SAARC", "ECO", "NATO", "EU", "AFRUN"} <= set(FULLY_LISTED)


def test_the_imctc_states_more_members_than_are_sourced() -> None:
    sourced = {row.country for row in read_memberships() if row.organization == "IMCTC"}
    assert ORGANIZATIONS["IMCTC"].stated_members == 43
    assert len(sourced) == 42
    assert {"PAK", "SAU", "KEN", "PSE"} <= sourced
    assert {"IRN", "IRQ", "SYR"} & sourced == set()


@pytest.mark.parametrize("organization", FULLY_LISTED)
def test_members_are_as_many_as_the_organization_states(organization: str) -> None:
    members = members_on(organization, date(2025, 12, 31), "full", "suspended")
    assert len(members) == ORGANIZATIONS[organization].stated_members


def test_brics_and_the_g20_state_members_that_are_not_listed() -> None:
    assert ORGANIZATIONS["BRICS"].stated_members == len(members_on("BRICS", date(2025, 12, 31))) + 1
    assert ORGANIZATIONS["G20"].stated_members == len(members_on("G20", date(2025, 12, 31))) + 2


@pytest.mark.parametrize(
    ("organization", "country", "day", "member"),
    [
        ("EU", "GBR", date(2020, 1, 31), True),
        ("EU", "GBR", date(2020, 2, 1), False),
        ("NATO", "FIN", date(2023, 4, 3), False),
        ("NATO", "FIN", date(2023, 4, 4), True),
        ("ECOWAS", "MLI", date(2025, 1, 29), True),
        ("ECOWAS", "MLI", date(2025, 1, 30), False),
        ("SCO", "PAK", date(2016, 1, 1), False),
        ("SCO", "PAK", date(2017, 6, 9), True),
        ("IMCTC", "KEN", date(2022, 8, 31), False),
        ("IMCTC", "KEN", date(2022, 9, 1), True),
        ("UN", "SUN", date(1980, 1, 1), True),
        ("UN", "RUS", date(1980, 1, 1), False),
        ("OPEC", "QAT", date(2019, 1, 1), False),
    ],
)
def test_membership_is_dated(organization: str, country: str, day: date, member: bool) -> None:
    assert (country in members_on(organization, day)) is member


def test_a_bare_year_spans_the_whole_year() -> None:
    libya = next(row for row in read_memberships() if (row.organization, row.country) == ("OPEC", "LBY"))
    assert libya.from_on == date(1962, 1, 1)


def test_successions_join_known_parties_and_make_no_circle() -> None:
    followers: dict[str, set[str]] = {}
    for row in read_successions():
        assert {row.predecessor, row.successor} <= COUNTRIES | set(ORGANIZATIONS)
        assert re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", row.on)
        followers.setdefault(row.predecessor, set()).add(row.successor)
    for party in followers:
        seen: set[str] = set()
        ahead = set(followers[party])
        while ahead:
            seen |= ahead
            ahead = {after for now in ahead for after in followers.get(now, ())} - seen
        assert party not in seen
