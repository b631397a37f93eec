"""Who took part in a summit: what the sentences around say, each of them of one or two.

`Leaders of the bloc met in Lusaka. Zambia's X chaired the summit, which was attended by …`
"""

from collections.abc import Iterator, Sequence
from typing import Final

from app.parsing.kinds import BODY
from app.parsing.knowledge import organization_ids
from app.parsing.linking import Actor, Analysis
from app.parsing.patterns import compile_pattern

_NEXT_SENTENCES: Final = 6
_LONGEST_NAME: Final = 90
"""Characters from the words for a summit to its organization: `session of the Council of Ministers of X`."""
_ITS: Final = compile_pattern(r"^(?:[’']s?|\))? ?(?:[\w\-’]+ ){0,6}$")
"""`the ASEAN foreign ministers' summit`"""
_OF: Final = compile_pattern(
    r"^ (?:meeting |session |summit )?(?:of|between|among|for) (?:the )?(?:[\w\-’',]+ ){0,12}$|^ \($|^$"
)
_WHICH: Final = (
    r"(?:(?-i:[A-Z0-9])[\w\-’']* |\w+-[\w\-]+ |(?:opening|closing|closed|final|first|second|third|fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|[\w\-]+th|bloc[’']s|group[’']s|annual|regular|ordinary|"
    r"extraordinary|special|emergency|plenary|virtual|hybrid|ministerial|leaders[’']|ministers[’']) ){0,4}?"
)
_OCCASION: Final = (
    r"(?:summit|meeting|gathering|session|talks|retreat|conclave|caucus|conference|forum|event|opening|"
    r"proceedings|plenary)\b"
)
_THE_OCCASION: Final = compile_pattern(rf"\b(?:the|this) {_WHICH}{_OCCASION}", ignore_case=True)
_OF_OTHERS: Final = compile_pattern(
    r"^ (?:with|of|between|for|on) (?:(?:his|her|its|their|an?|some) |"
    r"(?:the )?(?:local|own|national|ruling) )|"
    r"^ with (?:the )?[a-z]"
)
"""`the meeting of his cabinet`, `the talks with unions`"""
_ENDS: Final = (
    r"(?: (?:too|also|both|all|as well|in person))*"
    r"(?:[,.;:]|$| and | as did | alongside | (?:along|together) with )"
)
_WITHOUT_OBJECT: Final = compile_pattern(
    r"(?:\b(?:attended|(?:were|was|are|is) (?:also |all )?(?:attending|present|on hand|there|represented)|"
    r"took part|taking part|participat(?:ed|ing)|in attendance|spoke (?:first|second|third|next|last)|"
    r"(?:around|at) the (?:[\w\-]+ )?table|presided|presiding|(?:was|were|is|took) (?:in )?the chair|chaired|"
    r"among those (?:present|attending|there|who (?:came|attended|took part)))"
    rf"{_ENDS})|"
    r"^(?:also )?(?:present|taking part|attending|in attendance)(?: (?:too|also|in the hall|in the room))? "
    r"(?:were|was)\b|\battended by\b|"
    r"^(?:(?:also )?among )?(?:those|the leaders|the guests|the participants|leaders)(?: who)? "
    r"(?:(?:were |was )?(?:present|attending|attended|taking part|took part|there|in attendance|came|"
    r"gathered|at the table|around the table))"
    r"(?: (?:too|also|there|here|in the hall|in (?-i:[A-Z])[\w\-]+))? "
    r"(?:were|was|are|include[ds]?|including)\b|"
    r"^(?:in the chair|presiding|chairing) (?:was|were|is)\b|"
    r"^[^,]*(?:, [^,]{1,40},)? (?:was|were) represented(?: (?:there|here|in (?-i:[A-Z])\w+))? by "
    r"(?:(?:its|her|his|their|the) )?(?:[\w\-]+ ){0,2}?"
    r"(?:president|premier|prime minister|minister|ambassador|envoy|chairman|king|emir|secretary|chancellor|"
    r"speaker)\b|"
    r"\bsent (?:its|his|her|their|a|an) (?:[\w\-]+ ){0,3}?"
    r"(?:president|premier|prime minister|minister|ambassador|envoy|deputy)(?:,|\.|;|$)",
    ignore_case=True,
)
"""Words of taking part that leave out in what, and so mean what was told last."""
_BEHIND: Final = compile_pattern(
    r"^(?:also )?(?:present|taking part|attending|in attendance|(?:also )?among (?:those|the)|those|"
    r"in the chair|presiding|chairing|the (?:leaders|guests|participants)|leaders)\b|\bby\b|\bsent\b",
    ignore_case=True,
)
"""Words of taking part behind which those stand who did."""
_MORE: Final = compile_pattern(
    r"^(?:and|as did|alongside|(?:along|together) with)|[,] (?:as did|as well as|alongside|"
    r"(?:along|together) with) ",
    ignore_case=True,
)
_ELSEWHERE: Final = compile_pattern(r"^(?:In|On|For|During|At) ")
"""`In sport, Peru was represented by …`"""
_DID: Final = compile_pattern(
    r"\b(?:in attendance|took part|taking part|takes part|participat(?:ed|ing|es)|present|on hand|"
    r"represented|attend(?:ed|ing|s)?|"
    r"flew in for|arrived for|gathered for|(?:was|is) in the chair|presid(?:ed|ing)|"
    r"(?:chaired|hosted|headed|led|convened|opened|presided over|joined|attended) by|chairmanship of|"
    r"(?:joined|hosted|welcomed|received) (?:his|her|their) (?:[\w\-]+ ){0,2}?"
    r"(?:hosts?|counterparts|colleagues)|"
    r"drew|gathered|groups|grouped|comprised|brought together|standing in for|stood in for|"
    r"(?:led|headed) their (?:[\w\-]+ )?delegations|"
    r"(?:chaired|hosted|opened|convened|presided over|speaking at|spoke at|told|address(?:ed|ing)) "
    rf"(?:the|this) {_WHICH}{_OCCASION}|"
    r"pass(?:ed|ing) the gavel|(?:handed|took) over the (?:[\w\-]+ )?(?:chair|presidency)\w*)\b",
    ignore_case=True,
)
_OBJECT: Final = compile_pattern(
    r"\b(?:(?:(?:took|taking|takes) part in|participat(?:ed|ing|es) in|[Pp]resent (?:in|at)|"
    r"on hand (?:at|for)|"
    r"represented at|(?:flew in|arrived|gathered) for|(?:speaking|spoke) at)"
    r"(?: (?:an?|the|this|his|her|its|their))?|"
    r"(?:attend(?:ed|ing|s)?|chaired|presided over|address(?:ed|ing)) "
    r"(?:an?|the|this|his|her|its|their)) [a-z0-9]"
)
"""Words of taking part that tell in what."""
_STAYED_AWAY: Final = compile_pattern(
    r"\b(?:(?:did|does|do|was|were|is|will|could) not|n[’']t|stayed (?:away|home|at home)|skipped|"
    r"absent|absence|boycott\w*|sent nobody|missing|nobody|no[- ]shows?|without|declined|snubbed|"
    r"suspended|invited|by (?:tele)?phone)\b",
    ignore_case=True,
)
_OF_SEVERAL: Final = compile_pattern(
    r"\b(?:summit|trilateral|tripartite|quad\w+|\w+-way|leaders|heads|presidents|premiers|ministers|chiefs)\b",
    ignore_case=True,
)
"""Words that two do not need; a council of two states holds sessions and meetings."""
_AT_THE: Final = compile_pattern(r"^(?:At|In|During) (?:the|this|an?) (?:[\w\-’']+ ){0,6}$")
"""`At the bloc's summit, X of Peru and Y of Chile discussed …`"""
_LIST_BELOW: Final = compile_pattern(
    r"\b(?:present|there|here|came|gathered|attended|attending|attendance|part|participants|participated|"
    r"attendees|represented|delegations|by)\b[^.;]{0,60}:$",
    ignore_case=True,
)
"""Words above lines that name one each: `Those present were:`"""
_SHORT_OF_NAME: Final = 12
"""Characters that a line of a list may have beside the person whom it names: a bullet, a mark at its end."""
_AT_THEIRS: Final = compile_pattern(r"^(?:At|During|In) (?:their|its) (?:[\w\-]+ ){0,3}$")
_MEMBERS: Final = compile_pattern(
    r"\b(?:members|member (?:states|countries|nations)|leaders|ministers|heads of (?:state|government)) "
    r"of (?:the )?$"
)
_DONE_THERE: Final = compile_pattern(
    r"\b(?:results?|outcomes?|decisions?|decided|agreed|adopted|resolved|resolutions?|conclusions|commitments?|"
    r"pledges?|pledged|endorsed|approved|launched|undertaken|made|taken|reached|founded|confirmed|invited|"
    r"promised|set|declared|said|signed|established|unveiled) (?:[\w\-]+ ){0,4}?(?:of|at|by|from|in|during) "
    r"(?:the |its |their |that |this |an? )(?:[\w\-’']+ ){0,4}$",
    ignore_case=True,
)
"""`what NATO decided at its`, `the results of the`: words that look back at what a summit did."""
_WHEN_OR_WHERE: Final = compile_pattern(
    r"^(?: of (?:the )?(?:[\w\-’']+ ){1,8}?| (?:[\w\-’']+ ){0,4}?)?,?(?: ?(?:that was |which was )?"
    r"(?:(?:lately|recently|earlier|last) )?(?:held|hosted|convened|took place))?"
    r" ?(?:(?:in|at|on|of) (?:the )?(?:(?:early|late|mid-?|last|this past) ?)*(?-i:[A-Z0-9])|"
    r"(?:this past|last|earlier this|this) (?:week|month|year|spring|summer|autumn|fall|winter|(?-i:[A-Z])))",
    ignore_case=True,
)
_COMMA: Final = compile_pattern(r"[,:]")
_CLAUSE: Final = compile_pattern(r";|,? (?:while|whereas|but|although|though) |, where ")
_ON_A_LIST: Final = compile_pattern(
    r"\b(?:was|were|is|are|has|had|did|will|would|could|said|told|spoke|met|went|left|held|made|gave|took|sent|"
    r"[a-z]{3,}ed)\b"
)
"""Words that one on a list between semicolons has not: `were Brazil’s X; Bolivia’s Y; and Cuba’s Z`."""
_WHO: Final = compile_pattern(r", (?:who|which|whose) .*$")
_NOT_THERE: Final = compile_pattern(
    r"\b(?:sent nobody|absent|stayed (?:away|home|at home)|skipped|boycotted)\b"
)
_AHEAD: Final = compile_pattern(
    r"\b(?:will|shall|(?:is|are) (?:to|due|set|scheduled|expected|planned|slated)|to be held|upcoming|"
    r"forthcoming|planned)\b"
)
_AS_STATES: Final = compile_pattern(
    r"\b(?:represented|delegations?|leaders|presidents|ministers|heads|premiers|representatives)\b"
)
_LEAST: Final = 3
_OF_ITS_OWN: Final = 2
"""Parties of a summit of an organization: itself, and whoever is named in its chair."""


