"""Step 5, first half: the words of a sentence, each with a one-letter label, the longest known name first."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Final

from app.parsing.calendar import WEEKDAYS
from app.parsing.knowledge import (
    Entry,
    Label,
    combining_forms,
    company_words,
    find_names,
    first_letters,
    fold,
    institution_words,
    is_printed_as_name,
    name_particles,
    never_names,
    post_nominals,
    ship_prefixes,
    stands_alone,
    title_modifiers,
)
from app.parsing.patterns import QUOTES, compile_pattern
from app.parsing.spans import Sentence

# The standard library's pattern, for there is a match a word, and RE2's cost three times as much. What is
# repeated is one class of characters, or bounded, so no text makes it slow.
_WORD: Final = re.compile(
    r"[\"“‘][A-Z]\w{2,14}[\"”’]|[A-Z][a-z]?\.[A-Z][a-z][\w’'\-]+|(?:[A-Z]\.)+[A-Z](?![\w.])|(?:[A-Z]\.){2,}|[^\W_][\w\u0300-\u036f’'\-]*\.?|[,;]|\((?i:retd?|retired)\.?\)|\([^()]{1,40}\)"
    r"|[.!?…\-–—_*=#~|/]+|[\"“”«»]+|[()\[\]{}<>]+|[^\s\w]"
)
_IN_BRACKETS: Final = re.compile(r"\([^()]{1,40}\)")
_BLANK_KEPT: Final = "\0"
_ARABIC_ARTICLE: Final = compile_pattern(r"^(?:al|el|ad|ar|as|ash|an|at|az|ud|ul|ur|bin)[-’'][A-ZÀ-Þ]")
_POSSESSIVE: Final = ("'s", "’s", "s'", "s’")
_APOSTROPHES: Final = ("'", "’")
_FORMER: Final = frozenset(
    (
        "former",
        "ex",
        "then",
        "outgoing",
        "visiting",
        "late",
        "new",
        "newly",
        "accredited",
        "incoming",
        "newly-accredited",
        "newly-appointed",
        "newly-arrived",
        "newly-elected",
    )
)
_AT_SEA: Final = compile_pattern(
    r"\b(?:ships?|warships?|vessels?|frigates?|corvettes?|destroyers?|submarines?|cutters?|flotilla|navy|naval|"
    r"ports?|harbou?r|dock(?:s|ed|ing)?|berth(?:s|ed|ing)?|anchor(?:s|ed|ing)?|sail(?:s|ed|ing)?|aboard|"
    r"on board|commanding officer)\b",
    ignore_case=True,
)
_SHORTEST_OWNER: Final = 2
_MOST_JOINED: Final = 3
"""Known names within a word: `Turkish-Azerbaijani-Georgian`."""
_GLUED: Final = compile_pattern(
    r"-(?:after|before|from|to|with|for|by|and|who|said|says|told|was|has|had|is|will|when|that)$"
)
"""A word that a lost dash has joined to a name: `Solis-said`."""
_TWO_PEOPLES: Final = compile_pattern(r"\b([A-Z][a-z]+)-([A-Z][A-Za-z]+)")
_INITIAL: Final = compile_pattern(r"^[A-Z]\.$")
_ENVOY_WITHIN: Final = 5
"""Words between an envoy's office and `to`: `Ambassador of the Republic of Korea to Peru`."""
_POST_WITHIN: Final = 8
"""Words from an envoy's office to the name: `Ambassador of the Czech Republic to Peru, Jan Novak`."""
_POST_ENDS: Final = ("uP", "uPc", "utP", "utPc")
_HOLDER_NEXT: Final = re.compile(r"[OE](?:[oum]?t?I){0,4}ot?Pc?$")
"""The labels of `Minister of Foreign Affairs of Peru,`."""
_LONGEST_NAME: Final = 8
_LONGEST_KEPT: Final = 40
"""Letters; longer words are seldom met again, and no text shall fill the memory."""
_LABEL: Final = attrgetter("label")
_START: Final = attrgetter("start")
_LIKELIEST: Final[dict[tuple[str, ...], str]] = {
    ("KOR", "PRK"): "KOR",
    ("COD", "COG"): "COD",
    ("DMA", "DOM"): "DOM",
    ("IND", "ISR"): "",
}
"""Which of two countries is meant by what both are called, where an article names both or neither; if any."""
_LONGEST_HEADED: Final = 4
_HEADS_BODY: Final = frozenset(
    ("chairman", "chairperson", "chairwoman", "speaker", "director", "dg", "governor", "commandant")
)
"""Offices held of a body with a short name; behind others it is a person: `Minister CHO`."""
_GOES_ON: Final = (Label.NAME, Label.PERSON, Label.PARTICLE)
_LONGEST_SIDE: Final = 24
"""Characters of brackets that may stand inside an office: `(COAS)`, `(FIU-Norway)`."""
_IN_NAME: Final = frozenset(
    (
        Label.INSTITUTION,
        Label.MODIFIER,
        Label.NAME,
        Label.PARTY,
        Label.DEMONYM,
        Label.BODY,
        Label.OF,
        Label.THE,
        Label.AND,
    )
)
_BEFORE_NAME: Final = (
    Label.OFFICE,
    Label.ENVOY,
    Label.RANK,
    Label.HONORIFIC,
    Label.NAME,
    Label.PERSON,
    Label.COMMA,
    Label.COUNTERPART,
    Label.PARTICLE,
)
_NAME_STARTS: Final = frozenset((Label.OFFICE, Label.ENVOY, Label.RANK, Label.HONORIFIC, Label.COUNTERPART))
_ALSO_SURNAMES: Final = ("Hall", "House", "Park", "Day")
"""Institutions' words that are also surnames, as `Park Ji-won`."""
_ALSO_LAST: Final = (*_ALSO_SURNAMES, "Law", "Field", "Church")
_JUNIOR: Final = (" Jr", ", Jr", " Junior")
"""Behind the name of somebody's son."""
_ALSO_TITLES: Final = ("Amir", "Sultan", "King")
_RULERS: Final = ("Amir", "Emir")
_BEFORE_RULERS: Final = (Label.OFFICE, Label.ENVOY, Label.RANK, Label.COUNTERPART, Label.AND)
_WITH_HYPHENS: Final = (("KOR",), ("PRK",), ("TWN",))
"""Where given names have a hyphen."""
_WEEKDAYS: Final = frozenset(word.title() for word in WEEKDAYS if word.endswith("day"))
_OF_OTHERS: Final = (Label.INSTITUTION, Label.OFFICE, Label.OF, Label.POSSESSIVE)
_INSIDE_NAMES: Final = (
    "Sheikh",
    "Shaikh",
    "Sayed",
    "Sayyid",
    "Syed",
    "Haji",
    "Imam",
    "Mufti",
    "Mullah",
    "Bishop",
    "Prince",
)
"""Forms of address that are also names: `Hassan Sheikh Ali`."""
_BESIDE_INITIAL: Final = tuple((before, Label.NAME) for before in (Label.NAME, Label.RANK, Label.HONORIFIC))
_ALSO_GIVEN_NAMES: Final = ("Bharat", "Chad", "Georgia", "Israel", "Jordan")
_WHOSE: Final = frozenset((Label.PARTY, Label.DEMONYM, Label.CITY, Label.BODY))


