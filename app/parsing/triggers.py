"""Step 7: the words of a sentence that may tell of an event."""

from operator import itemgetter
from typing import Any

from app.parsing.frames import Frame, frame_finder, read_frames
from app.parsing.kinds import SIGNED, TRANSFER
from app.parsing.linking import Analysis
from app.parsing.patterns import compile_pattern
from app.parsing.sentences import is_inside_quotes

_START = itemgetter(0)
_HYPOTHETICAL = compile_pattern(
    r"\b(?:could|(?-i:may)|might|if|should|would like to|need to|must|likely to|"
    r"(?:hopes?|hoped|wants?|refused|declined|offer(?:s|ed)|asks|threaten(?:s|ed)|vow(?:s|ed))"
    r"(?: (?:on )?(?:\w+day|today|one day|soon|still|also|eventually))? to|"
    r"unless|call(?:ed|s)? for|urged|ready to|willing to|proposed|"
    r"would have|had planned to|had been due to|(?:was|were) to have|den(?:y|ies|ied)(?: that)?"
    r"|no (?:plans?|question|decision|talk|prospect|possibility|date)"
    r"|rul(?:e|ed|es|ing) out|(?:possibility|option|idea|prospect|chance|likelihood|hope) of"
    r"|weigh(?:s|ed|ing)|mull(?:s|ed|ing)?|considering|rumou?red|speculat\w+"
    r"|(?:high|about) time)\b|"
    r"\b(?:efforts?|attempts?|attempted|bids?|tried|trying|seeks?|seeking|sought|failed|unable|aims?|aimed|"
    r"aiming|yet|threat|threatened) to (?:\w+ly )?$|"
    r"\b(?:call(?:ed|s|ing)?|pressed|prevailed|leaned) (?:up)?on [^.;]{1,70}? to (?:\w+ly )?$",
    ignore_case=True,
)
_MAYBE = compile_pattern(
    r"^[^.;,]{0,90}? (?:could|may|might|should) (?:be (?:held|signed)|take place|happen|follow|come)\b"
)
"""`A meeting between X and Y could take place in Lima`"""
_ONLY_MEANT = compile_pattern(
    r"^(?:had|has|have) (?:planned|hoped|wanted|intended|refused|declined|been (?:due|expected)) to\b|"
    r"^approved (?:an? |the )?(?:proposals?|plans?|signing|drafts?)\b",
    ignore_case=True,
)
_ENDED_TALKS = compile_pattern(
    r"^(?:concluded|finali[sz]ed|conclusion) .*\b(?:rounds?|talks|negotiations|session|visit|meeting)\b",
    ignore_case=True,
)
_NONE = compile_pattern(r"\b(?:no|neither|never)\b", ignore_case=True)
"""`signed no deal`"""
_NO = compile_pattern(r"\b(?:no|without)(?: [\w\-]+){0,2} $", ignore_case=True)
_MAY_BE = compile_pattern(
    r"^[^,;“”\"]{0,90}? (?:(?:could|might|(?-i:may)|should|can|cannot)\b|"
    r"would (?:help|mean|make|allow|require|calm|send|give|have)\b|"
    r"(?:was|were|is|are) (?:off|ruled out|unlikely))",
    ignore_case=True,
)
"""`talks with Peru could not resume`"""
_NEVER = compile_pattern(
    r"^[^;“”\"]{0,90}? (?:never (?:materiali[sz]ed|happened|took place|came about)|fell through|"
    r"(?:did not|didn[’']t) (?:materiali[sz]e|happen|take place|go ahead)|"
    r"(?:have|has|had) (?:long |since )?(?:stalled|broken down|collapsed)|"
    r"(?:was|were|is|are|being|(?:has|have|had) been) (?:\w+ly )?"
    r"(?:blocked|barred|banned|vetoed|prevented|refused|rejected)|"
    r"(?:remain|are|were|is|was) (?:stalled|deadlocked|frozen|at a standstill|proceeding|"
    r"being (?:discussed|planned|prepared|arranged)))\b",
    ignore_case=True,
)
"""`a visit to Peru, long promised, never took place`"""
_WAS_SET = compile_pattern(r"\b(?:scheduled|planned|due|slated|set)\b", ignore_case=True)
_FELL_THROUGH = compile_pattern(
    r"^[^;“”\"]{0,90}? (?:fell through|(?:did not|didn[’']t) (?:take place|go ahead))\b"
)
"""`Talks scheduled for Monday between X and Y did not take place`: they were called off."""
_WERE_DUE = ("had been due to", "was to have", "were to have", "had planned to")
_CALLED_OFF = compile_pattern(
    r"\b(?:postponed|put off|pushed back|cancell?ed|called off|scrapped|did not take place)\b"
)
_CLAUSE_BEHIND = 200
"""Characters; more than those within which words behind a trigger say that nothing came of it."""
_WISHED = compile_pattern(
    r"\b(?:wants?|wanted|seeks?|sought|demand(?:s|ed)|"
    r"(?:ready|open|prepared|appeal\w*|push\w*|plea|hopes?|hoped) (?:for|to)"
    r"|(?:took|takes|taken) note of|took notice of)"
    r"(?: (?:the|direct|new|further|more|bilateral|peace|fresh|on|a))* $",
    ignore_case=True,
)
"""`is ready for talks with Peru`"""
_BESIDE = compile_pattern(r"\b(?:that|which|who|where|when|as|so|said|says|if|because)\b", ignore_case=True)
_NEGATED = compile_pattern(
    r"\b(?:not|never|neither|\w+n't|\w+n’t)(?: (?:yet|also|\w+ly))? $", ignore_case=True
)
_TRAVEL = compile_pattern(
    r"\b(?:on|against|for|of|from|ban(?:s|ned)?|free|visa-free|restricts?|restricting|restricted|allow\w*|permit\w*|"
    r"air|rail|sea|all|any|foreign|non-essential|essential|unnecessary) $",
    ignore_case=True,
)
"""`a ban on travel to Peru`, `advised against travel to Peru`"""
_TO_VISIT = compile_pattern(
    r"\b(?:will|would|shall) (?:visit|tour)\b|[^n] to (?:visit|tour)\b", ignore_case=True
)
"""`on Monday and will visit` is no visit on Monday."""
_ON_A_DAY = compile_pattern(r"^on \w+day (?:to|his|her|their|its|an?|the) ", ignore_case=True)
"""`defended on Tuesday her planned trip to Peru`"""
_RECALLED = compile_pattern(
    r"\b(?:recall(?:s|ed|ing)|remember(?:s|ed|ing)) (?:his|her|their)\b", ignore_case=True
)
"""`fondly recalled his visit to Peru`"""
_SO_FAR = compile_pattern(
    r"^ [^;.,]{0,90} (?:so far|to date|over the (?:years|past|last))\b", ignore_case=True
)
_DAY = compile_pattern(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|"
    r"[0-9]{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) "
    r"[0-9]{1,2})\b",
    ignore_case=True,
)
_OF_ONE_SIDE = compile_pattern(
    r"\b(?:cabinet|news|practice|training|press|election|campaign|party|board|"
    r"budget|prayer|family|town[- ]hall|shareholders?|council of ministers) "
    r"(?:meetings?|talks|session|conference|discussions?)\b|"
    r"\bjoint (?:chiefs|parliamentary|select|congressional|senate|house|party) (?:[\w\-]+ ){0,4}?"
    r"(?:commission|committee|council|group)\b",
    ignore_case=True,
)
"""Meetings that a government, a party or a firm holds with itself."""


