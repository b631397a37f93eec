"""Step 7: the words of a sentence that may tell of an event."""

from typing import Any

from app.parsing.frames import Frame, frame_finder, read_frames
from app.parsing.linking import Analysis
from app.parsing.patterns import compile_pattern

_HYPOTHETICAL = compile_pattern(
    r"\b(?:could|(?-i:may)|might|if|should|would like to|hopes? to|hoped to|wants? to|refused to|declined to|"
    r"unless|call(?:ed|s)? for|urged|ready to|willing to|proposed|offered to|need to|must|likely to)\b",
    ignore_case=True,
)

_OF_ONE_SIDE = compile_pattern(
    r"\b(?:cabinet|news|press|election|campaign|party|board|budget|prayer|family|town[- ]hall|shareholders?|"
    r"council of ministers) (?:meetings?|talks|session|conference|discussions?)\b",
    ignore_case=True,
)
"""Meetings that a government, a party or a firm holds with itself."""


def find_triggers(text: str, analysis: Analysis) -> list[tuple[int, int, Frame]]:
    """Return the words that may tell of events, from left to right."""
    offset = analysis.sentence.start
    words = text[offset : analysis.sentence.end]
    triggers = [
        (offset + found.start(), offset + found.end(), frame)
        for frame in (read_frames()[index] for index in frame_finder()(words))
        for found in frame.trigger.finditer(words)
        if not _is_negative(frame, words, found)
    ]
    return sorted(triggers, key=lambda trigger: trigger[0])


def _is_negative(frame: Frame, words: str, found: Any) -> bool:
    before, after = words[: found.start()], words[found.end() :]
    if frame.not_before is not None and frame.not_before.search(before):
        return True
    if frame.not_after is not None and frame.not_after.search(after):
        return True
    if frame.only_after is not None and not frame.only_after.search(after):
        return True
    if _OF_ONE_SIDE.search(found.group(0)):
        return True
    clause = before[max(before.rfind(mark) for mark in ',;:“"') + 1 :]
    return _HYPOTHETICAL.search(clause) is not None or _inside_quotes(before)


def _inside_quotes(before: str) -> bool:
    """Tell whether a position is in direct speech, where plans and hopes are told."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
