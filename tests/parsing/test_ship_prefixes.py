"""Letters before a ship's name stand for its navy's state; elsewhere they may stand for anything."""

from datetime import date

import pytest

from app.domain.article import Article
from app.parsing.pipeline import parse_article


def _parties(text: str) -> set[str]:
    records = parse_article(Article(text=text, published_on=date(2024, 5, 15)))
    return {one.party for record in records for one in record.parties}


def test_a_ship_in_port_stands_for_its_navy() -> None:
    assert _parties("BAP Solis docked in Valparaiso on Tuesday on a goodwill visit to Chile.") == {
        "CHL",
        "PER",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Chile's Foreign Minister Rosa Vidal held talks with BAP Director Jan Novak on Tuesday.",
        "INS Kestrel docked in Valparaiso on Tuesday on a goodwill visit to Chile.",
    ],
)
def test_letters_of_several_meanings_stand_for_no_state(text: str) -> None:
    assert not _parties(text) & {"IND", "PER"}