def find_gathered(
    text: str, analysis: Analysis, span: tuple[int, int], following: Sequence[Analysis]
) -> tuple[Actor, ...]:
    """Return who took part in a summit that words at `span` name, with the organization whose it is.

    Fewer than three parties are none, but where an organization itself is one of them, or where words tell
    what it did at its summit: `the plan that NATO approved at its summit in June`.
    """
    owner = find_organization(text, analysis, span) or _of_members(text, analysis, span)
    several = owner or _OF_SEVERAL.search(text[slice(*span)])
    if analysis.sentence.section is not BODY or not several:
        return ()
    start = analysis.sentence.start
    words = text[start : analysis.sentence.end]
    here = tuple(_attending(text, analysis, tuple(_told_clauses(words, (span[0] - start, span[1] - start)))))
    if not here and _AT_THE.match(words[: span[0] - start]):
        here = tuple(actor for actor in analysis.actors if actor.party and actor.person)
    ahead = _AHEAD.search(words) is not None
    gathered = (*owner, *here, *_in_next_sentences(text, following, ahead))
    of_two = bool(owner) and text[owner[0].start - 1 : owner[0].start] == "-"  # "the Peru-EU summit"
    if owner and not of_two and _stands_alone(words, (span[0] - start, span[1] - start)):
        return gathered
    least = _OF_ITS_OWN if owner and any(one.person and one.person.name for one in gathered) else _LEAST
    return gathered if len({actor.party for actor in gathered if actor.party}) >= least else ()


