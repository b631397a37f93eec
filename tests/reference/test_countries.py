"""The list of countries, against ISO 3166 and itself."""

import re
from collections import Counter
from collections.abc import Iterable

import pycountry
import pytest

from app.reference import Country, read_countries, read_names, read_successions

COUNTRIES = {country.id: country for country in read_countries()}
TODAY = [country for country in COUNTRIES.values() if country.status != "former"]
FORMER = [country for country in COUNTRIES.values() if country.status == "former"]
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}-\d{2})?")


def twice(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(value for value in values if value).items() if count > 1]


def test_every_iso_country_is_there_with_its_codes() -> None:
    ours = {(country.id, country.alpha2, country.numeric) for country in TODAY if country.id != "XKX"}
    assert ours == {(iso.alpha_3, iso.alpha_2, iso.numeric) for iso in pycountry.countries}


def test_kosovo_is_there_under_its_user_assigned_code() -> None:
    assert COUNTRIES["XKX"].name == "Kosovo"
    assert COUNTRIES["XKX"].recognition_note


def test_countries_are_sorted_and_stand_once() -> None:
    ids = [country.id for country in read_countries()]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("column", ["alpha2", "numeric", "cow", "gw", "wikidata"])
def test_a_code_belongs_to_one_country_of_today(column: str) -> None:
    assert twice(getattr(country, column) for country in TODAY) == []


def test_a_wikidata_item_and_a_name_belong_to_one_country_ever() -> None:
    assert twice(country.wikidata for country in COUNTRIES.values()) == []
    assert twice(country.name.casefold() for country in COUNTRIES.values()) == []


def test_codes_have_their_shape() -> None:
    for country in COUNTRIES.values():
        assert re.fullmatch(r"[A-Z]{3}", country.id)
        assert re.fullmatch(r"([A-Z]{2})?", country.alpha2 or "")
        assert re.fullmatch(r"(\d{3})?", country.numeric or "")
        assert re.fullmatch(r"(Q\d+)?", country.wikidata or "")
        assert country.status in {"state", "territory", "former"}


def test_every_country_of_today_has_a_wikidata_item_and_every_state_a_capital() -> None:
    assert [country.id for country in TODAY if not country.wikidata] == []
    assert [country.id for country in TODAY if country.status == "state" and not country.capital] == []


def test_every_state_but_the_two_without_a_cow_code_has_cow_and_gw() -> None:
    states = {country.id for country in TODAY if country.status == "state"}
    assert {country for country in states if not COUNTRIES[country].cow} == {"VAT", "PSE"}
    assert {country for country in states if not COUNTRIES[country].gw} == {"VAT", "PSE"}
    assert len(states) == 193 + len({"VAT", "PSE", "TWN", "XKX"})


def test_former_states_are_over_and_the_others_are_not() -> None:
    assert [country.id for country in FORMER if not country.dissolved or not country.founded] == []
    assert [country.id for country in TODAY if country.dissolved] == []
    assert [country.id for country in FORMER if (country.dissolved or "") < "1876"] == []


def test_dates_are_iso_and_in_order() -> None:
    for country in COUNTRIES.values():
        for date in filter(None, (country.founded, country.dissolved)):
            assert PARTIAL_DATE.fullmatch(date), country.id
        assert not country.dissolved or (country.founded or "") < country.dissolved, country.id


def test_former_states_use_withdrawn_iso_codes_or_x_and_two_letters() -> None:
    withdrawn = {iso.alpha_3 for iso in pycountry.historic_countries}
    assert [country.id for country in FORMER if country.id not in withdrawn and country.id[0] != "X"] == []
    assert {country.id for country in FORMER} & {iso.alpha_3 for iso in pycountry.countries} == set()


def test_states_of_disputed_standing_carry_a_note() -> None:
    disputed = {"XKX", "TWN", "PSE", "ESH", "ISR", "CYP", "XDE", "XMK", "XTB", "RHO", "XBF"}
    assert {country for country in disputed if not COUNTRIES[country].recognition_note} == set()


def test_every_state_of_today_has_a_demonym() -> None:
    with_one = {name.party for name in read_names() if name.kind == "demonym"}
    assert [c.id for c in TODAY if c.status == "state" and c.id not in with_one] == []


def test_every_former_state_has_a_successor() -> None:
    followed = {succession.predecessor for succession in read_successions()}
    assert [country.id for country in FORMER if country.id not in followed] == []


@pytest.mark.parametrize(
    ("party", "cow", "gw"),
    [("PAK", 770, 770), ("IRQ", 645, 645), ("DEU", 255, 260), ("YEM", 679, 678), ("SRB", 345, 340)],
)
def test_cow_and_gw_differ_where_the_projects_do(party: str, cow: int, gw: int) -> None:
    country: Country = COUNTRIES[party]
    assert (country.cow, country.gw) == (cow, gw)
