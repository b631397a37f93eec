"""Step 5, second half: the people and the offices of a sentence, by a grammar over the labels of its words.

`Ps*O*R*N+` is "Iraq's Secretary Defense Lt. Gen. Ahmed Dawood Salman".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.parsing.knowledge import Label, institution_words
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span
from app.parsing.tokens import Token, join_labels


@dataclass(unsafe_hash=True)
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


_OWN: Final = r"(?:[PB]q|[PDBCG]s?)"
NAME: Final = r"[NA](?:l*[NA]){0,8}"
_ANY_OFFICE: Final = "[OE]"
# A portfolio: "Buddhasasana, Religious and Cultural Affairs". Unknown words count only where a list goes on.
# A rank is part of it only inside: "General Staff", not "Defense Forces Field Marshal".
_ITEM: Final = r"(?:N{0,2}(?:[OEm]|Is?|R[IO]|[PDBG]s?)+q?)"
# A list of portfolios holds no office and ends with a party, or it would run into the next person's.
_LISTED: Final = r"(?:N{0,2}(?:m|Is?|RI)+q?)"
_PORTFOLIO: Final = (
    rf"(?:(?:(?:{_LISTED}|N{{1,2}})(?:c?at?|c|ot?))+{_LISTED}|"
    rf"(?:{_LISTED}(?:ca?|a|ot?))*{_LISTED}ot?[PDBG]s?|{_ITEM})"
)
_BEFORE_OFFICE: Final = r"(?:(?:[Im]q?)+(?:[oua]t?(?:[Im]q?)+)*)?"
_BEHIND_OFFICE: Final = (
    rf"(?:q?m?s?{_ANY_OFFICE}|q?I(?:sI)?|a(?:[oum]t?)?m*[OEI](?:sI)?|[ou]t?{_PORTFOLIO}|ca?m*{_ANY_OFFICE}|q?[ou]t?{_OWN}+I*|q?[PD]s?I+"
    rf"|it?(?:[PD]s?)?I+(?:ot?{_PORTFOLIO})?|(?:c(?:N{{0,2}}I)+)+c?at?(?:N{{0,2}}[IPDG])+)"
)
_TITLE: Final = rf"{_BEFORE_OFFICE}{_ANY_OFFICE}{_BEHIND_OFFICE}*q?"
# Behind the office, before the name: "High Commissioner in Pakistan", "Governor of the northern province,".
_WHERE: Final = r"(?:it?[PCG]|P)?"
# "his Peruvian counterpart", "his counterpart from Peru".
_PEER: Final = rf"k(?:rt?{_OWN})?"
_PERSON: Final = compile_pattern(
    rf"t?(?:fy?)*{_OWN}*(?:f[yw]?)*m?(?P<title>(?:{_TITLE}(?:c{_OWN}*(?:B|I+)q?)?)?)(?P<counterpart>(?:{_PEER})?)"
    rf"{_WHERE}(?:ot?N{{1,2}}c)?c?"
    rf"(?P<rank>(?:R|H|p|Rq|tH)*)(?P<name>{NAME})l?(?:c?p)*q?"
    rf"(?P<of>b|c?ot?P|ot?B|ot?{_OWN}+I+)?"
    rf"(?P<apposition>ctw(?:{_OWN}|R|a)*(?P<title3>{_TITLE})|(?:cwy|c?)t?(?:fy?)*(?:m?{_OWN}|Is)*(?:fy?)*(?P<title2>{_TITLE})(?:cI?{_OWN}I+c)?"
    rf"|cw(?P<peer>{_OWN}*{_PEER}))?"
)
_CHOSEN: Final = compile_pattern(r"^(?:c[^cey]{1,12}c|c)?[wmt]{0,4}y")
_CHOOSING: Final = ("y", "yo", "yw", "yww")
"""`appointed Ana Solis`, `the appointment of Ana Solis`, `designated on Monday Ana Solis`."""
_LATELY_NAMED: Final = "cwy"
_LATELY: Final = compile_pattern(
    r"^(?:recently|just|freshly|lately|once|previously) "
    r"(?:named|appointed|nominated|designated|confirmed|elected)$"
)
_FROM: Final = ("rP", "rtP")
_CREDENTIALS_BEHIND: Final = compile_pattern(
    r"^ (?:has |had |have )?(?:\w+ )?(?:presented|delivered|handed|submitted|tendered|presents) (?:\w+ ){0,8}"
    r"(?:credentials|letters? of credence)\b"
)
_LONGEST_RITE: Final = 90
_SHIP: Final = (
    r"(?:aircraft carrier|carrier|cruiser|destroyer|frigate|corvette|submarine|flagship|icebreaker|warship)"
)
_SHIP_BEFORE: Final = compile_pattern(rf"\b{_SHIP} $")
_SHIP_BEHIND: Final = compile_pattern(rf"^(?:-class)? {_SHIP}\b")
_LONGEST_SHIP: Final = 45
_SPEAKS_FOR: Final = compile_pattern(r"\bspokes(?:man|woman|person) (?:for|of) (?:the )?$", ignore_case=True)
_OPENING: Final = ("After", "Following", "During", "Before", "In", "At")
_VERB: Final = compile_pattern(
    r"^(?:\w+ed|said|says|flew|met|told|left|went|held|took|spoke|was|had|has|is|will|would)$|^[\"“]"
)
_ENVOY_BEFORE: Final = compile_pattern(r"E[ui]t?Pc[RHp]*$")
_DONE_TOGETHER: Final = frozenset(
    (
        "meet",
        "hold",
        "discuss",
        "sign",
        "ink",
        "agree",
        "talk",
        "review",
        "exchange",
        "confer",
        "pledge",
        "vow",
        "seek",
    )
)
"""What no single one does, by the form of the verb."""
_SENT_AND_RECEIVED: Final = re.compile(r"Eq?(?:ot?P)ut?([OE])")
_SENT_ON: Final = ("uP", "utP")
_AS_ENVOY: Final = compile_pattern(r"^[wuIy]{1,6}[tmPDGsf]*w?E")
_TAKES_POST: Final = compile_pattern(
    r"^,? (?:as|is|will be|would be|is to be|will become|(?:will |is to )?serve as|"
    r"(?:has |have )?(?:took|taken|takes) (?:up|over|charge|office)(?: (?:his|her) (?:new )?\w+)? as|"
    r"(?:has )?(?:assumed|assumes) (?:his |her |the )?\w+ as)\b"
)
"""`Ana Solis as Peru's ambassador`, `Ana Solis will be Peru's next ambassador`."""
_ACTING_FOR: Final = ("Ps", "Ds")
_OF_ANYBODY: Final = "official"
"""An office that tells who somebody is only beside a name: `the Iraqi official` was named before."""
PLURAL: Final = compile_pattern(
    r"(?:ministers|presidents|premiers|ambassadors|commissioners|secretaries|commanders|chiefs|"
    r"parliamentarians|members of parliament|mps|lawmakers|senators|deputies|directors|advis[eo]rs|"
    r"counsel+ors|governors|mayors|directors[- ]general)\b",
    ignore_case=True,
)
_NAMES_BESIDE: Final = compile_pattern(
    rf"^((?:c{NAME}q?(?:b|c?ot?P)?)*c?a{NAME})q?((?:b|c?ot?P)?)(?:[^NAROEHl]|$)"
)
_LIST_MARKS: Final = (Label.COMMA, Label.AND)
_ONE_NAME: Final = compile_pattern(NAME)
_OWN_STATE: Final = compile_pattern(r"^q?(?:b|c?ot?P)")
# The standard library's pattern, as is the next, for it reads labels and repeats single ones or a few.
_COMMON_WORDS: Final = re.compile(
    r"[OE](?:ot?[PDsm]*(?P<body>w(?:ow)?)|(?:[ou]t?(?:[PDG]s?)*|iwot?|it)(?P<affairs>[wI](?:[wIa]|cw){0,7}))"
    r"(?:ot?P)?c?[RH]*[NA]"
)
"""`state secretary of the ministry X`, `the ministers of power and foreign affairs, X and Y`."""
_WORDS_BEFORE_OFFICE: Final = re.compile(
    r"(?:^|[PDGBmstc])(?P<words>[wI](?:[wIm]|ca?[wIm]|a[wIm]){0,6}a?)m*[OE]"
)
"""`Peru's water and sanitation minister`, `the armed forces chief`."""
_BODIES: Final = (
    *(
        "ministry",
        "department",
        "directorate",
        "secretariat",
        "agency",
        "authority",
        "office",
        "presidency",
        "diplomacy",
    ),
    *("parliament", "senate", "house", "assembly", "chamber", "representatives", "deputies", "government"),
    *(
        "delegation",
        "mission",
        "administration",
        "council",
        "committee",
        "commission",
        "army",
        "navy",
        "police",
        "court",
        "bank",
    ),
)
_NEXT_NAME: Final = compile_pattern(r"^c?[RHp]*[NA]")
_SENT_TO: Final = compile_pattern(r"Eq?(?:ot?[PDB])?[ui]t?([PBC])")
_OFFICE: Final = compile_pattern(rf"t?{_OWN}*(?:fy?)*m?(?:(?P<title>{_TITLE})|{_PEER})")
# RE2 gives the span of a group by its number only.
_BEFORE, _COUNTERPART, _RANKED, _NAMED, _OF, _APPOSITION, _AFTER, _DESCRIBED, _PEER_BEHIND = (
    _PERSON.groupindex[part]
    for part in ("title", "counterpart", "rank", "name", "of", "apposition", "title2", "title3", "peer")
)
_BODY, _AFFAIRS = (_COMMON_WORDS.groupindex[part] for part in ("body", "affairs"))
_WORDS: Final = _WORDS_BEFORE_OFFICE.groupindex["words"]
_TELLING_PARTS: Final = (_BEFORE, _COUNTERPART, _RANKED, _PEER_BEHIND)
"""What makes a name somebody's, beside an office behind it."""
_TITLE_ALONE: Final = _OFFICE.groupindex["title"]
_COMMANDER_OF: Final = compile_pattern(r"R(o|[DP]s?I)")
_HOST_OFFICE: Final = compile_pattern(r"k(c?)(m*[OE])")
"""`his Brazilian host, President X`, `his counterpart Minister Y`: the word only leads on to the office."""
_RANK_ALONE: Final = compile_pattern(r"([PDBI]s?)R([^NARHplc]|$)")
_RANK_BEHIND_NAME: Final = compile_pattern(r"([NA]c(?:[PD]s?)?[It]*I)R(c)")
"""`Ana Solis, Peru's National Guard Commander,`."""
_NEXT_IN_OFFICE: Final = compile_pattern(r"([NA]ct?(?:[PDB]s?)*m*[OE][ImotPDBsi]*c)a(m*[OE][RH]*[NA])")
"""`Ana Solis, Peruvian Trade Minister, and Ambassador Rosa Vidal`: the second office is another's."""
# The standard library's pattern, for it reads labels, of which it repeats one.
_SOMEBODY: Final = re.compile(r"[AOEkRHp]|Nl*N")
"""Without any of these labels no words name anybody: a single name alone is not known to be somebody's."""
_OF_OFFICES: Final = frozenset((Label.OFFICE, Label.ENVOY, Label.COUNTERPART))
_TELLING: Final = (
    (Label.PARTY, Label.DEMONYM, Label.BODY, Label.BRACKETED),
    (Label.CITY, Label.REGION),
    (Label.OFFICE, Label.ENVOY),
    (Label.PERSON,),
)
"""The labels that tell for whom somebody acts, the surest first."""
_STATE_AND_NAME: Final = "PA"
_ELSEWHERE: Final = (Label.FOR, Label.IN)
_NOT_LAST_IN_TITLE: Final = (Label.PARTY, Label.SIDE, Label.POSSESSIVE, Label.THE, Label.OF, Label.FOR)