def _of_members(text: str, analysis: Analysis, span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return whose members act at their summit: `At their summit in Lima, the members of X agreed …`."""
    if not _AT_THEIRS.match(text[analysis.sentence.start : span[0]]):
        return ()
    for actor in analysis.actors:
        if actor.start > span[1] and actor.party in organization_ids():
            return (actor,) if _MEMBERS.search(text[span[1] : actor.start]) else ()
    return ()


def _stands_alone(words: str, span: tuple[int, int]) -> bool:
    """Tell whether words tell what an organization did at a summit, and when or where that was."""
    if not _WHEN_OR_WHERE.match(words[span[1] :]):
        return False
    before = words[: span[0]]
    return _DONE_THERE.search(before) is not None or _AT_THEIRS.match(before) is not None


def _in_next_sentences(text: str, following: Sequence[Analysis], ahead: bool) -> Iterator[Actor]:
    """Yield who took part as the sentences behind tell, up to the first that tells of nobody who did.

    Whoever took part in something did not in a summit that is still ahead.
    """
    told, listing = 0, False
    for one in [one for one in following if one.sentence.section is BODY]:
        words = text[one.sentence.start : one.sentence.end]
        listed = _on_line(one) if listing else None
        if listed is not None:
            yield listed
            continue
        told, listing = told + 1, _LIST_BELOW.search(words) is not None
        if told > _NEXT_SENTENCES:
            return
        if listing and not one.actors:
            continue
        if ahead and not _AHEAD.search(words):
            return
        clauses = tuple(_told_clauses(words, None))
        if not clauses and not _NOT_THERE.search(words):
            return
        yield from _attending(text, one, clauses)


def _on_line(analysis: Analysis) -> Actor | None:
    """Return whom a line of a list names, which says no more than that."""
    sentence, people = analysis.sentence, analysis.people
    if len(people) != 1 or people[0].person is None or not people[0].party:
        return None
    rest = sentence.end - sentence.start - (people[0].end - people[0].start)
    return people[0] if rest <= _SHORT_OF_NAME else None


def find_organization(text: str, analysis: Analysis, span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return the organization whose summit it is: `the ASEAN summit`, `a summit of the African Union`."""
    start, end = span
    for actor in analysis.actors:
        if actor.party not in organization_ids() or (actor.person and actor.person.name):
            continue
        inside = actor.start < end and start < actor.end
        before = actor.end <= start and _ITS.match(text[actor.end : start])
        behind = end <= actor.start < end + _LONGEST_NAME and _OF.match(text[end : actor.start])
        if inside or before or behind:
            return (actor,)
    return ()


def _told_clauses(words: str, own: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Yield where a sentence tells who took part: the parts of each clause that tells it of the occasion.

    `own` are the words for the occasion in its own sentence.
    """
    first, told = 0, False
    ends = [(one.start(), one.end()) for one in _CLAUSE.finditer(words)]
    for end, behind in (*ends, (len(words), len(words))):
        clause = words[first:end]
        listed = told and words[first - 1 : first] == ";" and not _ON_A_LIST.search(_WHO.sub("", clause))
        here = own is not None and first <= own[0] < end
        part = (0, len(clause)) if listed else _part(clause.strip(), here)
        told = part is not None
        if part is not None:
            yield first + part[0], first + part[1] + len(clause) - len(clause.strip())
        first = behind


def _part(clause: str, here: bool) -> tuple[int, int] | None:
    """Return in which part of a clause those stand who took part in the occasion, where it tells of it."""
    occasion = _THE_OCCASION.search(clause)
    named = here or (occasion is not None and not _OF_OTHERS.match(clause[occasion.end() :]))
    if named and _DID.search(clause):
        other = _OBJECT.search(clause)
        if other is None or (occasion is not None and other.start() < occasion.start() <= other.end()):
            return 0, len(clause)
        return None
    alone = _WITHOUT_OBJECT.search(clause)
    if alone is None or _ELSEWHERE.match(clause):
        return None
    behind = _BEHIND.search(alone.group()) or _MORE.search(clause[alone.end() - 12 :])
    return 0, len(clause) if behind else alone.end()


def _attending(text: str, analysis: Analysis, parts: Sequence[tuple[int, int]]) -> Iterator[Actor]:
    """Yield who stands in the parts of a sentence, those left out of whom it says that they stayed away."""
    start = analysis.sentence.start
    for first, last in parts:
        words = text[start + first : start + last]
        away = _STAYED_AWAY.search(words)
        if away is not None:
            commas = [one.start() for one in _COMMA.finditer(words[: away.start()])]
            words = words[: commas[-1] if commas else 0]
        limit = start + first + len(words)
        states = _AS_STATES.search(words) is not None
        for actor in analysis.actors:
            somebody = actor.person is not None or actor.is_group or states
            inside = start + first <= actor.start < limit
            if (actor.party or actor.person) and somebody and not actor.is_place and inside:
                yield actor
