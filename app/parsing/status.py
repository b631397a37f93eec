"""Whether an event happened, is still to come, or was put off or called off, by the words around its verb."""

from typing import Any, Final

from app.domain.vocabulary import EventStatus
from app.parsing.candidates import Candidate
from app.parsing.dates import HAD_A_CHANCE, find_tense
from app.parsing.kinds import (
    AGREEMENT,
    BODY,
    CANCELLED,
    HEADLINE,
    MEETING,
    OCCURRED,
    PLANNED,
    POSTPONED,
    TALKS,
    VISIT,
)
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Tense

_POSTPONED: Final = compile_pattern(
    r"\b(?:postponed|put (?:off|on hold)|deferred|rescheduled|delayed|shelved|pushed back|"
    r"moved (?:back )?to (?:a later date|next \w+)|"
    r"(?:delay|postpone|put off|push back|delaying|postponing) (?:an?|the|his|her|their|its) "
    r"(?:[\w\-]+ ){0,2}?(?:visit|trip|tour|journey|meeting|talks|summit))\b",
    ignore_case=True,
)
_CANCELLED: Final = compile_pattern(
    r"\b(?:cancell?ed|called off|scrapped|abandoned|fell through|"
    r"(?:did|will|would) not (?:now )?(?:take place|go ahead)|will not (?:visit|travel|go)"
    r"|dropped (?:\w+ )?plans?"
    r"|drop(?:s|ped|ping) (?:an?|the|his|her|their|its) (?:[\w\-]+ ){0,2}?(?:visit|trip|tour|meeting|talks)"
    r"|(?:pulled|backed) out of (?:an?|the|his|her|their) (?:[\w\-]+ ){0,3}?"
    r"(?:visit|trip|tour|meeting|summit|talks))\b",
    ignore_case=True,
)
_OTHERS_OFF: Final = compile_pattern(
    r"\b(?:flights?|trains?|classes|lessons|concerts?|match(?:es)?|rall(?:y|ies)|orders?|contracts?|"
    r"licen[cs]es?|visas?|passports?|leave)\b[^.;,]{0,40}? (?:(?:was|were|is|are|been|being) )?"
    r"(?:\w+ly )?(?:cancell?ed|called off|postponed|delayed|scrapped|abandoned)\b|"
    r"\b(?:cancell?ed|called off|postponed|delayed|scrapped|abandoned) (?:[\w\-]+ ){0,3}?"
    r"(?:flights?|trains?|classes|concerts?|match(?:es)?|rall(?:y|ies)|orders?|contracts?|visas?|passports?)\b",
    ignore_case=True,
)
"""`before his trip all flights from Lima were cancelled`"""
_ONCE_PUT_OFF: Final = compile_pattern(
    r"\b(?:that|which) (?:had|has|have|was|were) (?:\w+ )?(?:been )?"
    r"(?:postponed|put off|deferred|rescheduled|delayed)\b"
    r"|\b(?:twice|long|repeatedly|once|previously|much)[- ](?:postponed|put off|deferred|delayed)\b",
    ignore_case=True,
)
"""What was put off before may well have happened now: `the talks, which had been postponed in May`."""
_PLANNED: Final = compile_pattern(
    r"\b(?:will|shall|slated|ahead of|prior to|prepar(?:e|es|ed|ing|ations?)(?: for)?|"
    r"pave the way for|run-up to|plans? to|scheduled|expected|planned|planning|plotting|arranging|"
    r"organi[sz]ing|upcoming|forthcoming|awaits|awaiting|(?:is|are|was|were) (?:still |now )?awaited|"
    r"wait(?:s|ed|ing)? for|"
    r"invit(?:ed|ation))\b[^,;]{0,40}$|\bto (?:also |then |\w+ly )?$",
    ignore_case=True,
)
_DONE: Final = compile_pattern(
    r"^(?:(?:came|come|got) together|(?:is|are) (?:visiting|here|in|on)|(?:was|were|had been) (?:\w+ )?in|"
    r"met|held|had|signed|"
    r"inked|spoke|told|sat|got|came|paid|made|took|rang|began|spent|sent|gave|broke|"
    r"struck|becomes|goes to|moves to|succeeds|replaces|hosted|has|have|"
    r"[a-z]{3,}ed)\b",
    ignore_case=True,
)
_WAS_DONE: Final = compile_pattern(
    r"\b(?:was|were|has been|have been|had been) (?:\w+ly )?(?:signed|inked|initialled|adopted)\b"
)
_WENT: Final = compile_pattern(r"^(?:flew|drove|went|came|left|sailed|put in(?:to)?)\b", ignore_case=True)
_LAST_MET: Final = compile_pattern(r"\blast met$")
_ABOUT_TO: Final = compile_pattern(
    r"^(?:flies|travels|departs|leaves|heads|heading|goes|moves|continues|proceeds)\b", ignore_case=True
)
"""What the text of a story, other than its headline, tells in the present is still to come."""
_BEGINS: Final = compile_pattern(r"^(?:begins|starts)\b", ignore_case=True)
"""What a headline tells in the present has happened."""
_SOON: Final = compile_pattern(r"\b(?:tomorrow|today|tonight|next|from|\w+day|soon)\b", ignore_case=True)
_IS_ON: Final = compile_pattern(
    r"\b(?:is|are|was|were|currently)(?: (?:also|now|currently|here))? $", ignore_case=True
)
"""`who is on a visit` happens, whatever is planned for it."""
_CAME_TO: Final = compile_pattern(
    r"\b(?:came|went|arrived|flew|drove|sailed|gathered|travell?ed|visited|(?:was|were) (?:in|at|here))\b"
    r"[^,;.]{0,60} to (?:\w+ly )?$|\b(?:returned|back|returning|came home) (?:home )?from $|"
    r"\b(?:used|managed|went on|took (?:turns|the (?:opportunity|occasion))|"
    rf"{HAD_A_CHANCE})\b[^,;.]{{0,60}} to (?:\w+ly )?$",
    ignore_case=True,
)
_WAS_TO_HAVE: Final = compile_pattern(
    r"\b(?:was|were) (?:(?:also|originally|then|due|set|scheduled|meant) )?to have "
    r"(?:been |[^.;]{3,140} and (?:also |then )?)?$"
)
"""`was to have met X on Friday and signed an accord`: it will not be."""
WAS_TO: Final = compile_pattern(
    r"\b(?:(?:was|were|had been) (?:also |originally |then )?"
    r"(?:(?:due|set|scheduled|expected|supposed|planned|slated|meant) )?to"
    r"|(?:had )?(?:planned|intended) to|(?:was|were|had been) (?:planning|going|preparing) to"
    r"|would(?: also| then)? have)(?: (?:[^.;]{3,160}? and (?:also |then )?to|(?:have|also|then)))? $"
)
"""`She was to meet X on Friday`, which is off if the visit is."""
_FIRST_TO: Final = compile_pattern(
    r"\b(?:became|becomes|is|was|were|as) (?:only )?the (?:\w+ )?"
    r"(?:first|second|third|last|only|latest|highest)(?: (?:[\w\-]+ ){1,6}| )$"
)
"""`became the first Peruvian president to visit Chile`"""
_IS_DUE: Final = compile_pattern(r"\b(?:due|set|expected|scheduled|says?) ")
_PASSIVE_AHEAD: Final = compile_pattern(
    r"\b(?:be|being|is|are|to|will|due|set)(?: \w+ly)? $", ignore_case=True
)
_AHEAD: Final = (
    "will ",
    "would ",
    "to ",
    "is coming",
    "are coming",
    "had planned to ",
    "an invitation",
    "invitation",
)
_STILL_TO_BE: Final = compile_pattern(
    r"\b(?:(?:will|to) be|upcoming|forthcoming|future|planned|proposed|invitation)\b", ignore_case=True
)
_QUOTED: Final = compile_pattern(r"“[^”]*”|\"[^\"]*\"")
"""What somebody says will be is no sign of when they spoke: `"We shall pay," he said after talks with X.`"""
TOLD: Final = compile_pattern(
    r"\b(?:said|says|told|announced|confirmed|according to|reported|published|added|tweeted|wrote)\b"
)
_THEREAT: Final = ("after ", "following ", "in a ", "during a ")
"""`In a phone call with X, she agreed …`"""
_LATEST: Final = compile_pattern(
    r"\b(?:in|at|during|after|following) the (?:latest|most recent|last|previous) "
)
_WAS_HELD: Final = compile_pattern(
    r"^[^.;,]{0,40}? (?:(?:(?:was |were )?held|took place|ended|concluded) (?:in|on|at|last)\b|"
    r"(?:closed|opened|began|ended|concluded|wound up|wrapped up|came to an end)"
    r"(?:[.,;]|$| (?:in|on|at|last|here|today|yesterday)\b))"
)
"""`the next round of consultations held in Lima on Tuesday`"""
_IS_PLANNED: Final = compile_pattern(
    r"^[^.;,]{0,90}? (?:is|are) (?:also |now )?(?:planned|scheduled|expected|due|slated|to be|to take)\b|"
    r"^(?: [\w’'\-]+){1,6} (?:will|would) (?:be held|take place|follow|begin|start|resume|continue)\b|"
    r"^[^.;,]{3,90}?, (?:which|that) (?:(?:is|are) (?:due|set|scheduled|expected|planned|slated|to) |will )"
    r"(?:to )?(?:begin|start|open|resume|get under way|take place|be held|be opened)\b"
)
"""`meetings with X and Y are planned for Friday`, `said that talks with X would follow`"""
_AT_IT: Final = compile_pattern(
    r"\b(?:(?:after|following) (?:[\w’'\-]+ ){0,3}|"
    r"(?:(?:during|in) (?:an?|the|his|her|their)|at an?) (?:[\w’'\-]+ ){0,2})$"
)
"""`have agreed a truce following a meeting of X and Y`: they met, whenever it takes effect."""
_WILL: Final = compile_pattern(
    r"\b(?:will|would|shall|should|(?-i:may)|can|could|(?:is|are|due|set|expected) to|"
    r"(?:plan(?:s|ned|ning)|hop(?:es?|ed|ing)|want(?:s|ed)?|intend(?:s|ed)?|prepar(?:es?|ed|ing)|hopes?|"
    r"expect(?:s|ed)?|going|ready) to|ahead of|before|upcoming|planned|scheduled)\b",
    ignore_case=True,
)
_WISH: Final = compile_pattern(r"\bwill (?:to|of)\b|\b(?:political|good|free) will\b")
"""`confirmed their will to work together in a meeting with X`"""
_BEING_THERE: Final = ("attend", "participat", "took part", "taking part", "present", "in attendance")
_AGAIN: Final = compile_pattern(
    r"^(?:(?:in )?\w+ (?:part )?(?:in |at |during )?)?(?:the|their|this|these) ", ignore_case=True
)
"""Words that speak of something told before: `during the talks`."""


