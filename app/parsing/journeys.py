"""Where a journey led and whose guests the travellers were, out of its own words or the article's."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.parsing.candidates import Candidate
from app.parsing.kinds import MEETING, OCCURRED, VISIT
from app.parsing.knowledge import SEATS, Label, find_country_of, organization_ids
from app.parsing.linking import Actor
from app.parsing.patterns import compile_pattern
from app.parsing.places import Place, is_of_body
from app.parsing.setting import Setting
from app.parsing.spans import Span
from app.parsing.status import find_status

_THIS_COUNTRY: Final = compile_pattern(
    r"\b(?:to|in|of) (?:the|this) (?:[\w\-]+ ){0,3}?"
    r"(?:country|[Kk]ingdom|[Ss]ultanate|[Ee]mirate|island)\b"
)
_MET_HERE: Final = compile_pattern(r"\b(?:met|meets|received|receives|talks|meeting)\b[^.;]{0,120} here\b")
"""Then `the country` is the one of the dateline, and not one of those the article is about."""
_A_VISIT: Final = compile_pattern(r"\b(?:visit|visiting|trip|tour|journey|port call)\b", ignore_case=True)
_ABROAD: Final = compile_pattern(
    r"\b(?:Asian?|Africa|African|European?|Middle East(?:ern)?|Americas?|American?|Latin|Gulf|Pacific|Baltic|"
    r"Balkans?|foreign|overseas|abroad|regional|world|global|return|hunting|fishing|shopping|family|holiday|(?:\w+-)(?:nation|country|state|leg|stop|city))\b"
)
"""A journey of which the words say no more than that it led abroad, or one for the traveller's own ends."""
_OTHER_ACTS: Final = compile_pattern(r", [A-ZÀ-Þ]")
_LATER: Final = compile_pattern(r"[.!?] |\b(?:said|says|told)\b")
_TO_NAME: Final = compile_pattern(r" (?:to|of|in) (?:the )?([A-ZÀ-Þ])[^ ]*$")
_ARTICLE: Final = 6
"""Characters of `the` and a letter, with the blanks around them."""
_DIRECTLY: Final = compile_pattern(
    r"^,?(?: who)?"
    r"(?: (?:had|has|have|was|were|is|are|will|also|then|later|just|expected|due|set|to|\w+ly))* $"
)
"""What stands between the one who came and the verb: `Minister X, who had just arrived`."""
_SHORTLY_BEFORE: Final = 600
_NEAR_GOAL: Final = 60
"""Most characters between the country that was visited and its town: `arrived in Peru's capital, Lima`."""
_OF_ANOTHER: Final = compile_pattern(
    r"\b(?:follow(?:ed|s|ing)|after|before|ahead of)\b.* "
    r"(?:meeting|talks|summit|conference|session|ceremony|visit|trip)\b"
)
"""`the trip followed a meeting in Peru`: it led elsewhere."""
_GOES_ON_TO: Final = compile_pattern(
    r"\b(?:and|will|would|then|later|before|to|is|are) (?:\w+ly |then |later |also )?"
    r"(?:leav(?:e|es|ing)|left|depart|fl(?:y|ies|ew)|travel|head|go|went|continue|proceed|move|sail)\w* "
    r"(?:on )?(?:for|to)\b"
)
"""`X, who arrived here on Monday, will leave for Peru`: that comes next."""
_TOURED: Final = compile_pattern(r"\b(?:visit|tour|trip)", ignore_case=True)
_RESIDENT: Final = compile_pattern(
    r"\b(?:ambassador|high commissioner|charg[ée]|consul|(?:resident|country) "
    r"(?:representative|coordinator|director))\b",
    ignore_case=True,
)
_NOT_RESIDENT: Final = compile_pattern(
    r"\b(?:non-resident|nonresident|special|designate|roving|former|at large)\b", ignore_case=True
)
_POSTED_IN: Final = compile_pattern(
    r"(?i:\b(?:representative|coordinator|director)) (?:in|for|to) (?:the )?([^,;.()]+)"
)

_Goals = dict[str, list[tuple[int, Actor]]]
"""For each party, where its people's journeys led, with the place of the words in the text."""


