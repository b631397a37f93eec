"""Who is who over a century and a half: sightings of names, by party and time, become people with offices.

A name in full stands for one person unless decades lie between. A surname alone stands for the one person of
that party who bears it and held the same office within a few years; where none or several do, it stays as it
is printed. Nobody is taken for somebody of another party.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from rapidfuzz import fuzz

from app.datasets.shapes import Office, Person
from app.datasets.us_state_historian.americans import American, read_americans
from app.datasets.us_state_historian.names import editors_names, name_words

_SAME_NAME = 88
"""Least similarity (0 to 100) at which two full names are spellings of one."""
_SAME_SURNAME = 85
_FATHERS_NAME = re.compile(r"\b[Bb](?:i|e)n\b|\b[Ii]bn\b")
_CAREER = timedelta(days=20 * 365)
_ALIKE_APART = timedelta(days=12 * 365)
_SURNAME_REACH = timedelta(days=6 * 365)
_MISPRINT_REACH = timedelta(days=2 * 365)
_TERM = timedelta(days=8 * 365)
_AS_SEEN = "history.state.gov: first and last day seen in office"
_DAYS_IN_OFFICE = "history.state.gov: days in office"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name with an office, as a row gives it for some days."""

    party: str
    name: str
    title: str | None
    first: date
    last: date


@dataclass(slots=True)
class _Cluster:
    """The sightings of one person."""

    party: str
    sightings: list[Sighting] = field(default_factory=list)
    american: American | None = None

    def gap(self, one: Sighting, title: str | None = None) -> timedelta:
        """Return how long before or after the others somebody was seen, in one office if it is given."""
        seen = [s for s in self.sightings if title is None or s.title == title]
        apart = (max(one.first - s.last, s.first - one.last, timedelta(0)) for s in seen)
        return min(apart, default=timedelta.max)

    def names(self) -> set[tuple[str, ...]]:
        """Return the words of every name."""
        return {name_words(s.name) for s in self.sightings}


def resolve_people(sightings: Iterable[Sighting]) -> tuple[tuple[Person, ...], dict[Sighting, int]]:
    """Return the people, and the number of the one whom each sighting is of."""
    by_party: dict[str, list[Sighting]] = defaultdict(list)
    for one in sorted(set(sightings), key=lambda s: (s.first, s.last, s.name, s.title or "")):
        by_party[one.party].append(one)
    clusters = [cluster for party in sorted(by_party) for cluster in _cluster(by_party[party])]
    numbers = {one: number for number, cluster in enumerate(clusters) for one in cluster.sightings}
    holders = _holders(clusters)
    return tuple(_person(cluster, holders) for cluster in clusters), numbers


def _cluster(sightings: Sequence[Sighting]) -> list[_Cluster]:
    clusters = _americans() if sightings[0].party == "USA" else []
    full = [one for one in sightings if len(name_words(one.name)) > 1]
    for one in full:
        fitting = [c for c in clusters if _is_same_name(c, one)]
        _join(clusters, min(fitting, key=lambda c: c.gap(one), default=None), one)
    for one in sightings:
        if len(name_words(one.name)) == 1:
            _join(clusters, _find_bearer(clusters, one), one)
    return [cluster for cluster in clusters if cluster.sightings]


def _join(clusters: list[_Cluster], cluster: _Cluster | None, one: Sighting) -> None:
    if cluster is None:
        cluster = _Cluster(one.party)
        clusters.append(cluster)
    cluster.sightings.append(one)


def _americans() -> list[_Cluster]:
    by_name: dict[str, American] = {}
    for one in read_americans():
        by_name.setdefault(one.name, one)
    return [
        _Cluster("USA", [Sighting("USA", one.name, one.title, one.first, one.last or one.first)], one)
        for one in by_name.values()
    ]


def _is_same_name(cluster: _Cluster, one: Sighting) -> bool:
    words = name_words(one.name)
    if any(words == known for known in cluster.names()):
        return cluster.gap(one) <= _CAREER
    near = cluster.gap(one) <= _ALIKE_APART
    sons = _FATHERS_NAME.search(" ".join([one.name, *(s.name for s in cluster.sightings)]))
    return near and any(
        len(known) > 1 and _alike(words, known) and (not sons or _same_first(words, known))
        for known in cluster.names()
    )


