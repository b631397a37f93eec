"""Step 5, lists in one order: `the foreign ministers of Peru and Chile, Ana Solis and Rosa Vidal`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Final

from app.parsing.knowledge import Label
from app.parsing.mentions import NAME, PLURAL, PersonMention
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span
from app.parsing.tokens import Token

_IN_ORDER: Final = rf"(?P<names>(?:[RH]*{NAME}c)*[RH]*{NAME}c?a(?:wf?k)?[RH]*{NAME})"
"""The last one may be told as the peer of the others: `X and her visiting counterpart Y`."""
_ALIGNED: Final = compile_pattern(
    rf"(?P<shared>[OE](?:[om]?t?I)*|k)[or]t?(?P<sides>P(?:ct?P)*c?at?P)[cw]?{_IN_ORDER}"
)
_PEERS: Final = compile_pattern(
    rf"(?P<sides>[PD](?:c[PD])*c?a[PD])s?(?P<shared>k|[Im]*[OE](?:[om]?t?I)*)c?{_IN_ORDER}"
)
"""`his Peruvian and Chilean counterparts, Ana Solis and Rosa Vidal`, or `ministers` in their place."""
_OF_SHARED: Final = frozenset((Label.OFFICE, Label.ENVOY, Label.COUNTERPART))
_SEVERAL_PEERS: Final = ("counterparts", "colleagues", "peers", "guests", "hosts")
_DASHES: Final = ("-", "–", "—")
_IN_ROWS: Final = compile_pattern(
    rf"(?P<shared>[OE](?:[om]?t?I)*)(?P<rows>ot?Pc[RH]*{NAME}(?:c(?:ot?)?Pc[RH]*{NAME})*c?a(?:ot?)?Pc[RH]*{NAME})"
)
"""`the foreign ministers of Peru, Ana Solis, and Chile, Rosa Vidal`."""
_ROW: Final = compile_pattern(rf"(?P<state>P)c[RH]*(?P<name>{NAME})")
_IN_SIDES: Final = compile_pattern(
    r"(?P<shared>[OE](?:[om]?t?I|ow{1,3})*)(?P<rows>[or]t?Pq(?:c(?:[or]t?)?Pq)*c?a(?:[or]t?)?Pq)"
)
"""`the foreign ministers of Peru (Ana Solis) and Chile (Rosa Vidal)`"""
_SIDE_ROW: Final = compile_pattern(r"(?P<state>P)(?P<name>q)")
_FULL_NAME: Final = compile_pattern(r"^\([A-ZÀ-Þ][\w.’'\-]*(?: [\w.’'\-]+){1,4}\)$")
_BY_SEMICOLONS: Final = compile_pattern(rf"[RH]*{NAME}cP(?:ea?[RH]*{NAME}cP)+(?:c?a[RH]*{NAME}cP)?")
"""`They are Ana Solis, Peru; Rosa Vidal, Chile`."""
_NAME_AND_STATE: Final = compile_pattern(rf"(?P<name>{NAME})c(?P<state>P)")
_OFFICE, _ROWS = (_IN_ROWS.groupindex[part] for part in ("shared", "rows"))
_SIDES_OFFICE, _SIDES_ROWS = (_IN_SIDES.groupindex[part] for part in ("shared", "rows"))
_STATE, _NAME = (_ROW.groupindex[part] for part in ("state", "name"))
_NAME_FIRST, _STATE_LAST = (_NAME_AND_STATE.groupindex[part] for part in ("name", "state"))
_PARTS: Final = ("shared", "sides", "names")
_ONE_NAME: Final = compile_pattern(rf"(?P<rank>[RH]*)(?P<name>{NAME})")
_RANK, _NAMED = (_ONE_NAME.groupindex[part] for part in ("rank", "name"))
_LONGEST_PEER: Final = 24
"""Characters of `visiting counterpart`."""
_BESIDE: Final = 6
"""Characters between a state and the name that is told right behind it: `Cuba, Mr. Solis`."""
_Aligned = tuple[int, int, list[PersonMention]]
"""Where a list starts and ends, and its people."""


def align_names(
    text: str, tokens: Sequence[Token], labels: str, people: list[PersonMention]
) -> list[PersonMention]:
    """Return the people with those who share an office in the order of the parties that they act for."""
    found: list[Iterator[_Aligned]] = []
    shared = Label.AND in labels and not _OF_SHARED.isdisjoint(labels)
    if shared and Label.PARTY in labels:
        found += _aligned(text, tokens, labels, _ALIGNED), _in_rows(text, tokens, labels)
    if shared and Label.SIDE in labels:
        found.append(_in_sides(text, tokens, labels))
    if shared and (Label.DEMONYM in labels or Label.PARTY in labels):
        found.append(_aligned(text, tokens, labels, _PEERS))
    if Label.SEMICOLON in labels:
        found.append(_apart(tokens, labels))
    for first, last, aligned in chain.from_iterable(found):
        people = [one for one in people if one.end <= first or one.start >= last] + aligned
    return sorted(people, key=lambda one: one.start) if len(people) > 1 else people


def _in_rows(text: str, tokens: Sequence[Token], labels: str) -> Iterator[_Aligned]:
    """Yield where each list of parties with a name behind each starts and ends, and its people."""
    for found in _IN_ROWS.finditer(labels):
        title = _words(tokens, *found.span(_OFFICE))
        if not PLURAL.search(text[title.start : title.end]):
            continue
        first, last = found.span(_ROWS)
        people = _in_pairs(tokens, first, _ROW.finditer(labels[first:last]), title, _STATE, _NAME)
        yield title.start, people[-1].end, people


def _in_sides(text: str, tokens: Sequence[Token], labels: str) -> Iterator[_Aligned]:
    """Yield where each list of parties with a name in brackets behind each stands, and its people."""
    for found in _IN_SIDES.finditer(labels):
        title = _words(tokens, *found.span(_SIDES_OFFICE))
        first, last = found.span(_SIDES_ROWS)
        sides = [token for token in tokens[first:last] if token.label is Label.SIDE]
        if not PLURAL.search(text[title.start : title.end]) or not all(
            _FULL_NAME.match(text[one.start : one.end]) for one in sides
        ):
            continue
        people = [
            replace(
                _holder(title, tokens[first + row.start()], Span(side.start + 1, side.end - 1)), end=side.end
            )
            for row, side in zip(_SIDE_ROW.finditer(labels[first:last]), sides, strict=True)
        ]
        yield title.start, people[-1].end, people


def _apart(tokens: Sequence[Token], labels: str) -> Iterator[_Aligned]:
    """Yield where each list of names with a party behind each starts and ends, and its people."""
    for found in _BY_SEMICOLONS.finditer(labels):
        rows = _NAME_AND_STATE.finditer(found.group())
        people = _in_pairs(tokens, found.start(), rows, None, _STATE_LAST, _NAME_FIRST)
        words = _words(tokens, *found.span())
        yield words.start, words.end, people


def _in_pairs(
    tokens: Sequence[Token], first: int, rows: Iterable[Any], title: Span | None, state: int, name: int
) -> list[PersonMention]:
    """Return the people of rows, the first of which begins at a token; `state` and `name` are groups."""
    return [
        _holder(
            title,
            tokens[first + row.start(state)],
            _words(tokens, first + row.start(name), first + row.end(name)),
        )
        for row in rows
    ]


def _words(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].start, tokens[last - 1].end)


def _holder(title: Span | None, owner: Token, name: Span, rank: Span | None = None) -> PersonMention:
    party = (owner.parties[0], Span(owner.start, owner.end)) if len(owner.parties) == 1 else (None, None)
    start = owner.start if 0 < name.start - owner.end <= _BESIDE else (rank or name).start
    return PersonMention(start, name.end, name, rank, title, *party)


def _aligned(text: str, tokens: Sequence[Token], labels: str, pattern: Any) -> Iterator[_Aligned]:
    """Yield where each list starts and ends, and its people."""
    for found in pattern.finditer(labels):
        shared, sides, (first, last) = (found.span(pattern.groupindex[part]) for part in _PARTS)
        before = tokens[first - 1]
        if before.label is Label.WORD and text[before.start : before.end] not in _DASHES:
            continue
        office = _words(tokens, *shared)
        owners = [token for token in tokens[slice(*sides)] if token.label in (Label.PARTY, Label.DEMONYM)]
        names = [
            (
                _words(tokens, first + one.start(_NAMED), first + one.end()),
                _words(tokens, first + one.start(), first + one.end(_RANK)) if one[_RANK] else None,
            )
            for one in _ONE_NAME.finditer(labels[first:last])
        ]
        if len(names) == len(owners) and _is_held_by_several(text, office):
            title = None if tokens[shared[0]].label is Label.COUNTERPART else office
            people = [
                _holder(title, owner, name, rank)
                for (name, rank), owner in zip(names, owners, strict=True)
                if len(owner.parties) == 1
            ]
            yield tokens[min(shared[0], sides[0])].start, names[-1][0].end, _with_peer(tokens, people)


def _with_peer(tokens: Sequence[Token], people: list[PersonMention]) -> list[PersonMention]:
    """Return people, the last with the words that make him or her a peer: `her visiting counterpart Y`."""
    *others, last = people
    peer = [one for one in tokens if last.start - _LONGEST_PEER <= one.start < last.start]
    while peer and peer[-1].label not in (Label.COUNTERPART, Label.FORMER):
        peer.pop()
    behind = peer[-2:] if peer and peer[-1].label is Label.COUNTERPART else []
    first = next((one for one in behind if one.label in (Label.COUNTERPART, Label.FORMER)), None)
    near = first is not None and behind[-1].end + 1 == last.start
    return [*others, replace(last, start=first.start)] if first is not None and near else people


def _is_held_by_several(text: str, office: Span) -> bool:
    words = text[office.start : office.end]
    return PLURAL.search(words) is not None or words in _SEVERAL_PEERS
