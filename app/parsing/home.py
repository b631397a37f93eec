"""Whose officials an article leaves without a country: those of the place that it was written in.

The dateline's city tells it first, then the outlet's country, the address of the page, and a country or city
in the outlet's name, as in `Kuwait Times`. It is weak evidence: it only fills in for an office that no other
words give to a country.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from app.domain.article import Article
from app.parsing.knowledge import SEATS, Label, find_country_in, find_country_of, organization_ids, sender_of
from app.parsing.linking import Analysis, is_abroad, parties_named
from app.parsing.own_lead import opens_at_home
from app.parsing.patterns import compile_pattern, read_lexicon
from app.parsing.sentences import Dateline
from app.parsing.tokens import Token
from app.reference import read_countries, read_organizations, read_outlets

_GENERIC: Final = frozenset(("ai", "cc", "co", "fm", "io", "la", "me", "to", "tv", "ws"))
"""Domains of countries that pages from everywhere use."""
_AMERICAN: Final = ("gov", "mil")
_OF_ORGANIZATIONS: Final = ("INT", "ORG")
_OF_UNION: Final = ["EUROPA", "EU"]
_SITES: Final = {
    "AU": "AFRUN",
    "FORUMSEC": "PIF",
    "GCC-SG": "GCC",
    "OIC-OCI": "OIC",
    "SAARC-SEC": "SAARC",
    "SECTSCO": "SCO",
    "THECOMMONWEALTH": "COMMONWEALTH",
    "UNMISSIONS": "UN",
    "TURKICSTATES": "OTS",
}
"""Organizations whose site is not named as they are: `au.int`."""
_OF_COUNTRIES: Final = frozenset((Label.PARTY, Label.DEMONYM, Label.CITY))
_OF_STATE: Final = compile_pattern(
    r"\b(?:embassy|consulate|high commission|u\.?s\.? mission|permanent mission|ministry|department|"
    r"government|presidency|office of the|prime minister|chancellery|parliament|armed forces|army|navy|"
    r"inter services|media division|press information|"
    r"state house)\b",
    ignore_case=True,
)
"""A state's own releases call its officials by their office alone, wherever they are written."""

_SITE_OF_STATE: Final = compile_pattern(
    r"(?:^|\.)(?:gov|gob|gouv|govt|go|gub|mil)\.[a-z]{2}$|"
    r"^(?:www\.|en\.)?(?:mfa|mofa|mod|president|army|navy|airforce|pmo|parliament)\.[a-z]{2}$"
)
"""`cancilleria.gob.ar`, `mfa.am`: a state's own pages, under its domain even where others use that too."""
_DOMAIN: Final = compile_pattern(r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)+", ignore_case=True)
_SIDELINES: Final = compile_pattern(
    r"\b(?:sidelines|margins|fringes) of [^.;]* in (?:the )?$", ignore_case=True
)
_PART_OF_BODY: Final = compile_pattern(r"^ (?:Press|Office|Briefing|Media|News|Communications)\b")
_AGENCY: Final = compile_pattern(r"^(?: News)?(?: Agency)?$")


@dataclass(unsafe_hash=True)
class Home:
    """Who publishes an article: the country whose officials it need not name as its own, or the organization.

    `own_release` says that a state publishes it itself, and so calls its envoys `the Ambassador`.
    """

    country: str | None = None
    organization: str | None = None
    own_release: bool = False
    sender: str | None = None
    """The outlet's country, where its correspondent writes from another."""
    abroad: str | None = None
    """The outlet's country, where the article is about others alone: it acts only where none of these can."""
    dated: bool = False
    """Whether a dateline tells it, and not only the outlet."""
    worldwide: bool = False
    """Whether the outlet writes for readers everywhere, and so names its own country too."""

    @property
    def is_sure(self) -> bool:
        """Whether the article itself was written there or for it."""
        return self.dated or self.own_release


def find_home(article: Article, dateline: Dateline | None) -> Home:
    """Return who publishes an article."""
    if organization := _publisher(article):
        return Home(organization=organization)
    if article.outlet and (country := _of_body(article.outlet)):
        return Home(country, own_release=True)
    of_state = article.outlet and (_OF_STATE.search(article.outlet) or _SITE_OF_STATE.search(article.outlet))
    if of_state and (country := _of_outlet(article)):
        return Home(country, own_release=True)
    if dateline is not None and dateline.city.casefold() not in SEATS:
        country = find_country_of(dateline.city)
        if country is not None:
            sender = find_country_in(article.outlet or "")
            if sender is None and not _is_worldwide(article):
                sender = _of_outlet(article)
            return Home(country, sender=sender if sender != country else None, dated=True)
    return Home(_of_outlet(article), worldwide=_is_worldwide(article))


def _is_worldwide(article: Article) -> bool:
    """Tell whether an outlet's own country is as foreign to its readers as any other: `Al Jazeera`."""
    host = urlsplit(article.url).hostname or "" if article.url else ""
    known = _plain(article.outlet) if article.outlet else _plain(host)
    return known in _world_outlets()


