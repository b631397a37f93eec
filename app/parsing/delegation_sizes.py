"""How many people a party's delegation has: `a twelve-member delegation`."""

from typing import Final

from app.parsing.candidates import Candidate
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span

_SIZES: Final = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
} | {"fifteen": 15, "twenty": 20}
_DELEGATION: Final = compile_pattern(
    rf"\b([0-9]{{1,3}}|{'|'.join(_SIZES)})[- ](?:member|person|strong)\b", ignore_case=True
)


def find_delegation_size(text: str, candidate: Candidate) -> tuple[str, int, Span] | None:
    """Return a delegation's party, how many people it has, and the words that say so."""
    sentence = candidate.analysis.sentence
    found = _DELEGATION.search(text[sentence.start : sentence.end])
    if found is None:
        return None
    party = next((actor.party for actor in candidate.subjects if actor.party), None)
    if party is None:
        return None
    word = found.group(1).lower()
    size = _SIZES.get(word) or int(word)
    return party, size, Span(sentence.start + found.start(), sentence.start + found.end())
