"""The words that a pattern needs stand in every text that has the pattern."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.parsing.frames import read_frames
from app.parsing.needed import find_needed_words
from app.parsing.patterns import Pattern, compile_pattern
from tests.hostile.test_patterns import patterns


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:flew|went) to Lima$", (" to lima",)),
        (r"^,? where\b", (" where",)),
        (r"\b(?:cancell?ed|called off)\b", ("called off", "cancel")),
        (r"\b(?:met|called(?: on)?) (?:[\w\-]+ ){0,3}?behind\b", ("behind",)),
        (r"\b(?:met|called(?: on)?) (?:[\w\-]+ ){0,3}?with\b", ("called ", "met ")),
        (r"\b[Hh]e (?:also )?sang|n[’']t (?:go|eat)", ("n't ", "n’t ", "sang")),
        (r"\b(?:met|saw) (?:him|her)\b", ("met ", "saw ")),
        (r"\b(?:an?|the) \w+", ("a", "the")),
        (r"a(?:bcd)*|efg", ("a", "efg")),
        (r"in|of|[a-z]+ed", ("ed", "in", "of")),
        (r"in|of|[a-z]+", ()),
        (r"(?P<size>[0-9]{1,3})[- ](?:member|person)", ("member", "person")),
        (r"[\]|)]bcd+e?", ("bcd",)),
        (r"Mr\. \(Ana\)", ("mr. (ana)",)),
        (r"a(?i)bcd", ()),
    ],
)
def test_the_fewest_words_of_which_a_match_has_one(pattern: str, words: tuple[str, ...]) -> None:
    assert find_needed_words(pattern, fold=True) == words


def test_a_text_without_the_words_of_either_case_is_not_searched() -> None:
    pattern = compile_pattern(r"\b(?:said|asked) in\b", ignore_case=True)
    assert pattern.search("Ana aſ\u212aED IN Lima") is not None
    assert pattern.search("Ana spoke in Lima") is None


_GUARDED = [
    pattern
    for pattern in (
        *(pattern for _, pattern in patterns() if isinstance(pattern, Pattern)),
        *(frame.trigger for frame in read_frames()),
        *(frame.not_after for frame in read_frames() if frame.not_after is not None),
    )
    if pattern.needed
]


@settings(max_examples=500)
@given(st.data())
def test_whatever_a_pattern_of_the_parser_finds_has_a_word_that_it_needs(data: st.DataObject) -> None:
    assert len(_GUARDED) > 100
    pattern = data.draw(st.sampled_from(_GUARDED))
    standard = re.compile(pattern.pattern.replace(r"\pL", "A-Za-z" if "[" in pattern.pattern else "[A-Za-z]"))
    text = data.draw(st.from_regex(standard))
    assert any(word in text.casefold() for word in map(str.casefold, pattern.needed))
