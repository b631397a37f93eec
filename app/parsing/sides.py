"""For whom an official acts where no words say it: home's officials, and those whom they meet.

A story written in one country names its own president without a country, and a caller's host is on
the other side. What is settled here rests on the words of the office alone.
"""

from collections.abc import Sequence

from app.domain.vocabulary import EventKind
from app.parsing.candidates import Candidate
from app.parsing.home import rank_countries
from app.parsing.linking import Actor, Analysis, Person
from app.parsing.spans import Span

_BETWEEN_TWO = (EventKind.MEETING, EventKind.CALL, EventKind.VISIT)


def settle_sides(analyses: Sequence[Analysis], candidates: Sequence[Candidate], home: str | None) -> None:
    """Give the people without a party the one that they must act for, if there is one."""
    likely = (*([home] if home else []), *rank_countries(analyses))
    for candidate in candidates:
        if candidate.frame.kind in _BETWEEN_TWO:
            _settle(candidate.subjects, candidate.objects, likely)
            _settle(candidate.objects, candidate.subjects, likely)
    if home is not None:
        for analysis in analyses:
            for actor in analysis.actors:
                _give(actor.person, home)


def _settle(unknown: Sequence[Actor], known: Sequence[Actor], likely: Sequence[str]) -> None:
    """Give those without a party that of the others on their side, else the likeliest of the other side."""
    own = {actor.party for actor in unknown if actor.party is not None}
    others = {actor.party for actor in known if actor.party is not None}
    party = next(iter(own)) if len(own) == 1 else None
    if party is None and others:
        party = next((one for one in likely if one not in others), None)
    if party is not None:
        for actor in unknown:
            _give(actor.person, party)


def _give(person: Person | None, party: str) -> None:
    if person is None or person.party is not None or not (person.titles or person.ranks):
        return
    _, words = (person.titles or person.ranks)[0]
    person.party, person.party_words = party, Span(words.start, words.end)
