"""Step 7: who acts and who is acted upon, by where they stand around the words that tell of an event."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from app.parsing.frames import Frame
from app.parsing.gifts import find_given, find_handed
from app.parsing.kinds import AGREEMENT, BETWEEN_SIDES, CALL_ON, EXERCISE, HOST, MEETING, VISIT, VISITOR
from app.parsing.linking import FEW_TITLES, Actor, Analysis
from app.parsing.patterns import compile_pattern

_JOINED: Final = compile_pattern(
    r"^(?:[-–]| [-–—] )$|^(?:\s*\([^()]{1,30}\))?(?:, who [^,;]{3,60},)?"
    r"(?: and (?:his|her) (?:wife|husband|spouse))?[\s,]*"
    r"(?:,|;|and(?: of)?|,? among them|&|along with|together with|"
    r"(?:accompanied|joined|flanked) by|as well as)[\s,]*"
    r"(?:(?:(?:an|one|two|three|a few) hours? later|shortly (?:after|later)|afterwards|"
    r"later|then|also|separately),? )?"
    r"(?:with |the |his |her |its |their |visiting |[Mm]r\.? |an? |[\w]+-(?:ranking|level|powered|member) )*"
    r"(?:(?:wife|husband|spouse|deputy),? )?"
    r"(?:(?:[a-z\-]+ ){0,3}(?:delegations?|teams?|officials?|officers?|leaders|commanders|representatives?|"
    r"members|people) (?:of|from) (?:the )?)?"
    r"(?:(?:[Gg]overnment|[Kk]ingdom|[Ss]tate|[Rr]epublic|[Ee]mbassy|[Pp]arliament|[Aa]rmed [Ff]orces|"
    r"[Aa]rmy|[Nn]avy|[Mm]inistry(?: of [A-Z][\w,]*(?:,? and [A-Z]\w*| [A-Z]\w*)*)?) of (?:the )?)?"
    r"(?:[A-Z]\w+[’']s )?$"
)
_LED: Final = compile_pattern(r"^(?: (?:of |the )*[A-Z]\w+){0,4},? (?:led|headed) by (?:the |its )?$")
_SIGNERS: Final = compile_pattern(
    r"^(?: |, )(?:(?:signing |acting )?(?:for|on behalf of|representing)|(?:and|while)(?: by)?)"
    r" (?:the )?(?:(?:[Gg]overnment|[Rr]epublic|[Kk]ingdom|[Ss]tate) of (?:the )?)*$"
)
"""`signed by Minister X on behalf of Peru and by Minister Y for Chile`"""
_SIGNED_FOR: Final = compile_pattern(
    r" on behalf of (?:the )?(?:(?:[Gg]overnment|[Rr]epublic) of (?:the )?)*$"
)
_CLAUSE_END: Final = compile_pattern(
    r"[;:]|,? \band (?:also |later |then )?(?:[a-z]+ed|oversaw|held|flew|went|made|took|gave|told|spoke) "
    r"(?:the|an?|his|her|its|their|with|to|in|on|that|for|over|up|off|out|at)\b"
    r"|, with [^,;.]{1,40} (?:on the agenda|topping the agenda)"
    r"|\b(?:while|when|where|amid|to discuss|who|which|after|before|following|said|because|although|"
    r"though|unless|whether|on (?:the )?(?:sidelines|margins|fringes))\b"
)
_WITH_BEHIND: Final = compile_pattern(
    r"^ on (?:the )?(?:sidelines|margins|fringes) of [^.;]{3,80} with (?:the |his |her )?$"
)
_PARTICIPLE: Final = compile_pattern(r", ([a-z]\w*ing)\b")
_NO_VERBS: Final = ("including", "accompanying", "visiting", "outgoing", "incoming", "acting", "being")
_PAIR: Final = 2
_OPENING_WORDS: Final = 2
_ARTICLE: Final = 5
"""Characters of an article and its blanks: `visit of the Minister`."""
_TO_A_PLACE: Final = (" to", " of", " in", " at", "to visit")
_LONGEST_JOINT: Final = 60
"""Characters of the words that join somebody to a verb."""
_WITH: Final = compile_pattern(r"\b(?:with|between)\b[^,;]{0,40}$", ignore_case=True)
"""`discussed Peru and Bolivia with Minister X`: the topics stand before."""
_WITH_OR_FOR: Final = compile_pattern(r"\b(?:with|between|by|on behalf of)\b[^,;]{0,60}$", ignore_case=True)
_JOINS: Final = compile_pattern(
    r"\b(?:with|between|by|involving)\b[^,;]{0,40}$|\band (?:the |its |his |her )?$", ignore_case=True
)
_PRONOUN: Final = compile_pattern(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey"
    r"|[Ii]t(?: (?:also|later|then|has|had))? (?:held|met|called|visited|signed|toured|arrived|hosted)"
    r"|[Bb]oth (?:sides|leaders|countries|(?:prime |foreign |defen[cs]e )?ministers|presidents|premiers|"
    r"officials|diplomats|generals|chancellors|heads of state|delegations|men|women)"
    r"|[Tt]he (?:two|three|four|five|pair|duo)"
    r"|[Tt]he (?:two )?(?:sides|parties|leaders|presidents|premiers|(?:prime |foreign |defen[cs]e )?ministers"
    r"|officials|officers|chiefs|commanders|generals|diplomats|countries|delegation)"
    r"|[Tt]he (?:[\w\-]+-(?:member|person|strong) )?"
    r"(?:delegation|visiting|distinguished|visitors?|guests?|team|mission|group)|[Hh]is|[Hh]er|[Tt]heir"
    r"|[Tt]he (?:visiting )?(?:[Aa]dmiral|[Gg]eneral|[Mm]arshal|[Cc]olonel|[Bb]rigadier|[Cc]ommodore|[Ee]nvoy"
    r"|[Dd]ignitary|[Dd]iplomat)"
    r"|[Tt]he (?:(?:ship|vessel|warship|frigate)[’']s )?(?:[Cc]ommanding [Oo]fficers?|[Cc]rew))\b"
)
_SOMEBODY: Final = compile_pattern(r"\b(?:he|she|they)\b", ignore_case=True)
_HE_BEFORE: Final = compile_pattern(r"\b(?:[Hh]e|[Ss]he)\b[^.;]*$")
_LONGEST_HE: Final = 60
_TELLS: Final = ("told", "informed", "assured", "briefed")
_THE_ENVOY: Final = ("the envoy", "the visiting envoy", "the diplomat", "the visiting diplomat")
_OF_SOME: Final = compile_pattern(r"^the (?:[a-z]+ )?(?:leaders|presidents|premiers|ministers|chiefs) of ")
_HIS_AIDE: Final = compile_pattern(
    r"^(?:his|her) (?:[a-z]+ ){0,2}(?:minister|secretary|advis[eo]r|envoy|premier|chief|deputy) "
    r"(?:(?:is|was|will|would|had|has|also|later|then|to|due|set|expected|scheduled) )*(?:\w+)?$"
)
"""`Her foreign minister is due in Peru`: not the one told of before, but for the same party."""
_THE_GUEST: Final = ("the visiting", "the distinguished", "the visitor", "the guest", "the dignitary")
_BESIDE_WHOM: Final = compile_pattern(
    r"\b(?:with|alongside|accompanied by|together with|beside) (?:the |his |her |its )?$"
)
_THE_DELEGATION: Final = compile_pattern(
    r"^the (?:(?:visiting|[\w\-]+-member) )?(?:delegation|team|mission|group)\b"
)
_SENT: Final = compile_pattern(
    r"\b(?:ambassador|envoy|commissioner|representative|charg[ée]|emissary)", ignore_case=True
)
_SOURCE: Final = compile_pattern(
    r"\b(?:according to|told by|quoted by|citing|quoting) (?:the |its |his |her )?(?:[\w\-’']+ ){0,3}$",
    ignore_case=True,
)
_TOLD_BY: Final = ("ccording to ", "told by ", "quoted by ", "iting ", "uoting ")
"""Parts of those words that are there in either case, for a quick look."""
_WITH_WHOM: Final = compile_pattern(r"\b(?:with|to|from|for|against|towards?|on|in|by) (?:the )?$")
_OF_HIS: Final = compile_pattern(r"\b(?:his|her)\b", ignore_case=True)
_DONE_BY_SEVERAL: Final = (AGREEMENT, EXERCISE)
_COUNTS: Final = {
    "the two": 2,
    "the pair": 2,
    "the duo": 2,
    "both": 2,
    "the three": 3,
    "the four": 4,
    "the five": 5,
}
_HOW_MANY: Final = compile_pattern(r"^(the (?:two|three|four|five|pair|duo)|both)\b")
_PLURAL: Final = compile_pattern(
    r"^(?:they|both|the (?:two|three|four|five|pair|duo|sides|parties|leaders|presidents|premiers|ministers|"
    r"(?:prime|foreign|defen[cs]e) ministers|chiefs|commanders|generals|diplomats|countries))\b"
)
_HIS_MAJESTY: Final = compile_pattern(
    r"^(?:his|her) (?:majesty|(?:royal |serene )?highness)\b(?: (?:also|then|later))* \w+ed\b"
)
_MAJESTY: Final = compile_pattern(
    r"\b(?:king|queen|sultan|emir|amir|prince|princess|sheikh|his|her)\b", ignore_case=True
)
_TWO_IN_OFFICE: Final = compile_pattern(
    r"^(?:the two|both|the) (?:foreign |defen[cs]e )?"
    r"(minister|president|premier|king|chief|commander|general|admiral|ambassador|envoy)s\b"
)
_ENVOYS: Final = ("ambassador", "high commissioner", "envoy", "charg")
_AND_THEN: Final = compile_pattern(r"(?:\band|\bbefore|\bwhere|\bthen|,)\s+(?:\w+ ){0,4}$", ignore_case=True)
_BY_THE_SAME: Final = compile_pattern(
    r"\b(?:after|before|since|upon|while) (?:\w+ly )?(?:[a-z]+ing|having [a-z]+)\b[^,;]{0,40}$"
)
"""`visited Peru after travelling to Chile`"""
_WHO: Final = compile_pattern(r"^,?(?: and [^,]{0,40},)? who\b[^,]*$")
_BETWEEN_COMMAS: Final = compile_pattern(r"^,[^,]+,\s+(?:\w+ ){0,2}$")
_ABOUT: Final = compile_pattern(r"\b(?:about|regarding|concerning|on|over) (?:the )?$")
"""`held talks about Peru`"""
_GOT_FROM: Final = compile_pattern(r"\bfrom (?:the |an? |his |her |its )?(?:[\w\-]+ )?$")
_PEOPLE_FROM: Final = compile_pattern(
    r"(?i:delegat|official|minist|member|lawmaker|MP|representative|envoy|leader|colleague|counterpart|guest|"
    r"visitor|officer|team|group|general|diplomat|senator|deput|guard of honou?r)\w* "
    r"(?:(?:led|headed) by [^,;]{3,60} )?from (?:the )?$"
)
"""`received a delegation from Peru`, but not `received help from Peru`"""
_TALKS_WITH: Final = compile_pattern(r"^ (?:[^.;,]{0,60} )?(?:with|between|among|of|by) (?:[^,;.]{0,30} )?$")
_OF_HIS_OWN: Final = compile_pattern(r"^[’']s? (?:[\w\-]+ ){0,2}?[a-z\-]+")
_OF_A_PERSON: Final = compile_pattern(
    r"^[’']s? (?:[\w\-]+ ){0,3}?(?:envoy|adviser|advisor|aide|delegation|team|wife|husband|son|daughter|"
    r"brother|sister|minister|representative|secretary|ambassador|deputy|emissary|counterpart|chief|party|"
    r"visit|arrival)s?\b"
)
"""`received the president's envoy`, but not `welcomed the president's victory`"""
_LONGEST_ABOUT: Final = 20
"""Characters of the words before what talks are about."""
_MEDIATED: Final = compile_pattern(r"\b(?:mediated|brokered|facilitated|sponsored|convened) by (?:the )?$")
_WITHOUT: Final = compile_pattern(r"\bwithout (?:the )?$")
_LOOKED_ON: Final = compile_pattern(
    r"^ (?:[Rr]esolutions? |"
    r"looking on|watching|observing|mediating|as (?:an? )?(?:observer|witness|mediator))\b"
)
_FROM: Final = compile_pattern(r"\bfrom (?:the )?$", ignore_case=True)
_LONGEST_FROM: Final = 20
"""Characters; more than `from the` and the letter before it."""
_ASIDE: Final = compile_pattern(
    r",? (?:who|which|whose|(?:acting|serving|in [A-Z][\w’\-]+(?: [A-Z][\w’\-]+)?) as)\b[^,;]*,\s+"
    r"(?:\w+ ){0,2}$"
)
_LED_BY: Final = compile_pattern(
    r", (?:(?:respectively )?(?:led|headed|chaired)(?: respectively)? by|with) [^;]*,\s+(?:\w+ ){0,2}$"
)
"""`The Peruvian and Chilean delegations, headed by X and Y, met`: the delegations did."""
_WHAT_HE_WAS: Final = compile_pattern(
    r", (?:an? |himself |herself |once |formerly |"
    r"(?:the )?(?:eldest )?(?:son|daughter|brother|sister|wife|husband|nephew|niece|cousin) )[^,;]*,\s+"
    r"(?:(?:also|later|then|again|\w+ly|was|were|is|has|had|been|will|be) )*$"
)
"""`X, a former UN adviser, also visited Peru`"""
_ONE: Final = compile_pattern(
    r"^(?:he|she|his|her|the (?:visiting )?"
    r"(?:admiral|general|marshal|colonel|brigadier|commodore|envoy|dignitary|diplomat))\b"
)
_IS_INVITED: Final = compile_pattern(r"\b(?:thank(?:ed|s)|accept(?:ed|s)|welcomed)\b[^;.]*\binvitation\b")
"""`X thanked Y for the invitation to visit Peru`: it is X who is to go."""
_MEETING_BEFORE: Final = compile_pattern(
    r"^(?:after|before|while) (?:meeting|seeing|receiving|hosting)\b", ignore_case=True
)
_GOING_BEFORE: Final = compile_pattern(r"^(?:after|before) ", ignore_case=True)
"""`X flew to Peru after visiting Chile`: it is X who visited both."""
_BEFOREHAND: Final = compile_pattern(r"^(?:After|Following|During|Before|In|At) [^,;]*$")
_HE_AND: Final = compile_pattern(
    r"\b(?:[Hh]e|[Ss]he|[Tt]he (?:(?:visiting|distinguished) )?(?:envoy|diplomat|guest|visitor|dignitary))"
    r" and "
    r"(?:the |(?:his|her) (?:(?:host|guest|counterpart), )?)?$"
)
"""`he and Minister X`, `the envoy and the Minister`"""
_THE_TWO: Final = compile_pattern(
    r"\b(?:[Tt]he two|[Bb]oth) (?:countries|nations|states|governments|sides|neighbou?rs)\b(?: [a-z]+){0,2} $"
)
_LEADERS: Final = (
    r"(?:leaders|heads of (?:state|government)|presidents|premiers|kings|prime ministers|"
    r"(?:[a-z]+ )?ministers|(?:army|navy|air force|defen[cs]e|police|intelligence|military) chiefs|"
    r"chiefs of (?:staff|defen[cs]e)|"
    r"(?:top|senior) (?:diplomats|officials)|diplomats|negotiators|delegations|officials|"
    r"envoys|representatives|delegates|officers|commanders)"
)
_OF_THE_TWO: Final = compile_pattern(
    r"\b(?:(?:the )?two|both|the) (?:countries|nations|states|neighbou?rs)[’'] (?:respective )?"
    rf"{_LEADERS}(?: [a-z]+){{0,2}} $|"
    rf"\b{_LEADERS} (?:of|from) (?:the two|both) (?:countries|nations|states|sides)(?: [a-z]+){{0,2}} $",
    ignore_case=True,
)
"""`after the countries' leaders met`, `the foreign ministers of the two countries met`"""
_THEIR_LEADERS: Final = compile_pattern(
    rf"\b(?:[Tt]heir|whose) (?:respective )?{_LEADERS}(?: [a-z]+){{0,2}} $"
)
_OF_BOTH: Final = ("heir ", "whose ", "countries", "nations", "states", "eighbo", "sides")
"""Words of which one is there where the leaders of both are told: to look for them is quicker."""
_LONGEST_LEADERS: Final = 90
_NEW_CLAUSE: Final = compile_pattern(
    r"\b(?:when|after|as|before|while|where|once|because|since) (?:[\w’'\-]+ ){0,3}$"
)
"""`signed an accord when their presidents, X and Y, met`: not those who signed did."""
_INVITING: Final = compile_pattern(
    r"\b(?:invitation|request|behest|guest) (?:of|from) (?:the |his |her )?"
    r"(?:(?:government|king|president|parliament) of (?:the )?)?$",
    ignore_case=True,
)
_TO_BE: Final = compile_pattern(r"\b(?:was|were|is|are|been|being|be)(?: (?:also|later|then|\w+ly))* ?$")
_TO: Final = compile_pattern(r"^[^.;]{0,60}\bto (?:the )?$")
_GUEST: Final = compile_pattern(
    r"^ (?:with )?(?:him|her|them|the (?:delegation|visitors?|guests?|mission|envoy|group)"
    r"|the (?:visiting|distinguished|foreign) (?:[a-z]+ ){0,2}?(?:dignitar(?:y|ies)|guests?|leaders?"
    r"|ministers?|presidents?|premier|officials?|delegation|general|admiral|commander|envoys?|team)"
    r"|(?:his|her|its|their) (?:hosts?|guests?|counterparts?|colleagues?|opposite numbers?)"
    r"|(?:the two|both) (?:visiting )?(?:(?:foreign|defen[cs]e|army) )?(?:ministers|presidents|chiefs|"
    r"generals|envoys|ambassadors|diplomats|officials|officers|leaders|visitors|guests))\b"
)
_HONOURS: Final = ("his honour", "her honour", "his honor", "her honor", "eir honour", "eir honor")
_OWN_VISIT: Final = compile_pattern(
    r"\b(?:his|her|their) (?:[\w\-]+ ){0,4}?(?:visit|trip|tour)(?: to)? (?:the|this) "
    r"(?:country|kingdom|state|republic|sultanate|emirates?|capital)\b",
    ignore_case=True,
)
_TOLD_TO: Final = compile_pattern(
    r"^ (?:told|informed|assured|asked|thanked|urged|briefed|congratulated) (?:the |his |her )?$"
)
"""`In a phone call, X told Y` has both behind it."""
_LONGEST_BY: Final = 80
"""Characters from a verb to `by`: `was welcomed at the Ministry of Defence on Monday by X`."""
_BETWEEN: Final = 8
"""Characters of `between` and a blank."""
_LISTING: Final = compile_pattern(r"(?:between | of |among |bringing together )(?:the |an? )?$")
"""`A meeting of Peru and Chile was held`: both stand before the verb, and neither acts."""
_BY_THEM: Final = compile_pattern(r"\bby (?:[\w\-’'.,]+ ){0,6}$")
_AND_ACTS: Final = compile_pattern(r"^,? and (?:the )?$")
_ACTS: Final = compile_pattern(
    r"^ (?:on \w+day |later |also |then |\w+ly )*(?:said|says|told|vowed|agreed|broke|signed|met|held|will|"
    r"would|has|have|had|is|was|are|were|did|accused|denied|rejected|summoned|responded|retaliated|protested|condemned|"
    r"welcomed|announced|sent|expelled|recalled|closed|praised|urged|warned|threatened|began|took|gave|made|"
    r"paid|received|visited|arrived|hosted|thanked|pledged|expressed|discussed)\b"
)
_SAYS: Final = compile_pattern(
    r"^,? (?:also |later |has |had )*"
    r"(?:said|says|told|added|announced|noted|confirmed|stated|revealed|wrote)\b"
)
_BY_WHOM: Final = compile_pattern(r"^(?: [\pL.]+){0,4} by (?:the |visiting )*$")
_AND_WAS: Final = " and "
_OF_WHOM: Final = compile_pattern(r"^ of (?:the |visiting )*$")
"""`the visit to Peru of Minister X`"""
_BY: Final = compile_pattern(r"^(?: [\pL0-9.’'()\-]+){0,9}? by\b")


def not_sources(text: str, analysis: Analysis) -> Sequence[Actor]:
    """Return the actors without those who only told of it: `according to X, Y met Z`."""
    start = analysis.sentence.start
    words = text[start : analysis.sentence.end]
    if not any(told in words for told in _TOLD_BY):
        return analysis.actors
    return [
        one for one in analysis.actors if not _SOURCE.search(text[max(start, one.start - 60) : one.start])
    ]


def find_described(analysis: Analysis, span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return the people whom a word describes: `the visiting Peruvian minister`."""
    return tuple(
        actor
        for actor in analysis.actors
        if actor.start <= span[1] + _ARTICLE and span[1] < actor.end and is_somebody(actor)
    )


