"""What the parser knows: one automaton over the names of parties, places, bodies, ranks and offices."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import ahocorasick

from app.parsing.patterns import compile_pattern, read_lexicon
from app.reference import read_countries, read_names, read_organizations


@dataclass(unsafe_hash=True)
class _Labels:
    """What a word or a run of words is; one letter, so that patterns can be written over labels.

    Plain strings, and of an object: each step asks for the labels of every word, and an attribute of a class
    takes several times as long to look up, a member of an enumeration many times. Equal letters are one
    object, so `is` compares them.
    """

    PARTY: str = "P"
    DEMONYM: str = "D"
    BODY: str = "B"
    CITY: str = "C"
    REGION: str = "G"
    RANK: str = "R"
    HONORIFIC: str = "H"
    OFFICE: str = "O"
    ENVOY: str = "E"
    PERSON: str = "A"
    NAME: str = "N"
    INSTITUTION: str = "I"
    MODIFIER: str = "m"
    PARTICLE: str = "l"
    POSSESSIVE: str = "s"
    FORMER: str = "f"
    OF: str = "o"
    FOR: str = "u"
    FROM: str = "r"
    IN: str = "i"
    BY: str = "y"
    THE: str = "t"
    POST_NOMINAL: str = "p"
    COUNTERPART: str = "k"
    SIDE: str = "q"
    BRACKETED: str = "b"
    COMMA: str = "c"
    AND: str = "a"
    SEMICOLON: str = "e"
    WORD: str = "w"


Label = _Labels()


@dataclass(unsafe_hash=True)
class Entry:
    """A known name: its label, and the parties that it may stand for."""

    label: str
    name: str
    parties: tuple[str, ...] = ()


_PRIORITY: Final = (
    Label.PARTY,
    Label.BODY,
    Label.DEMONYM,
    Label.CITY,
    Label.REGION,
    Label.PERSON,
    Label.RANK,
    Label.OFFICE,
    Label.ENVOY,
    Label.HONORIFIC,
    Label.INSTITUTION,
    Label.WORD,
)
SEATS: Final = (
    "geneva",
    "new york",
    "united nations",
    "vienna",
    "brussels",
    "the hague",
    "davos",
    "strasbourg",
)
"""Where the world meets: a dateline there does not tell whose article it is."""
_ENVOY: Final = compile_pattern(
    r"\b(?:ambassador|high commissioner|envoy|permanent representative|consul|charg[ée] d|nuncio|attach[ée]|"
    r"special representative|head of mission|emissary)",
    ignore_case=True,
)
_REGIONS: Final = ("Latin America", "Central America", "South America", "North America")
"""Which an office may be for, as it may for Africa: `the undersecretary for North America, Ana Solis`."""
_SEVERAL: Final = (
    "Minister",
    "President",
    "Premier",
    "Ambassador",
    "Commissioner",
    "Secretary",
    "Commander",
    "Chief",
)
_CASELESS: Final = (Label.OFFICE, Label.ENVOY)
_OF_COUNTRIES: Final = (Label.PARTY, Label.DEMONYM, Label.CITY)
_ALSO_WORDS: Final = {"Island"}
"""Names that without their accents are common words."""
_CODE: Final = 3
"""Letters of a country's code."""
_SHORTEST_OPEN: Final = 4
"""Shorter names of parties are matched only as printed: `US`, `Oman`, not `us`."""


