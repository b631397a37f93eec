"""Which words of a sentence tell of one of its events, and which of the others and of people beside them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from app.parsing.candidates import Candidate
from app.parsing.kinds import TRANSFER, VISIT
from app.parsing.patterns import compile_pattern

SINCE_LAST: Final = compile_pattern(
    r"\bsince (?:they|their|the two|both) (?:[\w]+ ){0,3}?(?:met|meeting|talks|visit|encounter)\b|"
    r"\b(?:and|,) recall(?:ed|ing|s) (?:their|his|her|the) (?:[\w]+ ){0,3}?"
    r"(?:meeting|talks|visit|encounter|conversation)s?\b"
)
"""`reviewed what was done since they last met, in May in Lima`"""
WHEN_THEY_WILL: Final = compile_pattern(r",? when [^,.;]{2,80}? (?:will|would|(?:is|are) (?:to|due|set))\b")
_DAY_AFTER: Final = compile_pattern(
    r"\b(?:((?:a|one) day)|days|weeks|hours) (after|before) (?:meeting|visiting|talks|hosting|receiving)\b"
)
"""`said on Monday, a day after meeting X`: a day of another verb that tells this one's, or does not."""
_WHO: Final = compile_pattern(
    r", who (?:(?:is|was|are|were|had|has|also|last|earlier|recently|currently) )*$"
)
_LEAVES: Final = compile_pattern(
    r"^, (?:and )?(?:will |is to |is due to )?(?:leave|depart|return|fly|stay|remain)s?\b"
)
_WILL: Final = (
    r"(?:(?:he|she|they|it) )?(?:will|would|(?:is|are|was|were) (?:(?:due|expected|scheduled|set) )?to)"
    r"(?: then| later| also| next)?"
)
_GOING_ON: Final = compile_pattern(
    r"\bbefore (?:(?:travell?ing|flying|going|heading|moving|proceeding|continuing)(?: on)? to|"
    r"(?:leaving|departing|heading) for)\b|"
    rf"\band {_WILL} (?:travel|fly|go|head|move|proceed|continue)(?: on)? to\b"
)
"""`met X before flying on to Peru, where he will speak on Friday`, `is here and will go to Lima on Friday`"""
_WILL_DO: Final = compile_pattern(
    rf"\band {_WILL} (?:meet|hold|see|sign|attend|address|visit|tour|speak|receive|host|call on|join|open|"
    r"inaugurate)\b"
)
"""`met X in Lima and will address a forum on Friday`; of a visit that is on it tells what is done there."""
_CAME: Final = compile_pattern(r"(?:\w+ed|came|went|flew|drove|was|were)\b")
_CLAUSE_END: Final = compile_pattern(r"[,;]")


class Clauses:
    """The words of each candidate of an article among those of the others."""

    def __init__(self, text: str, candidates: Sequence[Candidate]) -> None:
        self._text = text
        self._starts: dict[int, set[int]] = defaultdict(set)
        self._by_the_way: dict[int, int] = {}
        self._first_but_journeys: dict[int, int] = {}
        for candidate in candidates:
            sentence = candidate.analysis.sentence.start
            self._starts[sentence].add(candidate.start)
            if candidate.frame.by_the_way:  # "agreed to keep the accord signed in Lima"
                self._by_the_way.setdefault(sentence, candidate.start)
            if candidate.frame.kind not in (VISIT, TRANSFER):
                self._first_but_journeys.setdefault(sentence, candidate.start)

    def starts_beside(self, candidate: Candidate) -> set[int]:
        """Return where the candidates of the same sentence begin, this one too."""
        return self._starts[candidate.analysis.sentence.start]

    def by_the_way(self, candidate: Candidate) -> int | None:
        """Return where the sentence begins to tell of something by the way."""
        return self._by_the_way.get(candidate.analysis.sentence.start)

    def first_but_journeys(self, candidate: Candidate) -> int:
        """Return where the first candidate of the sentence begins that is no journey and no gift."""
        return self._first_but_journeys.get(candidate.analysis.sentence.start, candidate.start)

    def between_semicolons(self, candidate: Candidate) -> tuple[int, int]:
        """Return where the part of a sentence between semicolons begins and ends that tells it."""
        sentence = candidate.analysis.sentence
        start = self._text.rfind(";", sentence.start, candidate.start) + 1
        end = self._text.find(";", candidate.end, sentence.end)
        return start or sentence.start, end if end >= 0 else sentence.end

    def is_behind_semicolon(self, candidate: Candidate, day: int) -> bool:
        """Tell whether a day is that of another event, in a part of the sentence that comes later."""
        end = self.between_semicolons(candidate)[1]
        return day >= end and any(
            end <= start < candidate.analysis.sentence.end for start in self.starts_beside(candidate)
        )

    def own_words(self, candidate: Candidate) -> tuple[int, int] | None:
        """Return where the words about a candidate begin and end, where its sentence tells of several."""
        starts = self.starts_beside(candidate)
        if len(starts) == 1:
            return None
        end = min(
            (start for start in starts if start > candidate.start), default=candidate.analysis.sentence.end
        )
        return candidate.start, end

    def to_comma(self, candidate: Candidate) -> int | None:
        """Return where the clause of a candidate ends, if not with its sentence."""
        end = _CLAUSE_END.search(self._text[candidate.end : candidate.analysis.sentence.end])
        return candidate.end + end.start() if end is not None else None

    def aside(self, candidate: Candidate) -> tuple[int, int] | None:
        """Return where a clause about somebody begins and ends: `X, who visited Peru in May, met Y`."""
        if not is_aside(self._text, candidate):
            return None
        end = self.to_comma(candidate)
        if end is None or _LEAVES.match(self._text[end : candidate.analysis.sentence.end]):
            return None  # "X, who came on Monday, leaves on Friday"
        return candidate.start, end

    def since_last(self, candidate: Candidate) -> int | None:
        """Return where words begin that tell of the time before: `since they last met, in May in Lima`."""
        found = SINCE_LAST.search(self._text[candidate.end : candidate.analysis.sentence.end])
        return candidate.end + found.start() if found is not None else None

    def goes_on(self, candidate: Candidate) -> int | None:
        """Return where words begin that tell where they went or what they did next."""
        behind = self._text[candidate.end : candidate.analysis.sentence.end]
        found = _GOING_ON.search(behind)
        came = _CAME.match(self._text[candidate.start : candidate.end]) is not None
        if found is None and (came or candidate.frame.kind is not VISIT):
            found = _WILL_DO.search(behind)
        return candidate.end + found.start() if found is not None else None

    def day_beside(self, candidate: Candidate) -> Any:
        """Find words that tell it by the day of another verb: `said on Monday, a day after meeting X`."""
        return _DAY_AFTER.search(self._text[max(0, candidate.start - 8) : candidate.end])


def is_aside(text: str, candidate: Candidate) -> bool:
    """Tell whether a clause about somebody tells it: `X, who visited Peru in May, met Y`."""
    start = max(candidate.analysis.sentence.start, candidate.start - 40)
    return _WHO.search(text[start : candidate.start]) is not None