@dataclass(init=False, slots=True)
class Token:
    """A word, or a known name of several words.

    It is not frozen, and no tuple: there is one a word, and each step asks all of them for their labels.
    For the same reason `__init__` is written out: what the decorator writes cannot be compiled.
    """

    start: int
    end: int
    label: str
    parties: tuple[str, ...]

    def __init__(self, start: int, end: int, label: str, parties: tuple[str, ...] = ()) -> None:
        self.start, self.end, self.label, self.parties = start, end, label, parties


_Parts = tuple[tuple[int, int, str], ...]
"""Where each part of a word begins and ends in it, and its label."""
_Word = tuple[int, int, _Parts]
"""Where a word begins and ends, and its parts."""


def join_labels(tokens: Iterable[Token]) -> str:
    """Return the labels of tokens, a letter each, for patterns and for a quick look at what is there."""
    return "".join([token.label for token in tokens])


def find_tokens(text: str, sentence: Sentence) -> list[Token]:
    """Return the sentence's words with their labels; the longest known name wins."""
    tokens: list[Token] = []
    known = _find_known(text, sentence)
    count = 0  # of the known names that begin no later than the word
    ended, next_start = 0, known[0].start if known else len(text)
    for start, end, parts in _find_words(text, sentence):
        rest = start
        if start < ended or end > next_start:
            while count < len(known) and known[count].start <= start:
                ended = known[count].end
                count += 1
            next_start = known[count].start if count < len(known) else len(text)
            name = known[count - 1] if start < ended else None
            inside = [one for one in known[count : count + _MOST_JOINED] if one.start < end]
            rest = _add_known(text, tokens, (start, end), name, inside)
        if rest < end:
            for first, last, label in parts if rest == start else _parts(text[rest:end]):
                tokens.append(Token(rest + first, rest + last, label))
    tokens = _institutions(text, tokens)
    return _owned(tokens) if Label.BODY in map(_LABEL, known) else tokens


def _find_words(text: str, sentence: Sentence) -> list[_Word]:
    """Return where a sentence's words begin and end, and the parts of each."""
    found: list[_Word] = []
    at = sentence.start
    for piece in _pieces(text[sentence.start : sentence.end]):
        words: Sequence[_Word] = _kept_words(piece) if len(piece) <= _LONGEST_KEPT else _match_words(piece)
        for first, last, parts in words:
            found.append((at + first, at + last, parts))
        at += len(piece) + 1
    return found


