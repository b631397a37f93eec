"""Who leads a delegation, a side or a ship, wherever the article says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.parsing.home import organization_ids
from app.parsing.linking import Actor, Analysis, Person
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span

_GROUP = r"(?:delegations?|teams?|missions?|sides?|contingents?|ships?|frigates?|groups?|crew|party|vessel)"
_LED_BY = compile_pattern(
    rf"\b{_GROUP}\b(?:[^.;]{{0,80}}?\b(?:led|headed|commanded|captained|represented|chaired))?"
    r" by(?: the| its| former| outgoing)*\s*$",
    ignore_case=True,
)
_REPRESENTED_BY = compile_pattern(
    r"\b(?:(?:was|were) (?:represented|led|headed) by|under the (?:command|leadership) of)(?: the)?\s*$",
    ignore_case=True,
)
_AND = compile_pattern(r"^,? and (?:the )?$")
_LEADS = compile_pattern(
    r"^,?\s*(?:led|headed|leads|heads|is leading|was leading|represented|will lead)\b"
    rf"[^.;]{{0,60}}?\b(?:{_GROUP}|the other|one)\b|^ the other\b",
    ignore_case=True,
)
_SIGNING = compile_pattern(r"\b(?:sign(?:s|ed|ing)?|inks?|inked|initialled|initialed)\b", ignore_case=True)
_SIGNS_FOR = compile_pattern(
    r"^,? (?:[^.;,]{0,50} )?(?:for|on behalf of|representing)(?: the)?(?: government of(?: the)?)?\s*$",
    ignore_case=True,
)
_SIGNED_FOR = compile_pattern(
    r"\b(?:for|on behalf of|representing)(?: the)?(?: government of(?: the)?)?\s*$", ignore_case=True
)
_MEMBERS = compile_pattern(
    r"\b(?:side|members?|included|includes|comprised|comprising|consisted of|along with|accompanied by)\b",
    ignore_case=True,
)


@dataclass(frozen=True, slots=True)
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
        leaders.extend(_in_sentence(text, analysis, last))
        last = _nearest([actor for actor in analysis.actors if not actor.is_place]) or last
    for leader in leaders:
        if leader.person.party is None:
            leader.person.party, leader.person.party_words = leader.party, leader.words
    return tuple(leaders)


def _in_sentence(text: str, analysis: Analysis, last: str | None) -> Iterator[Leader]:
    """Yield a sentence's leaders, and the members that are listed after one."""
    party: str | None = None
    leading: str | None = None
    for index, actor in enumerate(analysis.actors):
        if actor.person is None or actor.person.name is None:
            party = actor.party if actor.person is None and actor.is_group else party
            continue
        before = text[analysis.sentence.start : actor.start]
        after = text[actor.end : min(actor.end + 120, analysis.sentence.end)]
        words = Span(actor.start, actor.end)
        beside = index > 0 and _AND.match(text[analysis.actors[index - 1].end : actor.start]) is not None
        if _LED_BY.search(before) or _REPRESENTED_BY.search(before):
            sent_by = _nearest(analysis.actors[:index][::-1])
            if sent_by in organization_ids() and _LED_BY.search(before):
                actor.person.party = sent_by  # whoever leads a mission of the UN acts for it
            party = leading = actor.party or sent_by or last
            yield Leader(actor.person, party, words)
        elif leading is not None and beside and actor.party in (None, leading):
            yield Leader(actor.person, leading, words)
        elif _LEADS.match(after):
            yield Leader(actor.person, actor.party or _nearest(analysis.actors[index + 1 : index + 2]), words)
        elif party is not None and _MEMBERS.search(before):
            actor.person.party, actor.person.party_words = actor.party or party, words
        elif actor.party is None and (whom := _signed_for(text, analysis, index)):
            actor.person.party, actor.person.party_words = whom.party, whom.words


def _signed_for(text: str, analysis: Analysis, index: int) -> Actor | None:
    """Return for whom somebody signs: `Ana Solis signed for Peru`, `on behalf of Peru it was signed by …`."""
    sentence, signer = analysis.sentence, analysis.actors[index]
    if not _SIGNING.search(text[sentence.start : sentence.end]):
        return None
    for behind in analysis.actors[index + 1 : index + 2]:
        if _is_party(behind) and _SIGNS_FOR.match(text[signer.end : behind.start]):
            return behind
    for ahead in analysis.actors[max(index - 1, 0) : index]:
        if _is_party(ahead) and _SIGNED_FOR.search(text[sentence.start : ahead.start]):
            return ahead
    return None


def _is_party(actor: Actor) -> bool:
    return actor.person is None and actor.party is not None


def _nearest(actors: Sequence[Actor]) -> str | None:
    return next((actor.party for actor in actors if actor.party and actor.person is None), None)
