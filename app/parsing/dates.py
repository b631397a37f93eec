"""Step 4: the anchor, and the words of a sentence that give a date.

A bare weekday in the past is the latest such day on or before the anchor, in the future the first on or
after. A day without its year takes the year that puts it nearest to the anchor. The day that something was
said is not the day that it happened: `is_speech_date` tells the two apart.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, cast

from app.domain.article import Article
from app.domain.dates import DateSpan, ReportedDate
from app.domain.vocabulary import AnchorKind
from app.parsing.calendar import (
    DAY,
    MONTH,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    day_number,
    make_day,
    month_number,
    read_day,
)
from app.parsing.patterns import compile_pattern, compile_set
from app.parsing.sentences import find_dateline, is_inside_quotes
from app.parsing.spans import Anchor, DateMention, Line, Sentence, Tense
from app.parsing.speech import is_own_account, tells_of_others

_ON: Final = (
    rf"(?:(?:{WEEKDAY},? \(?|(?:[Yy]esterday|[Tt]oday|[Tt]his (?:morning|afternoon|evening)) \()(?:the )?)?"
)
"""A weekday before a day of the month, which tells the day better: `Tuesday, May 9`, `Tuesday (9 May`."""
_DASH: Final = rf"(?: ?[-–—&/] ?|\)?,? (?:to|till|until|through) (?:the )?{_ON}| and (?:the )?)"
_OCCASION: Final = (
    r"meetings?|talks|visit|trip|summit|call|agreement|pact|deal|accord|conference|session|signing|exercise"
)
_NUMERIC: Final = (
    r"[0-3]?[0-9](?:/[0-3]?[0-9]/|\.[01]?[0-9]\.|-[01]?[0-9]-)(?:(?:19|20)[0-9]{2}|[0-3][0-9]\b)"
)
_SHORT_DAY: Final = compile_pattern(r"^[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}(?:$|[^0-9])")
_OWN_SHORT_DAY: Final = compile_pattern(
    r"(?:^|\b(?:on|from|dated) )[0-9]{2}-[0-9]{2}-[0-9]{2}$", ignore_case=True
)
"""`5-4-30` may count votes, but `on 12-10-24` is a day."""
_LENGTH_OF_DAY: Final = 8
_MARKS: Final = re.compile(r"[./-]")
_CENTURY: Final = 2000
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
        ],
        start=1,
    )
}
_COUNT: Final = "[0-9]{1,2}|" + "|".join(_NUMBERS)

_WEEK: Final = 7
_UNSURE: Final = timedelta(days=45)
"""A day that lies no further ahead may be a plan told in the past tense: `was due on 5 May`."""
_REACH: Final = 300
"""Characters before a position within which a verb gives it its tense."""
_DATE_LINES: Final = 6
_JUST_BEFORE: Final = timedelta(days=10)
_FULL_DAY: Final = rf"(?:{WEEKDAY},? )?(?:{DAY} (?:of )?{MONTH}|{MONTH} {DAY}),? {YEAR}"
_TOWN_AND_DAY: Final = compile_pattern(
    rf"^[A-ZÀ-Þ][\pL'’.\-]+(?: [A-ZÀ-Þ][\pL'’.\-]+){{0,2}},? (?:on )?{_FULL_DAY}\.?$|"
    rf"^{_FULL_DAY} ?(?:--|[-–—:]) ?"
)
_OF_PAGE: Final = (
    "Updated",
    "Last",
    "Published",
    "Posted",
    "Created",
    "Modified",
    "Issued",
    "Release",
    "Date",
)
"""Words that stand where a town would in a line that tells when a page was made."""
_DATE_LINE: Final = 70
"""Most characters of a line that gives the day of a page: `Dhaka, 9 November 2021`."""
_NTH_OF_ALL: Final = compile_pattern(
    r"^[ -](?:[\w\-]+ ){0,3}?(?:anniversar|birthday|round|session|meeting|edition|summit|time|year|centur|"
    r"floor|day|visit|congress|conference|general|century|series|batch|phase|president|army|division|brigade|fleet)"
)
"""`on the 60th anniversary` is no day of a month."""
_DAYS: Final = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "last evening": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_PART: Final = r"(?:day|morning|afternoon|evening|night)"
_BESIDE: Final = {
    rf"[Tt]he (?:following|next) {_PART}|[Aa] day later|[Oo]ne day later": 1,
    rf"[Tt]he (?:previous {_PART}|(?:day|night|evening) before)": -1,
    r"[Aa] day (?:earlier|before|after)|[Oo]ne day (?:earlier|after)": -1,
    rf"(?:[Ee]arlier|[Ll]ater) (?:in the|that|the same|on the same) {_PART}": 0,
    rf"[Tt]he same {_PART}|[Tt]hat (?:same )?{_PART}": 0,
    rf"[Tt]he {_PART} (?:of|after) (?:his|her|their|its) arrival|[Oo]n arrival|"
    r"[Oo]n the (?:first|opening) day of (?:his|her|their|the|its) (?:[\w\-]+ )?(?:visit|trip|tour|stay)": 0,
    r"[Oo]n the second day of (?:his|her|their|the|its) (?:[\w\-]+ )?(?:visit|trip|tour|stay)": 1,
    r"[Oo]n the third day of (?:his|her|their|the|its) (?:[\w\-]+ )?(?:visit|trip|tour|stay)": 2,
}
"""Words for a day that only the day told before gives, by how many days they lie apart."""
_SHIFTS: Final = {"last": -1, "this": 0, "next": 1}

_RULES: Final[tuple[tuple[str, Any], ...]] = tuple(
    (name, compile_pattern(pattern))
    for name, pattern in (
        (
            "range_across_months",
            rf"\b{_ON}({MONTH}) ({DAY})(?:,? {YEAR})?{_DASH}({MONTH}) ({DAY})(?:,? ({YEAR}))?\b",
        ),
        (
            "range_across_months_day_first",
            rf"\b{_ON}({DAY}) (?:of )?({MONTH})(?:,? {YEAR})?"
            rf"{_DASH}({DAY}) (?:of )?({MONTH})(?:,? ({YEAR}))?\b",
        ),
        ("range_month_first", rf"\b{_ON}({MONTH}) ({DAY})(?:, {DAY})*{_DASH}({DAY})(?:,? ({YEAR}))?\b"),
        ("range_day_first", rf"\b{_ON}({DAY})(?:, {DAY})*{_DASH}({DAY}) (?:of )?({MONTH})(?:,? ({YEAR}))?\b"),
        ("range_numeric", rf"\b({_NUMERIC})(?: ?[-–—] ?| to | until | through )({_NUMERIC})\b"),
        (
            "weekday_to_day",
            rf"\b({WEEKDAY}) (?:to|until|till|through) (?:({MONTH}) ({DAY})|({DAY}) ({MONTH}))\b",
        ),
        ("day_month_year", rf"\b{_ON}({DAY})(?:-| (?:of )?)({MONTH})(?:-|,? )({YEAR})\b"),
        ("month_day_year", rf"\b{_ON}({MONTH}) ({DAY}),? ({YEAR})\b"),
        ("iso", r"\b([12][0-9]{3})-([01][0-9])-([0-3][0-9])\b"),
        ("numeric", rf"\b({_NUMERIC})\b"),
        ("day_month", rf"\b{_ON}({DAY}) (?:of )?({MONTH})(?:\b|$)"),
        ("month_day", rf"\b{_ON}({MONTH}) (?:the )?({DAY})\b"),
        (
            "numbered_day",
            r"\b(?:[Yy]esterday|[Tt]oday|[Tt]his (?:morning|afternoon|evening)|"
            + WEEKDAY
            + r") \((?:the )?([0-9]{1,2})(?:st|nd|rd|th)?\)",
        ),
        ("half_year", rf"\b(?:first|second|latter) half of (?:(?:the|this|next|last) year|{YEAR})\b"),
        ("month_year", rf"\b({MONTH}),? ({YEAR})\b"),
        ("month_of_year", rf"\b({MONTH}),? (?:of )?([Ll]ast|[Tt]his|[Nn]ext) year\b"),
        ("weekday_range", rf"\b({WEEKDAY})(?: to | till | until | and |[-–—])({WEEKDAY})\b"),
        (
            "weekday",
            rf"\b(?:([Ll]ast|[Nn]ext|[Tt]his|[Cc]oming) )?({WEEKDAY})(?: (?:of )?([Ll]ast|[Nn]ext) week)?\b",
        ),
        (
            "relative_day",
            r"\b([Tt]he day (?:before yesterday|after tomorrow)|[Yy]esterday|[Tt]oday|[Tt]omorrow"
            r"|[Ll]ast (?:night|evening)|[Tt]onight|[Ee]arlier today|[Aa] short while ago"
            r"|[Tt]his (?:morning|afternoon|evening))\b",
        ),
        (
            "month_of_occasion",
            r"\b(?:[Aa]n?|[Tt]he|[Tt]heir|[Hh]is|[Hh]er|[Ii]ts|[Aa]fter|[Ff]ollowing) (?:early |late |mid-)?"
            rf"({MONTH})(?: [\w\-]+){{0,2}}? (?:{_OCCASION})\b",
        ),
        (
            "ordinal_day",
            r"\b(?:[Oo]n|(?:morning|afternoon|evening|night) of) (?:the )?([0-9]{1,2})(?:st|nd|rd|th)\b",
        ),
        ("ordinal_end", r"\b(?:until|till|through) the ([0-9]{1,2})(?:st|nd|rd|th)\b"),
        ("since_year", rf"\b(?:[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Ff]rom) (?:{MONTH},? )?({YEAR})\b"),
        ("year", rf"\b(?:[Ii]n|[Oo]f|[Dd]uring|[Bb]ack in)(?: early| late| mid-?)? ({YEAR})\b"),
        (
            "month",
            r"\b(?:[Ii]n|[Ll]ast|[Ee]arly|[Ll]ate|[Mm]id|[Tt]his(?: past)?|[Nn]ext"
            rf"|[Ff]or|(?:end|beginning|start|middle|week|half) of)[ -]({MONTH})\b",
        ),
        ("days_ago", rf"\b((?i:{_COUNT})) days ago\b"),
        ("last_month", r"\b([Ll]ast|[Tt]his|[Nn]ext) (month|year)\b"),
        ("weekend", r"\b([Ll]ast|[Nn]ext|[Tt]his|[Tt]he|[Pp]ast) weekend\b"),
        ("day_beside", rf"\b({'|'.join(_BESIDE)})\b"),
        (
            "vague",
            r"\b([Rr]ecently|[Tt]his week|[Ll]ast week|[Nn]ext week"
            r"|[Ee]arlier (?:this|in the) (?:week|month|year)"
            r"|[Nn]ot (?:so |very )?long ago|(?:[Aa] (?:short |little )?while|[Ss]ome time) (?:ago|back)"
            r"|(?:[Aa] few|[Ss]everal|[Ss]ome) (?:days|weeks|months|years) (?:ago|back)"
            r"|[Ss]oon|[Ii]n the (?:coming (?:days|weeks|months)|near future)"
            r"|[Aa]t an? (?:later|early|convenient) (?:date|time)|[Tt]he other day)\b",
        ),
    )
)
_DAYS_BESIDE: Final = tuple((compile_pattern(words), shift) for words, shift in _BESIDE.items())
_WHICH_RULES: Final = compile_set([pattern.pattern for _, pattern in _RULES])
_LASTING: Final = compile_pattern(
    rf"\b(?:({_COUNT})[- ](day|week)s?|a week[’']s|week-?long)\b", ignore_case=True
)
_FUTURE: Final = compile_pattern(
    r"\b(?:will|would|shall|(?:is|are) to|(?:flies|travels|departs|leaves|heads) (?:to|for|on)"
    r"|(?:goes|moves|continues|proceeds|embarks) on|begins|starts|sets (?:off|out)|(?:is|are) coming"
    r"|kicks off|gets under way"
    r"|(?:talks|meetings?|session|summit|signing|ceremony|visit|trip) (?:is|are) (?:on|for|from|next)"
    r"|leaves|departs|goes home|returns home"
    r"|takes effect|(?:comes|enters) into (?:force|effect)|(?:was|were) (?:to have|to be)"
    r"|to (?:visit|arrive|meet|hold|host|attend|leave|sign|travel|begin|take|pay|call|receive)"
    r"|scheduled|expected|due|plans? (?:to|an?|his|her|its|their)|planned|set (?:to|for)|slated"
    r"|upcoming|next|tomorrow|invited"
    r"|look(?:ed|s|ing)? forward to|(?:hop(?:es?|ed|ing)|intend(?:s|ed|ing)?|want(?:s|ed)?) to)\b",
    ignore_case=True,
)
_PAST: Final = compile_pattern(
    r"\b(?:was|were|had|did|made|told|came|went|flew|gave|saw|sat|got|broke|struck|drove|stood|sent|brought|spent|won|rang|"
    r"put (?:in|into|off|out)|met|held|said|"
    r"signed|arrived|visited|called|received|spoke|discussed|hosted|concluded|"
    r"handed|presented|took|paid|left|began|ended|(?-i:[a-z]{3,}ed))\b",
    ignore_case=True,
)
_WHEN_THEY_WILL: Final = compile_pattern(
    r"^(?:[\w]+ ){0,3}[\w]+,? when [^,.;]{2,80} (?:will|would|(?:is|are) (?:to|due|set|expected))\b"
)
"""`came together to prepare for Monday, when the presidents will meet`"""
_CAME_TO_NOTHING: Final = compile_pattern(r"\bdid not (?:take place|go ahead|happen)\b")
HAD_A_CHANCE: Final = (
    r"had (?:the (?:\w+ )?(?:opportunity|chance|occasion)|"
    r"(?:the|an?|his|her) (?:\w+ )?(?:honou?r|pleasure|privilege))"
)
_HAD_A_CHANCE_TO: Final = compile_pattern(rf"\b{HAD_A_CHANCE} to ")
"""`had the honour to meet X on Monday`: they did meet."""
_BEGIN_ON: Final = (" begin on ", " start on ", " kick off on ", " get under way on ")
"""`The drills begin on Thursday.`"""
_STILL_AHEAD: Final = (" be ", " to have ", " to ", " will ", " would ")
_SET_FOR: Final = compile_pattern(
    r"\b(?:planned|scheduled|slated|set|due|expected|likely|visit|meeting|summit|talks) $"
)
_HAD_BEEN: Final = compile_pattern(r"\bhad (?:been|planned|hoped|intended|agreed)\b", ignore_case=True)
"""A plan that was made before: `had been due to visit in March`."""
_SPEECH: Final = (
    r"(?:said|says|told|announced|stated|added|according to|in a statement|statement|reported|tweeted|"
    r"confirmed|remarked|noted|posted|wrote|declared|press release|"
    r"(?:(?:speaking|talking) (?:to|with|before)|briefing) (?:the )?(?:\w+ )?"
    r"(?:reporters|journalists|correspondents|press|media|lawmakers))"
)
_SPEECH_BEFORE: Final = compile_pattern(rf"\b{_SPEECH}\b(?:[^,;.]{{0,40}})$", ignore_case=True)
_DEED_BEFORE: Final = compile_pattern(
    r"\b(?:met|meets?|meeting|held|called|visit(?:ed|s|ing)?|arrived?|signed|received|hosted|spoken?|talked|(?:tele)?phoned|talks|ceremony|"
    r"would|will|travel(?:led)?|fly|flew|went)\b",
    ignore_case=True,
)
_THAT_YEAR: Final = compile_pattern(r"^,? (?:of )?that (?:same )?year\b")
"""`On March 18 that year`: of a year that was told before."""
_SINCE: Final = compile_pattern(r"\bsince (?:[\w’']+ ){1,7}$", ignore_case=True)
_DISASTER: Final = (
    r"(?:earthquakes?|quakes?|cyclones?|hurricanes?|typhoons?|tsunami|floods?|flooding|storms?|landslides?|"
    r"mudslides?|eruption|wildfires?|explosion|blasts?|shipwreck|plane crash|drought)"
)
_STRUCK: Final = compile_pattern(
    rf"\b(?:an?|the|this|that) (?:[\w.\-]+ ){{0,3}}?{_DISASTER}"
    r"(?: (?:(?:that|which) )?(?:struck|hit|rocked|shook|devastated|ravaged|battered)"
    r"(?: (?:the )?[A-Z][\w\-]*){0,3})? (?:on|of) $"
)
_STRIKES: Final = compile_pattern(
    r"^[’']?s? (?:(?:magnitude|devastating|deadly|powerful|strong|massive|[0-9.]+(?:-magnitude)?) ){0,2}"
    rf"{_DISASTER}\b",
    ignore_case=True,
)
"""`sent food to Peru, where an earthquake on 3 May …`, `after the 3 May earthquake`: not when it was sent."""
_NEAR_DISASTER: Final = 80
_COUNTED: Final = compile_pattern(r"\btimes? $", ignore_case=True)
_WITHIN: Final = ("this year", "this month", "this week")
_DEADLINE: Final = compile_pattern(
    r"\b(?:by|no later than|before|within)(?: the)?(?: (?:early|late|end of|beginning of|close of))? $",
    ignore_case=True,
)
"""What is to be done by a day happens on no day yet: `to complete the line by May 2029`."""
_OWN_DAY: Final = compile_pattern(
    r"^[’']s? (?:[\w\-]+ ){0,3}"
    r"(?:talks|meeting|summit|ceremony|signing|visit|session|call|exercise|conference)\b"
)
_DAY_APART: Final = compile_pattern(
    r"^,? (?:a|one) day (?:after|before) (?:meeting|visiting|talks|hosting|receiving)\b"
)
"""`said on Sunday, a day after meeting X` tells when that was."""
_SAID_HE_HAD: Final = compile_pattern(
    r"^,? [^,;]{3,90}(?:, [^,;]{3,60},)? "
    r"(?:said|revealed|told [^,;]{3,40}|confirmed|announced|disclosed|recalled) (?:that )?"
    r"(?:he|she|they) had (?:\w+ )?(?:met|held|spoken|talked|visited|received|hosted|signed|discussed)\b"
)
"""`On Monday, X revealed that he had met Y` tells only when it was said."""
_SAID_AT: Final = compile_pattern(
    r"^[^,;.]{0,40}? (?:as|when|at|during) (?:the|their|an?) (?:[\w\-–’']+ ){0,10}?"
    r"(?i:meeting|talks|sessions?|commission|committee|summit|consultations|dialogue|negotiations)\b"
)
"""`said on Monday in Lima as the joint commission came to an end` tells when it met."""
_OF_ONE_SIDE: Final = compile_pattern(
    r"\b(?:cabinet|board|party|parliament\w*|caucus|council|shareholders|select|senate|house|town[- ]hall) "
    r"(?:[\w\-]+ )?(?:meeting|sessions?|commission|committee)\b",
    ignore_case=True,
)
_SPEECH_AFTER: Final = compile_pattern(rf"^\s*{_SPEECH}\b", ignore_case=True)


def find_anchor(article: Article, lines: Sequence[Line]) -> Anchor | None:
    """Return the day that relative dates count from: the dateline's, else first published, else updated."""
    published = article.published_on or article.updated_on
    dateline = find_dateline(article.text or "", lines)
    if dateline and (day := read_day(dateline.rest) or _day_near(dateline.rest, published)):
        return Anchor(day, AnchorKind.DATELINE)
    if published and (day := _day_of_dateline_alone(article.text or "", lines, published)):
        return Anchor(day, AnchorKind.DATELINE)
    if article.published_on:
        return Anchor(article.published_on, AnchorKind.PUBLISHED)
    if article.updated_on:
        return Anchor(article.updated_on, AnchorKind.UPDATED)
    for line in lines:
        words = (article.text or "")[line.start : line.end]
        if len(words) <= _DATE_LINE and (day := read_day(words)):
            return Anchor(day, AnchorKind.DATELINE)
    return None


