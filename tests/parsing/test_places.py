"""Where something happened, by the words around a name that no list of towns has."""

from datetime import date

import pytest

from app.domain.article import Article
from app.parsing.pipeline import parse_article


def _city(text: str) -> str | None:
    (record,) = parse_article(Article(text=text, published_on=date(2024, 5, 15)))
    return record.place.city if record.place else None


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile held talks in Belmora on Tuesday.",
        "Peru and Chile signed an agreement on water in Belmora on Tuesday.",
        "An agreement between Peru and Chile was signed in Belmora on Tuesday.",
        "Peruvian Foreign Minister Ana Solis met Chile's Rosa Vidal in Belmora last week.",
    ],
)
def test_a_name_behind_in_is_a_town_where_something_was_held(text: str) -> None:
    assert _city(text) == "Belmora"


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile signed an agreement on water in Quechua on Tuesday.",
        "The foreign ministers of Peru and Chile met in Ramadan last week.",
        "The foreign ministers of Peru and Chile met in Tishrei last week.",
        "Peru's Foreign Minister Ana Solis met Chile's Rosa Vidal, who is interested in Belmora on Tuesday.",
        "Peru and Chile signed an agreement on water, written in Belmoran on Tuesday.",
    ],
)
def test_a_language_a_month_and_what_is_of_interest_are_no_towns(text: str) -> None:
    assert _city(text) is None
