"""Who hands over letters of credence to whom, where the words do not stand in the usual order.

`Letters of credence were presented to President X by the Ambassadors of A, B and C.`
"""

from collections.abc import Iterator, Sequence
from typing import Final

from app.parsing.appointments import find_listed_envoys
from app.parsing.knowledge import Label
from app.parsing.linking import Actor, Analysis, Person
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span

_TAKEN: Final = compile_pattern(r"\b(?:accepted|received|taken)\b[^;]{0,12}$")
_WERE: Final = compile_pattern(r"\b(?:was|were|is|are|be|been|being)\b")
_THEIRS: Final = compile_pattern(r"\b(?:his|her|their) ", ignore_case=True)
_TAKES_THEIRS: Final = compile_pattern(r"^(?:accept|receiv).*\b(?:his|her|their)\b", ignore_case=True)
"""`President X accepted her letters of credence`: hers who was told of before."""
_RECEIVED: Final = compile_pattern(r"\b(?:received|receives|welcomed|welcomes|met|meets)\b")
_WHO: Final = compile_pattern(r", who (?:[a-z]+ )?$")
_ROLE: Final = compile_pattern(r"\b(by|to|from)\b")
_CLAUSE: Final = compile_pattern(
    r";|,? \b(?:who|whose|where|while|when|which|after|before|during|and then)\b"
)
_ENVOY: Final = compile_pattern(
    r"\b(?:ambassador|high commissioner|envoy|nuncio|charg[ée])", ignore_case=True
)
_OF_ENVOYS: Final = compile_pattern(
    r"\b(?:ambassadors?|high commissioners?|envoys?|nuncio|charg[ée]s?|credence|(?:his|her) )",
    ignore_case=True,
)
_OF_PARTY: Final = compile_pattern(rf"{Label.PARTY}{Label.WORD}(?P<name>{Label.PERSON}|{Label.NAME}{{2,7}})")
"""`the envoys of Peru – Ana Solis, Chile – Rosa Vidal`"""
_DASHES: Final = ("–", "—", "-", ":")
_NAME: Final = _OF_PARTY.groupindex["name"]
_LINES: Final = 32
"""Most sentences behind a ceremony that may name those who came to it."""


def find_handed(
    text: str, analysis: Analysis, span: tuple[int, int], last: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]] | None:
    """Return the envoys and the receivers of letters; None where the words stand in the usual order.

    `Her letters` are those of whom the sentence before told `last`.
    """
    words = text[slice(*span)]
    if not _WERE.search(words):
        if _TAKES_THEIRS.match(words) and last:
            return last, _before_verb(analysis, span)
        return _received_and_handed(text, analysis, span)
    if not _OF_ENVOYS.search(text[analysis.sentence.start : analysis.sentence.end]):
        return (), ()  # "the credentials of observers were accepted"
    behind = list(_by_role(text, analysis, span))
    by = tuple(actor for role, actor in behind if role == "by")
    inside = tuple(actor for actor in analysis.actors if span[0] < actor.start < span[1])
    before = text[analysis.sentence.start : span[0]]
    own = inside or (last if _THEIRS.search(before) else _before(analysis, span))
    if _TAKEN.search(words):
        return own, by
    return by or own, tuple(actor for role, actor in behind if role == "to")


