"""A candidate read whole: who took part for whom in which role, where, when, and whether it happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.vocabulary import DatePrecision, EventKind, EventStatus, Mode, PartyRole
from app.parsing.candidates import Candidate
from app.parsing.clauses import Clauses
from app.parsing.dates import EventDates
from app.parsing.delegation_sizes import find_delegation_size
from app.parsing.journeys import Journeys, find_goal, is_tour_at_post
from app.parsing.kinds import DELEGATION, PERSONS, TALKS, VISIT, VISITOR
from app.parsing.knowledge import organization_ids
from app.parsing.linking import Person
from app.parsing.long_ago import is_long_ago, is_long_past
from app.parsing.own_dates import OwnDates, without_others
from app.parsing.own_places import OwnPlaces
from app.parsing.participants import (
    find_heads,
    find_lesser,
    find_offices,
    find_people,
    find_roles,
    is_of_private_people,
    names_both,
    was_by_the_two,
)
from app.parsing.patterns import compile_pattern
from app.parsing.places import EventPlaces, Place
from app.parsing.separate_events import find_separate_events
from app.parsing.setting import Setting
from app.parsing.spans import Anchor, DateMention, Section, Span
from app.parsing.status import find_status, is_again
from app.parsing.things import find_thing

_ANEW: Final = compile_pattern(
    r"\b(?:also|later|separately|then|subsequently|afterwards|earlier)(?: (?:in the|(?:on )?the same|that) "
    r"day)? (?:be(?:en|ing)? |have |has |(?:held|had) (?:an? )?(?:\w+ )?)?$"
)
_LONGEST_ANEW: Final = 50
_OPENS_ANEW: Final = compile_pattern(
    r"^(?:Later|Earlier|Afterwards|Separately|Subsequently|Thereafter|Meanwhile|As part of|"
    r"Within the framework|Prior to|Following|After|Before|Then|In a separate|On the same day|"
    r"The same day)\b[^,;]{0,50},"
)
"""What opens the sentence of a further call: `As part of the visit, he was received by X`."""
_ON_THE_SAME_DAY: Final = compile_pattern(
    r"^(?:(?:On |Also (?:on )?)?(?:[Tt]he|[Tt]hat) (?:same|very) (?:day|evening|afternoon)|In addition|"
    r"(?:Also )?(?:[Ee]arlier|[Ll]ater)(?: in the (?:day|evening|afternoon)| (?:on|that) \w+(?: \w+)?)?|"
    r"Separately|Meanwhile|Also (?:on )?\w+day|(?:Prior to|Before|After) (?:that|this)|Afterwards)\b"
)
"""What opens the sentence of one more meeting: `On the same day, he was received by the Head of State.`"""
_VISIT_MODE: Final = compile_pattern(
    r"\b(?:(official|state|working|private)(?: [\w\-]+){0,2}? (?:visit|trip|tour)|(port call))\b",
    ignore_case=True,
)

_AGREED_TO: Final = compile_pattern(r"^(?: [\w\-]+){0,3} (?:to|that) ")
_PAIR: Final = 2


@dataclass(unsafe_hash=True)
class Sighting:
    """One place in the article that tells of an event."""

    kind: EventKind
    mode: Mode | None
    status: EventStatus
    sure: bool
    strong: bool
    told_as_talks: bool
    by_the_two: bool
    """Whether it goes on about two who were told before: `The two presidents discussed …`."""
    again: bool
    long_ago: bool
    anew: bool
    """Whether words tell it beside what was told: `She also called on X.`"""
    section: Section
    order: int
    candidate: Candidate
    roles: dict[str, PartyRole]
    people: tuple[Person, ...]
    offices: frozenset[tuple[str, str]]
    """Parties with the heads of the offices that nobody named holds: `the President`."""
    heads: tuple[Person, ...]
    """Those of them who head a state or a government, told of by that office alone."""
    lesser: tuple[Person, ...]
    """Those of them named who hold an office below that."""
    words: dict[str, Span]
    place: Place
    dates: tuple[DateMention, ...]
    delegation: tuple[str, int, Span] | None = None
    thing: Span | None = None


def find_sightings(
    text: str, candidates: Sequence[Candidate], days: EventDates, places: EventPlaces, setting: Setting
) -> Iterator[Sighting]:
    """Read each candidate; between fewer than two parties only a summit is an event."""
    clauses = Clauses(text, candidates)
    own_places = OwnPlaces(text, clauses, places, setting.dateline)
    own_dates = OwnDates(text, clauses, days)
    journeys = Journeys(text, candidates, setting)
    separate = (one for candidate in candidates for one in find_separate_events(text, candidate))
    for order, candidate in enumerate(separate):
        place, dates = own_places.find(candidate), own_dates.find(candidate)
        place, dates = _beside_words(candidate, candidates, place, dates)
        candidate = journeys.with_host(candidate, place)
        if candidate.frame.kind is VISIT:
            place = find_goal(text, candidate, place)
        sighting = _read(text, candidate, place, dates, order, days.anchor)
        if (
            sighting is not None
            and (len(sighting.roles) > 1 or candidate.frame.gathers)  # an organization's own summit
            and not _are_all_guests(sighting)
            and not is_tour_at_post(text, candidate)
            and not journeys.is_to_seat(candidate)
            and not is_of_private_people(text, candidate)
        ):
            yield sighting


def _is_of_one(candidate: Candidate) -> bool:
    """Tell whether it is a summit of which words only say what its organization did there."""
    return candidate.frame.gathers and len(candidate.subjects) == 1


def _beside_words(
    candidate: Candidate, candidates: Sequence[Candidate], place: Place, dates: tuple[DateMention, ...]
) -> tuple[Place, tuple[DateMention, ...]]:
    """Leave out the day and the town of others: `what one group said at its summit and another in Lima`."""
    if not _is_of_one(candidate):
        return place, dates
    sentence = candidate.analysis.sentence
    behind = [one.start for one in candidates if candidate.start < one.start < sentence.end]
    first, last = candidate.start, min(behind, default=sentence.end)
    if place.city is not None and not first <= place.city.start < last:
        place = replace(place, city=None, country=None, country_words=None)
    return place, tuple(one for one in dates if first <= one.start < last)


def _read(
    text: str,
    candidate: Candidate,
    place: Place,
    dates: tuple[DateMention, ...],
    order: int,
    anchor: Anchor | None,
) -> Sighting | None:
    frame = candidate.frame
    thing, thing_mode = find_thing(text, candidate)
    roles = find_roles(candidate)
    if _is_none(candidate, roles, thing_mode):
        return None
    status, sure = find_status(text, candidate)
    by_the_two = not frame.strong and was_by_the_two(text, candidate)
    long_ago = is_long_past(dates, anchor) or _is_of_one(candidate)
    place, dates = _without_topics(text, candidate, place, dates, by_the_two=by_the_two)
    delegation = find_delegation_size(text, candidate)
    people = tuple(find_people(text, candidate))
    actors = (*candidate.subjects, *candidate.objects)
    return Sighting(
        kind=frame.kind,
        mode=_mode(text, candidate, thing_mode, is_delegation=delegation is not None),
        status=status,
        sure=sure,
        strong=frame.strong or by_the_two or _names_more(text, candidate),
        told_as_talks=not frame.strong,
        by_the_two=by_the_two,
        again=is_again(text[candidate.start : candidate.end], sure),
        long_ago=long_ago or is_long_ago(text, candidate, dates),
        anew=_is_anew(text, candidate),
        section=candidate.analysis.sentence.section,
        order=order,
        candidate=candidate,
        roles=roles,
        people=people,
        offices=find_offices(text, people),
        heads=tuple(find_heads(text, people)),
        lesser=tuple(find_lesser(text, people)),
        words={actor.party: actor.words for actor in reversed(actors) if actor.party},
        place=place,
        dates=without_others(text, candidate, dates, status, anchor),
        delegation=delegation,
        thing=thing,
    )


def _is_none(candidate: Candidate, roles: Mapping[str, PartyRole], thing_mode: Mode | None) -> bool:
    """Tell whether nothing was signed or given, or those who seemed to be many act for two."""
    frame = candidate.frame
    if frame.takes_thing and thing_mode is None and frame.mode is not PERSONS:
        return True
    return len(roles) < frame.least_parties > _PAIR and organization_ids().isdisjoint(roles)


def _without_topics(
    text: str, candidate: Candidate, place: Place, dates: tuple[DateMention, ...], *, by_the_two: bool
) -> tuple[Place, tuple[DateMention, ...]]:
    """Leave out towns and days of what was only talked about."""
    if by_the_two:  # "discussed elections in December"
        dates = tuple(one for one in dates if one.date.precision is DatePrecision.DAY)
    if candidate.frame.strong or place.city is None:
        return place, dates
    # "They agreed to hold the next meeting in Lima"
    agreed = _AGREED_TO.match(text[candidate.end : place.city.start]) is not None
    return Place() if agreed else place, dates


def _mode(text: str, candidate: Candidate, thing_mode: Mode | None, *, is_delegation: bool) -> Mode | None:
    if candidate.frame.kind is VISIT:
        return _visit_mode(text, candidate) or (DELEGATION if is_delegation else None)
    return thing_mode or candidate.frame.mode


def _names_more(text: str, candidate: Candidate) -> bool:
    """Tell whether words of talks name who met, and so tell of a meeting by themselves."""
    return names_both(text, candidate) or _is_with_one_more(text, candidate)


def _is_anew(text: str, candidate: Candidate) -> bool:
    """Tell whether words tell of talks beside those that were told: `She also called on X.`"""
    if not candidate.frame.strong or candidate.frame.kind not in TALKS:
        return False
    if _is_also(text, candidate):
        return True
    sentence = candidate.analysis.sentence
    before = text[sentence.start : candidate.start]
    if candidate.frame.needs_person and _OPENS_ANEW.match(before):
        return True
    here = any(
        actor.person is not None and sentence.start <= actor.start < sentence.end
        for actor in (*candidate.subjects, *candidate.objects)
    )
    return here and _ON_THE_SAME_DAY.match(before) is not None


def _is_with_one_more(text: str, candidate: Candidate) -> bool:
    """Tell whether one told of before talked to one more person: `He also exchanged views with X.`"""
    if not candidate.frame.object_with or candidate.frame.kind not in TALKS or not candidate.subjects:
        return False
    met = [one for one in candidate.objects if one.person is not None and one.person.name]
    return bool(met) and met[0].start > candidate.end and _is_also(text, candidate)


def _is_also(text: str, candidate: Candidate) -> bool:
    """Tell whether the words before a candidate say that it comes beside others: `later`, `also`."""
    first = max(candidate.analysis.sentence.start, candidate.start - _LONGEST_ANEW)
    return _ANEW.search(text[first : candidate.start]) is not None


def _visit_mode(text: str, candidate: Candidate) -> Mode | None:
    """Return what kind of visit the words of a sentence call it."""
    sentence = candidate.analysis.sentence
    found = _VISIT_MODE.search(text[sentence.start : sentence.end])
    return Mode((found.group(1) or found.group(2)).lower().replace(" ", "_")) if found else None


def _are_all_guests(sighting: Sighting) -> bool:
    """Tell whether whoever received them is not known: `Army chief receives Peruvian and Chilean peers`."""
    return set(sighting.roles.values()) == {VISITOR}
