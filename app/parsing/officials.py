"""Who may act for a state that no words name as theirs: somebody with an office of state or a rank.

A company's president, a union's leader, a sergeant and a plain `Mr X` have dealings of their own. Whoever is
told of with a country may still act for it; here it is only asked whether one may be guessed.
"""

from enum import IntEnum
from typing import Final

from app.parsing.mentions import PersonMention
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span

_CIVIL: Final = compile_pattern(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Madame?|Dr|Prof|Professor|Sir|Dame|Lady|Baroness|Eng|Engr|Engineer|"
    r"Advocate|Barrister|Father|Monsieur|Maître|wife|husband|spouse|Sergeant|Master Sergeant|Staff Sergeant|"
    r"Sgt|Corporal|Cpl|Private|Inspector)\.? ?)+$",
    ignore_case=True,
)
"""How anybody is called, and ranks of those whom no state sends."""
_ADDRESS: Final = compile_pattern(r"^(?:Mr|Mrs|Ms)\.?$")
_PRIVATE: Final = compile_pattern(
    r"\b(?:executive|chief operating officer|managing director|candidate|coach)\b",
    ignore_case=True,
)
_EXECUTIVE_OFFICES: Final = compile_pattern(r"^Executive (?:Secretary|Director)\b", ignore_case=True)
_OWN_PRIVATE: Final = compile_pattern(
    r"\b[Ee]xecutive $|\b[A-Z][\w&]*['’]s? $|\b(?:[Uu]nion|[Cc]lub|[Tt]eam) $|"
    r"\b(?:company|firm|group|club|association|charity|chamber|university|airline)['’]s $"
)
"""`Solis Mining Executive Chairman`, `Solis Mining's president`, `the company's president`"""
_HEAD: Final = compile_pattern(
    r"(?:^|[ -])(?:president|chairman|chairwoman|chairperson|chair|chief|head|director|general secretary|"
    r"secretary[- ]general)(?: and CEO)?$",
    ignore_case=True,
)
"""Offices that companies and clubs have as well as states."""
_OF_UNKNOWN: Final = compile_pattern(r"^(?: and CEO)?,? (?:of|at) (?:the )?[A-ZÀ-Þ]")
"""`the head of Solis Companies`: a body of state that is known would be part of the office."""
_AT_SEAT: Final = compile_pattern(
    r"^ at (?:the |his |her )?(?:[A-ZÀ-Þ][\w’'\-]*(?: [a-z]{2})? ){0,3}?"
    r"(?:House|Palace|Castle|Lodge|Residence|Headquarters|Office|Presidency|Secretariat|Bha(?:v|b)an|Villa|"
    r"Mahal|Aiwan-\S+|Kremlin|[ÉE]lys[ée]e)\b"
)
"""`called on the President at State House`: a venue, and not what he heads."""
_LEADER: Final = compile_pattern(r"\bleader\b", ignore_case=True)
_OF_STATE: Final = compile_pattern(
    r"\b(?:supreme|transition(?:al)?|interim|junta|state|provincial|regional|government|majority|top|paramount)"
    r"[ -]leader\b",
    ignore_case=True,
)
_ONCE: Final = compile_pattern(
    r"\b(?:former|ex|one-time|retired|late)[ -](?:[\w\-]+ ){0,2}$", ignore_case=True
)
_RESCUE: Final = compile_pattern(r"\b(?:Fire|Police|Sheriff)(?:[’']s)? (?:[A-Z]\w+ ){0,2}$")
_SPEAKS_FOR: Final = compile_pattern(
    r"\bspokes(?:man|woman|person) (?:for|of) (?:the )?(?:[A-Z]\w+ ){0,3}$", ignore_case=True
)
_DOMESTIC: Final = compile_pattern(
    r"\b(?:senators?|senate|congress\w*|house|majority leader|minority leader|whip|"
    r"mayor|press secretary|police|MPs?|lawmakers?)\b|^(?:Sen|Rep)\.?$|"
    r"\bcommittee\b.* (?:chair|chairman|chairwoman)$",
    ignore_case=True,
)
"""Offices of those who mostly deal with their own state."""
_LONGEST_BEFORE: Final = 60


class Standing(IntEnum):
    """What somebody is: nobody of state, one whose office deals at home, or one who deals abroad too."""

    NOBODY = 0
    AT_HOME = 1
    ABROAD = 2


def find_standing(text: str, mention: PersonMention) -> Standing:
    """Return what standing words give somebody: an office of state, or a rank that acts for one."""
    title, rank = mention.title, mention.rank
    if title is not None and _is_of_state(text, title):
        return Standing.AT_HOME if _DOMESTIC.search(text[title.start : title.end]) else Standing.ABROAD
    if rank is None:
        return Standing.NOBODY
    before, words = text[max(0, rank.start - _LONGEST_BEFORE) : rank.start], text[rank.start : rank.end]
    if _CIVIL.match(words) or _RESCUE.search(before) or _ONCE.search(before):
        return Standing.NOBODY
    return Standing.AT_HOME if _DOMESTIC.search(words) else Standing.ABROAD


def is_addressed(text: str, mention: PersonMention) -> bool:
    """Tell whether somebody is called `Mr X`, as articles call whom they told of before."""
    rank = mention.rank
    return rank is not None and _ADDRESS.match(text[rank.start : rank.end]) is not None


def _is_of_state(text: str, title: Span) -> bool:
    """Tell whether an office is held now, and may be one of a state."""
    office = text[title.start : title.end]
    before = text[max(0, title.start - _LONGEST_BEFORE) : title.start]
    if _ONCE.search(before) or _SPEAKS_FOR.search(before) or _RESCUE.search(before):
        return False
    if _PRIVATE.search(office) and not _EXECUTIVE_OFFICES.match(office):
        return False
    if _LEADER.search(office):
        return _OF_STATE.search(office) is not None
    if not _HEAD.search(office):
        return True
    behind = text[title.end : title.end + _LONGEST_BEFORE]
    unknown = _OF_UNKNOWN.match(behind) is not None and _AT_SEAT.match(behind) is None
    return not unknown and _OWN_PRIVATE.search(before) is None