def _pieces(text: str) -> list[str]:
    """Return what blanks part; what brackets hold is one word, blanks and all."""
    if "(" not in text:
        return text.split(" ")
    kept = _IN_BRACKETS.sub(lambda found: found[0].replace(" ", _BLANK_KEPT), text)
    return [piece.replace(_BLANK_KEPT, " ") for piece in kept.split(" ")]


@lru_cache(maxsize=8192)
def _kept_words(piece: str) -> tuple[_Word, ...]:
    """Return what `_match_words` does; the same few thousand pieces make up most texts."""
    return tuple(_match_words(piece))


def _match_words(text: str) -> list[_Word]:
    return [
        (first, last, _parts(text[first:last]))
        for first, last in (word.span() for word in _WORD.finditer(text))
    ]


def _add_known(
    text: str, tokens: list[Token], word: tuple[int, int], name: Token | None, inside: Sequence[Token]
) -> int:
    """Add the known name that a word begins in, and the next ones that begin in the word.

    Return where the rest of the word begins, which is told by its letters alone.
    """
    start, end = word
    if name:
        if start == name.start:
            tokens.append(name)
        if end <= name.end:
            return end
        start = name.end
        if text[start] == "." and start + 1 < end:
            start += 1  # "Dr.Khan"
        start = _add_joined(text, tokens, start, inside)
        if text[start - 1] == "s" and text[start:end] in _APOSTROPHES and text[end : end + 1] == " ":
            tokens.append(Token(start, end, Label.POSSESSIVE))
            return end
    elif inside and _is_bracketed(text, inside[0], start, end):
        # Behind its own full name it is a short form and says nothing new: "the Coalition (IMCTC)".
        own = bool(tokens) and tokens[-1].parties == inside[0].parties
        tokens.append(Token(start, end, Label.SIDE if own else Label.BRACKETED, inside[0].parties))
        return end
    elif inside and _is_hyphen(text, inside[0].start - 1):
        # The word runs into a known name: "US" of "US-Indonesia".
        start = _add_joined(text, tokens, inside[0].start - 1, inside)
    return start


def _add_joined(text: str, tokens: list[Token], start: int, inside: Sequence[Token]) -> int:
    """Add the known names that hyphens join, as in `Egyptian-Jordanian-Iraqi`, and return their end."""
    for one in inside:
        if one.start == start + 1 and _is_hyphen(text, start):
            tokens.append(one)
            start = one.end
    return start


def _owned(tokens: list[Token]) -> list[Token]:
    """Give a body to the state that its owner's name tells: `the Royal Navy of Oman`."""
    for index, token in enumerate(tokens):
        if token.label is not Label.BODY:
            continue
        behind = [one for one in tokens[index + 1 : index + 4] if one.label is not Label.THE]
        before = tokens[max(index - 2, 0) : index]
        owner = None
        if [one.label for one in behind[:2]] == [Label.OF, Label.PARTY]:
            owner = behind[1]
        elif [one.label for one in before][1:] == [Label.POSSESSIVE] and before[0].label in _WHOSE:
            owner = before[0]
        if owner is not None and len(owner.parties) == 1:
            tokens[index] = replace(token, parties=owner.parties)
    return tokens


def _is_bracketed(text: str, known: Token, start: int, end: int) -> bool:
    """Tell whether brackets hold a party and nothing else: `Ana Solis (Peru)`."""
    return (
        text[start] == "("
        and (known.start, known.end) == (start + 1, end - 1)
        and known.label in (Label.PARTY, Label.DEMONYM)
        and len(known.parties) == 1
    )


def _institutions(text: str, tokens: list[Token]) -> list[Token]:
    """Read words again by those beside them: a name is part of an institution's if one follows."""
    for index in range(len(tokens) - 2, -1, -1):
        token = tokens[index]
        if token.label is Label.WORD and not text[token.start].isupper():
            continue  # as most are
        read_again = _READ_AGAIN.get(token.label)
        if read_again is not None:
            read_again(text, tokens, index)
    return tokens


def _read_beside(text: str, tokens: list[Token], index: int) -> bool:
    """Give a word the other label that it has beside names, and tell whether it has one."""
    token, label = tokens[index], _label_beside(text, tokens, index)
    if label is None:
        return False
    tokens[index] = Token(token.start, token.end, label)
    return True


def _read_for(text: str, tokens: list[Token], index: int) -> None:
    if not _read_beside(text, tokens, index) and _is_direction(text, tokens, index):
        tokens[index] = replace(tokens[index], label=Label.WORD)


