"""Which country an outlet's name tells."""

import pytest

from app.domain.article import Article
from app.parsing.home import Home, find_home


def _home(outlet: str) -> Home:
    return find_home(Article(text="They met.", outlet=outlet), None)


@pytest.mark.parametrize(
    ("outlet", "country"),
    [
        ("PTI", "IND"),
        ("PTI News", "IND"),
        ("Mehr News Agency", "IRN"),
        ("KUNA", "KWT"),
        ("Lanka Weekly", "LKA"),
        ("News 1st", "LKA"),
        ("Jacksonville News First", "USA"),
        ("Republica (Nepal)", "NPL"),
        ("The Himalayan Times", "NPL"),
    ],
)
def test_a_word_of_an_outlet_tells_its_country(outlet: str, country: str) -> None:
    assert _home(outlet) == Home(country)


@pytest.mark.parametrize(
    ("outlet", "country"),
    [
        ("The White House", "USA"),
        ("White House Press Office", "USA"),
        ("10 Downing Street", "GBR"),
        ("Kremlin", "RUS"),
        ("ISPR", "PAK"),
        ("Ministry of External Affairs", "IND"),
    ],
)
def test_a_body_of_state_releases_its_own(outlet: str, country: str) -> None:
    assert _home(outlet) == Home(country, own_release=True)


@pytest.mark.parametrize(
    "outlet",
    [
        "La Republica",
        "BBC RSS",
        "PTI Official",
        "Bloomberg BNA",
        "Kannada News First",
        "Himalayan Mail",
    ],
)
def test_a_word_that_outlets_of_several_countries_use_tells_none(outlet: str) -> None:
    assert _home(outlet) == Home()


@pytest.mark.parametrize("outlet", ["Al Jazeera", "aljazeera.com", "BBC News", "Reuters"])
def test_an_outlet_for_everywhere_is_told_from_those_of_one_country(outlet: str) -> None:
    assert _home(outlet).worldwide
    assert not _home("The Himalayan Times").worldwide
