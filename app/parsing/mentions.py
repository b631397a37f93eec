"""Step 5, second half: the people and the offices of a sentence, by a grammar over the labels of its words.

`Ps*O*R*N+` is "Iraq's Secretary Defense Lt. Gen. Ahmed Dawood Salman".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.parsing.knowledge import Label, institution_words
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span
from app.parsing.tokens import Token, join_labels


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
    counterpart: bool = False
    sent_to: str | None = None
    sent_to_words: Span | None = None


_OWN = r"(?:[PDBCG]s?)"
NAME = r"[NA](?:l*[NA]){0,8}"
_ANY_OFFICE = "[OE]"
# A portfolio: "Buddhasasana, Religious and Cultural Affairs". Unknown words count only where a list goes on.
# A rank is part of it only inside: "General Staff", not "Defense Forces Field Marshal".
_ITEM = r"(?:N{0,2}(?:[OEm]|Is?|R[IO]|[PDBG]s?)+q?)"
# A list of portfolios holds no office and ends with a party, or it would run into the next person's.
_LISTED = r"(?:N{0,2}(?:m|Is?|RI)+q?)"
_LAST = r"(?:N{0,2}(?:m|Is?|RI|[PDBG]s?)+q?)"
_PORTFOLIO = rf"(?:(?:(?:{_LISTED}|N{{1,2}})(?:ca?|a|ot?))+{_LAST}|{_ITEM})"
_BEFORE_OFFICE = r"(?:(?:[Im]q?)+(?:[oua]t?(?:[Im]q?)+)*)?"
_BEHIND_OFFICE = (
    rf"(?:q?m?s?{_ANY_OFFICE}|q?I|a(?:[oum]t?)?m*[OEI]|[ou]t?{_PORTFOLIO}|ca?m*{_ANY_OFFICE}|[ou]t?{_OWN}+I*|[PD]s?I+"
    rf"|it?I+(?:ot?{_PORTFOLIO})?|(?:c(?:N{{0,2}}I)+)+c?at?(?:N{{0,2}}I)+)"
)
_TITLE = rf"{_BEFORE_OFFICE}{_ANY_OFFICE}{_BEHIND_OFFICE}*q?"
# Behind the office, before the name: "High Commissioner in Pakistan", "Governor of the northern province,".
_WHERE = r"(?:it?[PCG]|P)?"
# "his Peruvian counterpart", "his counterpart from Peru".
_PEER = rf"k(?:rt?{_OWN})?"
_PERSON = compile_pattern(
    rf"t?{_OWN}*(?:fy?)*m?(?P<title>(?:{_TITLE}(?:c{_OWN}*(?:B|I+)q?)?)?)(?P<counterpart>(?:{_PEER})?)"
    rf"{_WHERE}(?:ot?N{{1,2}}c)?c?"
    rf"(?P<rank>(?:R|H|p|Rq)*)(?P<name>{NAME})(?:c?p)*q?"
    rf"(?P<of>b|ot?(?:P|{_OWN}+I+))?"
    rf"(?P<apposition>ctw(?:{_OWN}|R|a)*(?P<title3>{_TITLE})|c?t?(?:{_OWN}|Is)*(?:fy?)*(?P<title2>{_TITLE})(?:cI?{_OWN}I+c)?"
    rf"|cw(?P<peer>{_OWN}*{_PEER}))?"
)
_CHOSEN = compile_pattern(r"^(?:c[^cey]{1,12}c|c)?[wmt]{0,4}y")
_CHOOSING = ("y", "yo", "yw", "yww")
"""`appointed Ana Solis`, `the appointment of Ana Solis`, `designated on Monday Ana Solis`."""
_FROM = ("rP", "rtP")
_ENVOY_BEFORE = compile_pattern(r"E[ui]t?Pc[RHp]*$")
_SENT_ON = ("uP", "utP")
_AS_ENVOY = compile_pattern(r"^w[tmPDGsf]*E")
_ACTING_FOR = ("Ps", "Ds")
PLURAL = compile_pattern(
    r"(?:ministers|presidents|premiers|ambassadors|commissioners|secretaries|commanders|chiefs)\b",
    ignore_case=True,
)
_NAMES_BESIDE = compile_pattern(rf"^((?:c{NAME}q?(?:ot?P)?)*c?a{NAME})q?((?:ot?P)?)(?:[^NAROEHl]|$)")
_ONE_NAME = compile_pattern(NAME)
_OWN_STATE = compile_pattern(r"^q?ot?P")
_COMMON_WORDS = compile_pattern(
    r"[OE](?:ot?[PDsm]*(?P<body>w(?:ow)?)|[ou]t?(?P<affairs>[wI](?:[wIa]|cw){0,7}))c?[RH]*[NA]"
)
"""`state secretary of the ministry X`, `the ministers of power and foreign affairs, X and Y`."""
_BODIES = (
    *("ministry", "department", "directorate", "secretariat", "agency", "authority", "office", "presidency"),
    *("parliament", "senate", "house", "assembly", "chamber", "representatives", "deputies", "government"),
    *("council", "committee", "commission", "army", "navy", "police", "court", "bank"),
)
_NEXT_NAME = compile_pattern(r"^c?[RHp]*[NA]")
_SENT_TO = compile_pattern(r"Eq?(?:ot?[PDB])?[ui]t?([PBC])")
_OFFICE = compile_pattern(rf"t?{_OWN}*(?:fy?)*m?(?:(?P<title>{_TITLE})|k)")
# RE2 gives the span of a group by its number only.
_BEFORE, _COUNTERPART, _RANKED, _NAMED, _OF, _APPOSITION, _AFTER, _DESCRIBED, _PEER_BEHIND = (
    _PERSON.groupindex[part]
    for part in ("title", "counterpart", "rank", "name", "of", "apposition", "title2", "title3", "peer")
)
_BODY, _AFFAIRS = (_COMMON_WORDS.groupindex[part] for part in ("body", "affairs"))
_TELLING_PARTS = (_BEFORE, _COUNTERPART, _RANKED, _PEER_BEHIND)
"""What makes a name somebody's, beside an office behind it."""
_TITLE_ALONE = _OFFICE.groupindex["title"]
_COMMANDER_OF = compile_pattern(r"R(o|[DP]s?I)")
_HOST_OFFICE = compile_pattern(r"kc([OE])")
"""`his Brazilian host, President X`: the word only leads on to the office."""
_RANK_ALONE = compile_pattern(r"([PDBI]s?)R([^NARHplc]|$)")
_OF_PEOPLE = frozenset((Label.NAME, Label.PERSON, Label.OFFICE, Label.ENVOY, Label.COUNTERPART))
_TELLING = (
    (Label.PARTY, Label.DEMONYM, Label.BODY, Label.BRACKETED),
    (Label.CITY, Label.REGION),
    (Label.OFFICE, Label.ENVOY),
    (Label.PERSON,),
)
"""The labels that tell for whom somebody acts, the surest first."""
_STATE_AND_NAME = "PA"
_ELSEWHERE = (Label.FOR, Label.IN)
_NOT_LAST_IN_TITLE = (Label.PARTY, Label.SIDE, Label.POSSESSIVE, Label.THE, Label.OF, Label.FOR)