def _read_name(text: str, tokens: list[Token], index: int) -> None:
    """Take a capitalized word for part of an institution's name if one follows: `Pacific Fleet`."""
    token, following = tokens[index], tokens[index + 1].label
    word = text[token.start : token.end]
    if index and tokens[index - 1].label in _BEFORE_NAME:
        of_body = _is_headed(text, tokens, index)
    else:
        of_body = (
            following is Label.INSTITUTION
            or _is_acronym(word)
            or (following is Label.OFFICE and word.isupper())
        )
    if of_body:
        tokens[index] = replace(token, label=Label.INSTITUTION)


def _is_headed(text: str, tokens: list[Token], index: int) -> bool:
    """Tell whether a short name behind an office is that of a body, not of a person: `Chairman JCSC`."""
    word = text[tokens[index].start : tokens[index].end]
    if len(word) > _LONGEST_HEADED or not (word.isupper() and word.isalpha()):
        return False
    office = tokens[index - 1]
    if office.label is not Label.OFFICE or tokens[index + 1].label in _GOES_ON:
        return False
    return text[office.start : office.end].split()[-1].casefold() in _HEADS_BODY


def _read_counterpart(text: str, tokens: list[Token], index: int) -> None:
    """Take two words for one: `his opposite number`."""
    token, following = tokens[index], tokens[index + 1]
    if following.label is Label.WORD and text[following.start : following.end] in ("number", "numbers"):
        tokens[index : index + 2] = [replace(token, end=following.end)]


def _read_institution(text: str, tokens: list[Token], index: int) -> None:
    if _read_beside(text, tokens, index) or _read_royal(text, tokens, index) or not index:
        return
    before = tokens[index - 1]
    if _INITIAL.match(text[before.start : before.end]):
        tokens[index] = replace(tokens[index], label=Label.NAME)


def _read_royal(text: str, tokens: list[Token], index: int) -> bool:
    """Take `Royal Thai` for one word, of an army or a navy, and tell whether it is."""
    token, following = tokens[index], tokens[index + 1]
    if following.label not in (Label.DEMONYM, Label.PARTY) or text[token.start : token.end] != "Royal":
        return False
    tokens[index : index + 2] = [replace(following, start=token.start)]
    return True


def _read_city(text: str, tokens: list[Token], index: int) -> None:
    if not _read_beside(text, tokens, index):
        _read_given_name(text, tokens, index)


def _read_given_name(text: str, tokens: list[Token], index: int) -> None:
    if _is_given_name(text, tokens, index):
        tokens[index] = Token(tokens[index].start, tokens[index].end, Label.NAME)


def _read_article(text: str, tokens: list[Token], index: int) -> None:
    """Take an `A` between the words of a name for an initial: `General D A Solis`."""
    token, beside = tokens[index], (tokens[index - 1].label if index else Label.WORD, tokens[index + 1].label)
    if text[token.start : token.end] == "A" and beside in _BESIDE_INITIAL:
        tokens[index] = replace(token, label=Label.NAME)


def _read_word(text: str, tokens: list[Token], index: int) -> None:
    if _is_month_as_name(text, tokens, index) or _is_jan(text, tokens, index):
        tokens[index] = Token(tokens[index].start, tokens[index].end, Label.NAME)


_READ_AGAIN: Final[Mapping[str, Callable[[str, list[Token], int], object]]] = {
    Label.CITY: _read_city,
    Label.COUNTERPART: _read_counterpart,
    Label.FOR: _read_for,
    Label.INSTITUTION: _read_institution,
    Label.NAME: _read_name,
    Label.THE: _read_article,
    Label.WORD: _read_word,
    **dict.fromkeys((Label.HONORIFIC, Label.MODIFIER, Label.RANK), _read_beside),
    **dict.fromkeys((Label.OFFICE, Label.PARTY, Label.REGION), _read_given_name),
}
"""How words are read again that may be something else beside others, by their labels."""


def _label_beside(text: str, tokens: Sequence[Token], index: int) -> str | None:
    """Return what a word is beside names that would else be something else: a name, or an office."""
    if tokens[index].label is Label.RANK:
        # "Peru's Land Forces Commander General Ana Solis"
        commands = text[tokens[index].start : tokens[index].end].lower() == "commander"
        return Label.OFFICE if commands and tokens[index + 1].label is Label.RANK else None
    if _is_sender(text, tokens, index):
        return Label.OF
    if tokens[index].label is Label.MODIFIER:
        return Label.OFFICE if _is_own_deputy(text, tokens, index) else None
    return Label.NAME if _is_within_name(text, tokens, index) else None


