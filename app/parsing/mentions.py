"""Step 5: the words of a sentence with their labels, and the people and offices among them.

Every word gets a one-letter label, so that the grammar of titles and names is a pattern over letters:
`Ps*O*R*N+` is "Iraq's Secretary Defense Lt. Gen. Ahmed Dawood Salman".
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.parsing.knowledge import (
    Entry,
    Label,
    find_names,
    fold,
    institution_words,
    is_printed_as_name,
    name_particles,
    never_names,
)
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Sentence

_WORD = compile_pattern(
    r"(?:[A-Z]\.){2,}|[\pL\pN][\pL\pN\pM’'\-]*\.?|[,;]|\((?i:retd?|retired)\.?\)|\([^()]{1,40}\)|[^\s\pL\pN]"
)
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_FORMER = frozenset(["former", "ex", "then", "outgoing", "visiting", "late", "acting", "new", "incoming"])


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a known name of several words."""

    start: int
    end: int
    label: Label
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person, or an office without a name, as one place in the text gives it."""

    start: int
    end: int
    name: Span | None
    rank: Span | None
    title: Span | None
    party: str | None
    party_words: Span | None = None
    former: bool = False


def find_tokens(text: str, sentence: Sentence) -> list[Token]:
    """Return the sentence's words with their labels; the longest known name wins."""
    known = _find_known(text, sentence)
    starts = [token.start for token in known]
    tokens: list[Token] = []
    for word in _WORD.finditer(text[sentence.start : sentence.end]):
        start, end = sentence.start + word.start(), sentence.start + word.end()
        index = bisect_left(starts, start + 1) - 1
        if index >= 0 and start < known[index].end:
            if start == known[index].start:
                tokens.append(known[index])
            if end <= known[index].end:
                continue
            start = known[index].end
            if start >= end:
                continue
        tokens.extend(_label(text, start, end))
    return _institutions(text, tokens)


def _institutions(text: str, tokens: list[Token]) -> list[Token]:
    """Take a capitalized word for part of an institution's name if one follows: `Pacific Fleet`."""
    for index in range(len(tokens) - 2, -1, -1):
        token, following = tokens[index], tokens[index + 1]
        if token.label is Label.NAME and (
            following.label is Label.INSTITUTION or _is_acronym(text[token.start : token.end])
        ):
            before = tokens[index - 1].label if index else Label.WORD
            if before not in _BEFORE_NAME:
                tokens[index] = replace(token, label=Label.INSTITUTION)
        elif _is_given_name(text, tokens, index):
            tokens[index] = Token(token.start, token.end, Label.NAME)
    return tokens


