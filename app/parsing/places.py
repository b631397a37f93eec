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
    r"|Trees|Bhavan|Barracks|Port|Dockyard|Shipyard|Club|Kremlin|Pentagon|Mission|Court|Tower|Museum|Stadium|Camp)\b"
)
_TOWN = r"(?:[\pL’' ]{0,40}?(?:city|capital|town|port|resort|province|region)(?: city)?(?: of)?,?\s+)?"
_IN = compile_pattern(
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|(?:planned|scheduled|set|due|slated) for)\s+(?:the\s+)?{_TOWN}$"
)
_TOWARD = compile_pattern(
    rf"\b(?:[Ii]n|[Aa]t|of|near|to|into|for|reached|visit|visits|visited|visiting)\s+(?:the\s+)?{_TOWN}$"
)
_TOWARD_COUNTRY = compile_pattern(
    r"\b(?:[Ii]n|[Aa]t|near|to|into|for|reached|visited|visiting)\s+(?:the\s+)?$"
)
_AWAY = compile_pattern(r"\b(?:return(?:ed|s|ing)?|back|due to leave)\b[^,;.]{0,20}$")
_TOWN_OF = compile_pattern(r"\b(?:city|capital|town|port|village|resort) (?:city )?of\s+$")
_SAID = compile_pattern(r"^ (?:said|says|told|announced|confirmed|reported)\b")
_WHERE = compile_pattern(r"^,? where\b")
_HERE = compile_pattern(r"\bhere(?:[^ ]|$| [^s]| s[^a])")
_LEFT_HERE = compile_pattern(r"\b(?:left|leaves|leaving|departed|departs) here\b")
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
    is_here: bool
    """Whether it happened where the article was written."""


def read_places(text: str, analysis: Analysis, arriving: bool = False) -> Places:
    """Read what a sentence says of places; `arriving` takes the goal of a journey too."""
    start, end = analysis.sentence.start, analysis.sentence.end
    venue = _venue(text[start:end], start, analysis)
    named: list[tuple[Token, bool]] = []
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
        own_venue = venue is not None and venue.start == token.start and text[token.end] in "'’"
        inside_venue = venue is not None and venue.start <= token.start < venue.end and not own_venue
        where = _WHERE.match(text[token.end : token.end + 8]) is not None
        if inside_venue:
            continue
        told = pattern.search(before) or where or behind_venue or _is_town_of(token, before)
        named.append((token, bool(told)))
    return Places(venue, _town(text, analysis, venue), tuple(named), _is_here(text[start:end], arriving))


def find_place(
    text: str, places: Places, dateline: Dateline | None = None, own: tuple[int, int] | None = None
) -> Place:
    """Return the place of an event out of those of its sentence.

    The dateline's city is the place only of what happened `here`. Of several towns the one between the two
    characters of `own` is taken, where the words of one event stand, else the first.
    """
    city, country, words = places.unlisted, None, None
    for token, told in places.named:
        behind_town = city is not None and text[city.end : token.start].strip() == ","
        if not (told or behind_town):
            continue
        nearer = own is not None and city is not None and city.start < own[0] < token.start < own[1]
        if token.label is Label.CITY and (city is None or nearer):
            city, country, words = (
                Span(token.start, token.end),
                token.parties[0],
                Span(token.start, token.end),
            )
        elif country is None and token.label is Label.PARTY and len(token.parties[0]) == 3:
            country, words = token.parties[0], Span(token.start, token.end)
    if city is None and dateline is not None and is_town(dateline.city) and places.is_here:
        country = find_country_of(dateline.city)
        if country is not None:
            city = words = Span(dateline.start, dateline.start + len(dateline.city))
    return Place(places.venue, city, country, words)


def _before(token: Token, arriving: bool) -> Any:
    """Return the words that make a place of a token; `of` does so with a town alone: `minister of Peru`."""
    if not arriving:
        return _IN
    return _TOWARD if token.label is Label.CITY else _TOWARD_COUNTRY


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
