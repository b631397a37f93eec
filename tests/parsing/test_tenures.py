"""Heads of organizations act for these in their years alone."""

from datetime import date

import pytest

from app.domain.article import Article
from app.parsing.pipeline import parse_article


@pytest.mark.parametrize(
    ("day", "told", "parties"),
    [
        (date(2022, 5, 12), "Mark Rutte met Indian Prime Minister Narendra Modi", {"NLD", "IND"}),
        (date(2025, 5, 12), "Mark Rutte met Indian Prime Minister Narendra Modi", {"NATO", "IND"}),
        (
            date(2017, 5, 12),
            "Peru's Foreign Minister Ana Solis met Filippo Grandi, who heads an agency,",
            {"PER", "UNHCR"},
        ),
        (
            date(2012, 5, 12),
            "Peru's Foreign Minister Ana Solis met Filippo Grandi, the Italian envoy,",
            {"PER", "ITA"},
        ),
    ],
)
def test_the_day_tells_for_whom_a_head_acts(day: date, told: str, parties: set[str]) -> None:
    (record,) = parse_article(Article(text=f"{told} on Monday.", published_on=day))
    assert {one.party for one in record.parties} == parties