def _is_given_name(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a city or country is rather somebody's first name: `Minister Sofia Lindgren`."""
    token = tokens[index]
    if token.label is Label.PARTY and text[token.start : token.end] not in _ALSO_GIVEN_NAMES:
        return False
    return (
        token.label in (Label.CITY, Label.PARTY)
        and index > 0
        and tokens[index - 1].label in (Label.OFFICE, Label.RANK, Label.HONORIFIC)
        and tokens[index + 1].label in (Label.NAME, Label.PERSON)
    )


_ALSO_GIVEN_NAMES = ("Chad", "Georgia", "Israel", "Jordan")


def find_acronyms(text: str, sentences: Sequence[Sequence[Token]]) -> dict[str, tuple[str, ...]]:
    """Return the short names that the article gives to bodies: `Sri Lanka Air Force (SLAF)`."""
    found: dict[str, tuple[str, ...]] = {}
    for tokens in sentences:
        for index, token in enumerate(tokens):
            short = text[token.start + 1 : token.end - 1]
            if token.label is Label.SIDE and _is_acronym(short):
                whose = next(
                    (one.parties for one in _whole_name(tokens[:index]) if len(one.parties) == 1), ()
                )
                if whose:
                    found[short] = whose
    return found


def _whole_name(before: Sequence[Token]) -> Iterator[Token]:
    """Yield the words of the name that stands before its short form, the last one first."""
    for token in before[: -_LONGEST_NAME - 1 : -1]:
        if token.label not in _IN_NAME:
            return
        yield token


def name_acronyms(text: str, tokens: list[Token], acronyms: Mapping[str, tuple[str, ...]]) -> list[Token]:
    """Return the tokens with the article's own short names known as bodies."""
    return [
        replace(token, label=Label.BODY, parties=acronyms[text[token.start : token.end]])
        if not token.parties and text[token.start : token.end] in acronyms
        else token
        for token in tokens
    ]


_LONGEST_NAME = 8
_IN_NAME = frozenset(
    (Label.INSTITUTION, Label.NAME, Label.PARTY, Label.DEMONYM, Label.BODY, Label.OF, Label.THE, Label.AND)
)
_BEFORE_NAME = (
    Label.OFFICE,
    Label.RANK,
    Label.HONORIFIC,
    Label.NAME,
    Label.PERSON,
    Label.COMMA,
    Label.PARTICLE,
)


def _is_acronym(word: str) -> bool:
    return len(word) > 2 and word.isupper() and word.isalpha()


def _find_known(text: str, sentence: Sentence) -> list[Token]:
    words = text[sentence.start : sentence.end]
    found: list[tuple[int, int, Entry]] = []
    for last, entries in find_names().iter(fold(words)):
        end = last + 1
        start = end - len(entries[0].name)
        if not _stands_alone(words, start, end):
            continue
        fitting = [entry for entry in entries if is_printed_as_name(entry, words[start:end])]
        if fitting:
            found.append((start, end, fitting[0]))
    found.sort(key=lambda item: (item[0], item[0] - item[1]))
    tokens: list[Token] = []
    for start, end, entry in found:
        if tokens and sentence.start + start < tokens[-1].end:
            continue
        tokens.append(Token(sentence.start + start, sentence.start + end, entry.label, entry.parties))
    return tokens


def _stands_alone(words: str, start: int, end: int) -> bool:
    before = words[start - 1] if start else " "
    after = words[end] if end < len(words) else " "
    return not (
        before.isalnum()
        or after.isalnum()
        or before == "-"
        or (after == "-" and words[end + 1 : end + 2].isupper())
    )


def _label(text: str, start: int, end: int) -> list[Token]:
    word = text[start:end]
    if word in ("'s", "’s"):
        return [Token(start, end, Label.POSSESSIVE)]
    if word[0] in "'’" and word[1:] == "s":
        return [Token(start, end, Label.POSSESSIVE)]
    if word.endswith(_POSSESSIVE) and len(word) > 2 and word[0].isalpha():
        bare = end - (2 if word[-1] == "s" else 1)
        return [Token(start, bare, _label_of(text[start:bare])), Token(bare, end, Label.POSSESSIVE)]
    if word.endswith(".") and len(word) > 2 and "." not in word[:-1]:
        return [Token(start, end - 1, _label_of(word[:-1])), Token(end - 1, end, Label.WORD)]
    return [Token(start, end, _label_of(word))]


def _label_of(word: str) -> Label:
    low = word.lower()
    if fixed := _FIXED.get(low):
        return fixed
    if low in _FORMER:
        return Label.FORMER
    if word[0] == "(":
        if low.strip("().") in ("retd", "ret", "retired", "rtd"):
            return Label.RETIRED
        return Label.SIDE if len(word) <= 8 else Label.WORD
    if low in name_particles() and word.islower():
        return Label.PARTICLE
    if word[0].isupper() and low in institution_words():
        return Label.INSTITUTION
    if word[0].isupper() and low not in never_names():
        return Label.NAME
    return Label.WORD


_FIXED = {
    "of": Label.OF,
    "for": Label.FOR,
    "to": Label.FOR,
    **dict.fromkeys(("by", "appointed", "named", "nominated", "sending", "picked"), Label.BY),
    "the": Label.THE,
    ",": Label.COMMA,
    "and": Label.AND,
    ";": Label.SEMICOLON,
    "&": Label.AND,
    "counterpart": Label.COUNTERPART,
    "counterparts": Label.COUNTERPART,
    "opposite": Label.COUNTERPART,
}

_OWN = r"(?:[PDBC]s?)"
_NAME = r"[NA](?:l*[NA]){0,5}"
_TITLE = r"(?:I+q?(?:[oua]t?I+q?)*)?O(?:q?s?O|q?I|a[ou]?[OI]|[ou]t?(?:[IOPDBC]s?)+)*q?"
_PERSON = compile_pattern(
    rf"t?{_OWN}*f*(?P<title>(?:{_TITLE}(?:c{_OWN}*(?:B|I+)q?)?)?)(?P<counterpart>k?)c?(?P<rank>(?:R|H|p|Rq)*)(?P<name>{_NAME})p?q?"
    rf"(?P<of>ot?(?:P|{_OWN}+I+))?(?P<apposition>c?t?{_OWN}*f*(?P<title2>{_TITLE}))?"
)
_NEXT_NAME = compile_pattern(r"^c?[RHp]*[NA]")
_OFFICE = compile_pattern(rf"t?{_OWN}*f*(?:(?P<title>{_TITLE})|k)")
# RE2 gives the span of a group by its number only.
_BEFORE, _COUNTERPART, _RANKED, _NAMED, _OF, _APPOSITION, _AFTER = (
    _PERSON.groupindex[part]
    for part in ("title", "counterpart", "rank", "name", "of", "apposition", "title2")
)
_TITLE_ALONE = _OFFICE.groupindex["title"]

_COMMANDER_OF = compile_pattern(r"Ro")


_OF_PEOPLE = frozenset((Label.NAME, Label.PERSON, Label.OFFICE, Label.COUNTERPART))


def _as_office(_: Any) -> str:
    """Read a rank that is held of something as an office: `Commander of the Army`."""
    return "Oo"


def find_people(tokens: Sequence[Token]) -> list[PersonMention]:
    """Return the people with a rank or an office, and the offices without a name, in their order."""
    labels = _COMMANDER_OF.sub(_as_office, "".join(token.label for token in tokens))
    people: list[PersonMention] = []
    if _OF_PEOPLE.isdisjoint(labels):
        return people
    position = searched = 0
    while found := _PERSON.search(labels, searched):
        end, after = found.end(), found.group(_AFTER)
        if after and _NEXT_NAME.match(labels[end : end + 12]):
            # The office behind the name is that of the next one: "Rosa Vidal, Peru's President Ana Solis".
            end, after = found.start(_APPOSITION), None
        name = found.group(_NAMED)
        named = found.group(_OF) or labels[max(found.start() - 1, 0)] == Label.BY
        known = Label.PERSON in name or (named and len(name) > 1)
        if after or known or any(found.group(part) for part in (_BEFORE, _COUNTERPART, _RANKED)):
            people.extend(_offices(tokens, labels, position, found.start()))
            people.append(_person(tokens, found, end))
            position = end
        searched = end
    people.extend(_offices(tokens, labels, position, len(labels)))
    return people


def _offices(tokens: Sequence[Token], labels: str, first: int, last: int) -> Iterator[PersonMention]:
    for found in _OFFICE.finditer(labels[first:last]):
        span = range(first + found.start(), first + found.end())
        title = (
            _title(tokens, first + found.start(_TITLE_ALONE), first + found.end(_TITLE_ALONE))
            if found.group(_TITLE_ALONE)
            else None
        )
        yield _mention(tokens, span, None, None, title)


def _person(tokens: Sequence[Token], found: Any, end: int) -> PersonMention:
    which = _BEFORE if found.group(_BEFORE) else _AFTER
    told = found.group(which) and found.end(which) <= end
    return _mention(
        tokens,
        range(found.start(), end),
        _span(tokens, *found.span(_NAMED)),
        _span(tokens, *found.span(_RANKED)),
        _title(tokens, *found.span(which)) if told else None,
    )


def _mention(
    tokens: Sequence[Token], indices: range, name: Span | None, rank: Span | None, title: Span | None
) -> PersonMention:
    party, words = _party([tokens[index] for index in indices])
    former = any(tokens[index].label is Label.FORMER for index in indices)
    return PersonMention(
        tokens[indices[0]].start, tokens[indices[-1]].end, name, rank, title, party, words, former
    )


def _span(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    return Span(tokens[first].start, tokens[last - 1].end) if 0 <= first < last else None


_NOT_LAST_IN_TITLE = (Label.PARTY, Label.SIDE, Label.POSSESSIVE, Label.THE, Label.OF, Label.FOR)


def _title(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """Return the office without the party that it is held for: `Secretary Defense` [of Iraq]."""
    end = last
    while end - 1 > first and tokens[end - 1].label in _NOT_LAST_IN_TITLE:
        end -= 1
    return _span(tokens, first, end)


def _party(tokens: Sequence[Token]) -> tuple[str | None, Span | None]:
    """Return the first party that the words name: an ambassador of X to Y acts for X."""
    for labels in ((Label.PARTY, Label.DEMONYM, Label.BODY), (Label.CITY,), (Label.PERSON,)):
        for token in tokens:
            if token.label in labels and len(token.parties) == 1:
                return token.parties[0], Span(token.start, token.end)
    return None, None