def _as_office(found: Any) -> str:
    """Read a rank that is held of something as an office: `Commander of the Army`, `Commander Omani Navy`."""
    return f"O{found.group(1)}"


def _as_leading(found: Any) -> str:
    """Read a counterpart, and the comma behind the word, as words that may stand before an office."""
    return f"{Label.FORMER * len(found.group()[: -len(found.group(2))])}{found.group(2)}"


def find_people(text: str, tokens: Sequence[Token], labels: str) -> list[PersonMention]:
    """Return the people with a rank or an office, and the offices without a name, in their order."""
    if _SOMEBODY.search(labels) is None:
        return []
    labels = _with_offices(_with_common_words(text, tokens, labels))
    people: list[PersonMention] = []
    position = searched = 0
    last_name = max(labels.rfind(Label.NAME), labels.rfind(Label.PERSON))
    while searched <= last_name and (found := _PERSON.search(labels, searched)):
        end, after = found.end(), found.group(_AFTER) or found.group(_DESCRIBED)
        if (after or found.group(_PEER_BEHIND)) and _is_anothers(text, tokens, labels, found):
            end, after = found.start(_APPOSITION), None
        before = labels[found.start() : found.start(_NAMED)]
        if labels.startswith(_SENT_ON, end) and _ENVOY_BEFORE.search(before):
            searched = end  # the name is that of the next post: "ambassador to Peru, Ana Solis to Chile"
            continue
        if (beyond := _passed_over(text, tokens, labels, found)) is not None:
            searched = beyond
            continue
        if after or _is_somebodys(text, tokens, labels, found, end):
            start = _start(labels, found)
            people.extend(_offices(text, tokens, labels, position, start))
            first = _from_country(tokens, labels, end, _person(tokens, found, start, end))
            sharing, end = _with_others(text, tokens, labels, first, end)
            people.extend(sharing)
            position = end
        searched = end
    people.extend(_offices(text, tokens, labels, position, len(labels)))
    return people


