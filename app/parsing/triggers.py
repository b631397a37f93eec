"""Step 7: the words of a sentence that may tell of an event."""

from operator import itemgetter
from typing import Any, Final

from app.parsing.frames import Frame, frame_finder, read_frames
from app.parsing.kinds import MEETING, SIGNED, TALKS, TRANSFER, VISIT
from app.parsing.linking import Analysis
from app.parsing.patterns import compile_pattern
from app.parsing.sentences import is_inside_quotes
from app.parsing.speech import tells_of_others, tells_of_own

_START: Final = itemgetter(0)
_TO: Final = "to "
"""What some frames begin with: `ready to supply`."""
_HYPOTHETICAL: Final = compile_pattern(
    r"\b(?:could|(?-i:may)|might|if|whether|should|would like to|need to|must|likely to|"
    r"(?:hopes?|hoped|wants?|refused|declined|offer(?:s|ed)|asks|threaten(?:s|ed)|vow(?:s|ed))"
    r"(?: (?:on )?(?:\w+day|today|one day|soon|still|also|eventually))? to|"
    r"unless|call(?:ed|s)? for|urged|ready to|willing to|proposed|"
    r"would have|had planned to|had been due to|den(?:y|ies|ied)(?: that)?"
    r"|no (?:progress|plans?|question|decision|talk|prospect|possibility|date)"
    r"|rul(?:e|ed|es|ing) out|(?:possibility|option|idea|prospect|chance|likelihood|hope) of"
    r"|allegedly|supposedly|purportedly|claim(?:s|ed|ing) to have"
    r"|weigh(?:s|ed|ing)|mull(?:s|ed|ing)?|considering|rumou?red|speculat\w+"
    r"|(?:high|about) time)\b|"
    r"\b(?:efforts?|attempts?|attempted|bids?|tried|trying|seeks?|seeking|sought|failed|unable|aims?|aimed|"
    r"aiming|yet|threat|threatened) to (?:\w+ly )?$|"
    r"\b(?:likely|probably|possibly|perhaps|allegedly) $|"
    r"\bclaim(?:s|ed|ing)(?: (?:on )?\w+day| today| yesterday)? that\b|"
    r"\b(?:following|after|amid|despite|den(?:y|ied|ies)|dismiss(?:ed)?|reject(?:ed)?|"
    r"on|about|unconfirmed|false) (?:\w+ ){0,2}?(?:reports|claims|allegations|rumou?rs|suggestions) "
    r"(?:that|of)\b|"
    r"\b(?:alleged|supposed|purported|rumou?red) (?:[\w\-]+ ){0,2}$|"
    r"\b(?:call(?:ed|s|ing)?|pressed|prevailed|leaned) (?:up)?on [^.;]{1,70}? to (?:\w+ly )?$",
    ignore_case=True,
)
_DENIED: Final = compile_pattern(
    r"^[^.;]{0,160}?,? (?:(?:but|though|although|while) [^.;]{0,80}?(?:"
    r"(?:denied|denies) (?:it|this|that|having (?:met|held|had)|"
    r"any (?:such )?(?:meeting|talks|call|contact))\b|"
    r"(?:called|calls) (?:it|this|that|the \w+) (?:an? )?(?:\w+ )?"
    r"(?:lie|fiction|fabrication|nonsense|invention|baseless|false|fake|untrue)\b)|"
    r"an? (?:claim|report|account|story) (?:that |which )?[^.;]{0,80}?"
    r"(?:denied|denies|dismissed|rejected|refuted|disputed)\b)"
)
"""`said that X had met Y, but Lima called it a lie`"""
_MAYBE: Final = compile_pattern(
    r"^[^.;,]{0,90}? (?:could|may|might|should) (?:be (?:held|signed)|take place|happen|follow|come)\b"
)
"""`A meeting between X and Y could take place in Lima`"""
_ONLY_MEANT: Final = compile_pattern(
    r"^(?:had|has|have) (?:planned|hoped|wanted|intended|refused|declined|been (?:due|expected)) to\b|"
    r"^approved (?:an? |the )?(?:proposals?|plans?|signing|drafts?)\b",
    ignore_case=True,
)
_VIEWS: Final = "exchanged views "
"""`exchanged views on the partnership`: they signed nothing."""
_ENDED_TALKS: Final = compile_pattern(
    r"^(?:concluded|finali[sz]ed|conclusion) .*\b(?:rounds?|talks|negotiations|session|visit|meeting)\b",
    ignore_case=True,
)
_NONE: Final = compile_pattern(
    r"\b(?:no|neither|never)\b|(?:\bnot|n[’']t) (?:yet |\w+ly )?[a-z]+ed(?: \w+)?$", ignore_case=True
)
"""`signed no deal`, `a pact that Peru has not signed`"""
_NO: Final = compile_pattern(r"\b(?:no|without)(?: [\w\-]+){0,2} $", ignore_case=True)
_MAY_BE: Final = compile_pattern(
    r"^(?:[^,;“”\"]|, (?-i:[A-Z])){0,90}? (?:(?:could|might|(?-i:may)|should|can|cannot)\b|"
    r"would (?:help|mean|make|allow|require|calm|send|give|have)\b|"
    r"(?:was|were|is|are) (?:(?:still|also|quite) )?(?:off|ruled out|unlikely|possible|conceivable|in doubt|"
    r"under discussion|on the cards|needed|necessary|overdue))\b",
    ignore_case=True,
)
"""`talks with Peru could not resume`"""
_NEVER: Final = compile_pattern(
    r"^[^;“”\"]{0,90}? (?:never (?:materiali[sz]ed|happened|took place|came about)|fell through|"
    r"(?:did not|didn[’']t) (?:materiali[sz]e|happen|take place|go ahead)|"
    r"(?:have|has|had) (?:long |since )?(?:stalled|broken down|collapsed)|"
    r"(?:have|has|had|is|are|was|were)(?: not|n[’']t) (?:yet )?(?:been )?"
    r"(?:discussed|set|fixed|agreed|determined|scheduled|decided|arranged|confirmed)|"
    r"(?:was|were|is|are|being|(?:has|have|had) been) (?:\w+ly )?"
    r"(?:blocked|barred|banned|vetoed|prevented|refused|rejected)|"
    r"(?:remain|are|were|is|was) (?:still )?(?:stalled|deadlocked|frozen|at a standstill|proceeding|ongoing|"
    r"being (?:discussed|planned|prepared|arranged)))\b",
    ignore_case=True,
)
"""`a visit to Peru, long promised, never took place`"""
_WAS_SET: Final = compile_pattern(r"\b(?:scheduled|planned|due|slated|set)\b", ignore_case=True)
_FELL_THROUGH: Final = compile_pattern(
    r"^[^;“”\"]{0,90}? (?:fell through|(?:did not|didn[’']t) (?:take place|go ahead))\b"
)
"""`Talks scheduled for Monday between X and Y did not take place`: they were called off."""
_WERE_DUE: Final = ("had planned to", "had been due to")
_CALLS_FOR: Final = ("call for", "called for", "calls for", "urged", "proposed")
_DURING: Final = compile_pattern(
    r"\b(?:(?:during|at|in) (?:an?|the|their|his|her)|during|at) (?:[a-z\-]+ ){0,3}$"
)
"""`called for more trade during a meeting with Peru's minister`"""
_NOT_HELD: Final = ("possible ", "potential ", "planned ", "proposed ", "future ", "upcoming ", "next ")
_CALLED_OFF: Final = compile_pattern(
    r"\b(?:postponed|put off|pushed back|cancell?ed|called off|scrapped|did not take place)\b"
)
_CLAUSE_BEHIND: Final = 200
"""Characters; more than those within which words behind a trigger say that nothing came of it."""
_WISHED: Final = compile_pattern(
    r"\b(?:wants?|wanted|seeks?|sought|demand(?:s|ed)|"
    r"(?:ready|open|prepared|appeal\w*|push\w*|plea|hopes?|hoped|keen|eager|pressing|negotiat\w+|"
    r"under way) (?:for|to)"
    r"|(?:ask(?:s|ed|ing)?|appl(?:y|ied|ies)|press(?:es|ed)|plead(?:s|ed)|call(?:s|ed|ing)?) for"
    r"|(?:took|takes|taken) note of|took notice of|request(?:s|ed|ing)?|securing|to secure|to request"
    r"|(?:cancell?|halt|suspend|freez|break|delay|resum|reject|refus|oppos)ing)"
    r"(?: (?:the|its|his|her|all|any|direct|new|further|more|bilateral|peace|fresh|on|a|[\w\-]+-level))* $",
    ignore_case=True,
)
"""`is ready for talks with Peru`"""
_BESIDE: Final = compile_pattern(
    r"\b(?:that|which|who|where|when|as|so|said|says|if|because)\b", ignore_case=True
)
_NEGATED: Final = compile_pattern(
    r"\b(?:not|never|neither|\w+n't|\w+n’t)(?: (?:yet|also|been|to|\w+ly)){0,2} $", ignore_case=True
)
_TRAVELS: Final = ("travel to", "travelling to", "traveling to", "going to", "trips to", "trip to")
_TRAVEL: Final = compile_pattern(
    r"\b(?:on|against|for|of|from|ban(?:s|ned)?|free|visa-free|restricts?|restricting|restricted|allow\w*|permit\w*|"
    r"air|rail|sea|all|any|foreign|non-essential|essential|unnecessary) $",
    ignore_case=True,
)
"""`a ban on travel to Peru`, `advised against travel to Peru`"""
_TO_VISIT: Final = compile_pattern(
    r"\b(?:will|would|shall) (?:visit|tour)\b|[^n] to (?:visit|tour)\b|"
    r"\b(?:minister|president|premier|speaker|chief) and "
    r"(?:visit|tour)\b",
    ignore_case=True,
)
"""`on Monday and will visit` is no visit on Monday."""
_ON_A_DAY: Final = compile_pattern(
    r"^on \w+day (?:to|after|before|following|during|ahead of|his|her|their|its|an?|the) ", ignore_case=True
)
"""`defended on Tuesday her planned trip to Peru`"""
_CALL_ALONE: Final = compile_pattern(
    r"^(?:[a-z ]+ )?an? (?:[a-z]+ )?(?:courtesy|farewell|introductory|inaugural|protocol) visit$",
    ignore_case=True,
)
"""`received Ambassador X for a farewell visit`: a call of who lives there."""
_CALL_TO: Final = compile_pattern(
    r"\b(?:courtesy|farewell|introductory|protocol) visit to$", ignore_case=True
)
_SOMEBODY: Final = compile_pattern(
    r"^ (?:the |his |her )*(?:[\w\-’']+ ){0,4}?"
    r"(?:President|Premier|Prime|Minister|Deputy|Secretary|Speaker|Governor|Mayor|Chief|Commander|General|King|"
    r"Queen|Chairman|Chairperson|Director|Inspector|Attorney)\b"
)
"""`paid a courtesy visit to the Minister`, which is a call, and to Peru, which is none."""
_RECALLED: Final = compile_pattern(
    r"\b(?:recall(?:s|ed|ing)|remember(?:s|ed|ing)) (?:his|her|their)\b", ignore_case=True
)
"""`fondly recalled his visit to Peru`"""
_ANNIVERSARY: Final = compile_pattern(r"\banniversar(?:y|ies) of (?:[\w’'\-]+ ?){0,8}$", ignore_case=True)
"""`a stamp for the 60th anniversary of Queen Astrid's visit to Peru`"""
_SO_FAR: Final = compile_pattern(
    r"^ [^;.,]{0,90} (?:so far|to date|over the (?:years|past|last))\b", ignore_case=True
)
_DAY: Final = compile_pattern(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|"
    r"[0-9]{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) "
    r"[0-9]{1,2})\b",
    ignore_case=True,
)
_OF_ONE_SIDE: Final = compile_pattern(
    r"\bintra-\w+ (?:[\w\-]+ ){0,3}?(?:talks|negotiations|dialogue|consultations|meetings?|conference)\b|"
    r"\b(?:cabinet|practice|training|election|campaign|party|board|"
    r"budget|prayer|family|town[- ]hall|shareholders?|council of ministers) "
    r"(?:meetings?|talks|session|conference|discussions?)\b|"
    r"\b(?:news|press) (?:meetings?|talks|session|conference|discussions?)$|"
    r"\bjoint (?:chiefs|parliamentary|select|congressional|senate|house|party) (?:[\w\-]+ ){0,4}?"
    r"(?:commission|committee|council|group)\b",
    ignore_case=True,
)
"""Meetings that a government, a party or a firm holds with itself, or with the press alone."""