class Journeys:
    """Where the journeys that an article tells of led, and who received those who made them."""

    def __init__(self, text: str, candidates: Sequence[Candidate], setting: Setting) -> None:
        meetings = [one for one in candidates if one.frame.kind is MEETING]
        self._text, self._setting = text, setting
        self._met = {actor.party for one in meetings for actor in (*one.subjects, *one.objects)}
        self._goals = _find_goals(text, candidates)

    def with_host(self, candidate: Candidate, place: Place) -> Candidate:
        """Give a visit whose goal its sentence does not name the host that the article gives it."""
        if candidate.objects or not candidate.frame.place_of_article:
            return candidate
        candidate = self._of_guest(candidate)
        visitors = {actor.party for actor in candidate.subjects} - {None}
        if not visitors:
            return candidate
        host, words = place.country, place.country_words
        if host and words and host not in visitors and not _is_of_another(self._text, candidate, words):
            return replace(candidate, objects=(Actor(words.start, words.end, host, None, words),))
        hosts = self._goals_told(candidate, visitors) or self._likely_hosts(candidate)
        likeliest = next((actor for actor in hosts if actor.party not in visitors), None)
        return replace(candidate, objects=(likeliest,)) if likeliest else candidate

    def _of_guest(self, candidate: Candidate) -> Candidate:
        """Let the guest have come, not who is at home: `X met Minister Y on his visit to the country`."""
        here = _host_where_written(self._text, candidate, self._setting)
        if here is None or any(one.party != here.party for one in candidate.subjects):
            return candidate
        guests = tuple(
            one
            for one in candidate.analysis.people
            if one.end <= candidate.start and one.party not in (None, here.party)
        )
        return replace(candidate, subjects=guests[-1:]) if guests else candidate

    def _goals_told(self, candidate: Candidate, visitors: set[str | None]) -> tuple[Actor, ...]:
        """Return the goal of the same people's journey that was told last: `The visit …`."""
        told = [goal for party in visitors if party for goal in self._goals.get(party, ())]
        before = [(start, actor) for start, actor in told if start < candidate.start]
        return (max(before, key=lambda goal: goal[0])[1],) if before else ()

    def _likely_hosts(self, candidate: Candidate) -> tuple[Actor, ...]:
        """Return the pair of the article and the country that it is written in, the likelier first."""
        text, pair = self._text, self._setting.pair
        written = _host_where_written(text, candidate, self._setting)
        if written is None:
            return () if _leads_nowhere(text, candidate) else pair
        before = text[max(0, candidate.start - _SHORTLY_BEFORE) : candidate.start]
        here = written.party in self._met or _MET_HERE.search(before) is not None
        return (written, *pair) if here else (*pair, written)

    def is_to_seat(self, candidate: Candidate) -> bool:
        """Tell whether somebody only came to where the world meets: `arrived in Geneva for the talks`."""
        countries = self._setting.countries
        if candidate.frame.kind is not VISIT or countries is None or not candidate.objects:
            return False
        return all(
            one.party not in countries and self._text[one.start : one.end].lower() in SEATS
            for one in candidate.objects
        )


def find_goal(text: str, candidate: Candidate, place: Place) -> Place:
    """Return the town that a journey went to, else the place of its sentence if it may be the goal."""
    return _town_of_goal(text, candidate) or _near(candidate, place)


def by_goal(candidate: Candidate) -> Iterator[Candidate]:
    """Yield a visit for each country that a journey led to: `will visit Peru and Chile`."""
    candidate = _without_seat(candidate)
    goals = dict.fromkeys([actor.party for actor in candidate.objects])
    if candidate.frame.kind is not VISIT or len(goals) != 2:
        yield candidate
        return
    for goal in goals:
        yield replace(candidate, objects=tuple(a for a in candidate.objects if a.party == goal))


def is_tour_at_post(text: str, candidate: Candidate) -> bool:
    """Tell whether envoys only go about where they live: `the ambassador to Peru toured Cusco`."""
    if candidate.frame.kind is not VISIT or not _TOURED.search(text[candidate.start : candidate.end]):
        return False
    hosts = {one.party for one in candidate.objects}
    return bool(candidate.subjects) and all(_lives_in(text, one, hosts) for one in candidate.subjects)


def _find_goals(text: str, candidates: Sequence[Candidate]) -> _Goals:
    """Return where the journeys of each party led that were made and whose words name the goal."""
    goals: _Goals = defaultdict(list)
    for one in candidates:
        if one.frame.kind is VISIT and one.objects and find_status(text, one)[0] is OCCURRED:
            for party in {actor.party for actor in one.subjects if actor.party}:
                goals[party].append((one.start, one.objects[0]))
    return goals


