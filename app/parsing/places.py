"""Where a sentence says that something happened: venue, city, country."""

from dataclasses import dataclass
from typing import Any

from app.parsing.knowledge import Label, find_country_of, is_town
from app.parsing.linking import Analysis
from app.parsing.patterns import compile_pattern
from app.parsing.sentences import Dateline
from app.parsing.spans import Span
from app.parsing.tokens import Token

_VENUE = compile_pattern(
    r"\b(?:at|in|inside) (?:the |his |her |its |their )?"
    r"([A-ZÀ-Þ][\w’'.\-]*"
    r"(?: (?:of|and|for|the|de|al)(?: the)?(?: [A-ZÀ-Þ][\w’'.\-]*)+| [A-ZÀ-Þ][\w’'.\-]*)*)"
)
_VENUE_WORD = compile_pattern(
    r"\b(?:Headquarters|HQ|GHQ|Palace|House|Ministry|Embassy|Office|Base|Airport|University|Academy|College|Hall|Hotel"
    r"|Centre|Center|Secretariat|Building|Institute|Parliament|Chancellery|Residence|Diwan|Complex|Castle|Villa|Fort"
    r"|Trees|Bhavan|Bhaban|Bhawan|Lodge|Guest ?[Hh]ouse|Pavilion|Mansion|Palais|Palazzo"
    r"|Barracks|Port|Dockyard|Shipyard|Club|Kremlin|Pentagon|Mission|Court|Tower|Museum|Stadium|Camp)\b"
)
_TOWN = (
    r"(?:(?:central|downtown|nearby|(?:north|south|east|west)\w*) )*"
    r"(?:[\pL’' ]{0,40}?(?:city|capital|town|port|resort|province|region)(?: city)?(?: of)?,?\s+)?"
)
_IN = compile_pattern(
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|(?:planned|scheduled|set|due|slated) for)\s+(?:the\s+)?{_TOWN}$"
)
_TOWARD = compile_pattern(
    rf"\b(?:[Ii]n|[Aa]t|of|near|to|into|for|reached|visit|visits|visited|visiting)\s+(?:the\s+)?{_TOWN}$"
)
_TOWARD_COUNTRY = compile_pattern(
    r"\b(?:[Ii]n|[Aa]t|near|to|into|for|reached|visited|visiting)\s+(?:the\s+)?$"
)
_AWAY = compile_pattern(r"\b(?:return(?:ed|s|ing)?|back|due to leave)\b[^,;.]{0,20}$")
LIVES_IN = compile_pattern(
    r"\b(?:resid(?:es?|ent|ing)|liv(?:es?|ing)|based|born|educated|stationed|accredited)(?: here)? "
    r"(?:in|at) (?:the )?$"
)
"""Where somebody lives is not where others are met: `X, who resides in Lima, called on Y`."""
_TOWN_OF = compile_pattern(r"\b(?:city|capital|town|port|village|resort) (?:city )?of\s+$")
_SAID = compile_pattern(r"^ (?:said|says|told|announced|confirmed|reported)\b")
_WHERE = compile_pattern(r"^,? where\b")
_HERE = compile_pattern(r"\bhere(?:[^ ]|$| [^s]| s[^a])")
_LEFT_HERE = compile_pattern(r"\b(?:left|leaves|leaving|departed|departs) here\b")
_AIRPORT = compile_pattern(r"\bAirport$")
_OF_OCCASION = compile_pattern(
    r"\b(?:(?:sidelines|margins|fringes) of|[Dd]uring|[Aa]t|attend(?:ed|ing|s)?) "
    r"(?:the|his|her|their|this year[’']s) (?:[\w\-]+ )?$|\b(?:hold|holds|held|resume|open|begin) $"
)
_OCCASION = compile_pattern(
    r"^ (?:[\w\-]+ ){0,2}?(?:[Ss]ummit|[Cc]onference|talks|meetings?|[Ff]orum|visit|trip|stay)\b"
)
"""`on the sidelines of the Lima summit`"""
_HOSTS = compile_pattern(
    r"^(?: on \w+day| \w+day)?(?: will| is to| was to| is set to| is due to)? (?:host|hosts|hosted|hosting)\b"
)
_GOING = compile_pattern(
    rf"\b(?:fl(?:y|ies|ew|ying|own)|travel\w+|went|go|goes|came|return\w*|head\w*|left|leaves|depart\w*|visits?|visited)"
    rf"(?: \w+day| on \w+day)? (?:into|to|for)\s+(?:the\s+)?{_TOWN}$"
)
_TO_MEET = compile_pattern(
    r"^[^,;.]{0,25},? (?:to (?:\w+ )?(?:meet|attend|hold|sign|discuss|see|join)"
    r"|after (?:meeting|talks|holding)|for (?:[\w\-]+ ){0,4}(?:talks|meetings?|summit|consultations))\b"
)
"""`flew to Lima on Monday to meet X`: that is where they meet."""
_TOLD_IN = compile_pattern(
    r"\b(?:told [\w ]{3,30}|said|announced|confirmed|spoke|speaking) (?:in|at)\s+$", ignore_case=True
)
_THAT = compile_pattern(r"^[^,;.]{0,30}\bthat\b")
"""`told reporters in Lima on Monday that` gives the place of the telling."""
_ON_A_VISIT = compile_pattern(
    r"\b(?:[Dd]uring|[Oo]n|as part of|in the course of) (?:an?|his|her|their|the) (?:[\w\-]+ ){0,3}?"
    rf"(?:visit|trip|tour) to (?:the )?{_TOWN}$|(?:\b(?:is|are|currently)|,) visiting (?:the )?{_TOWN}$"
)
"""`On his visit to Lima, X met Y`: if no other town is told, that is where they met."""
_OF_A_THING = compile_pattern(
    r"\b(?:situation|crisis|war|conflict|fighting|violence|clashes|protests?|attacks?|killings?|unrest|coup|offensive|"
    r"siege|bombings?|elections?|regime|rebels|developments|earthquake|floods?|fire|explosion|blast|refugees|"
    r"hostages|prisoners|studied|worked|born|educated|lived|grew up|graduated|trained|stationed|"
    r"(?:opening|establishment|construction) of (?:an?|its|the|their) (?:new )?[\w\-]+(?: [\w\-]+)?)"
    r" (?:in|at|near)\s+(?:the\s+)?$"
)
"""`to discuss the fighting in Lima` says where the fighting was."""
_ENDS_OF_IN = ("in", "at", "near", "the")
"""What stands right before a place: to look for it is quicker than for what may be before it."""
_TOWN_STATES = frozenset(("SGP", "HKG", "MAC", "MCO", "VAT"))
_JUST_IN = compile_pattern(r"\b(?:in|at|near)\s+$")