def _as_office(found: Any) -> str:
    """Read a rank that is held of something as an office: `Commander of the Army`, `Commander Omani Navy`."""
    return f"O{found.group(1)}"


def find_people(text: str, tokens: Sequence[Token]) -> list[PersonMention]:
    """Return the people with a rank or an office, and the offices without a name, in their order."""
    labels = _with_offices(_with_common_words(text, tokens, join_labels(tokens)))
    if _OF_PEOPLE.isdisjoint(labels):
        return []
    people: list[PersonMention] = []
    position = searched = 0
    while found := _PERSON.search(labels, searched):
        end = found.end()
        after = found.group(_AFTER) or found.group(_DESCRIBED)
        if (after or found.group(_PEER_BEHIND)) and _NEXT_NAME.match(labels[end : end + 12]):
            # The office behind the name is that of the next one: "Rosa Vidal, Peru's President Ana Solis".
            end, after = found.start(_APPOSITION), None
        before = labels[found.start() : found.start(_NAMED)]
        if labels.startswith(_SENT_ON, end) and _ENVOY_BEFORE.search(before):
            searched = end  # the name is that of the next post: "ambassador to Peru, Ana Solis to Chile"
            continue
        name = found.group(_NAMED)
        if labels[found.start()] == Label.THE and found.start() + 1 == found.start(_NAMED):
            searched = end  # "at the Palace of the Peak, his Peruvian counterpart": nobody is called the Peak
            continue
        named = found.group(_OF) or _is_named(labels, found, end) or _is_sent(text, tokens, labels, end)
        known = Label.PERSON in name or (named and len(name) > 1)
        if after or known or any(found.group(part) for part in _TELLING_PARTS):
            people.extend(_offices(text, tokens, labels, position, found.start()))
            people.append(_from_country(tokens, labels, end, _person(tokens, found, end)))
            while tokens[end - 1].end < people[-1].end:
                end += 1
            for first, last in _others_in_office(text, labels, people[-1], end):
                people.append(_beside(tokens, first, last, people[-1]))
                own = _OWN_STATE.match(labels[last : last + 4])
                if own is not None:
                    people[-1] = _of_state(people[-1], tokens[last + own.end() - 1])
                end = last + (own.end() if own else 0)
            position = end
        searched = end
    people.extend(_offices(text, tokens, labels, position, len(labels)))
    return people