def _is_anothers(text: str, tokens: Sequence[Token], labels: str, found: Any) -> bool:
    """Tell whether the office behind a name is not that of the one who is named.

    It may be that of the next one, `Rosa Vidal, Peru's President Ana Solis`, and none is told by `Rosa Vidal,
    the president's brother`.
    """
    end = found.end()
    return bool(
        labels.startswith(Label.POSSESSIVE, end)
        or _is_of_another_verb(text, tokens, labels, found)
        or _NEXT_NAME.match(labels[end : end + 12])
        or _acts_next(text, tokens, labels, found)
        or _is_of_many(text, tokens, labels, found)
        or _is_second(text, tokens, labels, found)
    )


def _with_others(
    text: str, tokens: Sequence[Token], labels: str, first: PersonMention, end: int
) -> tuple[list[PersonMention], int]:
    """Return somebody with the others who share the office, and the index where their words end."""
    people = [first]
    while tokens[end - 1].end < first.end:
        end += 1
    for start, last in _others_in_office(text, labels, first, end):
        people.append(_beside(tokens, start, last, people[-1]))
        own = _OWN_STATE.match(labels[last : last + 4])
        if own is not None:
            people[-1] = _of_state(people[-1], tokens[last + own.end() - 1])
        end = last + (own.end() if own else 0)
    return people, end