def _is_within_name(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a town, a form of address or an institution's word is a name beside names."""
    token, following = tokens[index], tokens[index + 1]
    before = tokens[index - 1].label if index else Label.WORD
    word = text[token.start : token.end]
    if token.label is Label.HONORIFIC:
        # "Hassan Sheikh Ali", but "President Solis, Sheikh Ali".
        # "Atif Khan Sheikh said", but "President Solis, Sheikh Ali".
        return word in _INSIDE_NAMES and before in (Label.NAME, Label.PARTICLE)
    if token.label is Label.FOR:
        return word == "To" and before in _NAME_STARTS and following.label is Label.NAME
    above = tokens[index - 2].label if index > 1 else Label.WORD
    if token.label is Label.INSTITUTION and following.label is not Label.NAME:
        # "Ambassador Philip Hall", "the Ambassador to Peru, Philip Hall,"
        named = above is Label.COMMA or above in _NAME_STARTS or _is_behind_post(tokens, index - 1)
        return word in _ALSO_LAST and before is Label.NAME and named and following.label not in _OF_OTHERS
    if token.label is Label.INSTITUTION:
        return word in _ALSO_SURNAMES and (before not in _IN_NAME or _is_behind_post(tokens, index))
    return before is Label.NAME and (above in _NAME_STARTS or _is_behind_post(tokens, index - 1))


def _is_sender(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether `for` says who sends an envoy: `the High Commissioner for Zambia`."""
    token, before = tokens[index], tokens[index - 1]
    return (
        token.label is Label.FOR
        and before.label is Label.ENVOY
        and text[token.start : token.end] == "for"
        and text[before.start : before.end].lower().endswith("high commissioner")
        and join_labels(tokens[index + 1 : index + 3]).startswith((Label.PARTY, Label.THE + Label.PARTY))
    )


def _is_own_deputy(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether somebody is only called another's deputy: `his deputy, Ana Solis`."""
    token, before = tokens[index], tokens[index - 1]
    behind = join_labels(tokens[index + 1 : index + 3])
    return (
        index > 0
        and text[token.start : token.end] == "deputy"
        and text[before.start : before.end].lower() in ("his", "her", "their", "its")
        and behind in (Label.COMMA + Label.NAME, 2 * Label.NAME)
    )


def _is_direction(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether `to` says where somebody goes, and not where an envoy is sent: `the King to Rome`."""
    return (
        text[tokens[index].start : tokens[index].end] == "to"
        and index > 0
        and tokens[index - 1].label in _WHOSE
        and Label.ENVOY not in join_labels(tokens[max(index - _ENVOY_WITHIN, 0) : index])
    )


def _is_given_name(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a city or country is rather somebody's first name: `Minister Sofia Lindgren`."""
    token = tokens[index]
    if text[token.start : token.end] in _RULERS and index > 0 and tokens[index + 1].label is Label.NAME:
        # "Foreign Minister Amir Khan" and "Peru, and Amir Khan", but "Qatar's Amir Tamim".
        above = index - 2 if tokens[index - 1].label is Label.COMMA else index - 1
        return above >= 0 and tokens[above].label in _BEFORE_RULERS
    if text[token.start : token.end] == "Sultan" and _is_of_house(text, tokens[index + 1]):
        return True
    if token.label is Label.OFFICE and index > 1 and tokens[index - 1].label is Label.NAME:
        # "General Hassan Amir", but "Qatar's Amir"
        return text[token.start : token.end] in _ALSO_TITLES and tokens[index - 2].label in _NAME_STARTS
    if token.label is Label.OFFICE and index > 0:
        # "Minister Sultan bin Nasser": a title is a name between another title and a particle.
        before = tokens[index - 1].label
        named = before is Label.INSTITUTION or before in _BEFORE_NAME
        return tokens[index + 1].label is Label.PARTICLE and named
    if token.label is Label.PARTY and text[token.start : token.end] not in _ALSO_GIVEN_NAMES:
        return False
    labels = [one.label for one in tokens[max(index - 2, 0) : index]]
    return (
        token.label in (Label.CITY, Label.REGION, Label.PARTY)
        and index > 0
        and (
            labels[-1] in (Label.OFFICE, Label.ENVOY, Label.RANK, Label.HONORIFIC, Label.COUNTERPART)
            or labels == [Label.COUNTERPART, Label.COMMA]
            or _is_behind_post(tokens, index)
        )
        and tokens[index + 1].label in (Label.NAME, Label.PERSON)
    )


def _is_of_house(text: str, token: Token) -> bool:
    """Tell whether a word begins a family's name, as never behind a ruler's title: `Sultan Al Rahbi`."""
    word = text[token.start : token.end]
    return token.label is Label.PARTICLE or word in ("Al", "Bin") or word.startswith(("Al-", "al-"))


def _is_behind_post(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a name must come: `the Ambassador to Peru, Sofia Lindgren`, `Minister of Peru, X`."""
    before = join_labels(tokens[max(index - _POST_WITHIN, 0) : index])
    return (before.endswith(_POST_ENDS) and Label.ENVOY in before) or _HOLDER_NEXT.search(before) is not None


def _is_month_as_name(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a capitalized common word is a name between names: `Sheikha May Al Khalifa`."""
    return (
        tokens[index].label is Label.WORD
        and text[tokens[index].start].isupper()
        and index > 0
        and (
            (
                tokens[index - 1].label is Label.NAME
                and not (_is_weekday(text, tokens[index]) and tokens[index + 1].label is not Label.NAME)
            )
            or (
                tokens[index + 1].label is Label.NAME
                and (tokens[index - 1].label in _NAME_STARTS or _is_behind_post(tokens, index))
            )
        )
        and not text[tokens[index + 1].start].isdigit()
    )


def _is_jan(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether `Jan` is a first name, no month: `Jan Novak`, but `on 14 Jan Solis flew`."""
    token, before = tokens[index], tokens[index - 1] if index else None
    dated = before is not None and text[before.start].isdigit()
    return (
        text[token.start : token.end] == "Jan"
        and tokens[index + 1].label in (Label.NAME, Label.PARTICLE)
        and not dated
    )


def _is_weekday(text: str, token: Token) -> bool:
    """Tell whether a word is a day, which may stand behind a name: `Minister X Tuesday met Y`."""
    return text[token.start : token.end] in _WEEKDAYS


def tell_namesakes(text: str, sentences: Sequence[list[Token]], labels: Sequence[str]) -> list[list[Token]]:
    """Let nobody be a known person who has another given name: `Oskar Turnbull`, and `Turnbull` after it."""
    others = {
        text[token.start : token.end]
        for tokens, joined in zip(sentences, labels, strict=True)
        if Label.PERSON in joined
        for index, token in enumerate(tokens)
        if token.label is Label.PERSON and _has_other_name(text, tokens, index)
    }
    if not others:
        return list(sentences)
    return [
        [
            Token(token.start, token.end, Label.NAME)
            if token.label is Label.PERSON and text[token.start : token.end] in others
            else token
            for token in tokens
        ]
        for tokens in sentences
    ]


def _has_other_name(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the names before a known one begin with none of the letters of the known person's."""
    if text.startswith(_JUNIOR, tokens[index].end):
        return True
    first = index
    while first > 0 and tokens[first - 1].label in (Label.NAME, Label.PARTICLE):
        first -= 1
    if first == index or tokens[first].label is Label.PARTICLE:
        return False
    known = first_letters().get(text[tokens[index].start : tokens[index].end])
    return known is not None and text[tokens[first].start] not in known


def settle_namesakes(sentences: Sequence[list[Token]]) -> list[list[Token]]:
    """Give a name of two countries to the one that the article names otherwise: `Korea` beside `Seoul`."""
    named_so = {token.parties for tokens in sentences for token in tokens if token.parties}
    if named_so.isdisjoint(_LIKELIEST):
        return list(sentences)
    named = {token.parties[0] for tokens in sentences for token in tokens if len(token.parties) == 1}
    return [[_settled(token, named) for token in tokens] for tokens in sentences]


def _settled(token: Token, named: set[str]) -> Token:
    likeliest = _LIKELIEST.get(token.parties)
    if likeliest is None:
        return token
    told = [party for party in token.parties if party in named]
    party = told[0] if len(told) == 1 else likeliest
    return replace(token, parties=(party,)) if party else replace(token, label=Label.INSTITUTION, parties=())


def find_acronyms(
    text: str, sentences: Sequence[Sequence[Token]], labels: Sequence[str]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the short names that the article gives, with their labels and parties.

    They are those of bodies, `Sri Lanka Air Force (SLAF)`, and of offices, `Chief of Defence Force (CDF)`.
    """
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for tokens, joined in zip(sentences, labels, strict=True):
        if Label.SIDE not in joined:
            continue
        for index, token in enumerate(tokens):
            if token.label is not Label.SIDE:
                continue
            short = text[token.start + 1 : token.end - 1]
            if not _is_acronym(short):
                continue
            if index and tokens[index - 1].label is Label.OFFICE:
                found[short] = Label.OFFICE, ()
            elif whose := _owner(tokens[:index]):
                found[short] = Label.BODY, whose
    return found


def _owner(before: Sequence[Token]) -> tuple[str, ...]:
    """Return the party of a name, or of the one to whom the name belongs: `Seoul's Joint Chiefs of Staff`."""
    name = list(_whole_name(before))
    owner = before[-len(name) - 2 : -len(name)]
    if len(owner) > 1 and owner[1].label is Label.POSSESSIVE and owner[0].label in _WHOSE:
        name.append(owner[0])
    return next((one.parties for one in name if len(one.parties) == 1), ())


def _whole_name(before: Sequence[Token]) -> Iterator[Token]:
    """Yield the words of the name that stands before its short form, the last one first."""
    for token in before[: -_LONGEST_NAME - 1 : -1]:
        if token.label not in _IN_NAME:
            return
        yield token


def name_acronyms(
    text: str, tokens: list[Token], acronyms: Mapping[str, tuple[str, tuple[str, ...]]]
) -> list[Token]:
    """Return the tokens with the article's own short names known as those of bodies and offices."""
    return [
        Token(token.start, token.end, *acronyms[text[token.start : token.end]])
        if not token.parties and text[token.start : token.end] in acronyms
        else token
        for token in tokens
    ]


def _is_acronym(word: str) -> bool:
    return len(word) > 2 and word.isupper() and word.isalpha()


def _find_known(text: str, sentence: Sentence) -> list[Token]:
    """Return the known names from left to right: of those that overlap the first, and then the longest."""
    words, offset = text[sentence.start : sentence.end], sentence.start
    found: list[tuple[int, int, Entry]] = []
    for last, entries in find_names().iter(fold(words)):
        end = last + 1
        start = end - len(entries[0].name)
        if not stands_alone(words, start, end):
            continue
        printed = words[start:end]
        if printed in ship_prefixes() and not _is_ship(words, end):
            continue
        for entry in entries:
            if is_printed_as_name(entry, printed) and not _goes_on(entry, words, end):
                found.append((start, -end, entry))
                break
    found.sort()
    known: list[Token] = []
    ended = 0
    for start, minus_end, entry in found:
        if start >= ended:
            ended = -minus_end
            known.append(Token(offset + start, offset + ended, entry.label, entry.parties))
    if text.find("-", max(offset - 1, 0), sentence.end + 1) >= 0:
        if forms := list(_combined(text, sentence, known)):
            known = sorted([*known, *forms], key=_START)
        known = list(_joined(text, sentence, known))
    return [token for token in known if not _is_company(text, token)]


def _goes_on(entry: Entry, words: str, end: int) -> bool:
    """Tell whether somebody's full name only begins another's: `Park Jin-ho` is nobody called Park Jin."""
    full = entry.label is Label.PERSON and " " in entry.name and entry.parties in _WITH_HYPHENS
    return full and words[end : end + 1] == "-" and words[end + 1 : end + 2].islower()


def _is_ship(words: str, end: int) -> bool:
    """Tell whether letters stand before a ship's name: `BAP Quiroga docked in Lima`."""
    return (
        words[end : end + 1] == " "
        and words[end + 1 : end + 2].isupper()
        and _AT_SEA.search(words) is not None
    )


def _is_company(text: str, token: Token) -> bool:
    """Tell whether a country's name is only the beginning of a company's: `Kenya Airways`."""
    if token.label not in _WHOSE:
        return False
    rest = text[token.end : token.end + 20].lstrip(" ")
    if rest[:1].islower():
        return False  # as most words are
    following = rest.split(" ")[0].strip(".,;:’'")
    return following[:1].isupper() and following.lower() in company_words()


def _combined(text: str, sentence: Sentence, known: Sequence[Token]) -> Iterator[Token]:
    """Yield the forms of peoples' names that stand only in pairs: `Sino-Russian`, `Indo-Pak`."""
    forms = combining_forms()
    for found in _TWO_PEOPLES.finditer(text[sentence.start : sentence.end]):
        before, behind = forms.get(found.group(1)), forms.get(found.group(2))
        if before is None and behind is None:
            continue  # as with most words that have a hyphen
        starts = {token.start for token in known if token.label in _WHOSE}
        first, second = (sentence.start + found.start(part) for part in (1, 2))
        if before is not None and (behind is not None or second in starts):
            yield Token(first, second - 1, Label.DEMONYM, (before,))
        if behind is not None and (before is not None or first in starts):
            yield Token(second, sentence.start + found.end(2), Label.DEMONYM, (behind,))


def _joined(text: str, sentence: Sentence, known: Sequence[Token]) -> Iterator[Token]:
    """Yield the known names; of those with a hyphen only pairs of parties and bodies with a country's name.

    `US-Indonesia` names two parties and `FIU-Norway` is a body of Norway's; `Afro-Cuban` is neither.
    """
    ends = {token.end for token in known if token.label in _WHOSE}
    starts = {token.start for token in known if token.label in _WHOSE}
    for token in known:
        first = token.start
        if _is_hyphen(text, first - 1) and first - 1 not in ends:
            while first > sentence.start and (text[first - 1].isupper() or text[first - 1] == "-"):
                first -= 1
            if token.label is not Label.PARTY or first == token.start - 1 or _is_inside_word(text, first):
                continue
            yield Token(first, token.end, Label.BODY, token.parties)
        elif _is_hyphen(text, token.end) and text[token.end + 1 : token.end + 2].isupper():
            if token.end + 1 in starts:
                yield token
        else:
            yield token


def _is_hyphen(text: str, position: int) -> bool:
    return 0 <= position < len(text) and text[position] == "-"


def _is_inside_word(text: str, position: int) -> bool:
    return position > 0 and text[position - 1].isalnum()


def _parts(word: str) -> _Parts:
    """Return a word's parts with their labels: what is possessed and the full stop stand apart."""
    return _kept_parts(word) if len(word) <= _LONGEST_KEPT else _read_parts(word)


@lru_cache(maxsize=8192)
def _kept_parts(word: str) -> _Parts:
    return _read_parts(word)


def _read_parts(word: str) -> _Parts:
    end = len(word)
    if word in _COURTEOUS:
        return ()
    if word in _SHORT_NAMES:
        return ((0, end, Label.NAME),)
    if word in _YOUNGER:
        return ((0, end, Label.POST_NOMINAL),)
    if word in ("'s", "’s"):
        return ((0, end, Label.POSSESSIVE),)
    if "-" in word and (glued := _GLUED.search(word)) is not None:
        name = glued.start()
        before = ((0, name, _label_of(word[:name])),) if name else ()
        return (*before, (name + 1, end, _label_of(word[name + 1 :])))
    if word.endswith(_POSSESSIVE) and end > _SHORTEST_OWNER and word[0].isalpha():
        bare = end - (2 if word[-1] == "s" else 1)
        return ((0, bare, _label_of(word[:bare])), (bare, end, Label.POSSESSIVE))
    if word.endswith(".") and end > _SHORTEST_OWNER and "." not in word[:-1]:
        return ((0, end - 1, _label_of(word[:-1])), (end - 1, end, Label.WORD))
    return ((0, end, _label_of(word)),)


def _label_of(word: str) -> str:
    low = word.lower()
    if fixed := _FIXED.get(low):
        return fixed
    if word in post_nominals():
        return Label.POST_NOMINAL
    if word[0] == "(":
        if low.strip("().") in _RETIRED:
            return Label.POST_NOMINAL
        return Label.SIDE if len(word) <= _LONGEST_SIDE and word[1:2].isupper() else Label.WORD
    if not word.isalpha() and _ARABIC_ARTICLE.match(word):
        return Label.NAME
    called = word[0] in QUOTES and word[1:2].isupper()  # Juan "Chato" Solis
    if called or (low in name_particles() and word.islower()):
        return Label.PARTICLE
    if low in title_modifiers():
        return Label.MODIFIER
    if word[0].isupper() and low in institution_words():
        return Label.INSTITUTION
    if word[0].isupper() and low not in never_names() and not _is_people(low):
        return Label.NAME
    return Label.WORD


def _is_people(word: str) -> bool:
    """Tell whether a word is the name of a people in the plural: `Pakistanis`."""
    known: tuple[Entry, ...] = find_names().get(word[:-1], ()) if word.endswith("s") else ()
    return any(one.label is Label.DEMONYM for one in known)


_RETIRED: Final = ("retd", "ret", "retired", "rtd", "m", "military")
_OF_CHOICE: Final = [
    "by",
    "appoint",
    "assumed",
    "assumes",
    "appoints",
    "appointment",
    "nomination",
    "appointed",
    "name",
    "names",
    "named",
    "nominate",
    "nominates",
    "nominated",
    "picked",
    "send",
    "sends",
    "sent",
    "sending",
    "sworn",
    "confirm",
    "confirms",
    "confirmed",
    "elected",
    "becomes",
    "chosen",
    "selected",
    "designated",
    "replaces",
    "replaced",
    "succeeds",
    "succeeded",
    "succeed",
    "replace",
]
"""Words beside which a bare name is somebody's: `appointed Ana Solis`, `Ana Solis was sworn in`."""
_COURTEOUS: Final = ("friendly", "sisterly", "brotherly", "fraternal")
"""Words that would part an office from its state: `President of the friendly Republic of Peru`."""
_SHORT_NAMES: Final = ("Md.", "Mohd.", "Muhd.", "Abd.")
"""Names that are cut short: `Md. Nazmul Islam`."""
_YOUNGER: Final = ("Jr.", "Sr.", "Jr", "Sr")
_FIXED: Final = {
    "of": Label.OF,
    **dict.fromkeys(("wife", "husband", "spouse"), Label.HONORIFIC),
    "for": Label.FOR,
    "to": Label.FOR,
    "from": Label.FROM,
    "in": Label.IN,
    "at": Label.IN,
    **dict.fromkeys(_FORMER, Label.FORMER),
    **dict.fromkeys(_OF_CHOICE, Label.BY),
    **dict.fromkeys(("the", "a", "an"), Label.THE),
    ",": Label.COMMA,
    "and": Label.AND,
    ";": Label.SEMICOLON,
    "&": Label.AND,
    **dict.fromkeys(("-designate", "-elect", "-delegate"), Label.SIDE),
    **dict.fromkeys(
        ("counterpart", "counterparts", "opposite", "colleague", "peer", "host", "homologue", "guest"),
        Label.COUNTERPART,
    ),
}
