"""Which states have a king or a prime minister: an office alone is given to none that has no such office."""

from functools import cache
from typing import Final

from app.parsing.patterns import read_lexicon

_NOT_ALONE: Final = frozenset(
    ("vice", "deputy", "assembly", "senate", "parliament", "council", "house", "court", "former")
)
"""A president of one of these may be found where the state has none."""


def may_have(state: str, office: frozenset[str]) -> bool:
    """Tell whether a state may have an office, of which the words are given in small letters."""
    if not _NOT_ALONE.isdisjoint(office):
        return True
    has, lacks = _heads().get(office, ((), ()))
    return state not in lacks and (not has or state in has)


@cache
def _heads() -> dict[frozenset[str], tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the states that alone have an office, and those that have not, by the words of the office."""
    return {
        frozenset(row["office"].split()): (_states(row["has"]), _states(row["lacks"]))
        for row in read_lexicon("heads")
    }


def _states(words: str) -> tuple[str, ...]:
    return tuple(filter(None, words.split("|")))
