"""Whether an event lies before what the article reports: `had met`, `last visited`, `a visit in 2019`."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from app.domain.vocabulary import DatePrecision
from app.parsing.candidates import Candidate
from app.parsing.clauses import SINCE_LAST, is_aside
from app.parsing.kinds import BODY, VISIT
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Anchor, DateMention

_LONG_AGO: Final = compile_pattern(
    r"\b(?:last|previous|previously|formerly|earlier (?:this|in)|years? ago|months? ago|in the past|"
    r"(?:years?|decades?|generations?|months?) later|"
    r"(?:twice|thrice) since|since (?:[12][0-9]{3}|then)|first (?:met|visited)|"
    r"had (?:previously|earlier|already|been|first)|(?:has|have) already)\b|"
    r"\bhad (?:also )?(?:met|spoken|visited|travell?ed|held|hosted|received|signed|sent|discussed|"
    r"initialled|inked|"
    r"donated|given|handed|told|talked|written|phoned|telephoned|rung|recalled|expelled|withdrawn|concluded|agreed|paid|welcomed|gone|flown|arrived|presented|opened|delivered|provided|sat|attended)\b|"
    r"\bthen-(?-i:[A-Z])|\bhad not long before\b|"
    r"\bduring (?:the |last year[’']s |his |her |their )?(?:[\w\-]+ ){0,3}(?:campaign|elections?)\b|"
    r"\b(?:before|prior to) (?:taking|assuming|he took|she took) (?:up )?office\b|"
    r"\b(?:days|weeks?|months?|years?) (?:after|since)\b|"
    r"[’']s recent (?:[\w\-]+ )?(?:visit|trip|tour|meeting|talks|call)\b|"
    r"\b(?:\w+) times (?:by now|so far|already|before|since|in the past|over the)\b|"
    r"\b(?:follow(?:ed|s|ing)|after|since) (?:an?|the|their|his|her) recent\b|\bon the heels of\b|"
    r"\b(?:fresh|back|home|(?:just|only|recently|newly) returned) from\b",
    ignore_case=True,
)
_SINCE: Final = compile_pattern(r"\bsince (?:the (?:two|countries)|they|he|she|both|[A-Z]\w*)\b[^,.;]{0,40}$")
"""`has stood in for Peru since the two broke off relations`"""
_LASTS: Final = compile_pattern(r"\b(?:will|would|to) last\b")
"""`a visit that will last three days` is none of last year."""
_OPENS_LONG_AGO: Final = compile_pattern(
    r"^(?:Last (?:week|month|year)|Earlier this (?:month|year)|"
    r"(?:A|One|Two|Three|Several) (?:weeks?|months?|years?) ago|"
    r"(?:About |Some |Almost |Nearly )?\w+ (?:months?|years?|decades?) later|"
    r"(?:On|In|By|Later) (?:[\w\-]+ ){0,3}that (?:same )?year|"
    r"(?:Prior to|Before) (?:(?:coming|travell?ing|flying|arriving|landing|"
    r"(?:his|her|their) (?:visit|trip|stop)) (?:to|in) )?[A-Z][\w\-]+(?: [A-Z]\w+)?,)(?: |\b)"
)
_FIRST_SINCE: Final = compile_pattern(
    r"\b(?:first|second|third|highest|biggest|most|only) [^.;,]{0,60}? since\b", ignore_case=True
)
"""`on the first visit since 2011`: this one is now."""
_SAME_DAY: Final = compile_pattern(
    r"\bearlier (?:in the day|today|that day)\b|\bthe same day\b|\bday (?:earlier|before)\b|\bprevious day\b",
    ignore_case=True,
)
_LONG: Final = timedelta(days=45)


def is_long_ago(text: str, candidate: Candidate, dates: Sequence[DateMention]) -> bool:
    """Tell whether a candidate's words, or its own dates, put it before what the article reports."""
    told = candidate.frame.by_the_way or _is_told_before(text, candidate)
    if told and candidate.frame.kind is VISIT and any(_ends_on(one, candidate) for one in dates):
        return False
    return told or _is_of_months_ago(text, candidate, dates)


def _ends_on(mention: DateMention, candidate: Candidate) -> bool:
    """Tell whether a day gives the end of the stay: `returned on Monday after a two-day visit to Peru`."""
    return mention.date.precision is DatePrecision.RANGE and mention.end <= candidate.start


def is_long_past(dates: Sequence[DateMention], anchor: Anchor | None) -> bool:
    """Tell whether all the days that the words give ended long before the article's."""
    if anchor is None:
        return False
    ends = [one.date.end for one in dates if one.date.end]
    return bool(ends) and max(ends) < anchor.day - _LONG


def _is_told_before(text: str, candidate: Candidate) -> bool:
    """Tell whether the words around it put it there: `had met`, `last visited`, `in 2019`."""
    sentence, start = candidate.analysis.sentence, candidate.start
    if sentence.section is not BODY or _SAME_DAY.search(text[sentence.start : sentence.end]):
        return False
    before = text[max(sentence.start, start - 40) : start]
    words = before + text[start : min(start + 60, sentence.end)]
    if (since := SINCE_LAST.search(words)) is not None:
        words = words[: since.start()]  # "reviewed what was done since they last met"
    if _FIRST_SINCE.search(words):
        return False
    if _OPENS_LONG_AGO.match(text[sentence.start : start]) or _SINCE.search(before):
        return True
    return _LONG_AGO.search(_LASTS.sub("", words)) is not None


def _is_of_months_ago(text: str, candidate: Candidate, dates: Sequence[DateMention]) -> bool:
    """Tell whether a clause about somebody, or a month before a noun, tells it by the way."""
    if not dates:
        return False
    if any(one.date.rule == "month_of_occasion" for one in dates):
        return True
    months = [one for one in dates if one.date.precision in (DatePrecision.MONTH, DatePrecision.YEAR)]
    return bool(months) and is_aside(text, candidate)
