"""Who leads a delegation, a side or a ship, wherever the article says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.parsing.linking import Actor, Analysis, Person
from app.parsing.mentions import Span
from app.parsing.patterns import compile_pattern

_GROUP = r"(?:delegations?|teams?|missions?|sides?|contingents?|ships?|frigates?|groups?|crew|party|vessel)"
_LED_BY = compile_pattern(
    rf"\b{_GROUP}\b[^.;]{{0,80}}?"
    r"\b(?:led|headed|commanded|captained|represented) by(?: the| its)?\s*$",
    ignore_case=True,
)
_LEADS = compile_pattern(
    r"^,?\s*(?:led|headed|leads|heads|is leading|was leading|represented)\b"
    rf"[^.;]{{0,60}}?\b(?:{_GROUP}|the other|one)\b",
    ignore_case=True,
)


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who leads for a party; the party is None where only the person's own can tell."""

    person: Person
    party: str | None
    words: Span


def find_leaders(text: str, analyses: Sequence[Analysis]) -> tuple[Leader, ...]:
    """Return those who lead, and note for whom where the article tells it no other way."""
    leaders = tuple(leader for analysis in analyses for leader in _in_sentence(text, analysis))
    for leader in leaders:
        if leader.person.party is None:
            leader.person.party, leader.person.party_words = leader.party, leader.words
    return leaders


def _in_sentence(text: str, analysis: Analysis) -> Iterator[Leader]:
    for index, actor in enumerate(analysis.actors):
        if actor.person is None or actor.person.name is None:
            continue
        before = text[analysis.sentence.start : actor.start]
        after = text[actor.end : min(actor.end + 120, analysis.sentence.end)]
        if _LED_BY.search(before):
            party = _nearest(analysis.actors[:index][::-1])
        elif _LEADS.match(after):
            party = _nearest(analysis.actors[index + 1 : index + 2])
        else:
            continue
        yield Leader(actor.person, actor.person.party or party, Span(actor.start, actor.end))


def _nearest(actors: Sequence[Actor]) -> str | None:
    return next((actor.party for actor in actors if actor.party and actor.person is None), None)