def _day_of_dateline_alone(text: str, lines: Sequence[Line], published: date) -> date | None:
    """Return the day of a line `Lima, 9 May 2021`, or one before a dash, just before the page's."""
    for line in lines[:_DATE_LINES]:
        if text.startswith(_OF_PAGE, line.start):
            continue
        found = _TOWN_AND_DAY.match(text[line.start : min(line.end, line.start + _DATE_LINE)])
        day = read_day(found[0]) if found else None
        if day is not None and timedelta() <= published - day <= _JUST_BEFORE:
            return day
    return None


def find_dates(text: str, sentence: Sentence, anchor: Anchor | None) -> tuple[DateMention, ...]:
    """Return the words of a sentence that give a date, read against the anchor; the longest reading wins."""
    words = text[sentence.start : sentence.end]
    taken: list[tuple[int, int]] = []
    mentions: list[DateMention] = []
    for index in _WHICH_RULES(words):
        rule, pattern = _RULES[index]
        for found in pattern.finditer(words):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            # Words that give an impossible day are taken too: their month is no date of its own.
            taken.append((found.start(), found.end()))
            if not _is_score(found, words) and (span := _read(rule, found, words, anchor)):
                mentions.append(_mention(sentence.start, found, span, rule, anchor))
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _is_score(found: Any, words: str) -> bool:
    """Tell whether three short numbers between hyphens are not said to be a day."""
    short = _SHORT_DAY.match(found[0])
    return short is not None and _OWN_SHORT_DAY.search(words[: found.start() + _LENGTH_OF_DAY]) is None