_RUNS_UNTIL: Final = compile_pattern(
    r"(?:,| and)(?: it| which)? (?:will|is to|is due to|is set to) "
    r"(?:run|last|continue|go on|conclude|end)\b.*"
)
"""`The exercise brings together troops of Peru and Chile and will run until Friday`: it has begun."""


_DAY_OR_NAME: Final = (
    r"(?: (?:from|for|on|here|home|today|yesterday|this|early|late|the|morning|afternoon|evening|"
    r"[A-Z][\w’\-]*))"
)
_LEFT_TO: Final = compile_pattern(
    rf"\b(?:left|departed|flew out|set off){_DAY_OR_NAME}{{0,9}} "
    r"to (?:visit|pay|make|undertake|begin)\b[^,;.]{0,60}$"
)
"""Who left home to visit a country is on the way: `left Lima on Monday to pay a visit to Chile`."""
_LEFT_FOR: Final = compile_pattern(
    rf"\b(?:left|departed|set off){_DAY_OR_NAME}{{1,9}} for (?:[\w\-]+ ){{0,3}}$"
)
"""Who left for talks has still to hold them: `left for Chile on Monday for talks with Minister X`."""


def find_status(text: str, candidate: Candidate) -> tuple[EventStatus, bool]:
    """Return whether it happened, and whether a verb says so: a noun, as in `the visit`, tells neither."""
    frame, sentence = candidate.frame, candidate.analysis.sentence
    if frame.status is not None:
        return frame.status, True
    words = _QUOTED.sub(_blank, text[sentence.start : sentence.end])
    if "will" in words:
        words = _RUNS_UNTIL.sub(_blank, _WISH.sub(_blank, words))
    before = words[: candidate.start - sentence.start]
    trigger = text[candidate.start : candidate.end]
    done = _is_done(candidate, before, trigger)
    # "X met Y to discuss the delayed dam": those who met did meet.
    off = _find_off(trigger if done else _OTHERS_OFF.sub("", words))
    if off is not None:
        return off, True
    if _WAS_TO_HAVE.search(before):
        return CANCELLED, True
    if frame.by_the_way and not trigger.lower().startswith("before") and not _STILL_TO_BE.search(trigger):
        return OCCURRED, False  # "work will begin under the pact signed in May"
    if frame.kind is VISIT and sentence.section is BODY and _ABOUT_TO.match(trigger):
        return PLANNED, True
    if sentence.section is HEADLINE and _BEGINS.match(trigger) and not _SOON.search(words):
        return OCCURRED, False
    after = words[candidate.end - sentence.start :]
    left_for = frame.kind is MEETING and _LEFT_FOR.search(before) is not None
    over = not left_for and _is_over(candidate, before, trigger, after)
    if done or over or _has_begun(candidate, before, trigger):
        return OCCURRED, True
    return (PLANNED, True) if left_for or _is_ahead(text, candidate, words) else (OCCURRED, False)