def _publisher(article: Article) -> str | None:
    """Return the organization that publishes the article itself, by its name or its address: `nato.int`."""
    outlet = article.outlet or ""
    known = _organizations().get(outlet.casefold())
    domain = outlet if _DOMAIN.fullmatch(outlet) else ""
    labels = (urlsplit(article.url or f"//{domain}").hostname or "").upper().split(".")
    if labels[-2:] == _OF_UNION:
        return "EU"
    named = labels[-2] if len(labels) > 1 and labels[-1] in _OF_ORGANIZATIONS else ""
    named = _SITES.get(named, named)
    publisher = known or (named if named in organization_ids() else None)
    return sender_of(publisher) if publisher else None


def _of_outlet(article: Article) -> str | None:
    outlet = article.outlet
    if not outlet:
        return _of_address(article.url)
    return (
        _outlets().get(_plain(outlet))
        or _of_address(article.url)
        or (_of_address(f"//{outlet}") if _DOMAIN.fullmatch(outlet) else None)
        or find_country_in(outlet)
        or _of_words(outlet)
    )


def _of_body(outlet: str) -> str | None:
    """Return the country of a body of state that publishes: `White House`, `The Kremlin Press Service`."""
    name = outlet.removeprefix("The ")
    country = _bodies().get(name)
    if country is not None:
        return country
    begun = (body for body in _bodies() if name.startswith(body) and _PART_OF_BODY.match(name[len(body) :]))
    return next((_bodies()[body] for body in begun), None)


@cache
def _bodies() -> dict[str, str]:
    return {row["body"]: row["party"] for row in read_lexicon("bodies") if row["party"] in _countries()}


def _of_words(outlet: str) -> str | None:
    """Return the country of an agency or an office by a word of its name: `PTI News`, `Lanka Weekly`."""
    name = outlet.removeprefix("The ")
    return next((row["country"] for row in read_lexicon("outlet_words") if _names(name, row)), None)


def _names(outlet: str, row: dict[str, str]) -> bool:
    """Tell whether an outlet's name has a word; of what others use too it must be all: `PTI`, `PTI News`."""
    word = row["word"]
    if row["alone"]:
        return outlet.startswith(word) and _AGENCY.match(outlet[len(word) :]) is not None
    return f" {word} " in f" {outlet} "


def keep_if_named(home: Home, text: str, analyses: Sequence[Analysis]) -> Home:
    """Return an outlet's home, where the article is about others without its country, or with theirs."""
    named = parties_named(token for one in analyses for token in one.named)
    if home.is_sure:
        return home
    abroad = is_abroad(home.country, named, worldwide=home.worldwide)
    if abroad and not home.worldwide:
        abroad = not opens_at_home(text, [(one.sentence, one.tokens, one.mentions) for one in analyses])
    return replace(home, country=None, abroad=home.country) if abroad else home


@dataclass(unsafe_hash=True)
class Ranking:
    """The countries and the organizations that an article names, those that it names most first."""

    countries: tuple[str, ...]
    organizations: tuple[str, ...]


def rank_parties(text: str, analyses: Iterable[Analysis]) -> Ranking:
    """Count how often an article names each party, towns where those of other countries meet apart."""
    named = Counter(
        token.parties[0]
        for analysis in analyses
        for token in analysis.named
        if len(token.parties) == 1
        and token.label in _OF_COUNTRIES
        and not (token.label is Label.CITY and is_venue_of_others(text, analysis.sentence.start, token))
    )
    ranked = [party for party, _ in named.most_common()]
    return Ranking(
        countries=tuple(party for party in ranked if party in _countries()),
        organizations=tuple(party for party in ranked if party in organization_ids()),
    )


def is_venue_of_others(text: str, start: int, town: Token) -> bool:
    """Tell whether a town is only where others meet too: `on the sidelines of a summit in Lima`."""
    if text[town.start : town.end].lower() in SEATS:
        return True
    return _SIDELINES.search(text[max(start, town.start - 120) : town.start]) is not None


@cache
def _countries() -> frozenset[str]:
    return frozenset(country.id for country in read_countries())


@cache
def _organizations() -> dict[str, str]:
    return {
        name.casefold(): organization.id
        for organization in read_organizations()
        for name in (organization.id, organization.name, organization.official_name)
    }


@cache
def _outlets() -> dict[str, str]:
    named = {_plain(outlet.name): outlet.country for outlet in read_outlets() if outlet.country}
    return named | {outlet.id: outlet.country for outlet in read_outlets() if outlet.country}


@cache
def _world_outlets() -> frozenset[str]:
    ids = {row["outlet"] for row in read_lexicon("world_outlets")}
    return frozenset(ids | {_plain(outlet.name) for outlet in read_outlets() if outlet.id in ids})


def _plain(outlet: str) -> str:
    """Return an outlet's name without what is printed or left out at will: `www.`, `The`."""
    return outlet.casefold().removeprefix("www.").removeprefix("the ")


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
    if labels[-1] in _GENERIC and not _SITE_OF_STATE.search(host):
        return None
    return _domains().get(labels[-1])
