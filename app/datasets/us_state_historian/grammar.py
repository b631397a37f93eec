"""People in printed words, by the parser's own grammar of names and offices, as the states were then."""

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.datasets.us_state_historian.states import as_of, former_words
from app.parsing.knowledge import Label
from app.parsing.mentions import find_people
from app.parsing.spans import Section, Sentence, Span
from app.parsing.tokens import Token, find_tokens, join_labels

_CROWN = re.compile(r"(King|Queen|Emperor) (?=[A-Z])")
_TURKISH_CYPRIOT = re.compile(r"\b(?:Turkish|Bosnian) (?:Cypriot|Serb|Croat)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a text: a name or an office, and the party that the words beside it give."""

    start: int
    end: int
    name: str | None
    rank: str | None
    title: str | None
    party: str | None
    former: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its labels and the people in it."""

    text: str
    tokens: tuple[Token, ...]
    people: tuple[Named, ...]


def read_words(text: str, day: date) -> Words:
    """Label a text and find its people; parties are those of the day."""
    tokens = _with_former_states(text, find_tokens(text, Sentence(0, len(text), Section.BODY)))
    tokens = _with_whole_names(text, tokens)
    people = []
    for mention in find_people(text, tokens, join_labels(tokens)):
        if _TURKISH_CYPRIOT.search(text, mention.start, mention.end):
            continue  # acts for no party that the data knows
        party = mention.party
        if party and mention.party_words and _is_known_person(tokens, mention.party_words):
            party = None  # the parser knows who this is today; the row may be of another time
        name, title = _cut(text, mention.name), _cut(text, mention.title)
        if name and not title and (crown := _CROWN.match(name)):
            name, title = name[crown.end() :], crown[1]  # papers know a king by both, the lists by his name
        people.append(
            Named(
                mention.start,
                mention.end,
                name,
                _cut(text, mention.rank),
                title,
                as_of(party, day) if party else None,
                mention.former,
            )
        )
    return Words(text, tuple(tokens), tuple(people))


def _cut(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def _is_known_person(tokens: Sequence[Token], words: Span) -> bool:
    return any(token.label is Label.PERSON and token.start == words.start for token in tokens)


def _with_former_states(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with the states that ended, and their people, labelled as countries are."""
    labelled = list(tokens)
    for found in _former_pattern().finditer(text):
        party, demonym = former_words()[found[0]]
        one = Token(found.start(), found.end(), Label.DEMONYM if demonym else Label.PARTY, (party,))
        apart = [t for t in labelled if t.end <= one.start or t.start >= one.end]
        labelled = sorted([*apart, one], key=lambda token: token.start)
    return labelled


def _with_whole_names(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with names that look like something else labelled as names.

    These texts are short and regular: a city or a rank behind an office or a first name is a name
    (`Prime Minister John Major`), and so is what follows a particle (`President de Gaulle`).
    """
    whole: list[Token] = []
    for token in tokens:
        before = whole[-1] if whole else None
        word = text[token.start : token.end]
        if before and before.label is Label.PARTICLE and _begins_name(whole) and word[0].isupper():
            whole[-1] = Token(before.start, token.end, Label.NAME)
        elif word in month_name and _DIGIT.match(text, token.end):
            whole.append(Token(token.start, token.end, Label.WORD))
        elif _PREFIXED.match(word) or (before and _is_name_here(before.label, token.label, word)):
            whole.append(Token(token.start, token.end, Label.NAME))
        else:
            whole.append(token)
    return whole


def _begins_name(tokens: Sequence[Token]) -> bool:
    return len(tokens) > 1 and tokens[-2].label in _TITLES


def _is_name_here(before: str, label: str, word: str) -> bool:
    if before in _TITLES:
        return label in (Label.CITY, Label.PARTY) or (
            label is Label.WORD and word.istitle() and word not in month_name
        )
    return before is Label.NAME and label in (Label.CITY, Label.RANK)


_DIGIT = re.compile(r"\s\d")
_TITLES = (Label.OFFICE, Label.RANK, Label.HONORIFIC)
_PREFIXED = re.compile(r"^(?:[Aa][lrstdn]|[Ee]l|[Uu]l|[Dd]|[Ll])[-’'][A-Z]")


@cache
def _former_pattern() -> re.Pattern[str]:
    words = sorted((word for word in former_words() if len(word) > 3), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")
