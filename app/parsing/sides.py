"""For whom an official acts where no words say it: home's officials, and those whom they meet.

A story written in one country names its own president without a country, and a caller's host is on
the other side. What is settled here rests on the words of the office alone.
"""

from collections.abc import Sequence

from app.domain.vocabulary import EventKind
from app.parsing.candidates import Candidate
from app.parsing.home import Ranking
from app.parsing.knowledge import Label
from app.parsing.linking import Actor, Analysis, Person
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span

_OF_ORGANIZATIONS = compile_pattern(
    r"^(?:deputy |under-?)?(?:secretary[- ]general|executive secretary|high representative|"
    r"director[- ]general)$",
    ignore_case=True,
)
_INSIDE = compile_pattern(r"\b(?:in|at|here in|visiting|visited)(?: the)? $", ignore_case=True)
_BETWEEN_TWO = (EventKind.MEETING, EventKind.CALL, EventKind.VISIT)


def settle_sides(
    text: str,
    analyses: Sequence[Analysis],
    candidates: Sequence[Candidate],
    home: str | None,
    organization: str | None,
    ranking: Ranking,
) -> None:
    """Give the people without a party the one that they must act for, if there is one.

    Someone who is called on acts for the place of the call, else for the country that was visited last;
    whoever is left acts for home, else for the country that the article names most. Secretaries-general act
    for the organization that publishes the article, else for the one that it names most.
    """
    likely = (*([home] if home else []), *ranking.countries)
    visited: tuple[str, ...] = ()
    for candidate in candidates:
        if candidate.frame.kind not in _BETWEEN_TWO:
            continue
        for actor in (*candidate.subjects, *candidate.objects):
            if _is_of_organization(text, actor.person):
                _give(actor.person, organization or next(iter(ranking.organizations), None))
        hosts = (*_places(text, candidate.analysis), *visited)
        if home is not None and hosts and home not in hosts:
            _send(candidate.subjects, candidate.objects, home)
        _settle(candidate.subjects, candidate.objects, likely)
        _settle(candidate.objects, candidate.subjects, (*hosts, *likely))
        if candidate.frame.kind is EventKind.VISIT:
            visited = tuple(actor.party for actor in candidate.objects if actor.party) or visited
    for actor in (actor for analysis in analyses for actor in analysis.actors):
        if home is not None and not _is_of_organization(text, actor.person):
            _give(actor.person, home)


def _send(subjects: Sequence[Actor], objects: Sequence[Actor], home: str) -> None:
    """Let those act for home who call on somebody abroad, where both are told by their office alone."""
    if not any(actor.party for actor in (*subjects, *objects)):
        for actor in subjects:
            _give(actor.person, home)


def _places(text: str, analysis: Analysis) -> tuple[str, ...]:
    """Return the countries of the towns where a sentence is: `in Skopje he met the Prime Minister`."""
    start = analysis.sentence.start
    return tuple(
        token.parties[0]
        for token in analysis.tokens
        if token.label is Label.CITY
        and token.parties
        and _INSIDE.search(text[max(start, token.start - 20) : token.start])
    )


def _is_of_organization(text: str, person: Person | None) -> bool:
    """Tell whether someone's office is one that organizations have, and countries seldom."""
    if person is None or person.party is not None or not person.titles:
        return False
    _, title = person.titles[0]
    return _OF_ORGANIZATIONS.match(text[title.start : title.end]) is not None


def _settle(unknown: Sequence[Actor], known: Sequence[Actor], likely: Sequence[str]) -> None:
    """Give those without a party that of the others on their side, else the likeliest of the other side."""
    opposite = [actor for actor in unknown if actor.person is not None and actor.person.counterpart]
    own = {actor.party for actor in unknown if actor.party is not None and actor not in opposite}
    others = {actor.party for actor in (*known, *opposite) if actor.party is not None}
    party = next(iter(own)) if len(own) == 1 else None
    if party is None and others:
        party = next((one for one in likely if one not in others), None)
    for actor in unknown:
        _give(actor.person, party)


def _give(person: Person | None, party: str | None) -> None:
    if person is None or party is None or person.party is not None:
        return
    known_by = [words for _, words in (*person.titles, *person.ranks)] or person.names * person.counterpart
    if known_by:
        person.party, person.party_words = party, Span(known_by[0].start, known_by[0].end)
