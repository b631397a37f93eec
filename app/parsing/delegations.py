"""Who leads a delegation, a side or a ship, wherever the article says so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.parsing.knowledge import organization_ids
from app.parsing.linking import Actor, Analysis, Person
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span

_GROUP: Final = (
    r"(?:delegations?|teams?|missions?|sides?|contingents?|ships?|frigates?|groups?|crew|party|vessel)"
)
_LED_BY: Final = compile_pattern(
    rf"\b{_GROUP}\b(?:[^.;]{{0,80}}?\b(?:led|headed|commanded|captained|represented|chaired))?"
    r" by(?: the| its| former| outgoing)*\s*$",
    ignore_case=True,
)
LED_OTHER_SIDE: Final = compile_pattern(
    r"\bthe other(?: (?:side|delegation|team|party))?,? (?:was |were |being )?"
    r"(?:led|headed|chaired|represented)? ?by (?:the )?$",
    ignore_case=True,
)
"""`The Peruvian delegation was led by X and the other side was headed by Y`"""
_BOTH_LED_BY: Final = compile_pattern(
    r"\b(?:delegations|sides|teams|missions),? (?:were |are )?(?:respectively )?"
    r"(?:led|headed|represented|chaired)\b|\b(?:co-?|jointly )(?:chaired|headed|led) by\b",
    ignore_case=True,
)
_EACH_LED_BY: Final = compile_pattern(
    r"\b[Dd]elegations\b[^.;]{0,60}? (?:led|headed|chaired)(?: respectively)? by(?: the)? "
)
"""`The Peruvian and Chilean delegations, headed by Minister X and Director-General Y`"""
_REPRESENTED_BY: Final = compile_pattern(
    r"\b(?:(?:was|were) (?:represented|led|headed) by|under the (?:command|leadership) of)(?: the)?\s*$",
    ignore_case=True,
)
_ENDS_OF_LED: Final = ("by", "of", "the", "its", "former", "outgoing")
"""The last of the words before who leads: to look for it is quicker than for all of them."""
_LONGEST_END: Final = 8
_AND: Final = compile_pattern(r"^,? and (?:the )?$")
_LEADS: Final = compile_pattern(
    r"^,?\s*(?:led|headed|leads|heads|is leading|was leading|represented|will lead)\b"
    rf"[^.;]{{0,60}}?\b(?:{_GROUP}|the other|one)\b|^ the other\b",
    ignore_case=True,
)
_SIGNING: Final = compile_pattern(
    r"\b(?:sign(?:s|ed|ing)?|inks?|inked|initialled|initialed)\b", ignore_case=True
)
_SIGNS_FOR: Final = compile_pattern(
    r"^,? (?:[^.;,]{0,50} )?(?:for|on behalf of|representing)(?: the)?(?: government of(?: the)?)?\s*$",
    ignore_case=True,
)
_SIGNED_FOR: Final = compile_pattern(
    r"\b(?:for|on behalf of|representing)(?: the)?(?: government of(?: the)?)?\s*$", ignore_case=True
)
_NEXT_FOR: Final = compile_pattern(r"(?:,|\band|\bwhile) (?:for|on behalf of)\b", ignore_case=True)
"""`For Peru it was signed by Ana Solis and for Chile by Rosa Vidal`."""
_DEALS_WITH: Final = compile_pattern(
    r"\b(?:met|meets?|called on|calls on|received|receives|told|thanked|visited|held|with|invited|welcomed|"
    r"while|whereas)\b|;"
)
_OF_SIDE: Final = compile_pattern(
    r"\b(?:attended|joined|participated|took part)\b[^;.]* (?:from|on|for) the $"
)
_SIDE: Final = compile_pattern(r" side$")
_MEMBERS: Final = compile_pattern(
    r"(?:^|[^\w\-])(?:side|members?|included|includes|comprised|comprising|consisted of|composed of|"
    r"made up of|along with|accompanied by)\b",
    ignore_case=True,
)


@dataclass(unsafe_hash=True)
class Leader:
    """A person who leads for a party; the party is None where only the person's own can tell."""

    person: Person
    party: str | None
    words: Span


def find_leaders(text: str, analyses: Sequence[Analysis]) -> tuple[Leader, ...]:
    """Return those who lead, and note for whom where the article tells it no other way."""
    leaders: list[Leader] = []
    last: str | None = None
    for analysis in analyses:
        if analysis.people:
            leaders.extend(_in_sentence(text, analysis, last))
        last = _nearest(analysis.actors, places=False) or last
    for leader in leaders:
        if leader.person.party is None:
            leader.person.party, leader.person.party_words = leader.party, leader.words
    return tuple(leaders)