def names_guest(text: str, span: tuple[int, int]) -> bool:
    """Tell whether someone told of before is acted upon: `received him`, `gave a dinner in her honour`."""
    if text.endswith(_HONOURS, span[0], span[1]):
        return True
    return _GUEST.match(text[span[1] : span[1] + 40]) is not None


def tells_own_visit(text: str, span: tuple[int, int]) -> bool:
    """Tell whether someone who was received came on that visit: `X received Y on his visit to the state`."""
    return _OWN_VISIT.search(text[span[0] : span[1] + 40]) is not None


def find_agent(text: str, after: list[Actor], places: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return who acts in words that tell it behind the place: `a visit to X by Y`."""
    behind = [actor for actor in after if places and actor.start > places[-1].end]
    if not behind:
        return ()
    gap = text[places[-1].end : behind[0].start]
    if _AND_WAS in gap:
        return ()  # "arrived in Peru and was met by Y"
    if not _BY_WHOM.match(gap) and not (is_somebody(behind[0]) and _OF_WHOM.match(gap)):
        return ()
    return joined_with(text, behind, 0, 1)


def find_goal(text: str, analysis: Analysis, visitors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return where a visit went that is told by a noun: `the visit of Minister X to Y`."""
    if not visitors:
        return ()
    goals = [
        actor
        for actor in analysis.actors
        if actor.start > visitors[-1].end and _TO.search(text[visitors[-1].end : actor.start])
    ]
    return joined_with(text, goals, 0, 1) if goals else ()


def is_passive(text: str, analysis: Analysis, span: tuple[int, int]) -> bool:
    """Tell whether the one before the verb is acted upon: `X was welcomed by Y`."""
    if text.startswith("to ", span[0]):
        return False  # "is to visit Peru and to end the row by opening a port"
    after = text[span[1] : min(span[1] + _LONGEST_BY, analysis.sentence.end)]
    return _BY.match(after) is not None and has_auxiliary(text, analysis, span)


def find_agents(text: str, after: list[Actor], span: tuple[int, int]) -> list[Actor]:
    """Return those behind the `by` of a passive: `received at the president's office by Minister X`."""
    by = _BY.match(text[span[1] : span[1] + _LONGEST_BY])
    return [actor for actor in after if by is None or actor.start >= span[1] + by.end()]


def has_auxiliary(text: str, analysis: Analysis, span: tuple[int, int]) -> bool:
    """Tell whether a form of `to be` stands before the verb: `X was received`."""
    before = text[max(analysis.sentence.start, span[0] - 40) : span[0]]
    return _TO_BE.search(before) is not None


def names_agent(text: str, span: tuple[int, int], agents: tuple[Actor, ...]) -> bool:
    """Tell whether those behind `by` did it, and not whom a later verb names: `by a crowd and saw Chile`."""
    return bool(agents) and _BY_THEM.search(text[span[1] : agents[0].start]) is not None


def is_somebody(actor: Actor) -> bool:
    """Tell whether an actor is a person or a group, not the bare name of a country, as teams have too."""
    return actor.person is not None or actor.is_group


class Earlier(NamedTuple):
    """Whom words may point back to: who acted in the sentence before, and who of them last by name or office;
    who acted with the verb before in the same sentence; the article's two parties; those who last met; who
    came to call from elsewhere; these, else who came on a visit, else who are of the other party than home;
    the envoy told of last; the two who came together first.
    """

    last: tuple[Actor, ...]
    person: tuple[Actor, ...]
    shared: tuple[Actor, ...]
    pair: tuple[Actor, ...]
    together: tuple[Actor, ...]
    caller: tuple[Actor, ...]
    guests: tuple[Actor, ...]
    envoy: tuple[Actor, ...]
    lead: tuple[Actor, ...]


def find_subjects(
    text: str, frame: Frame, analysis: Analysis, before: list[Actor], span: tuple[int, int], earlier: Earlier
) -> tuple[Actor, ...]:
    """Return who acts: the nearest actors before the words, else whom a pronoun or an earlier verb tells."""
    start = analysis.sentence.start
    acting = _acting_before(text, frame, analysis, before, span)
    if (two := _two_meant(text, frame, start, span[0], before, earlier)) is not None:
        return two
    words = _pronoun_and_on(text, frame, start, acting, span)
    described = acting and _WHO.match(text[acting[-1].end : span[0]])
    if words and not described:
        return (
            _both(acting, words, earlier)
            or _beside(text, acting, words, earlier)
            or _meant(text, acting, words)
            or _told_before(text, frame, words, earlier)
        )
    if earlier.shared and (
        (acting and _goes_on(text, acting, earlier.shared, span))
        or _BY_THE_SAME.search(text[max(start, span[0] - 20) : span[1]])
    ):
        return earlier.shared
    if not acting:
        return ()
    led_back = _led_back_to(text, frame, acting, span, earlier.shared)
    return led_back or _nearest(text, start, acting, earlier)


def _acting_before(
    text: str, frame: Frame, analysis: Analysis, before: list[Actor], span: tuple[int, int]
) -> list[Actor]:
    """Return who may act of those before the words: no places, who only invited, or whom an aside names."""
    start = analysis.sentence.start
    acting = [
        actor
        for actor in before
        if (not actor.is_place or frame.thing_before) and not _invites(text, analysis, actor)
    ]
    return _outside_asides(text[start : span[0]], start, acting)


def _pronoun_and_on(
    text: str, frame: Frame, start: int, acting: Sequence[Actor], span: tuple[int, int]
) -> str:
    """Return what a clause says from its last pronoun on, in lower case; none before the actors is meant."""
    own = _OF_HIS.search(text[span[0] : span[1]]) if frame.object_is_place else None
    first = own.end() if own else len(text[span[0] : span[1]].split(" ")[0])
    behind = text[acting[-1].end if acting else start : span[0] + first]
    pronouns = _PRONOUN.finditer(behind)
    return behind[pronouns[-1].start() :].lower() if pronouns else ""


def _led_back_to(
    text: str, frame: Frame, acting: list[Actor], span: tuple[int, int], shared: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """Return who acted first, where the words say so: `X pressed Y for aid a day after meeting Z`."""
    words = text[span[0] : span[1]]
    invited = frame.object_is_place and _IS_INVITED.search(text[acting[0].end : span[1]])
    if invited or (frame.object is not HOST and _MEETING_BEFORE.match(words)):
        return joined_with(text, acting, 0, 1)
    if frame.object_is_place and _GOING_BEFORE.match(words):
        return shared or joined_with(text, acting, 0, 1)
    return ()


def _without_clause_before(text: str, start: int, group: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Leave out the party with which what somebody says ends: `It seeks trade with Peru, Minister X told`."""
    for index, (one, other) in enumerate(pairwise(group), start=1):
        ends = one.person is None and other.person is not None and text[one.end : other.start] == ", "
        if ends and _WITH_WHOM.search(text[max(start, one.start - 12) : one.start]):
            return group[index:]
    return group


def _nearest(text: str, start: int, acting: list[Actor], earlier: Earlier) -> tuple[Actor, ...]:
    """Return the last of those before a verb with those joined to them: `X and Y`, `he and Y`."""
    group = _without_clause_before(text, start, joined_with(text, acting, len(acting) - 1, -1))
    if group[0] is acting[0] and _opens_with(text, start, group):
        group = group[1:]
    found = _HE_AND.search(text[start : group[0].start])
    if not found:
        return group
    if found.group().startswith(("the", "The")):
        return (*_pointed_at(text, found.group().lower(), earlier), *group)
    he = [one for one in acting if one.end <= group[0].start and one.person and one.person.name]
    return (*(he[:1] or earlier.person), *group)


def _opens_with(text: str, start: int, group: Sequence[Actor]) -> bool:
    """Tell whether the first of several was only named on the way: `After talks with X, Y flew home`."""
    return (
        len(group) > 1
        and text[group[0].end : group[1].start].strip() == ","
        and _BEFOREHAND.match(text[start : group[0].start]) is not None
    )


def _outside_asides(words: str, start: int, acting: list[Actor]) -> list[Actor]:
    """Leave out those whom a clause beside somebody else names: `X, who heads the Peruvian navy, met`."""
    if len(acting) < 2:
        return acting
    if (led := _LED_BY.search(words)) is not None:
        sides = [one for one in acting if one.end <= start + led.start()]
        if len(sides_of(tuple(sides))) > 1:
            return sides
    aside = _ASIDE.search(words) or _WHAT_HE_WAS.search(words)
    outside = [one for one in acting if aside is not None and one.start < start + aside.start()]
    return outside or acting


def _beside(text: str, acting: list[Actor], words: str, earlier: Earlier) -> tuple[Actor, ...]:
    """Return who acted with an envoy or a guest who were told of before: `the Minister and the envoy`."""
    if not acting or not words.startswith((*_THE_ENVOY, *_THE_GUEST)):
        return ()
    and_them = text[acting[-1].end : acting[-1].end + _LONGEST_JOINT].lower()
    if not and_them.startswith(f" and {words[:_LONGEST_FROM]}"):
        return ()
    group = joined_with(text, acting, len(acting) - 1, -1)
    return (*group, *(one for one in _pointed_at(text, words, earlier) if one not in group))


def _pointed_at(text: str, words: str, earlier: Earlier) -> tuple[Actor, ...]:
    """Return the envoy or the guest whom words mean, if they do: `the envoy`, `the visiting commander`."""
    if words.startswith(_THE_ENVOY):
        return _envoy_meant(text, earlier)
    return earlier.guests if words.startswith(_THE_GUEST) else ()


def _told_before(text: str, frame: Frame, words: str, earlier: Earlier) -> tuple[Actor, ...]:
    """Return whom a pronoun stands for that no one in its sentence can be meant by."""
    if them := _pointed_at(text, words, earlier):
        return them
    if _OF_SOME.match(words):
        return ()  # "the foreign ministers of both nations, X and Y"
    if aide := tuple(one for one in earlier.person[:1] if one.party and _HIS_AIDE.match(words)):
        return tuple(Actor(one.start, one.end, one.party, None, one.words, is_group=True) for one in aide)
    if guests := _guests_meant(frame, words, earlier):
        return guests
    if them := _his_majesty(text, words, earlier) or _two_in_office(text, words, earlier):
        return them
    several = _PLURAL.match(words) is not None or words.startswith("their")
    if frame.kind in _DONE_BY_SEVERAL and several and earlier.together:
        return earlier.together
    if needed := _HOW_MANY.match(words):
        return _so_many(_COUNTS[needed[1]], earlier)
    if _PLURAL.match(words) and len(earlier.last) == 1 and earlier.last[0] in earlier.together:
        return earlier.together  # "X met Y. The ministers signed …"
    return _one_of(frame, earlier) if _ONE.match(words) else earlier.last


def _his_majesty(text: str, words: str, earlier: Earlier) -> tuple[Actor, ...]:
    """Return the sovereign told of before, whoever was named since: `His Majesty also received …`."""
    if not _HIS_MAJESTY.match(words):
        return ()
    told = (*earlier.person, *earlier.together, *earlier.lead)
    return tuple(one for one in told if _MAJESTY.search(text[one.start : one.end]))[:1]


def _two_in_office(text: str, words: str, earlier: Earlier) -> tuple[Actor, ...]:
    """Return the two who hold the office that words give them: not who met last, but `the two ministers`."""
    office = _TWO_IN_OFFICE.match(words)
    if office is None or (
        len(earlier.together) == _PAIR and _are_in_office(text, office[1], earlier.together)
    ):
        return ()
    for told in (earlier.lead, earlier.together):
        two = tuple(one for one in told if _are_in_office(text, office[1], (one,)))
        if len(two) == len(sides_of(two)) == _PAIR:
            return two
    return ()


def _are_in_office(text: str, office: str, actors: Sequence[Actor]) -> bool:
    """Tell whether people of two parties all hold an office, `minister` being none of a prime minister's."""
    offices = _ENVOYS if office in _ENVOYS else (office,)
    held = [
        any(
            one_of in text[title.start : title.end].lower().replace("prime minister", "premier")
            for _, title in (*one.person.titles[:FEW_TITLES], *one.person.ranks[:FEW_TITLES])
            for one_of in offices
        )
        for one in actors
        if one.person is not None
    ]
    return len(held) == len(actors) == len(sides_of(tuple(actors))) and all(held)


def _so_many(count: int, earlier: Earlier) -> tuple[Actor, ...]:
    """Return those of as many sides as are meant: `the three`."""
    told = (earlier.last, earlier.together, earlier.pair)
    if len(sides_of(earlier.last)) >= count:
        return earlier.last
    return next((one for one in told if len(sides_of(one)) == count), earlier.last)


def _one_of(frame: Frame, earlier: Earlier) -> tuple[Actor, ...]:
    """Return whom `he` or `she` means: no group, and no country."""
    if frame.kind is VISIT and len(sides_of(earlier.person)) > 1 and earlier.guests:
        return earlier.guests  # "X and Y signed it. He had come on Monday."
    people = earlier.person or tuple(one for one in earlier.last if one.person is not None)
    return people[:1] if len(sides_of(people)) > 1 else people


def _envoy_meant(text: str, earlier: Earlier) -> tuple[Actor, ...]:
    """Return whom `the envoy` means: who acted or met as one, else the last one named."""
    envoys = (one for one in (*earlier.person, *earlier.together) if _is_sent(text, one))
    return tuple(envoys)[:1] or earlier.envoy or earlier.person[:1]


def _guests_meant(frame: Frame, words: str, earlier: Earlier) -> tuple[Actor, ...]:
    """Return who called or came, where words tell of a delegation after both sides acted, or of a caller."""
    if _THE_DELEGATION.match(words) and earlier.guests and sides_of(earlier.guests) != sides_of(earlier.last):
        return earlier.guests
    calls = bool(earlier.caller) and frame.mode is CALL_ON and _ONE.match(words) is not None
    return earlier.caller if calls and _received_by(earlier) else ()


def _received_by(earlier: Earlier) -> bool:
    """Tell whether the one who acted last received the caller, and now calls on others: `He called on X`."""
    hosts = earlier.person[:1]
    return hosts != earlier.caller[:1] and all(one in earlier.together for one in (*hosts, *earlier.caller))


def _is_sent(text: str, actor: Actor) -> bool:
    """Tell whether somebody was told of as an envoy."""
    titles = actor.person.titles if actor.person is not None else ()
    return any(_SENT.search(text[title.start : title.end]) for _, title in titles)


def _the_two(before: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return the two parties that a sentence has named, places or not: `the two countries`."""
    named = {actor.party: actor for actor in before if actor.party}
    return tuple(named.values()) if len(named) == 2 else ()


def _two_meant(
    text: str, frame: Frame, start: int, end: int, before: Sequence[Actor], earlier: Earlier
) -> tuple[Actor, ...] | None:
    """Return whom `the two countries`, or `their leaders`, mean before a verb; None where neither stands."""
    if frame.kind in BETWEEN_SIDES and (leaders := _leaders_of_two(text, start, end, before, earlier)):
        return leaders
    if _THE_TWO.search(text[max(start, end - 40) : end]):
        words = text[max(start, end - 40) : end]
        met = _last_two(earlier.together) if " sides " in words or _is_of_others(earlier) else ()
        return _the_two(before) or _of_states(words, met or earlier.pair)
    return None


def _of_states(words: str, pair: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the two told of before, nobody of them where `the two countries` acted."""
    if "countries" not in words or any(one.party is None for one in pair):
        return pair
    return tuple(Actor(one.start, one.end, one.party, None, one.words, is_group=True) for one in pair)


def _is_of_others(earlier: Earlier) -> bool:
    """Tell whether those two of whom an article names most leave out one who met last: home is not named."""
    parties = {one.party for one in earlier.pair}
    apart = {one.party for one in earlier.together} - {None} - parties
    return not apart and not parties <= {one.party for one in earlier.together}


def _last_two(together: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return those who met last, whose parties may be told later: `The two sides signed an accord.`"""
    return together if len(together) == len(sides_of(together)) == _PAIR else ()


def _leaders_of_two(
    text: str, start: int, end: int, before: Sequence[Actor], earlier: Earlier
) -> tuple[Actor, ...]:
    """Return for whom those act who are told as the leaders of both: `after the countries' leaders met`."""
    words = text[max(start, end - _LONGEST_LEADERS) : end]
    if not any(word in words for word in _OF_BOTH):
        return ()  # as with most
    theirs = _THEIR_LEADERS.search(words) is not None
    if not theirs and not _OF_THE_TWO.search(words):
        return ()
    before = [actor for actor in before if not (theirs and actor.is_place)]
    named = {actor.party for actor in before if actor.party}
    told = earlier.last if theirs else earlier.pair
    two = _the_two(before) or (told if named <= {actor.party for actor in told} else ())
    if len(sides_of(two)) != _PAIR:
        return ()
    if any(one.party is None for one in two):
        return tuple(replace(actor, is_group=True) for actor in two)
    return tuple(Actor(one.start, one.end, one.party, None, one.words, is_group=True) for one in two)


def _invites(text: str, analysis: Analysis, actor: Actor) -> bool:
    """Tell whether someone only asked another to come: `At the invitation of X, Y visited …`."""
    return _is_inviting(text[max(analysis.sentence.start, actor.start - 40) : actor.start])


@lru_cache(maxsize=1_024)  # every verb of a sentence asks about the same people
def _is_inviting(words: str) -> bool:
    return _INVITING.search(words) is not None


def _both(acting: Sequence[Actor], words: str, earlier: Earlier) -> tuple[Actor, ...]:
    """Return who acted before and a host that a sentence names: `Her host, Y, smiled before the two met`."""
    named = [one for one in acting if one.person and one.person.name]
    if not words.startswith(("the two", "both", "the pair")) or len(sides_of(tuple(named))) != 1:
        return ()
    them = (*earlier.person[:1], named[0])
    return them if len(sides_of(them)) == 2 else ()


def _meant(text: str, acting: list[Actor], pronoun: str) -> tuple[Actor, ...]:
    """Return whom a pronoun of the same sentence stands for: `they` the pair, `he` the first to act."""
    if pronoun.startswith("the") and acting:
        group = joined_with(text, acting, len(acting) - 1, -1)
        if len(sides_of(group)) > 1:
            return group
    named = [actor for actor in acting if actor.person and actor.person.name]
    if pronoun.startswith(("his", "her", "their")):
        return tuple((named or acting)[:1])
    if (
        not named
        and acting
        and _HE_BEFORE.search(text[max(0, acting[0].start - _LONGEST_HE) : acting[0].start])
    ):
        return ()  # "On Monday he met the Peruvian premier, and he will fly to Chile": the premier will not
    # "The prime minister will fly to Peru, where he will meet X": an office is somebody too
    return tuple((named or [actor for actor in acting if actor.person])[:1])


def _goes_on(text: str, acting: list[Actor], shared: tuple[Actor, ...], span: tuple[int, int]) -> bool:
    """Tell whether a verb joined by `and` has the subject of the verb before it: `X visited Y and met Z`."""
    nearest = acting[-1]
    gap, opens = text[nearest.end : span[0]], joined_with(text, acting, len(acting) - 1, -1)[0].start
    if gap == ", " and _NEW_CLAUSE.search(text[max(0, opens - _LONGEST_LEADERS) : opens]):
        return False
    beside = _WHO.match(gap) or _BETWEEN_COMMAS.match(gap)
    return nearest not in shared and _AND_THEN.search(gap) is not None and not beside


def find_objects(
    text: str, frame: Frame, analysis: Analysis, after: list[Actor], span: tuple[int, int]
) -> tuple[tuple[Actor, ...], tuple[int, int] | None]:
    """Return who is acted upon, and what changed hands where the frame asks."""
    near = _named_behind(text, frame, analysis, after, span)
    if frame.thing_before:
        return find_handed(text, analysis, near, span)
    if frame.takes_thing:
        return find_given(text, frame, near, span)
    if frame.object_is_place:
        return _goals(text, frame, near, span), None
    return _other_side(text, frame, analysis, near, span), None


def _named_behind(
    text: str, frame: Frame, analysis: Analysis, after: list[Actor], span: tuple[int, int]
) -> list[Actor]:
    """Return those whom the clause names behind the words, and not as what others spoke about."""
    limit = analysis.sentence.end
    if after and not frame.takes_thing:
        limit = _end_of_clause(text, span[1], limit)
    if text[span[0] : span[1]] in _TELLS:
        that = text.find(" that ", span[1], limit)
        limit = that if that >= 0 else limit  # "told CNN that X had met Y" was said to neither
    near = [actor for actor in after if actor.start < limit] or _met_aside(text, after, span)
    return [
        actor
        for actor in near
        if is_somebody(actor)
        or not _ABOUT.search(text[max(span[1], actor.start - _LONGEST_ABOUT) : actor.start])
    ]


def _goals(text: str, frame: Frame, near: list[Actor], span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return where a journey led, countries rather than people: nowhere where a noun has no `to`."""
    if frame.place_of_article and not text[span[0] : span[1]].endswith(_TO_A_PLACE):
        return ()
    near = [
        actor
        for actor in near
        if not _FROM.search(text[max(span[1], actor.start - _LONGEST_FROM) : actor.start])
    ]
    near = [actor for actor in near if actor.person is None] or near
    near = [actor for actor in near if not text.startswith(" base", actor.end)]  # "the NATO base at Souda"
    if near and near[0].person is not None and _BESIDE_WHOM.search(text[span[1] : near[0].start]):
        return ()  # "toured the port with Minister X"
    return joined_with(text, near, 0, 1) if near else ()


def _other_side(
    text: str, frame: Frame, analysis: Analysis, near: list[Actor], span: tuple[int, int]
) -> tuple[Actor, ...]:
    """Return with whom those who act dealt: the first who may be a side of it, and those joined to them."""
    if frame.object_with:
        near = _from_with_on(text, near, span)
    if frame.of_known_talks and span[0] != analysis.sentence.start:
        near = _talked_with(text, span, near)
    signing = frame.kind is AGREEMENT
    acting = [actor for actor in near if _may_act(text, span, actor, signing=signing)]
    if frame.kind is MEETING and frame.object is VISITOR:
        acting = _guests(text, span, acting)
    if not acting:
        return ()
    return _acted_upon(text, analysis, span, joined_with(text, acting, 0, 1, signing=signing))


def _from_with_on(text: str, near: list[Actor], span: tuple[int, int]) -> list[Actor]:
    """Return those from the first on whom `with` joins, else another such word."""
    first = span[1] - _BETWEEN  # "manoeuvres with" ends with the word itself
    gaps = [text[max(first, one.start - _LONGEST_JOINT) : one.start] for one in near]
    told = (i for joint in (_WITH, _JOINS) for i, gap in enumerate(gaps) if joint.search(gap))
    return near[next(told, len(near)) :]


def _acted_upon(
    text: str, analysis: Analysis, span: tuple[int, int], group: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """Leave out of those listed behind the words who only tells it, or acts in the next clause."""
    if span[0] == analysis.sentence.start:
        return group  # "In a call, X and Y agreed": both did
    group = _without_teller(text, group)
    listed = _LISTING.search(text[span[0] : group[0].start]) is not None
    return group if listed else _without_next_clause(text, group)


def _talked_with(text: str, span: tuple[int, int], near: list[Actor]) -> list[Actor]:
    """Return whom words name that talks were with: `at the talks on trade`, others say, names nobody."""
    told = (i for i, one in enumerate(near) if _TALKS_WITH.search(text[span[1] : one.start]))
    return near[next(told, len(near)) :]


def _guests(text: str, span: tuple[int, int], acting: list[Actor]) -> list[Actor]:
    """Return who was received: `the president's envoy, Y`; nobody where it was a thing."""
    if not acting or _is_no_guest(text, span, acting[0]):
        return []
    of_another = len(acting) > 1 and _OF_A_PERSON.match(text[acting[0].end : acting[1].end])
    return acting[1:] if of_another else acting


def _is_no_guest(text: str, span: tuple[int, int], actor: Actor) -> bool:
    """Tell whether not somebody was received but a thing, from another or of his: `welcomed X's victory`."""
    gap, behind = text[span[1] : actor.start], text[actor.end : actor.end + _LONGEST_JOINT]
    if _GOT_FROM.search(gap) and not _PEOPLE_FROM.search(gap):
        return True
    return _OF_HIS_OWN.match(behind) is not None and not _OF_A_PERSON.match(behind)


def _end_of_clause(text: str, start: int, end: int) -> int:
    """Return where a clause ends that goes on at `start`."""
    words = text[start:end]
    joint = _CLAUSE_END.search(words)
    participle = next((one for one in _PARTICIPLE.finditer(words) if one[1] not in _NO_VERBS), None)
    return min((start + one.start() for one in (joint, participle) if one is not None), default=end)


def _may_act(text: str, span: tuple[int, int], actor: Actor, *, signing: bool) -> bool:
    """Tell whether someone behind the words may be a side of it, and not only its place or helper."""
    if _only_helped(text, actor):
        return False
    near = not actor.is_place or _follows(text, span, actor)
    return near or (signing and _SIGNED_FOR.search(text[span[1] : actor.start]) is not None)


def joins(text: str, span: tuple[int, int], actor: Actor) -> bool:
    """Tell whether words make someone behind a verb one more of those who acted: `signed it with Peru`."""
    return actor.start < span[1] or _WITH_OR_FOR.search(text[span[1] - _BETWEEN : actor.start]) is not None


def _only_helped(text: str, actor: Actor) -> bool:
    """Tell whether someone brought others together, looked on or stayed away: `talks mediated by Peru`."""
    before = text[max(0, actor.start - 40) : actor.start]
    looked_on = _LOOKED_ON.match(text[actor.end : actor.end + _LONGEST_FROM]) is not None
    return looked_on or _is_mediated(before)


@lru_cache(maxsize=1_024)
def _is_mediated(words: str) -> bool:
    return _MEDIATED.search(words) is not None or _WITHOUT.search(words) is not None


def _without_next_clause(text: str, group: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Leave out who acts behind `and`: `Peru expelled a Chilean attaché, and Bolivia broke off relations`."""
    goes_on = len(group) > 1 and _AND_ACTS.match(text[group[-2].end : group[-1].start])
    acts = goes_on and _ACTS.match(text[group[-1].end : group[-1].end + _LONGEST_BY])
    return group[:-1] if acts else group


def _without_teller(text: str, group: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Leave out who only tells it, behind a comma: `talks between X and Y, Minister Z said`."""
    tells = (
        len(group) > 1
        and text[group[-2].end : group[-1].start] == ", "
        and _SAYS.match(text[group[-1].end : group[-1].end + _LONGEST_BY])
    )
    return group[:-1] if tells else group


def _met_aside(text: str, after: list[Actor], span: tuple[int, int]) -> list[Actor]:
    """Return those behind words of the occasion: `met on the sidelines of the summit with Minister X`."""
    for index, actor in enumerate(after):
        if _WITH_BEHIND.search(text[span[1] : actor.start]):
            return after[index:]
    return []


def _follows(text: str, span: tuple[int, int], actor: Actor) -> bool:
    """Tell whether a party stands right behind `with` or `between`, and so is no place."""
    if text.endswith((" in", " at"), span[0], span[1]):
        return False  # "the accord signed in Lima"
    gap = text[span[1] : actor.start].strip().lower()
    return gap in ("", "the", "with", "between", "with the", "between the", "by")


def find_opening(
    text: str, analysis: Analysis, after: list[Actor], span: tuple[int, int]
) -> tuple[Actor, ...]:
    """Return the subject behind an opening phrase: `During his visit, Admiral X inspected …`."""
    opens = len(text[analysis.sentence.start : span[0]].split()) <= _OPENING_WORDS
    acting = [actor for actor in after if not actor.is_place]
    gap = text[span[1] : acting[0].start] if acting else ""
    if not opens or "," not in gap or _SOMEBODY.search(gap):
        return ()
    return joined_with(text, acting, 0, 1)


def find_after_comma(text: str, objects: tuple[Actor, ...], after: list[Actor]) -> tuple[Actor, ...]:
    """Return the subject that follows an opening phrase: `During talks with X, Y praised …`."""
    if not objects:
        return ()
    rest = [actor for actor in after if actor.start > objects[-1].end and not actor.is_place]
    gap = text[objects[-1].end : rest[0].start] if rest else ""
    if rest and ("," in gap or _TOLD_TO.match(gap)):
        return joined_with(text, rest, 0, 1)
    return ()


def joined_with(
    text: str, actors: list[Actor], index: int, step: int, *, signing: bool = False
) -> tuple[Actor, ...]:
    """Return an actor with those that `and` or a comma joins to it, in the order of the text.

    Of those who are `signing`, each may be told with the party he or she signs for.
    """
    group = [actors[index]]
    index += step
    while 0 <= index < len(actors):
        first, second = group[-1], actors[index]
        if second.start < first.start:
            first, second = second, first
        gap = text[first.end : second.start]
        signs = signing and _SIGNERS.match(gap)
        together = first.start == second.start  # "the Baltic ministers"
        if not (signs or together or _JOINED.match(gap) or leads_group(text, first, second)):
            break
        group.append(actors[index])
        index += step
    return tuple(sorted(group, key=lambda actor: actor.start)) if len(group) > 1 else (group[0],)


def leads_group(text: str, group: Actor, leader: Actor) -> bool:
    """Tell whether somebody leads a group named just before: `a Peruvian delegation under Minister X`."""
    gap = text[group.end : leader.start]
    led = _LED.match(gap) is not None or (gap == " " and text.startswith("under ", leader.start))
    return led and group.is_group and group.person is None


def sides_of(actors: tuple[Actor, ...]) -> set[str | int]:
    """Return the parties of actors; someone whose party is not known yet may be of one more."""
    return {actor.party or id(actor.person) for actor in actors}