_WITH_PRIVATE: Final = compile_pattern(
    r"^(?: with)?(?: (?:the|some|several|many|more|other|local|top|leading|young|senior|groups?|dozens|"
    r"hundreds|delegations?|an?|of|two|three|four|[0-9]+|[A-Z]\w+)){0,4} "
    r"(?:business (?:leaders|people|owners)|business(?:men|people)|entrepreneurs|"
    r"(?:chief|business|company) executives|bankers|investors|CEOs|teachers|students|pupils|parents|"
    r"activists|campaigners|reporters|journalists|editors|"
    r"survivors|victims|relatives|families|residents|villagers|farmers|workers|fishermen|scientists|nurses|"
    r"doctors|pilgrims|expatriates|supporters|fans|athletes|players|singers|actors|artists|clerics|bishops|"
    r"(?:religious|church|opposition|union|tribal|community) leaders)"
    r"(?:[.,;:]|$| (?:in|on|at|from|to|who|about|over|during|before|after)\b)"
)
"""`met with Chilean business leaders in Lima`: no state sent those."""
_OF_A_BODY: Final = compile_pattern(
    r"\b(?:Council|Board|Assembly|Cabinet|Senate|Parliament) (?:(?:also|then|has|had) )*"
    r"(?:met|meets|convened|gathered)\b"
)
_ON_REQUEST: Final = compile_pattern(
    r"^ (?:(?:on )?\w+day )?(?:at|on|upon) the (?:request|behest|urging|insistence|initiative) of\b"
)
"""`The Security Council met at the request of Peru`"""
_APPEALED: Final = compile_pattern(r"^call(?:ed|s|ing)?\b.* (?:up)?on$", ignore_case=True)
_COURTESY: Final = compile_pattern(
    r"\b(?:courtesy|farewell|introductory|protocol|pa(?:y|ys|id|ying)|ma(?:ke|kes|de|king))(?: [a-z]+)? $"
)
_TO_DO: Final = compile_pattern(
    r"^([^.;]{1,140}?) (?i:not )?to (?:[a-z]+ly |further |also )?[“\"]?([a-z]+)\b"
)
_NO_INFINITIVE: Final = ("the", "a", "an", "his", "her", "their", "its", "this", "that", "both", "be")
_ACTS_TOO: Final = compile_pattern(
    r"\b(?:who|where|which|prior)\b|\b(?:and|then) (?:[a-z]+ly )?(?:[a-z]+ed|held|met|had)\b|"
    r"\b(?:and|then) (?:also )?(?:told|gave|sought|spoke)\b|, [a-z]+ing\b|"
    r"\b(?:regard|commitment|contribution|readiness|related|thanks|response|due|invitation)$"
)
"""`called on the minister and agreed to open a port`, `called on the minister, praising her service`"""
_DONE_ON_A_CALL: Final = compile_pattern(
    r"^(?:"
    r"apprise|assure|bid|brief|commend|condole|congratulate|convey|deliver|discuss|exchange|explain|explore|"
    r"express|extend|greet|hand|inform|introduce|invite|mark|offer|pay|present|reiterate|renew|review|say|"
    r"seek|solicit|strengthen|submit|talk|thank|update|wish"
    r")$",
    ignore_case=True,
)
"""For what somebody calls on another; whatever else another is called on to do is asked of them."""

