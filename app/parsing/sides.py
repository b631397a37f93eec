"""For whom an official acts where no words say it: home's officials, and those whom they meet.

A story written in one country names its own president without a country, and a caller's host is on
the other side. What is settled here rests on the words of the office alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.domain.vocabulary import EventKind
from app.parsing.candidates import Candidate
from app.parsing.knowledge import Label
from app.parsing.linking import Actor, Analysis, Person
from app.parsing.spans import Span

_BETWEEN_TWO = (EventKind.MEETING, EventKind.CALL, EventKind.VISIT)


def settle_sides(analyses: Sequence[Analysis], candidates: Sequence[Candidate], home: str | None) -> None:
    """Give the people without a party the one that they must act for, if there is one."""
    foreign = _most_named(analyses, home)
    for candidate in candidates:
        if candidate.frame.kind in _BETWEEN_TWO:
            _settle(candidate.subjects, candidate.objects, home, foreign)
            _settle(candidate.objects, candidate.subjects, home, foreign)
    if home is not None:
        for analysis in analyses:
            for actor in analysis.actors:
                _give(actor.person, home)


def _most_named(analyses: Iterable[Analysis], home: str | None) -> str | None:
    """Return the country that the article names most, home apart."""
    named = Counter(
        token.parties[0]
        for analysis in analyses
        for token in analysis.tokens
        if token.label in (Label.PARTY, Label.DEMONYM, Label.CITY) and len(token.parties) == 1
    )
    return next((party for party, _ in named.most_common() if party != home), None)


def _settle(unknown: Sequence[Actor], known: Sequence[Actor], home: str | None, foreign: str | None) -> None:
    own = {actor.party for actor in unknown if actor.party is not None}
    parties = {actor.party for actor in known if actor.party is not None}
    if len(own) == 1:
        for actor in unknown:
            _give(actor.person, *own)
    if not parties:
        return
    party = foreign if home in parties else home
    for actor in unknown:
        if party is not None and party not in parties:
            _give(actor.person, party)


def _give(person: Person | None, party: str) -> None:
    if person is None or person.party is not None or not (person.titles or person.ranks):
        return
    _, words = (person.titles or person.ranks)[0]
    person.party, person.party_words = party, Span(words.start, words.end)