def _in_sentence(text: str, analysis: Analysis, last: str | None) -> Iterator[Leader]:
    """Yield a sentence's leaders, and the members that are listed after one."""
    party: str | None = None
    leading: str | None = None
    of_side = _side_behind(text, analysis)
    _give_one_each(text, analysis)
    for index, actor in enumerate(analysis.actors):
        if actor.person is None or actor.person.name is None:
            party = actor.party if actor.person is None and actor.is_group else party
            continue
        before = text[analysis.sentence.start : actor.start]
        after = text[actor.end : min(actor.end + 120, analysis.sentence.end)]
        words = Span(actor.start, actor.end)
        beside = index > 0 and _AND.match(text[analysis.actors[index - 1].end : actor.start]) is not None
        if _is_led(before):
            sent_by = _nearest(analysis.actors[:index][::-1])
            if sent_by in organization_ids() and _LED_BY.search(before):
                actor.person.party = sent_by  # whoever leads a mission of the UN acts for it
            party = leading = actor.party or sent_by or last
            yield Leader(actor.person, party, words)
        elif leading is not None and beside and actor.party in (None, leading):
            yield Leader(actor.person, leading, words)
        elif _LEADS.match(after):
            yield Leader(actor.person, actor.party or _nearest(analysis.actors[index + 1 : index + 2]), words)
        elif party is not None and (listing := _MEMBERS.search(before)) and _lists(before, listing.end()):
            actor.person.party, actor.person.party_words = actor.party or party, words
        elif of_side is not None and actor.party is None:
            actor.person.party, actor.person.party_words = of_side.party, words
        elif actor.party is None and (whom := _signed_for(text, analysis, index)):
            actor.person.party, actor.person.party_words = whom.party, whom.words


def _give_one_each(text: str, analysis: Analysis) -> None:
    """Note for whom two lead who are told in the order of their sides: `delegations led by X and Y`."""
    sentence = analysis.sentence
    found = _EACH_LED_BY.search(text[sentence.start : sentence.end])
    if found is None:
        return
    at = sentence.start + found.end()
    sides = [one for one in analysis.actors if one.end <= at and one.person is None and one.party]
    leaders = [one for one in analysis.actors if one.start >= at and one.person and one.person.name][:2]
    joined = len(leaders) == 2 and _AND.match(text[leaders[0].end : leaders[1].start])
    if len(sides) == 2 and joined and all(one.party is None for one in leaders):
        for side, leader in zip(sides, leaders, strict=True):
            if leader.person is not None:
                leader.person.party, leader.person.party_words = side.party, side.words


def _is_led(before: str) -> bool:
    """Tell whether somebody leads a group; of several, each leads one: `the sides were led by X and Y`."""
    if not before.rstrip()[-_LONGEST_END:].casefold().endswith(_ENDS_OF_LED):
        return False  # as with most
    if _LED_BY.search(before) is None and _REPRESENTED_BY.search(before) is None:
        return False
    return _BOTH_LED_BY.search(before) is None and LED_OTHER_SIDE.search(before) is None


def _lists(before: str, start: int) -> bool:
    """Tell whether words only go on to list members: not so in `The Peruvian side called on X`."""
    return not _DEALS_WITH.search(before[start:]) and not LED_OTHER_SIDE.search(before)


def _side_behind(text: str, analysis: Analysis) -> Actor | None:
    """Return for whom those took part whom a sentence names: `X and Y attended from the Peruvian side`."""
    last = analysis.actors[-1] if analysis.actors else None
    if last is None or last.person is not None or not last.is_group:
        return None
    ends = _OF_SIDE.search(text[analysis.sentence.start : last.start]) and _SIDE.search(
        text[last.start : last.end]
    )
    return last if ends else None


def _signed_for(text: str, analysis: Analysis, index: int) -> Actor | None:
    """Return for whom somebody signs: `Ana Solis signed for Peru`, `on behalf of Peru it was signed by …`."""
    sentence, signer = analysis.sentence, analysis.actors[index]
    if not _SIGNING.search(text[sentence.start : sentence.end]):
        return None
    for behind in analysis.actors[index + 1 : index + 2]:
        gap = text[signer.end : behind.start]
        if _is_party(behind) and _SIGNS_FOR.match(gap) and not _NEXT_FOR.search(gap):
            return behind
    for ahead in analysis.actors[max(index - 1, 0) : index]:
        if _is_party(ahead) and _SIGNED_FOR.search(text[sentence.start : ahead.start]):
            return ahead
    return None


def _is_party(actor: Actor) -> bool:
    return actor.person is None and actor.party is not None


def _nearest(actors: Iterable[Actor], *, places: bool = True) -> str | None:
    """Return the first party that is named by itself, and where not `places` as one that may act."""
    for actor in actors:
        if actor.person is None and actor.own_party and (places or not actor.is_place):
            return actor.own_party
    return None