def fold(text: str) -> str:
    """Return a text in lower case, with every character in its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


@cache
def find_names() -> Any:
    """Return the automaton: its values are the entries of a name, the likeliest label first."""
    entries: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in (*_parties(), *_places(), *_lexicon_entries()):
        key = fold(entry.name)
        known = entries[key].get(entry.label)
        printed = next((one for one in (known, entry) if one and not one.name.isupper()), entry)
        parties = tuple(dict.fromkeys((*(known.parties if known else ()), *entry.parties)))
        entries[key][entry.label] = Entry(entry.label, printed.name, parties)
    automaton = ahocorasick.Automaton()
    for key, by_label in entries.items():
        ordered = [by_label[label] for label in _PRIORITY if label in by_label]
        # An office that names an organization is no other name of it: UN High Commissioner for Refugees.
        ordered.sort(key=lambda entry: not (entry.label in _CASELESS and entry.parties))
        automaton.add_word(key, tuple(ordered))
    automaton.make_automaton()
    return automaton


def is_printed_as_name(entry: Entry, printed: str) -> bool:
    """Tell whether the case of the printed words fits a name; offices come in any case."""
    if entry.label in _CASELESS:
        return True
    if len(entry.name) <= _SHORTEST_OPEN and entry.name.isupper():
        return printed == entry.name
    return printed[:1].isupper() or printed[:1].isdigit()


def _parties() -> list[Entry]:
    demonyms = [
        Entry(Label.DEMONYM if row.kind == "demonym" else Label.PARTY, name, (sender_of(row.party),))
        for row in read_names()
        for name in _variants(row.name)
    ]
    countries = [
        Entry(Label.PARTY, name, (country.id,))
        for country in read_countries()
        if country.status != "former"
        for name in _variants(country.name) | _variants(country.official_name)
    ]
    organizations = [
        Entry(Label.PARTY, name, (sender_of(organization.id),))
        for organization in read_organizations()
        for name in {organization.name, organization.official_name}
    ]
    ended = {country.id for country in read_countries() if country.status == "former"}
    return [entry for entry in (*demonyms, *countries, *organizations) if entry.parties[0] not in ended]


def _variants(name: str) -> set[str]:
    """Return a name with either apostrophe, and without its accents where prose drops them."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return {name, plain, name.replace("'", "’"), plain.replace("'", "’")} - _ALSO_WORDS


def _places() -> list[Entry]:
    capitals = [
        Entry(Label.CITY, name, (country.id,))
        for country in read_countries()
        for name in _variants(country.capital or "")
        if country.capital and country.status == "state" and country.capital != country.name
    ]
    cities = [
        Entry(Label.CITY, name, (row["country"],))
        for row in read_lexicon("cities")
        for name in _variants(row["city"])
    ]
    regions = [Entry(Label.REGION, row["region"], (row["country"],)) for row in read_lexicon("regions")]
    return [*capitals, *cities, *regions]


def _lexicon_entries() -> list[Entry]:
    bodies = [Entry(Label.BODY, row["body"], (row["party"],)) for row in read_lexicon("bodies")]
    ships = [
        Entry(Label.BODY, row["prefix"], tuple(row["party"].split("|")))
        for row in read_lexicon("ship_prefixes")
    ]
    ranks = [Entry(Label.RANK, row["rank"]) for row in read_lexicon("ranks")]
    honorifics = [Entry(Label.HONORIFIC, row["honorific"]) for row in read_lexicon("honorifics")]
    offices = [
        Entry(_office_label(row["office"]), name)
        for row in read_lexicon("offices")
        for name in _with_plural(row["office"])
    ]
    state_offices = [
        Entry(_office_label(row["office"]), row["office"], (row["party"],))
        for row in read_lexicon("state_offices")
    ]
    others = [
        Entry(Label.INSTITUTION if row["phrase"] in _REGIONS else Label.WORD, row["phrase"])
        for row in read_lexicon("not_parties")
    ]
    return [*others, *bodies, *ships, *ranks, *honorifics, *offices, *state_offices, *_office_holders()]


def _with_plural(office: str) -> tuple[str, ...]:
    """Return an office, and how two of its holders are called: `Foreign Ministers`."""
    if not office.endswith(_SEVERAL):
        return (office,)
    return office, (f"{office[:-1]}ies" if office.endswith("y") else f"{office}s")


def _office_label(office: str) -> str:
    return Label.ENVOY if _ENVOY.search(office) else Label.OFFICE


def _office_holders() -> list[Entry]:
    """Return the people whom articles name without a country."""
    return [
        Entry(Label.PERSON, name, (row["party"],))
        for row in read_lexicon("office_holders")
        for name in names_of(row)
    ]


def names_of(holder: dict[str, str]) -> tuple[str, ...]:
    """Return the full name of a row of the office holders, and the others that articles use."""
    return (holder["name"], *filter(None, holder["known_as"].split("|")))


@cache
def first_letters() -> dict[str, frozenset[str]]:
    """Return with what letters the full names begin that each known name stands for: `M` for `Turnbull`."""
    letters: dict[str, set[str]] = defaultdict(set)
    for row in read_lexicon("office_holders"):
        for name in names_of(row):
            letters[name].add(row["name"][0])
    return {name: frozenset(known) for name, known in letters.items()}