_HAD_DONE: Final = compile_pattern(
    r"^(?:had|have|has) (?:[a-z]+ly |also |just |already |been )*"
    r"([a-z]+(?:ed|wn|ken|ven|tten|ing)|made|led|sent|put) ",
    ignore_case=True,
)
_SORTS_OF_TALKS: Final = compile_pattern(
    r"^(?:"
    r"detailed|extended|heated|prolonged|unscheduled|focused|limited|expanded|restricted|unannounced|"
    r"sustained|renewed|continued|repeated|scheduled|strained|aborted|introductory|opening|closing|"
    r"working|wide-ranging|far-reaching|parting|evening|morning|fleeting|interesting|promising|"
    r"conducted|concluded|opened|attended|ended|completed|chaired|co-chaired|hosted|convened|joined|"
    r"wrapped|resumed|started|presided|agreed|discussed|exchanged|reached|engaged|entered|"
    r"participated|kicked|flown|travell?ed|departed|driven"
    r")$",
    ignore_case=True,
)
"""Words in `-ed` and `-ing` that describe talks, or say that they were held."""
_THING_OF_TALKS: Final = compile_pattern(
    r"^(?:had|have|has|held|holds?|holding|began|begins|opened|ended|concluded) (?:[^ ]+ )*?"
    r"(?:over|about|for|against|despite|without|from|with|in|into) [a-z][^ ]*(?: [^ ]+)*? "
    r"(?:meetings?|talks|conversations?|discussions?|consultations?|dialogue|negotiations|roundtable)\b"
)
"""`had doubts about talks with Peru`, `have shown interest in trade talks with Peru`"""