def find_triggers(text: str, analysis: Analysis) -> list[tuple[int, int, Frame]]:
    """Return the words that may tell of events, from left to right."""
    triggers = judge_triggers(text, analysis)
    return [(start, end, frame) for start, end, frame, reason in triggers if not reason] if triggers else []


def judge_triggers(text: str, analysis: Analysis) -> list[tuple[int, int, Frame, str | None]]:
    """Return the words that frames look for, from left to right; a reason says why they tell of no event.

    Not all words of a frame are there whose sentence lacks what must follow them.
    """
    offset = analysis.sentence.start
    words = text[offset : analysis.sentence.end]
    frames = read_frames()
    possible = frame_finder()(words)
    if not possible:
        return []
    triggers = [
        (offset + found.start(), offset + found.end(), frames[index], _why_not(frames[index], words, found))
        for index in possible
        for found in frames[index].trigger.finditer(words)
    ]
    return sorted(triggers, key=_START)


def _why_not(frame: Frame, words: str, found: Any) -> str | None:
    before, after = words[: found.start()], words[found.end() :]
    return _why_not_here(frame, before, after) or _why_not_so(frame, before, found, after)


def _why_not_here(frame: Frame, before: str, after: str) -> str | None:
    """Return what the frame itself says against the words around it."""
    if frame.not_before is not None and frame.not_before.search(before):
        return "the words before it say otherwise"
    if frame.not_after is not None and frame.not_after.search(after):
        return "the words after it say otherwise"
    if frame.only_after is not None and not frame.only_after.search(after):
        return "the words that must follow are missing"
    return None


