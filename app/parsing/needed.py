"""Words without which a text has nothing that a pattern could find; to look for them is quicker.

Of `\\b(?:flew|went) to Lima$` every match holds "to lima". RE2 can tell as much of many patterns at once, as
`compile_filter` does, but most patterns are asked one by one, of a few words each.
"""

import re
from collections import deque
from functools import lru_cache
from typing import Final

_MOST_WORDS: Final = 20
_MOST_FORMS: Final = 8
"""Of a part of a pattern, as the four of `[Tt]alks?`."""
_MOST_LETTERS: Final = 4
"""Of a class of characters that stand for themselves."""
_FREQUENT: Final = 6
"""Rare words that are as good to look for as a common one."""
_NEVER: Final = 10_000
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
    if "(?i)" in pattern or r"\Q" in pattern:
        return ()
    _, words = _read(deque(_PIECE.findall(pattern.casefold() if fold else pattern)))
    return tuple(sorted(words)) if _is_useful(words) else ()


def _read(pieces: deque[str]) -> tuple[_Words, _Words]:
    """Read pieces to the end of their group.

    Return all that it can be, or nothing if that is too much, and words of which a match has one.
    """
    alternatives = [_Alternative()]
    while pieces and (piece := pieces.popleft()) != ")":
        if piece == "|":
            alternatives.append(_Alternative())
        elif piece not in _NO_WIDTH:
            forms, words = _read(pieces) if piece[0] == "(" else (_letters(piece), _NONE)
            often = pieces.popleft() if pieces and pieces[0].startswith(_HOW_OFTEN) else ""
            alternatives[-1].add(forms, words, often)
    ended = [alternative.end() for alternative in alternatives]
    forms = _NONE.union(*(forms for forms, _ in ended)) if all(forms for forms, _ in ended) else _NONE
    words = _NONE.union(*(words for _, words in ended)) if all(words for _, words in ended) else _NONE
    return forms if len(forms) <= _MOST_WORDS else _NONE, _shortest(words)


class _Alternative:
    """What is known of a text that has the pieces read so far, which follow one another."""

    def __init__(self) -> None:
        self._words = _NONE  # the best of those passed
        self._forms = _EMPTY  # what the last pieces can be together
        self._letters = ""  # what the last pieces must be, each
        self._is_whole = True  # `_forms` is what all pieces can be

    def add(self, forms: _Words, words: _Words, often: str) -> None:
        """Add a piece by all that it can be, if little, words that it needs, and how often it stands."""
        if often.startswith(_PERHAPS):
            forms, words = forms | _EMPTY if often[0] == "?" and forms else _NONE, _NONE
        self._words = _better(self._words, words)
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
        self._words = _better(_better(self._words, self._forms), frozenset((self._letters,)))

    def end(self) -> tuple[_Words, _Words]:
        """Return all that the pieces can be, or nothing if too much, and words of which they need one."""
        self._pass()
        return self._forms if self._is_whole else _NONE, self._words


def _letters(piece: str) -> _Words:
    """Return the characters that a piece can be, if they are few."""
    if len(piece) == 1:
        return _NONE if piece == "." else frozenset((piece,))
    if piece[0] == "[" and len(piece) <= _MOST_LETTERS + 2 and _RANGES.isdisjoint(piece[1:-1]):
        return frozenset(piece[1:-1])
    escaped = len(piece) == len(r"\.") and piece[0] == "\\" and not piece[1].isalnum()
    return frozenset((piece[1],)) if escaped else _NONE


@lru_cache(maxsize=4096)
def _shortest(words: _Words) -> _Words:
    """Return words without those that have another of them inside."""
    if len(words) == 1:
        return words
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


def _better(words: _Words, others: _Words) -> _Words:
    if not others or not all(map(str.strip, others)):
        return words  # as for most pieces
    return max(words, _shortest(others), key=_worth)


@lru_cache(maxsize=4096)
def _worth(words: _Words) -> tuple[int, int]:
    """Return how good words are to look for: few are looked for sooner, common and short ones say little."""
    if not _is_useful(words):
        return -_NEVER, 0
    return -sum(map(_price, words)), min(map(len, words))


def _is_useful(words: _Words) -> bool:
    return 0 < len(words) <= _MOST_WORDS and all(map(str.strip, words))


def _price(word: str) -> int:
    bare = word.strip()
    return _FREQUENT if bare in _COMMON or len(bare) == 1 else 1