def is_again(words: str, sure: bool) -> bool:
    """Tell whether the words speak of what was told before: `during the talks`, `attended the meeting`."""
    told_before = not sure or words.lower().startswith(_BEING_THERE)
    return told_before and _AGAIN.search(words) is not None


def _is_done(candidate: Candidate, before: str, trigger: str) -> bool:
    """Tell whether the verb itself stands in the past, or a headline's present."""
    said = _DONE.match(trigger) or _WENT.match(trigger) or _LAST_MET.search(trigger)
    if said is None and candidate.frame.kind is AGREEMENT:
        said = _WAS_DONE.search(trigger)
    return said is not None and not _PASSIVE_AHEAD.search(before)


def _find_off(words: str) -> EventStatus | None:
    """Return POSTPONED or CANCELLED where words say that something is."""
    if _POSTPONED.search(words) and not _ONCE_PUT_OFF.search(words):
        return POSTPONED
    return CANCELLED if _CANCELLED.search(words) else None


def _has_begun(candidate: Candidate, before: str, trigger: str) -> bool:
    """Tell whether words before say it: `is on a visit`, `came to meet X`, `became the first to visit Y`."""
    if candidate.frame.kind is VISIT and _LEFT_TO.search(before + trigger):
        return True
    if trigger.startswith("on ") and _IS_ON.search(before):
        return True
    to = trigger.startswith("to ")
    if to and _FIRST_TO.search(before) and not _IS_DUE.search(before):
        return True
    return _CAME_TO.search(f"{before}to " if to else before) is not None