def _with_common_words(text: str, tokens: Sequence[Token], labels: str) -> str:
    """Return labels with the small words of an office as its own: `head of the Peruvian navy, X`."""
    if Label.OFFICE not in labels and Label.ENVOY not in labels:
        return labels
    for found in _COMMON_WORDS.finditer(labels):
        first, last = found.span(_BODY) if found.group(_BODY) else found.span(_AFFAIRS)
        known = _BODIES if found.group(_BODY) else institution_words()
        words = [one for one in tokens[first:last] if one.label is Label.WORD]
        if words and all(text[one.start : one.end] in known for one in words):
            labels = (
                labels[:first] + labels[first:last].replace(Label.WORD, Label.INSTITUTION) + labels[last:]
            )
    for found in _WORDS_BEFORE_OFFICE.finditer(labels):
        first, last = found.span(_WORDS)
        words = [one for one in tokens[first:last] if one.label is Label.WORD]
        # "the Ministry of Defence and Foreign Minister X", but "the army and navy chiefs"
        body = text[tokens[last].start].isupper() and (
            text[tokens[last - 2].start : tokens[last - 2].end].lower() in _BODIES
        )
        if all(text[one.start : one.end] in institution_words() for one in words) and not body:
            labels = labels[:first] + Label.INSTITUTION * (last - first) + labels[last:]
    return labels