class EventDates:
    """The dates of what each sentence of an article tells of; several steps ask for those of the same one."""

    def __init__(self, text: str, anchor: Anchor | None) -> None:
        self.anchor = anchor
        self._text = text
        self._found: dict[int, tuple[DateMention, ...]] = {}

    def of(self, sentence: Sentence) -> tuple[DateMention, ...]:
        """Return the dates of what a sentence tells of, those of saying it left out."""
        if sentence.start not in self._found:
            self._found[sentence.start] = _find_event_dates(self._text, sentence, self.anchor)
        return self._found[sentence.start]


def _find_event_dates(text: str, sentence: Sentence, anchor: Anchor | None) -> tuple[DateMention, ...]:
    """Return the dates of what a sentence tells of, those of saying it left out."""
    return tuple(
        mention
        for mention in find_dates(text, sentence, anchor)
        if not _is_quoted(text, sentence, mention)
        and not _is_stamp(text, sentence, mention)
        and not _THAT_YEAR.match(text[mention.end : mention.end + 20])
        and not _is_since(text, sentence, mention)
        and not _is_of_disaster(text, sentence, mention)
        and not _is_count(text, sentence, mention)
        and not _is_deadline(text, sentence, mention, anchor)
        and not is_speech_date(text, sentence, mention)
    )