@dataclass(frozen=True, slots=True)
class Place:
    """Words that give a place; the country is the city's or one that is named."""

    venue: Span | None = None
    city: Span | None = None
    country: str | None = None
    country_words: Span | None = None

    def can_be(self, other: "Place") -> bool:
        """Tell whether this town can be that of a place that names none."""
        return other.city is None and other.country in (None, self.country)


@dataclass(frozen=True, slots=True)
class Places:
    """What a sentence says of places, whichever of its events is meant."""

    venue: Span | None
    unlisted: Span | None
    """A town that no list has."""
    named: tuple[tuple[Token, bool], ...]
    """Towns and countries that may be places, each with whether the words around it say so."""
    visited: tuple[Token, ...]
    """Towns that somebody is on a visit to."""
    where: tuple[int, ...]
    """Where those begin of which a clause tells: `Lima, where …`."""
    is_here: bool
    """Whether it happened where the article was written."""


def read_places(text: str, analysis: Analysis, arriving: bool = False) -> Places:
    """Read what a sentence says of places; `arriving` takes the goal of a journey too."""
    start, end = analysis.sentence.start, analysis.sentence.end
    venue = _venue(text[start:end], start, analysis)
    named: list[tuple[Token, bool]] = []
    whose: list[int] = []
    visited: list[Token] = []
    for token in analysis.named:
        if len(token.parties) != 1 or token.label not in (Label.CITY, Label.PARTY):
            continue
        before = text[max(start, token.start - 70) : token.start]
        pattern = _before(token, arriving)
        behind_venue = venue is not None and text[venue.end : token.start].strip() in (
            ",",
            "in",
            "of",
            ", in",
        )
        if (arriving and _AWAY.search(before)) or _SAID.match(text[token.end : min(token.end + 12, end)]):
            continue  # "officials in Lima said": where it was said
        behind_in = before.rstrip().endswith(_ENDS_OF_IN)
        if behind_in and (LIVES_IN.search(before) or _OF_A_THING.search(before)):
            continue
        after = text[token.end : min(token.end + 60, end)]
        if _TOLD_IN.search(before) and _THAT.match(after):
            continue
        own_venue = venue is not None and venue.start == token.start and text[token.end] in "'’"
        inside_venue = venue is not None and venue.start <= token.start < venue.end and not own_venue
        where = _WHERE.match(text[token.end : token.end + 8]) is not None
        if inside_venue and not (venue and _is_airport(text, token, venue)):
            continue
        if not arriving and token.label is Label.CITY and _ON_A_VISIT.search(before):
            visited.append(token)
        if where:
            whose.append(token.start)
        told = pattern.search(before) or where or behind_venue or _is_town_of(token, before)
        told = told or (token.label is Label.CITY and _is_of_occasion(before, after))
        named.append((token, bool(told)))
    return Places(
        venue,
        _town(text, analysis, venue),
        tuple(named),
        tuple(visited),
        tuple(whose),
        _is_here(text[start:end], arriving),
    )


