"""Whether two printed names may be one person's: other spellings, left-out names, initials.

Names come from many scripts, and each outlet has its own spelling: Muhammad and Mohamed, Wickramanayake and
Wikramanayaka. Two words are alike if their consonants sound alike and most of their letters agree.
"""

from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz

from app.domain.names import name_key

_PARTICLES = frozenset(
    ["al", "el", "ul", "ur", "bin", "ibn", "bint", "ben", "de", "del", "da", "di", "la", "von", "van", "der"]
)
_VOWELS = frozenset("aeiouy")
_SOUNDS = (
    *(("ph", "f"), ("ck", "k"), ("ch", "c"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("bh", "b"), ("th", "t")),
    *(("zh", "z"), ("dj", "j"), ("q", "k"), ("w", "v"), ("x", "ks")),
)
_LEADING_VOWELS = str.maketrans("iyu", "eeo")
_COMMON_FIRST = frozenset(["mhmd", "abdl"])
"""Sounds of first names that half of a country bears, and that are often left out."""
_ALIKE_LETTERS = 60
"""Least share of letters (0 to 100) that two spellings of a word have in common."""


class Likeness(Enum):
    """Whether two names may be one person's, who acts for one party."""

    SAME = "same"
    PERHAPS = "perhaps"
    OTHER = "other"


@lru_cache(maxsize=65_536)
def compare_names(one: str, other: str) -> Likeness:
    """Judge two names without ranks; a lone family name is never more than perhaps the same."""
    short, long = sorted((_words(one), _words(other)), key=len)
    if name_key(one) == name_key(other):
        return Likeness.SAME
    if not short:
        return Likeness.OTHER
    if len(short) == 1:
        return Likeness.PERHAPS if _alike(short[0], long[-1]) else Likeness.OTHER
    if _initials_differ(one, other):
        return Likeness.OTHER
    if _all_found(short, long):
        return _judge_left_out(short, long)
    first, last = _alike_starts(short[0], long[0]), _alike(short[-1], long[-1])
    return Likeness.PERHAPS if first and last and len(long) == len(short) else Likeness.OTHER


def _words(name: str) -> list[str]:
    words = name_key(name).split()
    return [word for word in words if word not in _PARTICLES and not _is_initial(word)]


def _is_initial(word: str) -> bool:
    """Tell whether a word is `H` or `HW`; Ng is a family name."""
    return len(word) == 1 or (len(word) < 4 and not _VOWELS & set(word) and word != "ng")


def _initials_differ(one: str, other: str) -> bool:
    here, there = (
        "".join(word for word in name_key(name).split() if _is_initial(word)) for name in (one, other)
    )
    return bool(here and there) and not (here.startswith(there) or there.startswith(here))


def _judge_left_out(short: list[str], long: list[str]) -> Likeness:
    """Judge names of which one has all the words of the other, and maybe more."""
    if len(short) == len(long):
        in_order = all(_alike(a, b) for a, b in zip(short, long, strict=True))
        return Likeness.SAME if in_order or sorted(short) == sorted(long) else Likeness.PERHAPS
    if not _alike(short[-1], long[-1]):
        return Likeness.PERHAPS
    first_left_out = all(_alike(a, b) for a, b in zip(short, long[-len(short) :], strict=True))
    middle_left_out = _alike(short[0], long[0]) and _sound(short[0]) not in _COMMON_FIRST
    return Likeness.SAME if first_left_out or middle_left_out else Likeness.PERHAPS


def _all_found(short: list[str], long: list[str]) -> bool:
    left = list(long)
    for word in short:
        found = next((other for other in left if _alike(word, other)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _alike(one: str, other: str) -> bool:
    return one == other or (_sound(one) == _sound(other) and fuzz.ratio(one, other) >= _ALIKE_LETTERS)


def _alike_starts(one: str, other: str) -> bool:
    """Tell whether one may be short for the other: Steve and Stephen."""
    return one[:3] == other[:3] and min(len(one), len(other)) > 2


@lru_cache(maxsize=65_536)
def _sound(word: str) -> str:
    """Return a word's consonants as they sound, with a leading vowel: Muhammad is `mhmd`."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    head = word[0].translate(_LEADING_VOWELS) if word[0] in _VOWELS and word[0] != "y" else word[0]
    tail = [char for char in word[1:].rstrip("h") if char not in _VOWELS]
    sounds = [head, *tail]
    return "".join(char for index, char in enumerate(sounds) if index == 0 or char != sounds[index - 1])
