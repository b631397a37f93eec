"""Step 3: sentences, by a splitter that knows ranks, months and initials, and text with lost spaces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from app.parsing.clean import DATELINE, TOWN_AHEAD, match_dateline, match_town_ahead
from app.parsing.kinds import BODY, BOILERPLATE, BYLINE
from app.parsing.knowledge import is_town
from app.parsing.patterns import read_lexicon
from app.parsing.spans import Line, Sentence

_LONGEST_SENTENCE: Final = 1_000
"""Characters; the work on a sentence grows faster than its length."""
_TOWNS: Final = range(1, DATELINE.groups, 2)
"""The groups of a dateline that are its town; the rest is in the next one."""
_LONGEST_SHORT: Final = 4
"""Letters of a capitalized word that may be cut short: `Engr`."""
_DATELINE_WITHIN: Final = 40
"""Lines of the body."""
_TOWN_WITHIN: Final = 2
"""Lines of the body of which one may begin with a bare town."""
# The standard library's pattern, for there is a match a sentence; it repeats single classes of characters.
_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*")


@dataclass(unsafe_hash=True)
class Dateline:
    """The place, and what else is printed, before the first sentence of the body."""

    start: int
    end: int
    city: str
    rest: str


def find_dateline(text: str, lines: Sequence[Line]) -> Dateline | None:
    """Return the dateline of the first body line that has one."""
    body = (line for line in lines if line.section is BODY)
    for index, line in enumerate(islice(body, _DATELINE_WITHIN)):
        words = text[line.start : min(line.end, line.start + 120)]
        if found := match_dateline(words):
            city, rest = next((found[i], found[i + 1]) for i in _TOWNS if found[i])
            return Dateline(line.start, line.start + found.end(), city, (rest or "").strip(" ,/"))
        if index < _TOWN_WITHIN and (found := match_town_ahead(words)):
            which = next(i for i in range(1, TOWN_AHEAD.groups + 1) if found[i])
            if is_town(town := found[which].rstrip(".")):
                return Dateline(line.start + found.start(which), line.start + found.end(), town, found[0])
    return None


def split_sentences(text: str, lines: Sequence[Line], dateline: Dateline | None) -> tuple[Sentence, ...]:
    """Return the sentences of all lines but boilerplate; the dateline is in none."""
    sentences: list[Sentence] = []
    for line in lines:
        if line.section in (BOILERPLATE, BYLINE):
            continue
        start = dateline.end if dateline and line.start == dateline.start else line.start
        for first, last in _sentence_spans(text, start, line.end):
            for piece in _cut(text, first, last):
                sentences.append(Sentence(*piece, line.section))
    return tuple(sentences)


def _sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    first = 0
    for mark in _END.finditer(piece):
        if _ends_sentence(piece, mark.start(), mark.end()):
            yield start + first, start + mark.end()
            first = mark.end()
            while first < len(piece) and piece[first].isspace():
                first += 1
    if first < len(piece):
        yield start + first, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or in pieces where it is longer than any that a person writes."""
    while end - start > _LONGEST_SENTENCE:
        blank = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        last = blank if blank > 0 else start + _LONGEST_SENTENCE
        yield start, last
        start = last + (blank > 0)
    yield start, end


def _ends_sentence(piece: str, mark: int, after: int) -> bool:
    """Tell whether punctuation ends a sentence, by the words around it."""
    if after >= len(piece):
        return True
    rest = piece[after : after + 3]
    word = _word_before(piece, mark)
    if piece[mark] == "." and piece[mark + 1 : after] in ("", ")") and _is_abbreviation(word):
        return False
    stands_alone = piece[mark] == "." and after == mark + 1
    if stands_alone and rest[:1].isupper() and rest[1:2].islower() and len(word) > 2:
        # A lost space, as in "discussed.The" or "Monday.The", and not "Eng.Khan" or "U.N."
        return word.islower() or (len(word) > _LONGEST_SHORT and word[1:].islower())
    if not rest[:1].isspace():
        return False
    following = piece[after:].lstrip()[:1]
    return bool(following) and not following.islower()


def is_inside_quotes(before: str) -> bool:
    """Tell whether the words before a position leave it in direct speech."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _word_before(piece: str, mark: int) -> str:
    first = mark
    while first > 0 and mark - first < 20 and not piece[first - 1].isspace():
        first -= 1
    return piece[first:mark].lstrip("(“\"'‘")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"].casefold() for row in read_lexicon("abbreviations"))


def _is_abbreviation(word: str) -> bool:
    """Tell whether the word before a full stop is cut short: Lt, Gen, Feb, U.S, Peru-U.S, an initial."""
    word = word.rpartition("-")[2]
    if len(word) == 1 and word.isupper():
        return True
    if word.casefold() in _abbreviations():
        return True
    initials = "." in word and word.isupper() and all(len(part) == 1 for part in word.split("."))
    return initials or ("." in word and len(word) <= 5 and word[:1].isupper())
