"""States that one word names together: `the foreign ministers of the Baltic states`."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from app.parsing.patterns import compile_pattern, read_lexicon
from app.parsing.spans import Span

_STATES: Final = r"(?:states|countries|nations|republics)"
_THOSE: Final = (
    r"(?:ministers|presidents|premiers|leaders|heads of (?:state|government)(?: and (?:state|government))?|"
    r"(?:defen[cs]e|army|military|intelligence) chiefs|chiefs of (?:defen[cs]e|staff)|speakers|chancellors)"
)
_OF_WHAT: Final = r"(?: (?:of|for)(?: (?:and|of|for|the|[a-z]+)){1,6}?)?"
"""`ministers of foreign affairs and of defence of the …`"""
_OF, _THEIR = 1, 2


def find_collectives(words: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the words of a sentence that name states together by those who act for them, and which they are.

    Where they say only where something is, as in `ships off the Baltic states`, they name nobody.
    """
    if not any(word in words for word in _members()):
        return  # as with most
    for found in _finder().finditer(words):
        named = _OF if found.group(_OF) else _THEIR
        yield Span(found.start(named), found.end()), _members()[found.group(named)]


@cache
def _members() -> dict[str, tuple[str, ...]]:
    return {row["word"]: tuple(row["parties"].split("|")) for row in read_lexicon("collectives")}


@cache
def _finder() -> Any:
    names = "|".join(_members())
    return compile_pattern(
        rf"\b{_THOSE}{_OF_WHAT} (?:of|from) (?:(?:all|the|three|five) )*({names}) (?i:{_STATES})\b|"
        rf"\b({names})(?: (?i:{_STATES})[’']?)? (?:(?:[Ff]oreign|[Dd]efen[cs]e|[Pp]rime|[Ii]nterior|"
        rf"[Ee]nergy|[Tt]rade|[Tt]ransport|[Ff]inance|[Cc]ulture) (?:and )?){{0,2}}(?i:{_THOSE})\b"
    )