def _with_offices(labels: str) -> str:
    """Return labels with a rank that is held of something as an office; a host's own is the one behind it."""
    if Label.RANK in labels:
        labels = _RANK_ALONE.sub(r"\1O\2", _COMMANDER_OF.sub(_as_office, labels))
        labels = _RANK_BEHIND_NAME.sub(r"\1O\2", labels)
    if Label.AND in labels and Label.COMMA in labels:
        labels = _NEXT_IN_OFFICE.sub(rf"\1{Label.WORD}\2", labels)
    return _HOST_OFFICE.sub(_as_leading, labels) if Label.COUNTERPART in labels else labels


def _others_in_office(text: str, labels: str, first: PersonMention, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names that share an office in the plural: `Foreign Ministers Ana Solis and Rosa Vidal`."""
    title = first.title
    if title is None or first.name is None or first.name.start < title.end:
        return
    if labels[end : end + 1] not in _LIST_MARKS or not PLURAL.search(text[title.start : title.end]):
        return
    beside = _NAMES_BESIDE.match(labels[end:])
    if beside is not None:
        for name in _ONE_NAME.finditer(beside.group(1)):
            yield end + name.start(), end + name.end()


def _beside(tokens: Sequence[Token], first: int, last: int, other: PersonMention) -> PersonMention:
    """Return somebody who shares another's office, and party where it stands before the office."""
    name = Span(tokens[first].start, tokens[last - 1].end)
    words = other.party_words
    shared = words is not None and other.title is not None and words.start < other.title.end
    party = (other.party, words) if shared else (None, None)
    return PersonMention(name.start, name.end, name, None, other.title, *party)


def _of_state(person: PersonMention, state: Token) -> PersonMention:
    """Return somebody with the state behind the name: `Presidents X of Peru and Y of Chile`."""
    if len(state.parties) != 1:
        return person
    words = Span(state.start, state.end)
    return replace(person, end=state.end, party=state.parties[0], party_words=words)


def _is_somebodys(text: str, tokens: Sequence[Token], labels: str, found: Any, end: int) -> bool:
    """Tell whether a name is that of somebody with a rank or an office, who acts for a party, or was sent."""
    name = found.group(_NAMED)
    if Label.PERSON in name or any(map(found.group, _TELLING_PARTS)):
        return True
    if len(name) == 1:
        return False
    return bool(found.group(_OF)) or _is_named(labels, found, end) or _is_sent(text, tokens, labels, end)


def _is_named(labels: str, found: Any, end: int) -> bool:
    """Tell whether a bare name is somebody's by the words beside it: `Peru's Ana Solis`, `was named`."""
    before = labels[max(found.start(_NAMED) - 5, 0) : found.start(_NAMED)]
    own = before.endswith(_ACTING_FOR) and labels[end : end + 1] not in (Label.INSTITUTION, Label.OFFICE)
    behind = labels[end : end + 20]
    chosen = Label.BY in behind and _CHOSEN.match(behind) is not None
    return own or before.endswith(_CHOOSING) or chosen


def _is_sent(text: str, tokens: Sequence[Token], labels: str, end: int) -> bool:
    """Tell whether a bare name is an envoy's: `Ana Solis as Peru's ambassador`, `X presented credentials`."""
    if _CREDENTIALS_BEHIND.match(text[tokens[end - 1].end : tokens[end - 1].end + _LONGEST_RITE]):
        return True
    if labels[end : end + 1] != Label.WORD or not _AS_ENVOY.match(labels[end : end + 12]):
        return False
    behind = tokens[end - 1].end
    return _TAKES_POST.match(text[behind : behind + 60]) is not None


def _passed_over(text: str, tokens: Sequence[Token], labels: str, found: Any) -> int | None:
    """Return where to look on, where a name is not somebody's with the words around it."""
    if labels[found.start()] == Label.THE and found.start() + 1 == found.start(_NAMED):
        return int(
            found.end()
        )  # "at the Palace of the Peak, his Peruvian counterpart": nobody is called the Peak
    if labels[found.start(_NAMED) - 1] == Label.COMMA and _speaks_for(text, tokens[found.start()].start):
        # "a spokesman for the Secretary-General, Ana Solis": she holds no such office
        return int(found.end())
    if (post := _SENT_AND_RECEIVED.search(labels, found.start(), found.start(_NAMED))) is not None:
        return int(post.start(1))  # "as Ambassador of Peru to President X": the letters went to X
    if _is_next_subject(text, tokens, labels, found):
        return int(found.start(_NAMED)) - 1
    if _describes_head(text, tokens, labels, found) or _is_ship(text, tokens, found):
        return int(found.end(_NAMED))
    return None


def _is_ship(text: str, tokens: Sequence[Token], found: Any) -> bool:
    """Tell whether a rank and a name are those of a ship: `the aircraft carrier Admiral Solis`."""
    if not found.group(_RANKED):
        return False
    first, end = tokens[found.start(_RANKED)].start, tokens[found.end(_NAMED) - 1].end
    before, behind = text[max(0, first - _LONGEST_SHIP) : first], text[end : end + _LONGEST_SHIP]
    return _SHIP_BEFORE.search(before) is not None or _SHIP_BEHIND.match(behind) is not None


def _speaks_for(text: str, start: int) -> bool:
    """Tell whether words name whom somebody only speaks for: `a spokesman for`."""
    return _SPEAKS_FOR.search(text[max(0, start - _LONGEST_RITE) : start]) is not None


def _describes_head(text: str, tokens: Sequence[Token], labels: str, found: Any) -> bool:
    """Tell whether a name only says of what an office is: `the Solis chief`, `a Liberal senator`."""
    first, end = found.start(_AFTER), found.end(_NAMED)
    told = found.group(_BEFORE) or found.group(_RANKED) or found.group(_COUNTERPART)
    if first != end or told or Label.PERSON in found.group(_NAMED):
        return False
    if len(found.group(_NAMED)) > 1 and labels[: found.start(_NAMED)].endswith(_CHOOSING):
        return False  # "Peru named Ana Solis ambassador to Chile"
    return text[tokens[first].start].islower()


def _is_next_subject(text: str, tokens: Sequence[Token], labels: str, found: Any) -> bool:
    """Tell whether a name acts that stands behind an office: `After talks with the president, X left`."""
    start, end = found.start(_NAMED), found.end(_NAMED)
    if not found.group(_BEFORE) or found.group(_RANKED) or labels[start - 1 : start] != Label.COMMA:
        return False
    if Label.COMMA in labels[: start - 1] or labels[end : end + 1] != Label.WORD:
        return False
    return _opens_and_acts(text, tokens, end)


def _acts_next(text: str, tokens: Sequence[Token], labels: str, found: Any) -> bool:
    """Tell whether an office behind a name acts: `In talks with President X, the top US diplomat urged`."""
    end = found.end()
    if not found.group(_BEFORE) or labels[end : end + 1] != Label.WORD:
        return False
    return labels[found.start(_APPOSITION)] == Label.COMMA and _opens_and_acts(text, tokens, end)


def _is_of_another_verb(text: str, tokens: Sequence[Token], labels: str, found: Any) -> bool:
    """Tell whether other words stand before an office than `, recently named ambassador`."""
    first = found.start(_APPOSITION)
    if not labels.startswith(_LATELY_NAMED, first):
        return False
    return _LATELY.match(text[tokens[first + 1].start : tokens[first + 2].end]) is None


def _is_of_many(text: str, tokens: Sequence[Token], labels: str, found: Any) -> bool:
    """Tell whether a word before an office in the plural only describes them: `Nationalist MPs`."""
    first, last = found.span(_AFTER)
    return labels[found.start(_APPOSITION)] != Label.COMMA and (
        0 <= first < last and PLURAL.search(text[tokens[first].start : tokens[last - 1].end]) is not None
    )


def _is_second(text: str, tokens: Sequence[Token], labels: str, found: Any) -> bool:
    """Tell whether an office behind a name is that of another who acts: `Solis, Chilean minister meet`."""
    end = found.end()
    if labels[end : end + 1] != Label.WORD or labels[found.start(_APPOSITION)] != Label.COMMA:
        return False
    return text[tokens[end].start : tokens[end].end].lower() in _DONE_TOGETHER


def _opens_and_acts(text: str, tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a sentence begins with a phrase of time or occasion, and a token is its verb."""
    opening, acts = tokens[0], tokens[verb]
    return (
        text[opening.start : opening.end] in _OPENING and _VERB.match(text[acts.start : acts.end]) is not None
    )


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
    if _OF_OFFICES.isdisjoint(labels[first:last]):
        return
    for found in _OFFICE.finditer(labels[first:last]):
        span = range(
            first + found.start(), _before_venue(text, tokens, first + found.start(), first + found.end())
        )
        last = min(first + found.end(_TITLE_ALONE), span.stop)
        title = _title(tokens, first + found.start(_TITLE_ALONE), last) if found.group(_TITLE_ALONE) else None
        words = text[title.start : title.end] if title is not None else ""
        if words.lower() != _OF_ANYBODY and not PLURAL.search(words):
            yield _mention(tokens, span, None, None, title)


def _before_venue(text: str, tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where an office without a name ends before a venue: `called on the President at X House`."""
    for index in range(first + 1, last):
        token = tokens[index]
        if token.label is Label.IN and text[token.start : token.end] == "at":
            return last if any(one.parties for one in tokens[index:last]) else index
    return last


def _start(labels: str, found: Any) -> int:
    """Return where somebody's words start: not at a place before a comma, as in `In Peru, General X`."""
    first = int(found.start(_RANKED) if found.group(_RANKED) else found.start(_NAMED))
    told = found.group(_BEFORE) or found.group(_COUNTERPART)
    if not told and labels[found.start() : first].endswith(Label.COMMA):
        return first
    return len(labels[: found.start()].rstrip(Label.HONORIFIC))  # "His Majesty King Omar"


def _person(tokens: Sequence[Token], found: Any, start: int, end: int) -> PersonMention:
    which = next(
        (part for part in (_BEFORE, _AFTER, _DESCRIBED) if found.group(part) and found.end(part) <= end), None
    )
    return _mention(
        tokens,
        range(start, end),
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
    near = tokens[indices[0] : indices[-1] + 4]
    labels = join_labels(near)
    sent_to = _sent_to(near, labels)
    labels = labels[: len(indices)]
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
    if not any(tokens[index].parties for index in indices):
        return None, None
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


def _sent_to(near: Sequence[Token], labels: str) -> tuple[str | None, Span | None]:
    """Return the party that an envoy is sent to: `ambassador to Peru`, `High Commissioner in Kenya`."""
    found = _SENT_TO.search(labels) if Label.ENVOY in labels else None
    token = near[found.start(1)] if found else None
    if token is None or len(token.parties) != 1:
        return None, None
    return token.parties[0], Span(token.start, token.end)


_OF_OWNER: Final = (Label.POSSESSIVE, Label.OFFICE, Label.RANK)


def _is_elsewhere(tokens: Sequence[Token], first: int, index: int) -> bool:
    """Tell whether a party is where somebody is sent, or what the office is about: `envoy to Peru`."""
    before = index - 1
    while before >= 0 and tokens[before].label is Label.THE:
        before -= 1
    if before < 0 or tokens[before].label not in _ELSEWHERE:
        return False
    following = tokens[index + 1].label if index + 1 < len(tokens) else None
    of_people = tokens[index].label is Label.DEMONYM
    if of_people and following is Label.INSTITUTION and tokens[before].label is Label.IN:
        return False  # "the attaché at the Peruvian Embassy"
    # "talked to UK Defence Secretary X", but "the envoy to Peru"
    owner = of_people or following in _OF_OWNER
    return not (owner and before < first)