def _before(analysis: Analysis, span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return whose the letters are who stands right before them: `Ambassador X's credentials were …`."""
    return tuple(actor for actor in analysis.actors if span[0] - 4 <= actor.end <= span[0])


def _received_and_handed(
    text: str, analysis: Analysis, span: tuple[int, int]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]] | None:
    """Return the envoys and the receivers of `X received the envoys of A and B on Monday, who handed …`."""
    start = analysis.sentence.start
    before = text[start : span[0]]
    received = _RECEIVED.search(before) if _WHO.search(before) else None
    if received is None:
        return None
    actors = [one for one in analysis.actors if one.end <= span[0] and not one.is_place]
    receivers = tuple(one for one in actors if one.end <= start + received.start())
    envoys = tuple(one for one in actors if one.start >= start + received.end())
    return (envoys, receivers[-1:]) if envoys and receivers else None


def _before_verb(analysis: Analysis, span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return who takes the letters: the last one named before the verb."""
    before = [one for one in analysis.actors if one.end <= span[0] and one.person is not None]
    return tuple(before[-1:])


def _by_role(text: str, analysis: Analysis, span: tuple[int, int]) -> Iterator[tuple[str, Actor]]:
    """Yield those behind the words, each with the last `by` or `to` before it: `to X by the envoy of Y`."""
    end = _CLAUSE.search(text[span[1] : analysis.sentence.end])
    limit = span[1] + end.start() if end else analysis.sentence.end
    role, at = "", span[1]
    for actor in analysis.actors:
        if not span[1] <= actor.start < limit:
            continue
        found = [one.group() for one in _ROLE.finditer(text[at : actor.start])]
        role, at = (found[-1] if found else role), actor.end
        told = actor.person or actor.is_group or _ENVOY.search(text[span[0] : actor.start])
        if role and told and not actor.is_place:
            yield role, actor


def envoys_paired(text: str, following: Sequence[Analysis], host: str | None) -> tuple[Actor, ...]:
    """Return the envoys of a list that joins each to a country by a dash: `of Peru – Ana Solis, …`."""
    envoys: dict[str, Actor] = {}
    for analysis in following[:_LINES]:
        found = [one for one in _pairs(text, analysis) if one.party != host]
        if len(found) > 1:
            envoys.update((str(one.party), one) for one in found)
            others = (one for one in _named(analysis) if one.start not in {each.start for each in found})
            envoys.update(
                (str(one.party), one) for one in others if one.party != host and one.party not in envoys
            )
        elif envoys:
            break
    return tuple(envoys.values())


def _pairs(text: str, analysis: Analysis) -> Iterator[Actor]:
    tokens = analysis.tokens
    for found in _OF_PARTY.finditer(analysis.labels):
        party, dash = tokens[found.start()], tokens[found.start() + 1]
        if text[dash.start : dash.end] not in _DASHES or len(party.parties) != 1:
            continue
        first, last = found.span(_NAME)
        words = Span(tokens[first].start, tokens[last - 1].end)
        person = Person(text[words.start : words.end], party.parties[0], words, [words])
        yield Actor(words.start, words.end, party.parties[0], person, words)


def _named(analysis: Analysis) -> Iterator[Actor]:
    return (one for one in analysis.people if one.person and one.person.name and one.party)


def name_envoys(text: str, envoys: tuple[Actor, ...], following: Sequence[Analysis]) -> tuple[Actor, ...]:
    """Return envoys of whom only the countries were told, those named whom the next sentences name."""
    unnamed = {one.party for one in envoys if one.person is None or one.person.name is None}
    known: dict[str | None, Actor] = {}
    for analysis in following[:_LINES]:
        for actor in _named(analysis):
            if actor.party in unnamed and _may_be_envoy(text, actor):
                known.setdefault(actor.party, actor)
    return tuple(known.get(one.party, one) for one in envoys)


def _may_be_envoy(text: str, actor: Actor) -> bool:
    """Tell whether somebody is an envoy, or whom a text that tells of envoys calls by the name alone."""
    titles = actor.person.titles if actor.person else []
    return not titles or any(_ENVOY.search(text[title.start : title.end]) for _, title in titles)


def find_envoys(
    text: str, analysis: Analysis, following: Sequence[Analysis], host: str | None, receivers: Sequence[Actor]
) -> tuple[Actor, ...]:
    """Return the envoys whom a list names, in the sentence itself behind a colon or in those behind it."""
    here = tuple(one for one in find_listed_envoys(text, [analysis], host) if one not in receivers)
    return here or envoys_paired(text, following, host) or find_listed_envoys(text, following, host)
