"""Whose officials an article leaves without a country: those of the place that it was written in.

The dateline's city tells it first, then the outlet's country, the address of the page, and a country or city
in the outlet's name, as in `Kuwait Times`. It is weak evidence: it only fills in for an office that no other
words give to a country.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from app.domain.article import Article
from app.parsing.knowledge import Label, find_country_in, find_country_of
from app.parsing.linking import Analysis
from app.parsing.sentences import Dateline
from app.reference import read_countries, read_organizations, read_outlets

_GENERIC = frozenset(("ai", "cc", "co", "fm", "io", "la", "me", "to", "tv", "ws"))
"""Domains of countries that pages from everywhere use."""
_AMERICAN = ("gov", "mil")


def find_home(article: Article, dateline: Dateline | None) -> str | None:
    """Return the country whose officials the article need not name as its own."""
    if dateline is not None and (country := find_country_of(dateline.city)):
        return country
    known = _outlets().get(article.outlet.casefold()) if article.outlet else None
    return known or _of_address(article.url) or find_country_in(article.outlet or "")


@dataclass(frozen=True, slots=True)
class Ranking:
    """The countries and the organizations that an article names, those that it names most first."""

    countries: tuple[str, ...]
    organizations: tuple[str, ...]


def rank_parties(analyses: Iterable[Analysis]) -> Ranking:
    """Count how often an article names each party."""
    named = Counter(
        token.parties[0]
        for analysis in analyses
        for token in analysis.tokens
        if token.label in (Label.PARTY, Label.DEMONYM, Label.CITY) and len(token.parties) == 1
    )
    ranked = [party for party, _ in named.most_common()]
    return Ranking(
        countries=tuple(party for party in ranked if party in _countries()),
        organizations=tuple(party for party in ranked if party in organization_ids()),
    )


@cache
def _countries() -> frozenset[str]:
    return frozenset(country.id for country in read_countries())


@cache
def organization_ids() -> frozenset[str]:
    """Return the ids of the organizations that are known."""
    return frozenset(organization.id for organization in read_organizations())


@cache
def _outlets() -> dict[str, str]:
    named = {outlet.name.casefold(): outlet.country for outlet in read_outlets() if outlet.country}
    return named | {outlet.id: outlet.country for outlet in read_outlets() if outlet.country}


@cache
def _domains() -> dict[str, str]:
    named = {country.alpha2.lower(): country.id for country in read_countries() if country.alpha2}
    return {**named, "uk": "GBR", **dict.fromkeys(_AMERICAN, "USA")}


def _of_address(url: str | None) -> str | None:
    host = (urlsplit(url).hostname or "") if url else ""
    labels = host.split(".")
    for first in range(len(labels) - 1):
        if country := _outlets().get(".".join(labels[first:])):
            return country
    return None if labels[-1] in _GENERIC else _domains().get(labels[-1])