def _why_not_so(frame: Frame, before: str, found: Any, after: str) -> str | None:
    """Return what makes of any such words something that is none, did not happen or is only wished."""
    if found.group(0).lower().startswith("travel to") and _TRAVEL.search(before):
        return "travel in general"
    if frame.place_of_article and _TO_VISIT.search(found.group(0)):
        return "a verb that another frame reads"
    if frame.place_of_article and _ON_A_DAY.match(found.group(0)):
        return "a day, and not a visit that somebody is on"
    if frame.place_of_article and _RECALLED.search(before[-40:] + found.group(0)):
        return "only remembered"
    if frame.mode is SIGNED and _ENDED_TALKS.match(found.group(0)):
        return "talks that ended, not an agreement"
    if frame.kind is TRANSFER and _SO_FAR.match(after) and not _DAY.search(before + after):
        return "a sum of all that was given"
    if _OF_ONE_SIDE.search(found.group(0)):
        return "a meeting of one side with itself"
    if (reason := _why_unreal(frame, before, found.group(0), after)) is not None:
        return reason
    return "inside a quotation" if is_inside_quotes(before) else None


def _why_unreal(frame: Frame, before: str, words: str, after: str) -> str | None:
    """Return why it did not happen, or may not have: the words say so before it, in it or behind it."""
    if frame.subject_follows and not frame.object_with:
        return None  # "the visiting minister may not sign" tells that he is there
    clause = before[max(map(before.rfind, ',;:“"')) + 1 :]
    if (_NEGATED.search(clause) is not None and frame.status is None) or _NONE.search(words) is not None:
        return "it did not happen"
    if _is_hypothetical(clause, after) or _ONLY_MEANT.match(words) is not None:
        return "hypothetical, or only asked for"
    behind = after[:_CLAUSE_BEHIND]
    if _MAYBE.match(behind) is not None:
        return "hypothetical, or only asked for"
    return _why_unreal_noun(before, words, behind) if frame.noun else None


def _is_hypothetical(clause: str, after: str) -> bool:
    """Tell whether it might only have been; what was due and then called off is told as called off."""
    found = _HYPOTHETICAL.search(clause)
    return found is not None and not (found.group(0).lower() in _WERE_DUE and _CALLED_OFF.search(after))


def _why_unreal_noun(before: str, words: str, after: str) -> str | None:
    """Return why words around a noun make nothing of it: `talks with Peru could not resume`."""
    never = _NEVER.match(after)
    if never and _FELL_THROUGH.match(after) and _WAS_SET.search(before[-60:] + words + after):
        never = None  # it was called off
    if never or _NO.search(before):
        return "it did not happen"
    if _WISHED.search(before):
        return "hypothetical, or only asked for"
    unreal = _MAY_BE.match(after)
    return "hypothetical, or only asked for" if unreal and not _BESIDE.search(unreal.group(0)) else None
