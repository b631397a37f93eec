"""Whether an article begins with somebody at home: `The foreign minister met the Peruvian ambassador`.

A paper's own officials need no country; those of another state it names with theirs where they come first.
"""

from collections.abc import Sequence
from typing import Final

from app.parsing.kinds import BODY
from app.parsing.knowledge import SEATS, Label, fold, organization_ids
from app.parsing.mentions import PersonMention
from app.parsing.officials import Standing, find_standing
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Sentence
from app.parsing.tokens import Token

_OF_STATE: Final = compile_pattern(
    r"\b(?:minister|premier|president|king|queen|emir|amir|sultan|crown prince|chancellor|"
    r"(?:foreign|permanent|home|cabinet) secretary|chief of (?:the )?(?:[\w\-]+ ){0,2}staff|"
    r"(?:army|navy|naval|air force|defen[cs]e|military) (?:chief|commander))\b",
    ignore_case=True,
)
_OPENS: Final = compile_pattern(
    r"^[^a-zA-Z]*(?:(?:On|Yesterday|Today|Late|Earlier)\b[^,;.]{0,24}, )?"
    r"(?:(?:HH|HRH|HE|HM|H\.E\.|(?:His|Her) (?:(?:Royal )?Highness|Majesty|Excellency)) )?(?:[Tt]he )?$"
)
_DEALS: Final = compile_pattern(
    r"^[^;.]{0,60}?\b(?:met|meets?|meeting|held|holds?|received?s?|hosted|hosts?|welcomed|spoke|speaks|talks|"
    r"called|calls|paid|signed|signs|visit(?:ed|s)?|telephoned|arrived|flew|left|travel(?:s|led)?|summoned|"
    r"discussed|conferred|accepted)\b"
)
_LONGEST_WAY: Final = 120
_POSTED: Final = compile_pattern(r"\b(?:ambassador|high commissioner|consul general)$", ignore_case=True)
_AGENCIES: Final = compile_pattern(
    r"\b(?:media|television|TV|state agency|news agenc(?:y|ies)|agencies) "
    r"(?:said|says|reported|reports)\b"
)
_TRAVELS: Final = compile_pattern(
    r"\b(?:arrived|arrives|flew|flies|travell?ed|travels|visited|visits|(?:visit|trip|journey) to|left|"
    r"leaves)\b"
)
_IN: Final = compile_pattern(r"\b(?:in|at) (?:the )?$")
_AT_POST: Final = compile_pattern(r"^ (?:in|to) ")

ReadLine = tuple[Sentence, Sequence[Token], Sequence[PersonMention]]
"""A sentence with its words and whom it names."""


def opens_at_home(text: str, read: Sequence[ReadLine]) -> bool:
    """Tell whether an official without a country opens an article, and deals with one who has a country.

    No headline may name another state than the first sentence, nor may a later one give the office a country.
    """
    lead = next((one for one in read if one[0].section is BODY and one[2]), None)
    if lead is None or not _is_of_paper(text, lead):
        return False
    own, named = lead[2][0], _parties(lead[1])
    if not all(_parties(tokens) <= named for line, tokens, _ in read if line.end <= lead[0].start):
        return False
    if any(line.start > lead[0].start and _begins_elsewhere(tokens, named) for line, tokens, _ in read):
        return False
    return not any(_is_same(text, own, one) for _, _, mentions in read for one in mentions if one.party)


def _is_of_paper(text: str, lead: ReadLine) -> bool:
    """Tell whether a first sentence is about an official without a country, and another's."""
    sentence, tokens, mentions = lead
    own = mentions[0]
    if own.title is None or own.party or own.counterpart or own.former or not _parties(tokens):
        return False
    before = any(one.start < own.start for one in tokens if one.parties)
    if before or not _OPENS.match(text[sentence.start : own.start]):
        return False
    posted = _POSTED.search(text[own.title.start : own.title.end]) and _AT_POST.match(
        text[own.title.end :][:5]
    )
    if _AGENCIES.search(text[sentence.start : sentence.end]) or (own.name and _is_of_third(text, lead)):
        return False
    office = posted or _OF_STATE.search(text[own.title.start : own.title.end])
    dealing = _DEALS.match(text[own.end : min(own.end + _LONGEST_WAY, sentence.end)])
    return bool(office and dealing) and find_standing(text, own) is not Standing.NOBODY


def _begins_elsewhere(tokens: Sequence[Token], named: frozenset[str]) -> bool:
    """Tell whether a sentence begins with a further state: `Kigali thanked Berlin`."""
    first = next((one for one in tokens if one.label is not Label.THE), None)
    if first is None or len(first.parties) != 1 or first.label is Label.PERSON:
        return False
    return not {*first.parties} <= named | organization_ids()


def _is_of_third(text: str, lead: ReadLine) -> bool:
    """Tell whether a first sentence is in a town of a state that it names nobody of, who may act there.

    Who arrived there is of another.
    """
    sentence, tokens, mentions = lead
    words = text[sentence.start : sentence.end]
    named = {one.party for one in mentions}
    named.update(one.parties[0] for one in tokens if one.parties and one.label is not Label.CITY)
    return not _TRAVELS.search(words) and any(
        one.parties[0] not in named
        and fold(text[one.start : one.end]) not in SEATS
        and _IN.search(text[sentence.start : one.start])
        for one in tokens
        if one.label is Label.CITY and len(one.parties) == 1
    )


def _parties(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.parties[0] for token in tokens if len(token.parties) == 1)


def _is_same(text: str, own: PersonMention, other: PersonMention) -> bool:
    """Tell whether somebody with a country may be the official who has none in the first sentence."""
    if own.name and other.name:
        ours, theirs = (text[one.start : one.end] for one in (own.name, other.name))
        return fold(ours).split()[-1] == fold(theirs).split()[-1]
    if own.name or other.name or own.title is None or other.title is None:
        return False
    return fold(text[own.title.start : own.title.end]) == fold(text[other.title.start : other.title.end])
