"""Every field of every event points to the words that show it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.article import Article
from app.domain.record import EventRecord
from app.parsing.pipeline import parse_article
from app.parsing.split import read_articles

_TEXTS = {
    path.parent.name: path.read_text("utf-8") for path in Path(__file__).parent.glob("cases/*/article.txt")
}
_PIECES = sorted({piece for text in _TEXTS.values() for piece in text.split("\n") if piece.strip()})


def _check(text: str, record: EventRecord) -> None:
    pointers = {span.field for span in record.evidence}
    assert all(text[span.start : span.end] == span.quote for span in record.evidence)
    assert {"", "/kind"} <= pointers
    assert {f"/parties/{index}" for index in range(len(record.parties))} <= pointers
    assert {f"/topics/{index}" for index in range(len(record.topics))} <= pointers
    for index, person in enumerate(record.participants):
        for name in ("name", "rank", "title"):
            assert getattr(person, name) is None or f"/participants/{index}/{name}" in pointers
    for name in ("venue", "city", "country"):
        assert getattr(record.place, name) is None or f"/place/{name}" in pointers
    assert record.date.start is None or "/date" in pointers
    assert record.object is None or "/object" in pointers
    assert record.delegation is None or "/delegation/size" in pointers
    assert record.agreement is None or "/agreement/kind" in pointers


@pytest.mark.parametrize("slug", sorted(_TEXTS))
def test_fields_of_a_case_point_to_their_words(slug: str) -> None:
    for article in read_articles(_TEXTS[slug]):
        assert article.text is not None
        for record in parse_article(article):
            _check(article.text, record)


@settings(deadline=None)  # a busy machine is no fault of the parser's
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8))
def test_fields_of_shuffled_articles_point_to_their_words(pieces: list[str]) -> None:
    text = "\n".join(pieces).strip()
    for record in parse_article(Article(text=text)):
        _check(text, record)
