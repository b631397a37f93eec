"""Patterns on article text: RE2, so that no text can make one slow."""

import csv
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import re2

from app.parsing.needed import find_needed_words

LEXICONS: Final = Path(__file__).with_name("lexicons")
_SET_MEMORY: Final = 64 << 20
"""Bytes; a set that ran out of memory would find nothing."""
_MEMORY: Final = 32 << 20
"""Bytes; of a pattern with `\\pL{3,40}` RE2 throws away in less what it has learned, and learns it again."""
_ANYWHERE: Final = re2._re2.RE2.Anchor.UNANCHORED
_AT_START: Final = re2._re2.RE2.Anchor.ANCHOR_START
_WHOLE: Final = re2._re2.RE2.Anchor.ANCHOR_BOTH
_Spans = list[tuple[int, int]]
QUOTES: Final = "\"'“”‘’«»"


class Match:
    """Where a text has a pattern; places count characters, and those of a group without words are -1."""

    __slots__ = ("_spans", "_text")

    def __init__(self, text: str, spans: _Spans) -> None:
        self._text, self._spans = text, spans

    def span(self, group: int = 0) -> tuple[int, int]:
        return self._spans[group]

    def start(self, group: int = 0) -> int:
        return self._spans[group][0]

    def end(self, group: int = 0) -> int:
        return self._spans[group][1]

    def group(self, group: int = 0) -> Any:
        """Return a group's words, or None for a group without any."""
        first, last = self._spans[group]
        return self._text[first:last] if first >= 0 else None

    def __getitem__(self, group: int) -> Any:
        return self.group(group)


@lru_cache(maxsize=64)
def _fold(text: str) -> str:
    """Return a text in lower case; several patterns are asked of the same few words in a row."""
    return text.casefold()


class Pattern:
    """A pattern of RE2 with the methods of `re`.

    Most searches find nothing, and for these the library's own methods cost twice as much: they prepare
    an iterator and count characters first. So the search itself is called here, on the text's bytes, and
    only if the text has a word that the pattern needs. What was found in the text before is kept, for the
    words of a sentence that tells of several events are asked again for each.
    """

    __slots__ = ("_find", "_folds", "_last", "_library", "groupindex", "groups", "needed", "pattern")

    def __init__(self, pattern: str, options: Any) -> None:
        self.pattern = pattern
        self._library = re2.compile(pattern, options)
        self._find = self._library._regexp.Match
        self.groups: int = self._library.groups
        self.groupindex: dict[str, int] = self._library.groupindex
        self._folds = not options.case_sensitive or "(?i:" in pattern
        self.needed = find_needed_words(pattern, fold=self._folds)
        self._last: tuple[str | None, Match | None] = None, None  # one value, for threads that read at once

    def search(self, text: str, start: int = 0) -> Match | None:
        if start:
            return self._search(text, start)
        if self.needed and self._lacks_words(text):
            return None
        asked, found = self._last
        if text != asked:
            found = self._search(text, 0)
            self._last = text, found
        return found

    def _search(self, text: str, start: int) -> Match | None:
        encoded = text.encode()
        position = len(text[:start].encode()) if start else 0
        spans: _Spans = self._find(_ANYWHERE, encoded, position, len(encoded))
        return _make_match(text, encoded, spans) if spans[0][0] >= 0 else None

    def match(self, text: str) -> Match | None:
        if self.needed and self._lacks_words(text):
            return None
        encoded = text.encode()
        spans: _Spans = self._find(_AT_START, encoded, 0, len(encoded))
        return _make_match(text, encoded, spans) if spans[0][0] >= 0 else None

    def fullmatch(self, text: str) -> Match | None:
        encoded = text.encode()
        spans: _Spans = self._find(_WHOLE, encoded, 0, len(encoded))
        return _make_match(text, encoded, spans) if spans[0][0] >= 0 else None

    def finditer(self, text: str) -> Sequence[Match]:
        found: list[Match] = []
        if self.needed and self._lacks_words(text):
            return found
        encoded = text.encode()
        size = len(encoded)
        position = byte = place = 0
        while position <= size:
            spans: _Spans = self._find(_ANYWHERE, encoded, position, size)
            first, end = spans[0]
            if first < 0:
                break
            if size == len(text):
                found.append(Match(text, spans))
            else:
                byte, place = first, place + len(encoded[byte:first].decode())
                found.append(_make_match(text, encoded, spans, byte, place))
            position = end if end > first else _next_character(encoded, end)
        return found

    def _lacks_words(self, text: str) -> bool:
        """Tell whether a text has none of the words of which the pattern needs one."""
        if self._folds:
            text = _fold(text)
        for word in self.needed:  # `any` takes longer than the looking itself
            if word in text:
                break
        else:
            return True
        return False

    def sub(self, replacement: str | Callable[[Any], str], text: str) -> str:
        """Return a text with what the pattern finds replaced; a string may hold groups, as `\\1`."""
        return str(self._library.sub(replacement, text)) if self.search(text) else text


def _make_match(text: str, encoded: bytes, spans: _Spans, byte: int = 0, place: int = 0) -> Match:
    """Return the match at spans of bytes, none of which begins before `byte`, which is character `place`."""
    if len(encoded) == len(text):
        return Match(text, spans)
    places = {at: place + len(encoded[byte:at].decode()) for span in spans for at in span if at >= 0}
    return Match(text, [(places.get(first, -1), places.get(last, -1)) for first, last in spans])


def _next_character(encoded: bytes, position: int) -> int:
    position += 1
    while position < len(encoded) and encoded[position] & 0xC0 == 0x80:
        position += 1
    return position


def compile_pattern(pattern: str, *, ignore_case: bool = False) -> Pattern:
    """Compile a pattern; RE2 has no lookaround and no backreference."""
    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.never_nl = False
    options.log_errors = False
    options.max_mem = _MEMORY
    return Pattern(pattern, options)


def compile_set(patterns: Sequence[str], *, whole: bool = False) -> Callable[[str], list[int]]:
    """Return a function that tells in one pass which patterns a text has, or is if `whole`."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _SET_MEMORY
    chosen = re2.Set.FullMatchSet(options) if whole else re2.Set.SearchSet(options)
    for pattern in patterns:
        chosen.Add(pattern)
    chosen.Compile()
    find = chosen._set.Match
    return lambda text: sorted(find(text.encode()))


def compile_filter(patterns: Sequence[str]) -> Callable[[str], list[int]]:
    """Return a function that tells in one pass which patterns a text may have, by the letters they need.

    It costs less than a set where patterns are long, as a set has to follow all of them through the text.
    Letters are compared in lower case; patterns that say so again have too many spellings to look for.
    """
    chosen = re2.Filter()
    options = re2.Options()
    options.log_errors = False
    for pattern in patterns:
        chosen.Add(pattern.replace("(?i:", "(?:"), options)
    chosen.Compile()
    find = chosen._filter.Match
    return lambda text: sorted(find(text.casefold().encode(), True))


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Read a lexicon file, a dict for each row."""
    with (LEXICONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))