def find_place(
    text: str, places: Places, dateline: Dateline | None = None, own: tuple[int, int] | None = None
) -> Place:
    """Return the place of an event out of those of its sentence.

    The dateline's city is the place only of what happened `here`. Of several towns the one between the two
    characters of `own` is taken, where the words of one event stand, else the first.
    """
    city, country, words = places.unlisted, None, None
    for token, told in _those_where(places, own):
        behind_town = city is not None and text[city.end : token.start].strip() == ","
        if not (told or behind_town):
            continue
        nearer = own is not None and city is not None and city.start < own[0] < token.start < own[1]
        if _is_town(token) and (city is None or nearer):
            city, country, words = (
                Span(token.start, token.end),
                token.parties[0],
                Span(token.start, token.end),
            )
        elif country is None and token.label is Label.PARTY and len(token.parties[0]) == 3:
            country, words = token.parties[0], Span(token.start, token.end)
    if city is None and places.visited:
        token = places.visited[0]
        city = words = Span(token.start, token.end)
        country = token.parties[0]
    if city is None and dateline is not None and is_town(dateline.city) and places.is_here:
        country = find_country_of(dateline.city)
        if country is not None:
            city = words = Span(dateline.start, dateline.start + len(dateline.city))
    return Place(places.venue, city, country, words)


def _those_where(places: Places, own: tuple[int, int] | None) -> tuple[tuple[Token, bool], ...]:
    """Leave out the places before the one of which a clause tells: `from Lima she flew to Chile, where …`."""
    if own is None or not places.where:
        return places.named
    whose = max((start for start in places.where if start < own[0]), default=-1)
    return tuple((token, told) for token, told in places.named if token.start >= whose)


def _before(token: Token, arriving: bool) -> Any:
    """Return the words that make a place of a token; `of` does so with a town alone: `minister of Peru`."""
    if not arriving:
        return _IN
    return _TOWARD if token.label is Label.CITY else _TOWARD_COUNTRY


def _is_town(token: Token) -> bool:
    """Tell whether a place is a town; of a state that is a town, its name is one too."""
    return token.label is Label.CITY or token.parties[0] in _TOWN_STATES


def _is_airport(text: str, token: Token, venue: Span) -> bool:
    """Tell whether a venue is the airport of the town that its name begins with."""
    return token.start == venue.start and _AIRPORT.search(text[venue.start : venue.end]) is not None


def _is_of_occasion(before: str, after: str) -> bool:
    """Tell whether words name an occasion by its town, or say that somebody goes there to meet others."""
    if _HOSTS.match(after):
        return True
    named = _OCCASION.match(after) is not None and _OF_OCCASION.search(before) is not None
    return named or (_TO_MEET.match(after) is not None and _GOING.search(before) is not None)


def _is_here(words: str, arriving: bool) -> bool:
    """Tell whether something happened where the article was written; who `left here` went elsewhere."""
    return _HERE.search(words) is not None and not (arriving and _LEFT_HERE.search(words))


def _is_town_of(token: Token, before: str) -> bool:
    return token.label is Label.CITY and _TOWN_OF.search(before) is not None


def _town(text: str, analysis: Analysis, venue: Span | None) -> Span | None:
    """Return a place that no list has: behind `town of`, or between `in` or a venue and its country."""
    tokens = analysis.tokens
    for index, token in enumerate(tokens):
        if token.label is not Label.NAME or (index and tokens[index - 1].label is Label.NAME):
            continue
        last = index
        while last + 1 < len(tokens) and tokens[last + 1].label is Label.NAME:
            last += 1
        before = text[max(analysis.sentence.start, token.start - 40) : token.start]
        following = [other.label for other in tokens[last + 1 : last + 3]]
        behind_venue = venue is not None and text[venue.end : token.start] == ", "
        in_country = following == [Label.COMMA, Label.PARTY] and (_JUST_IN.search(before) or behind_venue)
        if in_country or _TOWN_OF.search(before):
            return Span(token.start, tokens[last].end)
    return None


def _venue(sentence: str, offset: int, analysis: Analysis) -> Span | None:
    """Return the first place behind `at` that is a building, or that a city follows."""
    cities = {token.start: token.end for token in analysis.named if token.label is Label.CITY}
    for found in _VENUE.finditer(sentence):
        first, last = offset + found.start(1), offset + found.end(1)
        if any(first <= city < last and end >= last for city, end in cities.items()):
            continue  # "in Port Moresby"
        if last + 2 in cities and sentence[found.end(1) : found.end(1) + 2] == ", " and first not in cities:
            return Span(first, last)
        if _VENUE_WORD.search(found.group(1)):
            return Span(first, last - (found.group(1)[-1] == "."))
    return None