@cache
def organization_ids() -> frozenset[str]:
    """Return the ids of the organizations that are known."""
    return frozenset(organization.id for organization in read_organizations())


def sender_of(party: str) -> str:
    """Return the organization that sent a peace mission, for which its people act; any other party itself."""
    return _missions().get(party, party)


@cache
def _missions() -> dict[str, str]:
    return {row["mission"]: row["party"] for row in read_lexicon("missions")}


def find_country_of(city: str) -> str | None:
    """Return the country of a city that a dateline names, in any case of its letters."""
    entries: tuple[Entry, ...] = find_names().get(fold(city), ())
    for entry in entries:
        if entry.label in (Label.CITY, Label.PARTY) and len(entry.parties) == 1:
            return entry.parties[0]
    return None


def is_town(name: str) -> bool:
    """Tell whether words are the name of a town that is known, in any case of their letters."""
    entries: tuple[Entry, ...] = find_names().get(fold(name), ())
    return any(entry.label is Label.CITY for entry in entries) or fold(name) in _city_states()


def is_capital(name: str) -> bool:
    """Tell whether words are the name of a state's capital, which stands for its government."""
    return fold(name) in _capitals()


@cache
def _capitals() -> frozenset[str]:
    capitals = (one.capital for one in read_countries() if one.capital and one.status == "state")
    return frozenset(fold(name) for capital in capitals for name in _variants(capital))


@cache
def _city_states() -> frozenset[str]:
    """Return the countries that are called like their capital: Singapore."""
    return frozenset(fold(one.name) for one in read_countries() if one.capital == one.name)


def stands_alone(words: str, start: int, end: int) -> bool:
    """Tell whether a known name is not part of a longer word."""
    before = words[start - 1] if start else " "
    after = words[end] if end < len(words) else " "
    return not (before.isalnum() or after.isalnum())


def find_country_in(name: str) -> str | None:
    """Return the country that a name of several words tells by a country, a demonym or a city in it."""
    folded = fold(name)
    found: list[tuple[int, int, str]] = []
    for last, entries in find_names().iter(folded):
        start, end = last + 1 - len(entries[0].name), last + 1
        told = [one for one in entries if one.label in _OF_COUNTRIES and len(one.parties) == 1]
        if (
            stands_alone(folded, start, end)
            and told
            and len(told[0].parties[0]) == _CODE
            and is_printed_as_name(told[0], name[start:end])
        ):
            found.append((start, -end, told[0].parties[0]))
    return min(found)[2] if found else None


@cache
def name_particles() -> frozenset[str]:
    """Return the small words inside names: bin, al, van."""
    return frozenset(row["particle"] for row in read_lexicon("name_particles"))


@cache
def institution_words() -> frozenset[str]:
    """Return the capitalized words that belong to offices and bodies, not to people."""
    files = ("institution_words", "portfolio_words")
    return frozenset(row["word"] for name in files for row in read_lexicon(name))


@cache
def title_modifiers() -> frozenset[str]:
    """Return the words that stand before an office and belong to it: deputy, acting, special."""
    return frozenset(row["word"] for row in read_lexicon("title_modifiers"))


@cache
def company_words() -> frozenset[str]:
    """Return the capitalized words that make a country's name that of a company, a team or a newspaper."""
    return frozenset(row["word"] for row in read_lexicon("company_words"))


@cache
def post_nominals() -> frozenset[str]:
    """Return the orders and courses that stand behind a name, as printed."""
    return frozenset(row["word"] for row in read_lexicon("post_nominals"))


@cache
def never_names() -> frozenset[str]:
    """Return the words that no name of a person begins or ends with, though a sentence may."""
    return frozenset(row["word"] for row in read_lexicon("never_names"))


@cache
def not_towns() -> frozenset[str]:
    """Return the words behind `in` that name no town: languages, months, feasts, parliaments."""
    return frozenset(row["word"] for row in read_lexicon("not_towns"))


@cache
def combining_forms() -> dict[str, str]:
    """Return the country of each form that stands before another people's name: `Sino-Russian`."""
    return {row["form"]: row["country"] for row in read_lexicon("combining_forms")}


@cache
def ship_prefixes() -> frozenset[str]:
    """Return the letters before a warship's name that mean something else where no ship is told of."""
    return frozenset(row["prefix"] for row in read_lexicon("ship_prefixes"))
