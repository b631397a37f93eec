"""What people tell of themselves in direct speech: `"I met Minister X on Monday," Minister Y said.`"""

from collections.abc import Sequence
from typing import Final

from app.parsing.linking import Actor
from app.parsing.patterns import compile_pattern

_OWN_DOING: Final = compile_pattern(
    r"[“\"](?:[^“”\".;]{0,60}[ ,])?(?:I|[Ww]e)(?: (?:have|had|just|also|then|again|[a-z]+ly))* $"
)
_OWN_ACCOUNT: Final = compile_pattern(
    r"[“\"](?:[^“”\".;]{0,60}[ ,])?(?:I|[Ww]e)(?: (?:have|just|also|then|again|[a-z]+ly))* "
    r"(?:met|had|held|spoke|spoken|visited|received|hosted|talked|signed|called|handed)\b"
)
_THAT_DAY: Final = compile_pattern(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|this morning|last night|just)\b",
    ignore_case=True,
)
"""Without a day somebody may tell of years ago: `"I met him once"`."""
_AHEAD: Final = compile_pattern(r"\b(?:will|would|going to|plan|hope|want|shall)\b")
_WHO_SAID: Final = compile_pattern(
    r"^[^“”\"]{0,250}[,.!?][”\"],? (?:[^.;“”\"]{0,90} )?"
    r"(?:said|says|told|added|noted|wrote|tweeted|posted|announced|stated)\b"
)
_OF_OTHERS: Final = compile_pattern(r"^[“\"][^“”\"]*$")
_SPEAKERS: Final = compile_pattern(r"\b(?:I|[Ww]e|us|[Oo]urs?|[Mm]y|me)\b")
_BODY_SAID: Final = compile_pattern(
    r"^[^“”\"]{0,250}[,.][”\"],? (?:(?:the|its|an?|his|her) )?(?:[\w’'\-]+ ){0,4}?"
    r"(?:[Mm]inistry|[Oo]ffice|[Ee]mbassy|[Pp]residency|[Ss]tatement|[Rr]elease|[Rr]eadout|[Cc]ommuniqu[ée]|"
    r"[Pp]alace|[Hh]ouse|[Nn]avy|[Aa]rmy|[Cc]ommand|[Dd]epartment)(?: in [A-Z]\w+)? "
    r"(?:said|says|stated|added|wrote|announced|confirmed|read|reads|ran)\b"
)
"""`"Minister X met Minister Y on Monday," the ministry stated`: a body tells what its own people did."""
_MARKS: Final = ("”", '"')


def tells_of_own(before: str, after: str) -> bool:
    """Tell whether somebody says what they did on a day, and the sentence names who says it."""
    own = _OWN_DOING.search(before)
    if own is None or not _WHO_SAID.match(after):
        return False
    said = before[own.start() :] + after[: _closing(after)]
    return _THAT_DAY.search(said) is not None and not _AHEAD.search(before[own.start() :])


def tells_of_others(before: str, after: str) -> bool:
    """Tell whether a sentence quotes an office on what others did on a day, and on nothing of its own."""
    if not _OF_OTHERS.match(before) or not _BODY_SAID.match(after):
        return False
    said = before + after[: _closing(after)]
    told = _THAT_DAY.search(said) is not None and not _AHEAD.search(before)
    return told and _SPEAKERS.search(said) is None


def is_own_account(words: str) -> bool:
    """Tell whether a sentence quotes somebody on what they did, and so on which day: `"Today I met X"`."""
    return _OWN_ACCOUNT.search(words) is not None


def find_speaker(
    text: str, actors: Sequence[Actor], span: tuple[int, int]
) -> tuple[tuple[Actor, ...], list[Actor]]:
    """Return who says it, behind the closing mark, and whom the direct speech names behind the words."""
    closing = end_of_speech(text, span[1])
    speaker = tuple(one for one in actors if one.start > closing and not one.is_place)[:1]
    return speaker, [one for one in actors if span[1] <= one.start and one.end <= closing]


def end_of_speech(text: str, position: int) -> int:
    """Return where the direct speech ends that goes on at a position."""
    return position + _closing(text[position:])


def _closing(words: str) -> int:
    return min((at for at in map(words.find, _MARKS) if at >= 0), default=len(words))
