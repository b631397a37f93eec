"""Words without which a text has nothing that a pattern could find; to look for them is quicker.

Of `\\b(?:flew|went) to Lima$` every match holds "to lima". RE2 can tell as much of many patterns at once, as
`compile_filter` does, but most patterns are asked one by one, of a few words each.
"""

import re
from collections import deque
from typing import Final

_MOST_WORDS: Final = 12
_SHORT: Final = 2
"""Letters of a word that most texts have somewhere."""
_PIECE: Final = re.compile(
    r"\((?:\?[^:)>]*[:>])?"  # the start of a group
    r"|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]"  # a class of characters
    r"|\\[pP](?:\{[^}]*\}|.)|\\x\w\w|\\."  # \pL, \b, \.
    r"|[*+?]\??|\{[0-9]+(?:,[0-9]*)?\}\??"  # how often
    r"|.",
    re.DOTALL,
)
_NO_WIDTH: Final = ("^", "$", r"\b", r"\A", r"\z")
_HOW_OFTEN: Final = ("*", "+", "?", "{")
_PERHAPS: Final = ("*", "?", "{0")
_Words = frozenset[str]
_NONE: Final[_Words] = frozenset()


def find_needed_words(pattern: str, *, fold: bool) -> tuple[str, ...]:
    """Return words of which a text must have one if it has the pattern; none where no few words are known.

    Where `fold`, letters of either case fit the pattern, and the words are folded as the text must be.
    """
    if "(?i)" in pattern or r"\Q" in pattern:
        return ()
    words = _needed(deque(_PIECE.findall(pattern.casefold() if fold else pattern)))
    shortest = (word for word in words if not any(other in word for other in words - {word}))
    return tuple(sorted(shortest)) if _is_useful(words) else ()


def _needed(pieces: deque[str]) -> _Words:
    """Read pieces to the end of their group, and return the words of which a match has one."""
    alternatives: list[_Words] = []
    best, run = _NONE, ""
    while pieces and (piece := pieces.popleft()) != ")":
        if piece == "|":
            alternatives.append(_better(best, run))
            best, run = _NONE, ""
        elif piece not in _NO_WIDTH:
            letter = _letter(piece)
            inside = _needed(pieces) if piece[0] == "(" else _NONE
            often = pieces.popleft() if pieces and pieces[0].startswith(_HOW_OFTEN) else ""
            needed = not often.startswith(_PERHAPS)
            run += letter if needed else ""
            if often or not letter:
                best, run = _better(best, run), ""
                best = max(best, inside, key=_worth) if needed and inside else best
    alternatives.append(_better(best, run))
    return _NONE.union(*alternatives) if all(alternatives) else _NONE


def _letter(piece: str) -> str:
    """Return the character that a piece stands for, if it stands for one alone."""
    if len(piece) == 1:
        return "" if piece in ".(" else piece
    return piece[1] if len(piece) == len(r"\.") and piece[0] == "\\" and not piece[1].isalnum() else ""


def _better(words: _Words, word: str) -> _Words:
    return max(words, frozenset((word,)), key=_worth) if word else words


def _worth(words: _Words) -> tuple[bool, bool, int, int]:
    """Return how good words are to look for: few are looked for sooner, and long ones are seldom found."""
    return _is_useful(words), bool(words), -len(words), min(map(len, words), default=0)


def _is_useful(words: _Words) -> bool:
    return 0 < len(words) <= _MOST_WORDS and all(map(_is_rare, words))


def _is_rare(word: str) -> bool:
    bare = word.strip()
    return len(word) > _SHORT or (bool(bare) and not bare.islower())
