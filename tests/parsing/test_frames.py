"""Each frame finds an event in its good sentences, and none of its kind in its bad ones."""

import pytest

from app.domain.article import Article
from app.parsing.frames import Frame, read_frames
from app.parsing.pipeline import parse_article

_GOOD = [(frame, sentence) for frame in read_frames() for sentence in frame.good]
_BAD = [(frame, sentence) for frame in read_frames() for sentence in frame.bad]


def _kinds(sentence: str) -> set[str]:
    lead = "Peru and Chile marked two hundred years of relations this year."
    return {record.kind for record in parse_article(Article(text=f"{lead}\n{sentence}"))}


@pytest.mark.parametrize(
    ("frame", "sentence"), [pytest.param(f, s, id=f"{f.id}: {s[:40]}") for f, s in _GOOD if f.strong]
)
def test_good_sentence_tells_of_an_event(frame: Frame, sentence: str) -> None:
    assert frame.kind in _kinds(sentence)


@pytest.mark.parametrize(("frame", "sentence"), [pytest.param(f, s, id=f"{f.id}: {s[:40]}") for f, s in _BAD])
def test_bad_sentence_tells_of_none(frame: Frame, sentence: str) -> None:
    assert frame.kind not in _kinds(sentence)


def test_every_frame_shows_both() -> None:
    assert all(frame.good and frame.bad for frame in read_frames())
