"""Step 7: the words of a sentence that may tell of an event."""

from typing import Any

from app.domain.vocabulary import Mode
from app.parsing.frames import Frame, frame_finder, read_frames
from app.parsing.linking import Analysis
from app.parsing.patterns import compile_pattern

_HYPOTHETICAL = compile_pattern(
    r"\b(?:could|(?-i:may)|might|if|should|would like to|hopes? to|hoped to|wants? to|refused to|declined to|"
    r"unless|call(?:ed|s)? for|urged|ready to|willing to|proposed|offered to|need to|must|likely to|"
    r"had planned to|had been due to|(?:was|were) to have|den(?:y|ies|ied)(?: that)?"
    r"|no (?:plans?|question|decision|talk|prospect|possibility)"
    r"|rul(?:ed|es|ing) out)\b",
    ignore_case=True,
)
_ONLY_MEANT = compile_pattern(
    r"^(?:had|has|have) (?:planned|hoped|wanted|intended|refused|declined|been (?:due|expected)) to\b",
    ignore_case=True,
)
_ENDED_TALKS = compile_pattern(
    r"^(?:concluded|finali[sz]ed|conclusion) .*\b(?:rounds?|talks|negotiations|session|visit|meeting)\b",
    ignore_case=True,
)
_NEGATED = compile_pattern(r"\b(?:not|never|neither|\w+n[’']t)(?: (?:yet|also|\w+ly))? $", ignore_case=True)
_TO_VISIT = compile_pattern(
    r"\b(?:will|would|shall) (?:visit|tour)\b|[^n] to (?:visit|tour)\b", ignore_case=True
)
"""`on Monday and will visit` is no visit on Monday."""
_OF_ONE_SIDE = compile_pattern(
    r"\b(?:cabinet|news|practice|training|press|election|campaign|party|board|"
    r"budget|prayer|family|town[- ]hall|shareholders?|council of ministers) "
    r"(?:meetings?|talks|session|conference|discussions?)\b",
    ignore_case=True,
)
"""Meetings that a government, a party or a firm holds with itself."""


def find_triggers(text: str, analysis: Analysis) -> list[tuple[int, int, Frame]]:
    """Return the words that may tell of events, from left to right."""
    return [(start, end, frame) for start, end, frame, reason in judge_triggers(text, analysis) if not reason]


def judge_triggers(text: str, analysis: Analysis) -> list[tuple[int, int, Frame, str | None]]:
    """Return all words that frames look for, from left to right; a reason says why they tell of no event."""
    offset = analysis.sentence.start
    words = text[offset : analysis.sentence.end]
    triggers = [
        (offset + found.start(), offset + found.end(), frame, _why_not(frame, words, found))
        for frame in (read_frames()[index] for index in frame_finder()(words))
        for found in frame.trigger.finditer(words)
    ]
    return sorted(triggers, key=lambda trigger: trigger[0])


def _why_not(frame: Frame, words: str, found: Any) -> str | None:
    before, after = words[: found.start()], words[found.end() :]
    if frame.not_before is not None and frame.not_before.search(before):
        return "the words before it say otherwise"
    if frame.not_after is not None and frame.not_after.search(after):
        return "the words after it say otherwise"
    if frame.only_after is not None and not frame.only_after.search(after):
        return "the words that must follow are missing"
    if frame.place_of_article and _TO_VISIT.search(found.group(0)):
        return "a verb that another frame reads"
    if frame.mode is Mode.SIGNED and _ENDED_TALKS.match(found.group(0)):
        return "talks that ended, not an agreement"
    if _OF_ONE_SIDE.search(found.group(0)):
        return "a meeting of one side with itself"
    clause = before[max(before.rfind(mark) for mark in ',;:“"') + 1 :]
    if _NEGATED.search(clause) is not None and frame.status is None:
        return "it did not happen"
    if _HYPOTHETICAL.search(clause) is not None or _ONLY_MEANT.match(found.group(0)) is not None:
        return "hypothetical, or only asked for"
    return "inside a quotation" if _inside_quotes(before) else None


def _inside_quotes(before: str) -> bool:
    """Tell whether a position is in direct speech, where plans and hopes are told."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
