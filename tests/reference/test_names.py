"""What the parties are called, and that look-alikes stay apart."""

from collections import Counter

import pycountry
import pytest

from app.domain.names import name_key
from app.reference import read_countries, read_names, read_organizations

MAIN_NAMES = {country.id: country.name for country in read_countries()} | {
    organization.id: organization.name for organization in read_organizations()
}
OFFICIAL_NAMES = {country.id: country.official_name for country in read_countries()} | {
    organization.id: organization.official_name for organization in read_organizations()
}


def parties_called(word: str) -> set[str]:
    names = [*MAIN_NAMES.items(), *OFFICIAL_NAMES.items(), *((row.party, row.name) for row in read_names())]
    return {party for party, name in names if name.casefold() == word.casefold()}


def test_names_are_sorted_and_stand_once_for_a_party() -> None:
    rows = [(row.party, row.name) for row in read_names()]
    assert rows == sorted(rows)
    assert [row for row, count in Counter(rows).items() if count > 1] == []


def test_names_belong_to_known_parties_and_do_not_repeat_the_main_ones() -> None:
    for row in read_names():
        assert row.party in MAIN_NAMES
        main = {MAIN_NAMES[row.party], OFFICIAL_NAMES[row.party]}
        assert row.kind == "demonym" or row.name not in main, row
        assert row.kind in {"alias", "abbreviation", "demonym"}
        assert row.name == row.name.strip() != ""


def test_no_name_is_the_main_name_of_another_party() -> None:
    owners = {name.casefold(): party for party, name in MAIN_NAMES.items()}
    strays = [row for row in read_names() if owners.get(row.name.casefold(), row.party) != row.party]
    assert strays == []


def test_official_names_belong_to_one_party() -> None:
    counts = Counter(name.casefold() for name in OFFICIAL_NAMES.values())
    assert [name for name, count in counts.items() if count > 1] == []


def test_languages_are_known() -> None:
    for language in {row.language for row in read_names()}:
        assert pycountry.languages.get(alpha_2=language) or pycountry.languages.get(alpha_3=language)


def test_only_these_words_are_shared_however_they_are_written() -> None:
    owners: dict[str, set[str]] = {}
    names = [*MAIN_NAMES.items(), *OFFICIAL_NAMES.items(), *((row.party, row.name) for row in read_names())]
    for party, name in names:
        owners.setdefault(name_key(name), set()).add(party)
    assert {word: parties for word, parties in owners.items() if len(parties) > 1} == {
        "congo": {"COD", "COG"},
        "congolese": {"COD", "COG"},
        "dominican": {"DMA", "DOM"},
        "korea": {"KOR", "PRK"},
        "korean": {"KOR", "PRK"},
    }


@pytest.mark.parametrize(
    ("word", "parties"),
    [
        ("Republic of Korea", "KOR"),
        ("South Korea", "KOR"),
        ("ROK", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("North Korea", "PRK"),
        ("DPRK", "PRK"),
        ("Korea", "KOR PRK"),
        ("Republic of the Congo", "COG"),
        ("Congo-Brazzaville", "COG"),
        ("DR Congo", "COD"),
        ("DRC", "COD"),
        ("Democratic Republic of the Congo", "COD"),
        ("Congo", "COD COG"),
        ("Guinea", "GIN"),
        ("Guinean", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("Bissau-Guinean", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("Niger", "NER"),
        ("Nigerien", "NER"),
        ("Nigeria", "NGA"),
        ("Nigerian", "NGA"),
        ("Georgia", "GEO"),
        ("Georgian", "GEO"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Dominican", "DMA DOM"),
        ("Ireland", "IRL"),
        ("Irish", "IRL"),
        ("Northern Ireland", "GBR"),
        ("Great Britain", "GBR"),
        ("American", "USA"),
        ("American Samoa", "ASM"),
        ("Samoa", "WSM"),
        ("Sudan", "SDN"),
        ("South Sudan", "SSD"),
        ("Mauritania", "MRT"),
        ("Mauritius", "MUS"),
        ("Slovakia", "SVK"),
        ("Slovenia", "SVN"),
        ("Austria", "AUT"),
        ("Australia", "AUS"),
        ("Iran", "IRN"),
        ("Iraqi", "IRQ"),
        ("Macedonia", "MKD"),
        ("Micronesia", "FSM"),
        ("People's Republic of China", "CHN"),
        ("Republic of China", "TWN"),
        ("East Germany", "DDR"),
        ("West Germany", "XDE"),
        ("Germany", "DEU"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("UAE", "ARE"),
        ("Emirati", "ARE"),
        ("Saudi", "SAU"),
        ("Ivory Coast", "CIV"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Holland", "NLD"),
        ("Arab League", "LAS"),
        ("African Union", "AFRUN"),
        ("AU", "AFRUN"),
        ("European Commission", "EU"),
        ("IMCTC", "IMCTC"),
        ("Organization of Islamic Cooperation", "OIC"),
    ],
)
def test_a_word_means_these_parties(word: str, parties: str) -> None:
    assert parties_called(word) == set(parties.split())


def test_the_english_article_is_never_part_of_a_name_but_for_two() -> None:
    assert {row.name for row in read_names() if row.name.startswith(("the ", "The "))} == {
        "The Gambia",
        "The Bahamas",
    }