def _is_quoted(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell whether somebody's own words give a date, that are not about what the sentence tells."""
    if not is_inside_quotes(text[sentence.start : mention.start]):
        return False
    if tells_of_others(text[sentence.start : mention.end], text[mention.end : sentence.end]):
        return False
    return not is_own_account(text[sentence.start : sentence.end])


def _is_of_disaster(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell whether a day is that of the misfortune for which others send help."""
    before = text[max(sentence.start, mention.start - _NEAR_DISASTER) : mention.start]
    behind = text[mention.end : mention.end + _NEAR_DISASTER]
    return _STRUCK.search(before) is not None or _STRIKES.match(behind) is not None


def _is_since(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell whether words only say from when on something has been: `since he took office in 2014`."""
    before = text[max(sentence.start, mention.start - 50) : mention.start]
    return mention.date.rule == "since_year" or _SINCE.search(before) is not None


def _is_count(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell whether words only count how often something has happened: `the second time this year`."""
    if text[mention.start : mention.end].lower() not in _WITHIN:
        return False  # "the second time in May" tells when it was
    return _COUNTED.search(text[max(sentence.start, mention.start - 30) : mention.start]) is not None


def _is_stamp(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell whether brackets at the start of a sentence give the day of a link above: `(22.02.2017) X met`."""
    return (
        mention.start - sentence.start == 1
        and text[sentence.start] == "("
        and text.startswith(")", mention.end)
    )


def _is_deadline(text: str, sentence: Sentence, mention: DateMention, anchor: Anchor | None) -> bool:
    """Tell whether words only say by when something is to be done, after the article's own day."""
    start = mention.date.start
    if start is None or anchor is None or start <= anchor.day:
        return False
    return _DEADLINE.search(text[max(sentence.start, mention.start - 30) : mention.start]) is not None


def shift_of(words: str) -> int:
    """Return how many days words like `the previous day` lie from the day told before them."""
    return next(shift for pattern, shift in _DAYS_BESIDE if pattern.match(words))


def is_speech_date(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell whether a date is the day that something was said, not the day that it happened."""
    clause_start = max(text.rfind(mark, sentence.start, mention.start) for mark in ',;”"') + 1
    before = text[max(clause_start, sentence.start) : mention.start]
    behind = text[mention.end : mention.end + 40]
    if _OWN_DAY.match(behind) or _DAY_APART.match(behind):
        return False
    if _SPEECH_BEFORE.search(before):
        at = _SAID_AT.match(text[mention.end : sentence.end])
        if at is not None and not _OF_ONE_SIDE.search(at.group()):
            return False
        return _DEED_BEFORE.search(before) is None
    if before in ("On ", "on ") and _SAID_HE_HAD.match(text[mention.end : sentence.end]):
        return True
    return not before.strip() and _SPEECH_AFTER.search(text[mention.end : mention.end + 30]) is not None


def find_tense(words: str, position: int) -> Tense:
    """Return the tense of the verb nearest before a position in a sentence, else the nearest after.

    A participle behind `be` is still to come: `is to be hosted`, `was to have begun`.
    """
    if " not " in words and _CAME_TO_NOTHING.search(words, position):
        return Tense.PAST  # "talks scheduled for Tuesday did not take place"
    if _WHEN_THEY_WILL.search(words[position : position + _REACH]):
        return Tense.FUTURE
    before = _HAD_A_CHANCE_TO.sub("had ", words[max(0, position - _REACH) : position])
    if before.endswith(_BEGIN_ON):
        return Tense.FUTURE
    future = [found.start() for found in _FUTURE.finditer(before)]
    past = [found.start() for found in _PAST.finditer(before)]
    while past and before.endswith(_STILL_AHEAD, 0, past[-1]):
        past.pop()
    if not future and not past:
        after = words[position:]
        later = _FUTURE.search(after)
        earlier = _PAST.search(after)
        if later and (not earlier or later.start() < earlier.start()):
            return Tense.FUTURE
        return Tense.PAST
    return Tense.FUTURE if future[-1:] >= past[-1:] else Tense.PAST


def _mention(offset: int, found: Any, span: DateSpan, rule: str, anchor: Anchor | None) -> DateMention:
    date_ = ReportedDate(
        start=span.start,
        end=span.end,
        precision=span.precision,
        words=found.group(0),
        anchor=anchor.day if anchor else None,
        anchor_kind=anchor.kind if anchor else None,
        rule=rule,
    )
    first = found.start(1) if rule == "ordinal_end" else found.start()
    return DateMention(offset + first, offset + found.end(), date_)


def _read(rule: str, found: Any, words: str, anchor: Anchor | None) -> DateSpan | None:
    """Read what a rule found; None where the calendar has no such day."""
    if rule in _ABSOLUTE:
        span = cast(DateSpan | None, _ABSOLUTE[rule](found, anchor))
        told = _as_told(span, found, words, anchor) if rule in ("day_month", "month_day") else span
        alone = told is not None and told.start is not None and told.start == told.end
        return _lasting(words, found, told.start) if alone and told and told.start else told
    if rule in ("vague", "half_year", "day_beside"):
        return DateSpan()
    if anchor is None:
        return DateSpan()
    return cast(DateSpan | None, _RELATIVE[rule](found, words, anchor.day))


def _as_told(span: DateSpan | None, found: Any, words: str, anchor: Anchor | None) -> DateSpan | None:
    """Return a day without a year a year earlier, where the past tense speaks of a day after the anchor."""
    if span is None or span.start is None or anchor is None:
        return span
    if span.start <= anchor.day + _UNSURE or find_tense(words, found.start()) is Tense.FUTURE:
        return span
    return _day(make_day(span.start.year - 1, span.start.month, span.start.day))


def _day(day: date | None) -> DateSpan | None:
    return DateSpan.of_day(day) if day else None


def _range(first: date | None, last: date | None) -> DateSpan | None:
    return DateSpan.of_range(first, last) if first and last and first <= last else None


def _year_of(year: str | None, month: int, day: int, anchor: Anchor | None) -> int | None:
    """Return the printed year, else the one that puts the day nearest to the anchor."""
    if year:
        return int(year)
    if anchor is None:
        return None
    years = (anchor.day.year - 1, anchor.day.year, anchor.day.year + 1)
    near = [(abs(made - anchor.day), made.year) for y in years if (made := make_day(y, month, day))]
    return min(near)[1] if near else None


def _month_day(month: str, day: str, year: str | None, anchor: Anchor | None) -> date | None:
    number, numbered = month_number(month), day_number(day)
    chosen = _year_of(year, number, numbered, anchor)
    return make_day(chosen, number, numbered) if chosen else None


def _across(
    month: str, day: str, last_month: str, last_day: str, year: str | None, anchor: Anchor | None
) -> DateSpan | None:
    last = _month_day(last_month, last_day, year, anchor)
    if last is None:
        return None
    first = make_day(last.year, month_number(month), day_number(day))
    if first and first > last:
        first = make_day(last.year - 1, month_number(month), day_number(day))
    return _range(first, last)


def _numeric(words: str, anchor: Anchor | None) -> date | None:
    """Read `12/05/2019`: the day comes first, unless only the other order is near the anchor."""
    first, second, year = (int(number) for number in _MARKS.split(words))
    year += _CENTURY if year < 100 else 0
    days = [day for day in (make_day(year, second, first), make_day(year, first, second)) if day]
    if "/" not in words or anchor is None:
        return days[0] if days else None
    near = (day for day in days if abs(day - anchor.day) <= _UNSURE)
    return next(near, days[0] if days else None)


def _month_of(month: str, year: str) -> DateSpan:
    return DateSpan.of_month(int(year), month_number(month))


_ABSOLUTE: Final[dict[str, Any]] = {
    "range_across_months": lambda f, a: _across(f[1], f[2], f[3], f[4], f[5], a),
    "range_across_months_day_first": lambda f, a: _across(f[2], f[1], f[4], f[3], f[5], a),
    "range_month_first": lambda f, a: _range(
        _month_day(f[1], f[2], f[4], a), _month_day(f[1], f[3], f[4], a)
    ),
    "range_day_first": lambda f, a: _range(_month_day(f[3], f[1], f[4], a), _month_day(f[3], f[2], f[4], a)),
    "day_month_year": lambda f, a: _day(_month_day(f[2], f[1], f[3], a)),
    "month_day_year": lambda f, a: _day(_month_day(f[1], f[2], f[3], a)),
    "iso": lambda f, _: _day(make_day(int(f[1]), int(f[2]), int(f[3]))),
    "numeric": lambda f, a: _day(_numeric(f[1], a)),
    "range_numeric": lambda f, a: _range(_numeric(f[1], a), _numeric(f[2], a)),
    "day_month": lambda f, a: _day(_month_day(f[2], f[1], None, a)),
    "month_day": lambda f, a: _day(_month_day(f[1], f[2], None, a)),
    "month_year": lambda f, _: _month_of(f[1], f[2]),
    "since_year": lambda f, _: DateSpan.of_year(int(f[1])),
    "year": lambda f, _: DateSpan.of_year(int(f[1])),
}


def _weekday(found: Any, words: str, anchor: date) -> DateSpan | None:
    which = (found[1] or "").lower()
    number = WEEKDAYS[found[2].lower()]
    if found[3]:  # "on Thursday next week"
        monday = anchor - timedelta(days=anchor.weekday() - 7 * _SHIFTS[found[3].lower()])
        return _lasting(words, found, monday + timedelta(days=number))
    if which in ("next", "coming") or (which != "last" and find_tense(words, found.start()) is Tense.FUTURE):
        ahead = (number - anchor.weekday()) % 7
        first = anchor + timedelta(days=ahead or (7 if which == "next" else 0))
    else:
        back = (anchor.weekday() - number) % 7
        first = anchor - timedelta(days=back or (7 if which == "last" else 0))
    return _lasting(words, found, first)


def _lasting(words: str, found: Any, first: date) -> DateSpan:
    """Return the day, or the days of a stay that begins on it: `for a three-day visit`."""
    lasting = _LASTING.search(words)
    if lasting is None:
        return DateSpan.of_day(first)
    days = _days_of(lasting)
    before = words[max(0, found.start() - 60) : found.start()]
    between = words[found.end() : lasting.start()]
    told = (before, between) if _GOES_ON.search(between) else (before,)
    behind = found.end() <= lasting.start() and _AT_END_OF.search(between)
    if not behind and any(_is_told_of(_BEGIN, clause) for clause in told):
        return DateSpan.of_range(first, first + timedelta(days=days - 1))
    if behind or any(_is_told_of(_END, clause) for clause in told):
        return DateSpan.of_range(first - timedelta(days=days - 1), first)
    return DateSpan.of_day(first)


def _is_told_of(verbs: Any, clause: str) -> bool:
    """Tell whether one of some verbs stands last, with no other deed behind it, whose day it would be."""
    start = max((found.end() for found in verbs.finditer(clause)), default=-1)
    return start >= 0 and _OTHER_DEED.search(clause[start:]) is None


def _days_of(lasting: Any) -> int:
    """Return how many days a stay lasts that words give in days or weeks: `two-week`, `week-long`."""
    number = _number(lasting[1] or "one")
    return max(number, 1) * (1 if lasting[2] and lasting[2].lower() == "day" else _WEEK)


def find_lengths(words: str) -> Iterator[tuple[int, int, int]]:
    """Yield where words say how many days something lasts, and the days: `a three-day visit`."""
    for found in _LASTING.finditer(words):
        yield found.start(), found.end(), _days_of(found)


def _number(word: str) -> int:
    return _NUMBERS.get(word.lower()) or int(word)


_BEGIN: Final = compile_pattern(
    r"\b(?:arriv\w+|due|expected|from|embark\w*|leav\w+|travel\w*|departs?|begin\w*|began|start\w*|"
    r"sail\w+|reach\w+|land\w+|flew|opened|opens|"
    r"kick\w* off|commenc\w+|dock\w*|berth\w*|anchor\w*|moor\w*|put in(?:to)?|"
    r"called at|set (?:off|out|sail))\b",
    ignore_case=True,
)
_GOES_ON: Final = compile_pattern(
    r"\b(?:arriv\w+|embark\w*|left|leaves|begin\w*|began|start\w*|open\w*|kick\w* off|commenc\w+|"
    r"ended|ends|ending|conclud\w+|completed|wrapp?\w* up)(?: (?:in|at|for|to) [A-Z]\w+(?: [A-Z]\w+)?)?,?"
    r"(?: (?:for|on|after))?(?: an?| his| her| their| the| its)? $"
)
"""A verb right before the words for how long: `on Monday began a three-day visit`."""
_OTHER_DEED: Final = compile_pattern(r"\b(?:met|held|signed|received|called|discussed|hosted|and|who)\b")
_END: Final = compile_pattern(
    r"\b(?:ended|ends|ending|concluded|concludes|concluding|completed|(?:wrapped|wraps|wrapping) up)\b",
    ignore_case=True,
)
_AT_END_OF: Final = compile_pattern(
    r"^(?: (?:morning|afternoon|evening|night))? (?:after|following|at the end of) "
    r"(?:an? |his |her |their )(?:\w+ )?$",
    ignore_case=True,
)


def _weekday_range(found: Any, words: str, anchor: date) -> DateSpan | None:
    first = _weekday_before(WEEKDAYS[found[1].lower()], anchor)
    ahead = find_tense(words, found.start()) is Tense.FUTURE
    if ahead:
        first = anchor + timedelta(days=(WEEKDAYS[found[1].lower()] - anchor.weekday()) % 7)
    last = first + timedelta(days=(WEEKDAYS[found[2].lower()] - first.weekday()) % 7)
    lasts = first <= anchor and _PAST.search(words[: found.start()]) is None
    if not ahead and last > anchor and not lasts:  # who `is there from Monday to Friday` is there still
        first, last = first - timedelta(days=7), last - timedelta(days=7)
    return DateSpan.of_range(first, last)


def _weekday_before(number: int, anchor: date) -> date:
    return anchor - timedelta(days=(anchor.weekday() - number) % 7)


def _relative_day(found: Any, words: str, anchor: date) -> DateSpan | None:
    shift = _DAYS.get(found[1].lower(), 0)
    return _lasting(words, found, anchor + timedelta(days=shift))


def _numbered(found: Any, words: str, anchor: date) -> DateSpan | None:
    """Read a bare day of the month: the latest on or before the anchor, or the next one in the future."""
    if not found[0].endswith(")") and _NTH_OF_ALL.match(words[found.end() :]):
        return None  # not so "on Monday (13) on an official visit"
    day = int(found[1])
    months = [(anchor.year, anchor.month), _shift_month(anchor, -1), _shift_month(anchor, 1)]
    days = [made for year, month in months if (made := make_day(year, month, day))]
    if find_tense(words, found.start()) is Tense.FUTURE:
        return _day(min((made for made in days if made >= anchor), default=None))
    return _day(max((made for made in days if made <= anchor), default=None))


def _shift_month(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _bare_month(found: Any, words: str, anchor: date) -> DateSpan | None:
    if found[0].startswith(("for ", "For ")) and not _SET_FOR.search(words[: found.start()]):
        return None  # a name as well
    month = month_number(found[1])
    year = anchor.year
    had = _HAD_BEEN.search(words[: found.start()]) is not None
    if not had and find_tense(words, found.start()) is Tense.FUTURE:
        year += month < anchor.month
    else:
        last = words[: found.start(1)].lower().endswith("last ")  # "last January", said in January
        year -= month > anchor.month or (last and month == anchor.month)
    return DateSpan.of_month(year, month)


def _weekend(found: Any, words: str, anchor: date) -> DateSpan | None:
    """Read `over the weekend`: the latest one that has begun, or the next one in the future."""
    saturday = _weekday_before(WEEKDAYS["saturday"], anchor)
    if found[1].lower() == "next" or find_tense(words, found.start()) is Tense.FUTURE:
        saturday += timedelta(days=_WEEK)
    return _range(saturday, saturday + timedelta(days=1))


def _month_of_year(found: Any, _: str, anchor: date) -> DateSpan:
    return DateSpan.of_month(anchor.year + _SHIFTS[found[2].lower()], month_number(found[1]))


def _last_month(found: Any, _: str, anchor: date) -> DateSpan | None:
    shift = _SHIFTS[found[1].lower()]
    if found[2] == "year":
        return DateSpan.of_year(anchor.year + shift)
    return DateSpan.of_month(*_shift_month(anchor, shift))


def _weekday_to_day(found: Any, _: str, anchor: date) -> DateSpan | None:
    """Read `from Saturday to May 4`: the last such weekday before the day that is printed."""
    near = Anchor(anchor, AnchorKind.PUBLISHED)
    last = _month_day(found[2] or found[5], found[3] or found[4], None, near)
    if last is None:
        return None
    around = [anchor + timedelta(days=days) for days in range(-_WEEK, _WEEK)]
    days = [one for one in around if one.weekday() == WEEKDAYS[found[1].lower()] and one <= last]
    return _range(min(days, key=lambda one: abs(one - anchor), default=None), last)


_RELATIVE: Final[dict[str, Any]] = {
    "numbered_day": _numbered,
    "weekday_to_day": _weekday_to_day,
    "weekday_range": _weekday_range,
    "weekday": _weekday,
    "relative_day": _relative_day,
    "ordinal_day": _numbered,
    "ordinal_end": _numbered,
    "month": _bare_month,
    "month_of_occasion": _bare_month,
    "month_of_year": _month_of_year,
    "last_month": _last_month,
    "weekend": _weekend,
    "days_ago": lambda f, w, a: _lasting(w, f, a - timedelta(days=_number(f[1]))),
}


def _day_near(words: str, published: date | None) -> date | None:
    """Read a dateline's day that has no year, such as `Aug 20`, against the day of publication."""
    if published is None:
        return None
    near = Anchor(published, AnchorKind.PUBLISHED)
    # The longer name of a town may be in capitals, and so the month: `KATHMANDU, NOV 20`.
    words = words.title()
    for rule in ("day_month", "month_day"):
        found = dict(_RULES)[rule].search(words)
        if found and (span := _ABSOLUTE[rule](found, near)):
            return cast(DateSpan, span).start
    return None
