"""Who took part in a summit: what the sentences around say, each of them of one or two.

`Leaders of the bloc met in Lusaka. Zambia's X chaired the summit, which was attended by …`
"""

from collections.abc import Iterator, Sequence

from app.parsing.home import organization_ids
from app.parsing.linking import Actor, Analysis
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Section

_NEXT_SENTENCES = 6
_LONGEST_NAME = 90
"""Characters from the words for a summit to its organization: `session of the Council of Ministers of X`."""
_ITS = compile_pattern(r"^(?:[’']s?|\))? ?(?:[\w\-’]+ ){0,6}$")
"""`the ASEAN foreign ministers' summit`"""
_OF = compile_pattern(
    r"^ (?:meeting |session |summit )?(?:of|between|among|for) (?:the )?(?:[\w\-’',]+ ){0,12}$|^ \($|^$"
)
_OCCASION = (
    r"(?:summit|meeting|gathering|session|talks|retreat|conclave|caucus|conference|forum|leaders|ministers)"
)
_THE_OCCASION = rf"(?:the|this|an?) (?:[\w\-]+ ){{0,4}}?{_OCCASION}"
_TOOK_PART = compile_pattern(
    r"\b(?:in attendance|took part|taking part|takes part|participat(?:ed|ing|es)|"
    r"(?:was|were) (?:also |all )?(?:present|on hand|represented|there)|"
    r"(?:was|were|is|are) among (?:those|the) (?:[\w\-]+ ){0,4}?"
    r"(?:present|attending|leaders|participants|guests)|"
    r"present (?:were|at|in the hall|was)|(?:were|was|are) (?:also )?attending|"
    r"around the table|at the table|flew in for|arrived for|gathered for|"
    r"(?:chaired|hosted|headed|led|convened|opened|presided over) by|chairmanship of|"
    rf"(?:chaired|hosted|opened|convened|told|presided over|speaking at|spoke at) {_THE_OCCASION}|"
    r"(?:joined|hosted|welcomed|received) (?:his|her|their) (?:[\w\-]+ ){0,2}?"
    r"(?:hosts?|counterparts|colleagues)|"
    rf"(?:drew|gathered|groups|grouped|comprised|joined by) (?:the )?(?:[\w\-]+ )?{_OCCASION}|"
    r"brought together|standing in for|stood in for|(?:led|headed) their (?:[\w\-]+ )?delegations|"
    rf"address(?:ed|ing)? {_THE_OCCASION}|"
    r"pass(?:ed|ing) the gavel|(?:handed|took) over the (?:[\w\-]+ )?(?:chair|presidency)\w*)\b|"
    r"\battend(?:ed|ing|s)?(?: (?:by|both|all|in person)|[,.;]|$|"
    rf"(?: the| this)? (?:[\w\-’']+ ){{0,5}}?{_OCCASION}\b)|"
    r"^attending\b",
    ignore_case=True,
)
_STAYED_AWAY = compile_pattern(
    r"\b(?:(?:did|does|do|was|were|is|will|could) not|n[’']t|stayed (?:away|home|at home)|skipped|"
    r"absent|absence|boycott\w*|sent nobody|missing|nobody|no[- ]shows?|without|declined|snubbed|"
    r"suspended|invited)\b",
    ignore_case=True,
)
_OF_SEVERAL = compile_pattern(
    r"\b(?:summit|trilateral|tripartite|quad\w+|\w+-way|leaders|heads|presidents|premiers|ministers|chiefs)\b",
    ignore_case=True,
)
"""Words that two do not need; a council of two states holds sessions and meetings."""
_AT_THE = compile_pattern(r"^(?:At|In|During) (?:the|this|an?) (?:[\w\-’']+ ){0,6}$")
"""`At the bloc's summit, X of Peru and Y of Chile discussed …`"""
_CLAUSE = compile_pattern(r"[,;:]| but | while | although ")
_AS_STATES = compile_pattern(
    r"\b(?:represented|delegations?|leaders|presidents|ministers|heads|premiers|representatives)\b"
)
_LEAST = 3


def find_gathered(
    text: str, analysis: Analysis, span: tuple[int, int], following: Sequence[Analysis]
) -> tuple[Actor, ...]:
    """Return who took part in a summit that words at `span` name, with the organization whose it is.

    Fewer than three parties are none.
    """
    owner = _organization(text, analysis, span)
    several = owner or _OF_SEVERAL.search(text[slice(*span)])
    if analysis.sentence.section is not Section.BODY or not several:
        return ()
    here = tuple(_attending(text, analysis))
    if not here and _AT_THE.match(text[analysis.sentence.start : span[0]]):
        here = tuple(actor for actor in analysis.actors if actor.party and actor.person)
    next_ones = [one for one in following[:_NEXT_SENTENCES] if one.sentence.section is Section.BODY]
    gathered = (
        *owner,
        *here,
        *(actor for one in next_ones for actor in _attending(text, one)),
    )
    return gathered if len({actor.party for actor in gathered if actor.party}) >= _LEAST else ()


def _organization(text: str, analysis: Analysis, span: tuple[int, int]) -> tuple[Actor, ...]:
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


def _attending(text: str, analysis: Analysis) -> Iterator[Actor]:
    """Yield whom a sentence says took part, those in a clause about who stayed away left out."""
    start = analysis.sentence.start
    words = text[start : analysis.sentence.end]
    if not _TOOK_PART.search(words):
        return
    away = _STAYED_AWAY.search(words)
    limit = start + len(words)
    if away is not None:
        clauses = [one.start() for one in _CLAUSE.finditer(words[: away.start()])]
        limit = start + (clauses[-1] if clauses else 0)
    states = _AS_STATES.search(words) is not None
    for actor in analysis.actors:
        somebody = actor.person is not None or actor.is_group or states
        if (actor.party or actor.person) and somebody and not actor.is_place and actor.start < limit:
            yield actor