def _same_first(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether the own names are one, where the others are those of fathers."""
    return fuzz.ratio(one[0], other[0]) >= _SAME_SURNAME


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names are one: a shorter form of it, its words turned round, or a spelling."""
    short, long = sorted((one, other), key=len)
    if set(short) <= set(long):
        return short[-1] == long[-1] or short[0] == long[0] or len(short) == len(long)
    first, last = fuzz.ratio(one[0], other[0]), fuzz.ratio(one[-1], other[-1])
    return min(first, last) >= _SAME_NAME - 20 and fuzz.ratio(" ".join(one), " ".join(other)) >= _SAME_NAME


def _find_bearer(clusters: Sequence[_Cluster], one: Sighting) -> _Cluster | None:
    """Return whom a surname, or a ruler's name, stands for."""
    word = name_words(one.name)[0]
    bearers = [c for c in clusters if any(word in (words[0], words[-1]) for words in c.names())]
    in_office = [c for c in bearers if c.gap(one, one.title) <= _reach(c, one)]
    if in_office:
        nearest = sorted(in_office, key=lambda c: c.gap(one, one.title))
        apart = len(nearest) == 1 or nearest[0].gap(one, one.title) < nearest[1].gap(one, one.title)
        return nearest[0] if apart else None
    near = [c for c in bearers if c.gap(one) <= _SURNAME_REACH]
    if len(bearers) == len(near) == 1:
        return near[0]
    misprinted = [
        c
        for c in clusters
        if c.gap(one, one.title) <= _MISPRINT_REACH
        and any(fuzz.ratio(word, words[-1]) >= _SAME_SURNAME for words in c.names())
    ]
    return misprinted[0] if not bearers and len(misprinted) == 1 else None


def _reach(cluster: _Cluster, one: Sighting) -> timedelta:
    """Return how far apart in time a name is still theirs; who has only one name is known by it."""
    return _CAREER if cluster.names() == {name_words(one.name)} else _SURNAME_REACH


def _holders(clusters: Sequence[_Cluster]) -> dict[tuple[str, str], list[tuple[date, date, int]]]:
    """Return who was seen in each office, in the order of time."""
    holders: dict[tuple[str, str], list[tuple[date, date, int]]] = defaultdict(list)
    for cluster in clusters:
        for one in cluster.sightings:
            if one.title:
                holders[one.party, one.title].append((one.first, one.last, id(cluster)))
    return {office: sorted(seen) for office, seen in holders.items()}


def _person(cluster: _Cluster, holders: dict[tuple[str, str], list[tuple[date, date, int]]]) -> Person:
    offices = [
        Office(cluster.party, title, first, last, _AS_SEEN)
        for title in sorted({one.title for one in cluster.sightings if one.title})
        for first, last in _terms(holders[cluster.party, title], id(cluster))
    ]
    if cluster.american:
        own = [one for one in read_americans() if one.name == cluster.american.name]
        exact = [Office("USA", one.title, one.first, one.last, _DAYS_IN_OFFICE) for one in own]
        others = [office for office in offices if office.title not in {one.title for one in own}]
        spellings = tuple(dict.fromkeys(alias for one in own for alias in one.aliases))
        return Person(own[0].name, "USA", spellings, (*exact, *others))
    names = Counter(one.name for one in cluster.sightings)
    given = editors_names()
    name = max(names, key=lambda n: (n in given, min(len(name_words(n)), 3), names[n], len(n), n))
    aliases = sorted(other for other in names if other != name and len(name_words(other)) > 1)
    return Person(name, cluster.party, tuple(aliases), tuple(offices))


def _terms(seen: Sequence[tuple[date, date, int]], who: int) -> list[tuple[date, date]]:
    """Return the stretches in which nobody else was seen in an office: it was held at least so long."""
    terms: list[tuple[date, date]] = []
    unbroken = False
    for first, last, holder in seen:
        if holder != who:
            unbroken = False
        elif unbroken and first - terms[-1][1] <= _TERM:
            terms[-1] = (terms[-1][0], max(last, terms[-1][1]))
        else:
            terms.append((first, last))
            unbroken = True
    return terms