def _with_common_words(text: str, tokens: Sequence[Token], labels: str) -> str:
    """Return labels with the small words of an office as its own: `head of the Peruvian navy, X`."""
    if Label.OFFICE not in labels:
        return labels
    for found in _COMMON_WORDS.finditer(labels):
        first, last = found.span(_BODY) if found.group(_BODY) else found.span(_AFFAIRS)
        known = _BODIES if found.group(_BODY) else institution_words()
        words = [one for one in tokens[first:last] if one.label is Label.WORD]
        if words and all(text[one.start : one.end] in known for one in words):
            labels = (
                labels[:first] + labels[first:last].replace(Label.WORD, Label.INSTITUTION) + labels[last:]
            )
    return labels


def _with_offices(labels: str) -> str:
    """Return labels with a rank that is held of something as an office; a host's own is the one behind it."""
    if Label.RANK in labels:
        labels = _RANK_ALONE.sub(r"\1O\2", _COMMANDER_OF.sub(_as_office, labels))
    return _HOST_OFFICE.sub(r"ff\1", labels) if Label.COUNTERPART in labels else labels


def _others_in_office(text: str, labels: str, first: PersonMention, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names that share an office in the plural: `Foreign Ministers Ana Solis and Rosa Vidal`."""
    title = first.title
    if title is None or first.name is None or not PLURAL.search(text[title.start : title.end]):
        return
    if first.name.start < title.end:
        return
    beside = _NAMES_BESIDE.match(labels[end:])
    if beside is not None:
        for name in _ONE_NAME.finditer(beside.group(1)):
            yield end + name.start(), end + name.end()


def _beside(tokens: Sequence[Token], first: int, last: int, other: PersonMention) -> PersonMention:
    """Return somebody who shares another's office, and party where it stands before the office."""
    name = Span(tokens[first].start, tokens[last - 1].end)
    words = other.party_words
    shared = words is not None and other.title is not None and words.start < other.title.start
    party = (other.party, words) if shared else (None, None)
    return PersonMention(name.start, name.end, name, None, other.title, *party)


def _of_state(person: PersonMention, state: Token) -> PersonMention:
    """Return somebody with the state behind the name: `Presidents X of Peru and Y of Chile`."""
    if len(state.parties) != 1:
        return person
    words = Span(state.start, state.end)
    return replace(person, end=state.end, party=state.parties[0], party_words=words)


def _is_named(labels: str, found: Any, end: int) -> bool:
    """Tell whether a bare name is somebody's by the words beside it: `Peru's Ana Solis`, `was named`."""
    before = labels[max(found.start(_NAMED) - 5, 0) : found.start(_NAMED)]
    own = before.endswith(_ACTING_FOR) and labels[end : end + 1] not in (Label.INSTITUTION, Label.OFFICE)
    return own or before.endswith(_CHOOSING) or _CHOSEN.match(labels[end : end + 20]) is not None


def _is_sent(text: str, tokens: Sequence[Token], labels: str, end: int) -> bool:
    """Tell whether a bare name is an envoy's: `Ana Solis as Peru's ambassador`."""
    if labels[end : end + 1] != Label.WORD or text[tokens[end].start : tokens[end].end] != "as":
        return False
    return _AS_ENVOY.match(labels[end : end + 8]) is not None


def _from_country(tokens: Sequence[Token], labels: str, end: int, person: PersonMention) -> PersonMention:
    """Take the party from behind a name: `Prof. Ana Solis from Peru`, but not `ambassador X from Peru`."""
    if not labels.startswith(_FROM, end) or person.party is not None or person.sent_to is not None:
        return person
    country = tokens[labels.index(Label.PARTY, end)]
    if len(country.parties) != 1:
        return person
    words = Span(country.start, country.end)
    return replace(person, end=country.end, party=country.parties[0], party_words=words)


def _offices(
    text: str, tokens: Sequence[Token], labels: str, first: int, last: int
) -> Iterator[PersonMention]:
    """Yield the offices without a name; several, as `the ministers of Peru and Chile`, are a group."""
    for found in _OFFICE.finditer(labels[first:last]):
        span = range(first + found.start(), first + found.end())
        title = (
            _title(tokens, first + found.start(_TITLE_ALONE), first + found.end(_TITLE_ALONE))
            if found.group(_TITLE_ALONE)
            else None
        )
        if title is None or not PLURAL.search(text[title.start : title.end]):
            yield _mention(tokens, span, None, None, title)


def _person(tokens: Sequence[Token], found: Any, end: int) -> PersonMention:
    which = next(
        (part for part in (_BEFORE, _AFTER, _DESCRIBED) if found.group(part) and found.end(part) <= end), None
    )
    return _mention(
        tokens,
        range(found.start(), end),
        _span(tokens, *found.span(_NAMED)),
        _span(tokens, *found.span(_RANKED)),
        _title(tokens, *found.span(which)) if which is not None else None,
    )


def _mention(
    tokens: Sequence[Token], indices: range, name: Span | None, rank: Span | None, title: Span | None
) -> PersonMention:
    while tokens[indices[0]].label in (Label.COMMA, Label.POSSESSIVE):
        indices = indices[1:]
    while tokens[indices[-1]].label is Label.COMMA:
        indices = indices[:-1]
    party, words = _party(tokens, indices)
    sent_to = _sent_to(tokens, indices)
    labels = {tokens[index].label for index in indices}
    return PersonMention(
        tokens[indices[0]].start,
        tokens[indices[-1]].end,
        name,
        rank,
        title,
        party,
        words,
        Label.FORMER in labels,
        Label.COUNTERPART in labels,
        *sent_to,
    )


def _span(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    return Span(tokens[first].start, tokens[last - 1].end) if 0 <= first < last else None


def _title(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """Return the office without the party that it is held for: `Secretary Defense` [of Iraq]."""
    end = last
    while end - 1 > first and tokens[end - 1].label in _NOT_LAST_IN_TITLE:
        end -= 1
    return _span(tokens, first, end)


def _party(tokens: Sequence[Token], indices: range) -> tuple[str | None, Span | None]:
    """Return the first party that the words name: an ambassador of X to Y acts for X."""
    own = [tokens[index] for index in indices if not _is_elsewhere(tokens, indices[0], index)]
    if len(own) == len(_STATE_AND_NAME) and join_labels(own) == _STATE_AND_NAME and own[1].parties:
        own = own[1:]  # "From Peru Solis flew on"
    for labels in _TELLING:
        for token, following in zip(own, [*own[1:], None], strict=False):
            # "Mubarak Al-Sabah" is another than the Mubarak whom everybody knows.
            longer = token.label is Label.PERSON and following is not None and following.label is Label.NAME
            if token.label in labels and len(token.parties) == 1 and not longer:
                return token.parties[0], Span(token.start, token.end)
    return None, None


def _sent_to(tokens: Sequence[Token], indices: range) -> tuple[str | None, Span | None]:
    """Return the party that an envoy is sent to: `ambassador to Peru`, `High Commissioner in Kenya`."""
    near = tokens[indices[0] : indices[-1] + 4]
    labels = join_labels(near)
    found = _SENT_TO.search(labels) if Label.ENVOY in labels else None
    token = near[found.start(1)] if found else None
    if token is None or len(token.parties) != 1:
        return None, None
    return token.parties[0], Span(token.start, token.end)


def _is_elsewhere(tokens: Sequence[Token], first: int, index: int) -> bool:
    """Tell whether a party is where somebody is sent, or what the office is about: `envoy to Peru`."""
    before = index - 1
    while before >= 0 and tokens[before].label is Label.THE:
        before -= 1
    following = [token.label for token in tokens[index + 1 : index + 2]]
    owner = before < first and (tokens[index].label is Label.DEMONYM or following == [Label.POSSESSIVE])
    return before >= 0 and tokens[before].label in _ELSEWHERE and not owner