def find_triggers(text: str, analysis: Analysis) -> list[tuple[int, int, Frame]]:
    """Return the words that may tell of events, from left to right."""
    triggers = judge_triggers(text, analysis)
    return [(start, end, frame) for start, end, frame, reason in triggers if not reason] if triggers else []


def judge_triggers(text: str, analysis: Analysis) -> list[tuple[int, int, Frame, str | None]]:
    """Return the words that frames look for, from left to right; a reason says why they tell of no event.

    Not all words of a frame are there whose sentence lacks what must follow them.
    """
    offset = analysis.sentence.start
    words = text[offset : analysis.sentence.end]
    frames = read_frames()
    possible = frame_finder()(words)
    if not possible:
        return []
    triggers = [
        (offset + found.start(), offset + found.end(), frames[index], _why_not(frames[index], words, found))
        for index in possible
        for found in frames[index].trigger.finditer(words)
    ]
    return sorted(triggers, key=_START)


def _why_not(frame: Frame, words: str, found: Any) -> str | None:
    before, after = words[: found.start()], words[found.end() :]
    return _why_not_here(frame, before, after) or _why_not_so(frame, before, found, after)


def _why_not_here(frame: Frame, before: str, after: str) -> str | None:
    """Return what the frame itself says against the words around it."""
    if frame.not_before is not None and frame.not_before.search(before):
        return "the words before it say otherwise"
    if frame.not_after is not None and frame.not_after.search(after):
        return "the words after it say otherwise"
    if frame.only_after is not None and not frame.only_after.search(after):
        return "the words that must follow are missing"
    return None