def _host_where_written(text: str, candidate: Candidate, setting: Setting) -> Actor | None:
    """Return the country that a report is written in, where words lead to `the country`."""
    dateline = setting.dateline
    here = _THIS_COUNTRY.search(text[candidate.start : candidate.end + _NEAR_GOAL])
    if here is None:
        return None
    if dateline is None:
        words = Span(candidate.start + here.start(), candidate.start + here.end())
        own = setting.home in {one.party for one in candidate.subjects}  # "returned to the country"
        return Actor(words.start, words.end, setting.home, None, words) if setting.home and not own else None
    where = find_country_of(dateline.city)
    city = Span(dateline.start, dateline.start + len(dateline.city))
    return Actor(city.start, city.end, where, None, city) if where is not None else None


def _leads_nowhere(text: str, candidate: Candidate) -> bool:
    """Tell whether words leave open where somebody went: `once they arrived`, `her first Asian tour`."""
    words = text[candidate.start : candidate.end]
    if _ABROAD.search(words) or _is_to_elsewhere(text, candidate):
        return True
    came = not (_A_VISIT.search(words) or _THIS_COUNTRY.search(words))
    return came and not _DIRECTLY.match(text[candidate.subjects[-1].end : candidate.start])


def _is_to_elsewhere(text: str, candidate: Candidate) -> bool:
    """Tell whether words name a goal that is no country or town that is known: `her trip to Ruritania`."""
    to = _TO_NAME.search(text[candidate.start : candidate.end + _ARTICLE])
    if to is None:
        return False
    first = candidate.start + to.start(1)
    known = (Label.PARTY, Label.CITY, Label.BODY)
    return not any(one.start == first and one.label in known for one in candidate.analysis.named)


def _is_of_another(text: str, candidate: Candidate, place: Span) -> bool:
    """Tell whether a place belongs to other words: `on her first overseas trip, he lashed out at Peru`."""
    gap = text[candidate.end : place.start]
    abroad = _OTHER_ACTS.search(gap) and _ABROAD.search(text[candidate.start : candidate.end])
    elsewhere = _is_to_elsewhere(text, candidate) and _LATER.search(gap)
    next_one = _GOES_ON_TO.search(gap) is not None
    return bool(abroad or elsewhere or next_one) or _OF_ANOTHER.search(gap) is not None


def _without_seat(candidate: Candidate) -> Candidate:
    """Leave out the town where an organization sits: `left for Brussels and the summit of the union`."""
    bodies = tuple(one for one in candidate.objects if one.party in organization_ids())
    if candidate.frame.kind is not VISIT or len(bodies) != 1 or len(candidate.objects) != 2:
        return candidate
    towns = {token.start for token in candidate.analysis.named if token.label is Label.CITY}
    in_town = any(one.start in towns for one in candidate.objects)
    return replace(candidate, objects=bodies) if in_town else candidate


def _town_of_goal(text: str, candidate: Candidate) -> Place | None:
    """Return the town that a journey went to, where its words name one."""
    cities = {token.start: token for token in candidate.analysis.named if token.label is Label.CITY}
    goal = next((cities[one.start] for one in candidate.objects if one.start in cities), None)
    if goal is None or is_of_body(text, goal):
        return None
    words = Span(goal.start, goal.end)
    return Place(None, words, goal.parties[0] if len(goal.parties) == 1 else None, words)


def _near(candidate: Candidate, place: Place) -> Place:
    """Leave out a town that is told with what the visitor did there: `visited Peru and met X in Cusco`."""
    hosts = {one.party for one in candidate.objects}
    if place.country and hosts and place.country not in hosts and hosts.isdisjoint(organization_ids()):
        return Place()  # "met X in Lima and will travel to Chile"
    last = max((candidate.end, *(one.end for one in candidate.objects)))
    if place.city is None or place.city.start <= last + _NEAR_GOAL:
        return place
    return replace(place, city=None)


def _lives_in(text: str, actor: Actor, hosts: set[str | None]) -> bool:
    """Tell whether somebody is an envoy residing in one of some states, as those sent for a task do not."""
    words = text[actor.start : actor.end]
    if actor.person is None or not _RESIDENT.search(words) or _NOT_RESIDENT.search(words):
        return False
    sent_to = actor.person.sent_to[0] if actor.person.sent_to else None
    posted = _POSTED_IN.search(words)
    return sent_to in hosts or (posted is not None and find_country_of(posted[1]) in hosts)