def _is_ahead(text: str, candidate: Candidate, words: str) -> bool:
    """Tell whether it is still to come; in `words`, those of its sentence, direct speech is left blank."""
    sentence = candidate.analysis.sentence
    trigger, start = text[candidate.start : candidate.end], candidate.start - sentence.start
    return (
        trigger.startswith(_AHEAD)
        or _STILL_TO_BE.search(trigger) is not None
        or _IS_PLANNED.match(text[candidate.end : sentence.end]) is not None
        or _PLANNED.search(words[:start]) is not None
        or find_tense(words, start) is Tense.FUTURE
    )


def _is_over(candidate: Candidate, before: str, trigger: str, after: str) -> bool:
    """Tell whether words around what has no verb of its own put it behind: `said after talks with X`."""
    clause = before[before.rfind(",") + 1 :]
    # "Peru will sell fish to Chile, Minister X said after talks with Y"
    if _WILL.search(clause if TOLD.search(clause) else before):
        return False
    at_it = candidate.frame.noun and _AT_IT.search(before) is not None
    latest = _LATEST.search(trigger) is not None
    talks = candidate.frame.kind in TALKS and (latest or _AGAIN.search(trigger) is None)
    told = latest or trigger.lower().startswith(_THEREAT) or _WAS_HELD.match(after) is not None
    return at_it or (talks and told)


def _blank(found: Any) -> str:
    return " " * len(found.group(0))