def _why_not_so(frame: Frame, before: str, found: Any, after: str) -> str | None:
    """Return what makes of any such words something that is none, did not happen or is only wished."""
    reason = (
        (_why_no_stay(before, found.group(0)) if frame.place_of_article else None)
        or _why_something_else(frame, before, found.group(0), after)
        or _why_unreal(frame, before, found.group(0), after)
    )
    if reason or not is_inside_quotes(before):
        return reason
    told = tells_of_own(before, after) or tells_of_others(before, after)
    return None if told else "inside a quotation"


def _why_no_stay(before: str, words: str) -> str | None:
    """Return why words name no visit on which somebody is."""
    if _TO_VISIT.search(words):
        return "a verb that another frame reads"
    if _ON_A_DAY.match(words):
        return "a day, and not a visit that somebody is on"
    return "only remembered" if _RECALLED.search(before[-40:] + words) else None


def _why_something_else(frame: Frame, before: str, words: str, after: str) -> str | None:
    """Return what else than an event of the frame's kind words tell of."""
    if words.lower().startswith(_TRAVELS) and _TRAVEL.search(before):
        return "travel in general"
    if frame.kind in (VISIT, MEETING) and _ANNIVERSARY.search(before) is not None:
        return "only remembered"
    if frame.kind is VISIT and (
        _CALL_ALONE.match(words) or (_CALL_TO.search(words) and _SOMEBODY.match(after))
    ):
        return "a call, and no journey"
    if frame.mode is SIGNED and _ENDED_TALKS.match(words):
        return "talks that ended, not an agreement"
    if frame.mode is SIGNED and _VIEWS in words.lower():
        return "talks about an agreement"
    if frame.kind is TRANSFER and _SO_FAR.match(after) and not _DAY.search(before + after):
        return "a sum of all that was given"
    if _APPEALED.match(words) and not _COURTESY.search(before) and _is_appeal(after):
        return "another is asked to do something"
    if frame.kind in TALKS and _is_no_talking(words):
        return "another verb's talks"
    if frame.kind is MEETING and _WITH_PRIVATE.match(after):
        return "with people whom no state sent"
    of_a_body = frame.kind is MEETING and _ON_REQUEST.match(after) and _OF_A_BODY.search(before + words)
    return "a meeting of one side with itself" if of_a_body or _OF_ONE_SIDE.search(words) else None


