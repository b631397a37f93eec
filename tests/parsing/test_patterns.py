"""Patterns find what those of `re` find, in characters, whatever alphabets a text mixes."""

import re

import pytest

from app.parsing.patterns import compile_filter, compile_pattern

_TEXTS = (
    "",
    "met Ana",
    "Ana met Bao and Chi met Dao.",
    "“Ana” met Žofie – again",
    "大臣 met Ana，then 👩‍👧 met Žofie",
    "é",
)
_PATTERNS = (
    r"met ([A-Z]\w*)?",
    r"(\w+) met (\w+)( again)?",
    r"(a)|(n)",
    r"[A-Z]*",
    r"$",
    r"(?:“|é|，)+",
)


@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("words", _PATTERNS)
def test_a_pattern_finds_the_same_groups_as_the_standard_library(words: str, text: str) -> None:
    pattern, standard = compile_pattern(words), re.compile(words, re.ASCII)
    groups = range(standard.groups + 1)
    expected = [[(one.span(group), one[group]) for group in groups] for one in standard.finditer(text)]
    assert [[(one.span(group), one[group]) for group in groups] for one in pattern.finditer(text)] == expected
    for find in ("search", "match", "fullmatch"):
        found, wanted = getattr(pattern, find)(text), getattr(standard, find)(text)
        assert (found and [found.span(group) for group in groups]) == (
            wanted and [wanted.span(group) for group in groups]
        )


def test_a_search_may_begin_inside_a_text() -> None:
    found = compile_pattern("Ana").search("Ana, é, Ana", 2)
    assert found is not None
    assert found.start() == 8


def test_a_replacement_may_hold_groups_or_be_a_function() -> None:
    pattern = compile_pattern(r"(\w) é (\w)")
    assert pattern.sub(r"\2-\1", "a é b, c é d") == "b-a, d-c"
    assert pattern.sub(lambda found: str(found.group(1)), "a é b, c é d") == "a, c"


def test_a_filter_leaves_out_only_patterns_that_a_text_cannot_have() -> None:
    may_have = compile_filter([r"(?i:\bmet\b)", r"(?i:\b(?:kept|asked) [a-z]+)", r"[0-9]{4}"])
    assert may_have("They MET.") == [0, 2]
    assert may_have("He aſ\u212aED why.") == [1, 2]
