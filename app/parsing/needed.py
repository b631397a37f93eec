"""Words without which a text has nothing that a pattern could find; to look for them is quicker.

Of `\\b(?:flew|went) to Lima$` every match holds "to lima".
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

_MOST_WORDS: Final = 20
_MOST_FORMS: Final = 8
"""Of a part of a pattern, as the four of `[Tt]alks?`."""
_MOST_LETTERS: Final = 4
"""Of a class of characters that stand for themselves."""
_FREQUENT: Final = 6
"""Rare words that are as good to look for as a common one."""
_NO_WORTH: Final = -10_000, 0
_COMMON: Final = frozenset(
    (
        "al",
        "an",
        "and",
        "ar",
        "as",
        "at",
        "be",
        "ed",
        "en",
        "er",
        "es",
        "for",
        "he",
        "her",
        "his",
        "if",
        "in",
        "is",
        "it",
        "its",
        "le",
        "me",
        "nd",
        "of",
        "on",
        "or",
        "re",
        "se",
        "st",
        "te",
        "th",
        "that",
        "the",
        "this",
        "to",
        "was",
        "with",
    )
)
"""What most sentences have somewhere, if only within a word."""
_PIECE: Final = re.compile(
    r"\((?:\?[^:)>]*[:>])?"  # the start of a group
    r"|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]"  # a class of characters
    r"|\\[pP](?:\{[^}]*\}|.)|\\x\w\w|\\."  # \pL, \b, \.
    r"|[*+?]\??|\{[0-9]+(?:,[0-9]*)?\}\??"  # how often
    r"|.",
    re.DOTALL,
)
_RANGES: Final = frozenset("^-\\[:")
_NO_WIDTH: Final = ("^", "$", r"\b", r"\A", r"\z")
_HOW_OFTEN: Final = ("*", "+", "?", "{")
_PERHAPS: Final = ("*", "?", "{0")
_Words = frozenset[str]
_NONE: Final[_Words] = frozenset()
_EMPTY: Final[_Words] = frozenset(("",))


def find_needed_words(pattern: str, *, fold: bool) -> tuple[str, ...]:
    """Return words of which a text must have one if it has the pattern; none where no few words are known.

    Where `fold`, letters of either case fit the pattern, and the words are folded as the text must be.
    """
    _, words = _together(_parse(pattern, fold=fold))
    return tuple(sorted(words)) if _worth(words) > _NO_WORTH else ()


def find_ways(pattern: str) -> list[list[frozenset[str]]]:
    """Return the ways in which a text may have a pattern: each with sets of folded words, one needed of each.

    Of `(?:met|saw) .{9} in|called .{9} to` they are `met` or `saw` with `in`, and `called` with `to`. The
    words that say most come first.
    """
    ways = (alternative.needed() for alternative in _unwrapped(_parse(pattern, fold=True)))
    return [sorted(way, key=_worth, reverse=True) for way in ways]


def _parse(pattern: str, *, fold: bool) -> list["_Alternative"]:
    if "(?i)" in pattern or r"\Q" in pattern:
        return [_Alternative()]
    return _read(deque(_PIECE.findall(pattern.casefold() if fold else pattern)))


def _read(pieces: deque[str]) -> list["_Alternative"]:
    """Read pieces to the end of their group."""
    alternatives = [_Alternative()]
    while pieces and (piece := pieces.popleft()) != ")":
        if piece == "|":
            alternatives.append(_Alternative())
        elif piece not in _NO_WIDTH:
            group = _read(pieces) if piece[0] == "(" else []
            often = pieces.popleft() if pieces and pieces[0].startswith(_HOW_OFTEN) else ""
            alternatives[-1].add(piece, group, often)
    return alternatives


def _together(alternatives: list["_Alternative"]) -> tuple[_Words, _Words]:
    """Return all that a group can be, or nothing if that is too much, and words of which a match has one."""
    ended = [alternative.end() for alternative in alternatives]
    forms, words = (
        _NONE.union(*sets) if all(sets) else _NONE
        for sets in (list(found) for found in zip(*ended, strict=True))
    )
    return forms if len(forms) <= _MOST_WORDS else _NONE, _shortest(words)


def _unwrapped(alternatives: list["_Alternative"]) -> Iterator["_Alternative"]:
    for alternative in alternatives:
        if alternative.only is None:
            yield alternative
        else:
            yield from _unwrapped(alternative.only)


class _Alternative:
    """What is known of a text that has the pieces read so far, which follow one another."""

    def __init__(self) -> None:
        self._sets: list[_Words] = []  # words of which one is needed, of each set
        self._forms = _EMPTY  # what the last pieces can be together
        self._letters = ""  # what the last pieces must be, each
        self._is_whole = True  # `_forms` is what all pieces can be
        self._count = 0
        self.only: list[_Alternative] | None = None  # the group that is its only piece

    def add(self, piece: str, group: list["_Alternative"], often: str) -> None:
        """Add a piece, or the group that it opens, and how often it stands."""
        self._count += 1
        self.only = group if group and not often and self._count == 1 else None
        forms, words = _together(group) if group else (_letters(piece), _NONE)
        if often.startswith(_PERHAPS):
            forms, words = forms | _EMPTY if often[0] == "?" and forms else _NONE, _NONE
        self._sets.append(words)
        if len(forms) != 1:
            self._pass()
            self._letters = ""
        else:
            self._letters += min(forms)
        joined = frozenset(before + form for before in self._forms for form in forms)
        if 0 < len(joined) <= _MOST_FORMS:
            self._forms = joined
        else:
            self._pass()
            self._forms, self._is_whole = forms or _EMPTY, False
        if often and often[0] != "?":
            self._pass()
            self._forms, self._letters, self._is_whole = _EMPTY, "", False

    def _pass(self) -> None:
        self._sets += self._forms, frozenset((self._letters,))

    def end(self) -> tuple[_Words, _Words]:
        """Return all that the pieces can be, or nothing if too much, and words of which they need one."""
        self._pass()
        return self._forms if self._is_whole else _NONE, max(map(_shortest, self._sets), key=_worth)

    def needed(self) -> list[_Words]:
        """Return sets of words of each of which the pieces need one; none says what another says better."""
        self._pass()
        sets = {_shortest(words) for words in self._sets if _is_useful(words)}
        return [words for words in sets if not any(_tells(other, words) for other in sets - {words})]


def _tells(words: _Words, others: _Words) -> bool:
    """Tell whether a text with one of some words has one of the others, too."""
    return all(any(other in word for other in others) for word in words)


def _letters(piece: str) -> _Words:
    """Return the characters that a piece can be, if they are few."""
    if len(piece) == 1:
        return _NONE if piece == "." else frozenset((piece,))
    if piece[0] == "[" and len(piece) <= _MOST_LETTERS + 2 and _RANGES.isdisjoint(piece[1:-1]):
        return frozenset(piece[1:-1])
    escaped = len(piece) == len(r"\.") and piece[0] == "\\" and not piece[1].isalnum()
    return frozenset((piece[1],)) if escaped else _NONE


def _shortest(words: _Words) -> _Words:
    """Return words without those that have another of them inside."""
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


def _worth(words: _Words) -> tuple[int, int]:
    """Return how good words are to look for: few are looked for sooner, common and short ones say little."""
    if not _is_useful(words) or len(words) > _MOST_WORDS:
        return _NO_WORTH
    return -sum(map(_price, words)), min(map(len, words))


def _is_useful(words: _Words) -> bool:
    return bool(words) and all(map(str.strip, words))


def _price(word: str) -> int:
    bare = word.strip()
    return _FREQUENT if bare in _COMMON or len(bare) == 1 else 1