def _is_no_talking(words: str) -> bool:
    """Tell whether somebody did something else about talks: `had requested consultations with Peru`."""
    done = _HAD_DONE.match(words)
    if done is not None:
        return _SORTS_OF_TALKS.match(done.group(1)) is None
    return _THING_OF_TALKS.match(words) is not None


def _is_appeal(after: str) -> bool:
    """Tell whether somebody is called on to do something: `called on Peru to open its ports`."""
    found = _TO_DO.match(after)
    if found is None or _ACTS_TOO.search(found.group(1)) or found.group(2) in _NO_INFINITIVE:
        return False
    return _DONE_ON_A_CALL.match(found.group(2)) is None


def _why_unreal(frame: Frame, before: str, words: str, after: str) -> str | None:
    """Return why it did not happen, or may not have: the words say so before it, in it or behind it."""
    if frame.subject_follows and not frame.object_with:
        return None  # "the visiting minister may not sign" tells that he is there
    clause = before[max(map(before.rfind, ',;:“"')) + 1 :]
    if words.startswith(_TO):
        clause += _TO
    if (_NEGATED.search(clause) is not None and frame.status is None) or _NONE.search(words) is not None:
        return "it did not happen"
    if _is_hypothetical(clause, after) or _ONLY_MEANT.match(words) is not None:
        return "hypothetical, or only asked for"
    behind = after[:_CLAUSE_BEHIND]
    if _MAYBE.match(behind) is not None:
        return "hypothetical, or only asked for"
    if frame.kind in TALKS and _DENIED.match(after) is not None:
        return "somebody denies it"
    return _why_unreal_noun(before, words, behind) if frame.noun else None


def _is_hypothetical(clause: str, after: str) -> bool:
    """Tell whether it might only have been; what was due and then called off is told as called off."""
    found = _HYPOTHETICAL.search(clause)
    if found is None:
        return False
    words = found.group(0).lower()
    if words in _CALLS_FOR:
        return _DURING.search(clause, found.end()) is None or clause.endswith(_NOT_HELD)
    return not (words in _WERE_DUE and _CALLED_OFF.search(after))


def _why_unreal_noun(before: str, words: str, after: str) -> str | None:
    """Return why words around a noun make nothing of it: `talks with Peru could not resume`."""
    never = _NEVER.match(after)
    if never and _FELL_THROUGH.match(after) and _WAS_SET.search(before[-60:] + words + after):
        never = None  # it was called off
    if never or _NO.search(before):
        return "it did not happen"
    if _WISHED.search(before):
        return "hypothetical, or only asked for"
    unreal = _MAY_BE.match(after)
    return "hypothetical, or only asked for" if unreal and not _BESIDE.search(unreal.group(0)) else None
