"""Where one sentence tells of several events of a kind: those met one by one, each envoy, each country."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.parsing.candidates import Candidate
from app.parsing.journeys import by_goal
from app.parsing.kinds import BETWEEN_SIDES, CALL, CREDENTIALS, TALKS, VISIT
from app.parsing.linking import Actor
from app.parsing.patterns import compile_pattern

_SEPARATELY: Final = compile_pattern(
    r"\bseparate(?:ly)?\b|\brespectively\b|\bcalls\b|\bin turn\b|\bone[- ]on[- ]one meetings\b|"
    r"\band,? (?:(?:(?:[\w\-]+ ){0,2}later|then|afterwards|shortly after|also),? )?with\b|"
    r"\bone (?:by one|after (?:the other|another)|at a time)\b|\bin succession\b|"
    r"\b(?:bilateral|two|three|four|five|six|seven|several) (?:(?:bilateral|separate) )?meetings\b",
    ignore_case=True,
)
_ALONE: Final = compile_pattern(
    r"\bone (?:by one|after (?:the other|another)|at a time)\b|"
    r"\b(?:met|spoke) separately\b|\bseparately (?:met|spoke)\b",
    ignore_case=True,
)
_ON_ONE_LINE: Final = compile_pattern(
    r"\b(?:joint|conference|group|collective|trilateral|quadrilateral|three-way|four-way|five-way|multilateral|"
    r"video(?:conference)?|virtual|online|between|together)\b",
    ignore_case=True,
)
_TOGETHER: Final = compile_pattern(r"\b(?:delegation|group|team|mission)\b[^,;]*$", ignore_case=True)


def find_separate_events(text: str, candidate: Candidate) -> Iterator[Candidate]:
    """Yield a candidate for each event where some were met one by one, or each came alone."""
    if _met_apart(text, candidate):
        spokes = _spokes(candidate.objects)
        for spoke in dict.fromkeys(spokes):
            met = zip(candidate.objects, spokes, strict=True)
            yield replace(candidate, objects=tuple(actor for actor, own in met if own == spoke))
    elif _came_apart(text, candidate):
        yield from _by_party(candidate)
    elif _travelled_apart(text, candidate):
        for one in _by_party(candidate):
            yield from by_goal(one)
    else:
        yield from by_goal(candidate)


def _by_party(candidate: Candidate) -> Iterator[Candidate]:
    """Yield a candidate for each party of those who act."""
    for party in dict.fromkeys(actor.party for actor in candidate.subjects):
        yield replace(candidate, subjects=tuple(a for a in candidate.subjects if a.party == party))


def _met_apart(text: str, candidate: Candidate) -> bool:
    """Tell whether several were met one by one, or not on one line: `spoke by phone with A and B`."""
    kind, sentence = candidate.frame.kind, candidate.analysis.sentence
    if kind not in BETWEEN_SIDES or not candidate.subjects:
        return False
    if len(set(_spokes(candidate.objects))) < 2:
        return False
    words = text[sentence.start : sentence.end]
    if kind is CALL and not _ON_ONE_LINE.search(words):
        return True
    return _SEPARATELY.search(words) is not None


def _came_apart(text: str, candidate: Candidate) -> bool:
    """Tell whether each of several met the same one alone: `officials of A and B met X one by one`."""
    sentence = candidate.analysis.sentence
    if candidate.frame.kind not in TALKS or len(set(_spokes(candidate.objects))) != 1:
        return False
    several = len({actor.party for actor in candidate.subjects if actor.party}) > 1
    return several and _ALONE.search(text[sentence.start : sentence.end]) is not None


def _travelled_apart(text: str, candidate: Candidate) -> bool:
    """Tell whether each came alone: an envoy to be accredited, leaders of two countries to a third."""
    if candidate.frame.mode is CREDENTIALS:
        return True
    if candidate.frame.kind is not VISIT:
        return False
    named = all(actor.person and actor.person.name for actor in candidate.subjects)
    before = text[candidate.analysis.sentence.start : candidate.start]
    return bool(candidate.objects or named) and not _TOGETHER.search(before)


def _spokes(actors: Sequence[Actor]) -> list[str | None]:
    """Return for each actor who was met apart from others: a person by name, else a party.

    A party is no other than its own person: `his Peruvian and Chilean counterparts, Solis and Rojas`.
    """
    named = {
        actor.party: actor.person.name for actor in actors if actor.person is not None and actor.person.name
    }
    return [
        actor.person.name
        if actor.person is not None and actor.person.name
        else named.get(actor.party, actor.party)
        for actor in actors
    ]
