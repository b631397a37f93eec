"""Step 4: the anchor, and the words of a sentence that give a date.

A bare weekday in the past is the latest such day on or before the anchor, in the future the first on or
after. A day without its year takes the year that puts it nearest to the anchor. The day that something was
said is not the day that it happened: `is_speech_date` tells the two apart.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

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
from app.parsing.sentences import find_dateline
from app.parsing.spans import Anchor, DateMention, Line, Sentence, Tense

_DASH = r"(?: ?[-–—] ?| to | and | till | until | through )"
_NUMBERS = {
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
_COUNT = "[0-9]{1,2}|" + "|".join(_NUMBERS)

_WEEK = 7
_UNSURE = timedelta(days=45)
"""A day that lies no further ahead may be a plan told in the past tense: `was due on 5 May`."""
_DATE_LINE = 70
"""Most characters of a line that gives the day of a page: `Dhaka, 9 November 2021`."""
_SHIFTS = {"last": -1, "this": 0, "next": 1}

_RULES: tuple[tuple[str, Any], ...] = tuple(
    (name, compile_pattern(pattern))
    for name, pattern in (
        ("range_across_months", rf"\b({MONTH}) ({DAY}){_DASH}({MONTH}) ({DAY})(?:,? ({YEAR}))?\b"),
        ("range_across_months_day_first", rf"\b({DAY}) ({MONTH}){_DASH}({DAY}) ({MONTH})(?:,? ({YEAR}))?\b"),
        ("range_month_first", rf"\b({MONTH}) ({DAY}){_DASH}({DAY})(?:,? ({YEAR}))?\b"),
        ("range_day_first", rf"\b({DAY}){_DASH}({DAY}) (?:of )?({MONTH})(?:,? ({YEAR}))?\b"),
        ("day_month_year", rf"\b({DAY}) (?:of )?({MONTH}),? ({YEAR})\b"),
        ("month_day_year", rf"\b({MONTH}) ({DAY}),? ({YEAR})\b"),
        ("iso", r"\b([12][0-9]{3})-([01][0-9])-([0-3][0-9])\b"),
        ("day_month", rf"\b({DAY}) (?:of )?({MONTH})(?:\b|$)"),
        ("month_day", rf"\b({MONTH}) ({DAY})\b"),
        (
            "numbered_day",
            r"\b(?:[Yy]esterday|[Tt]oday|[Tt]his (?:morning|afternoon|evening)|"
            + WEEKDAY
            + r") \(([0-9]{1,2})(?:st|nd|rd|th)?\)",
        ),
        ("month_year", rf"\b({MONTH}),? ({YEAR})\b"),
        ("month_of_year", rf"\b({MONTH}),? (?:of )?([Ll]ast|[Tt]his|[Nn]ext) year\b"),
        ("weekday_range", rf"\b({WEEKDAY})(?: to | till | until | and |[-–—])({WEEKDAY})\b"),
        ("weekday", rf"\b(?:([Ll]ast|[Nn]ext|[Tt]his|[Cc]oming) )?({WEEKDAY})\b"),
        (
            "relative_day",
            r"\b([Yy]esterday|[Tt]oday|[Tt]omorrow|[Ll]ast night|[Tt]onight|[Ee]arlier today"
            r"|[Aa] short while ago|[Tt]his (?:morning|afternoon|evening))\b",
        ),
        ("ordinal_day", r"\bon (?:the )?([0-9]{1,2})(?:st|nd|rd|th)\b"),
        ("since_year", rf"\b(?:[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Ff]rom) (?:{MONTH},? )?({YEAR})\b"),
        ("year", rf"\b(?:[Ii]n|[Oo]f|[Dd]uring|[Bb]ack in)(?: early| late| mid-?)? ({YEAR})\b"),
        (
            "month",
            rf"\b(?:[Ii]n|[Ll]ast|[Ee]arly|[Ll]ate|[Mm]id|[Tt]his|[Nn]ext)[ -]({MONTH})\b",
        ),
        ("last_month", r"\b([Ll]ast|[Tt]his|[Nn]ext) (month|year)\b"),
        (
            "vague",
            r"\b([Rr]ecently|[Tt]his week|[Ll]ast week|[Nn]ext week|[Ee]arlier this (?:week|month|year)"
            r"|[Ss]oon|[Ii]n the coming (?:days|weeks|months)|[Tt]he other day)\b",
        ),
    )
)
_WHICH_RULES = compile_set([pattern.pattern for _, pattern in _RULES])
_LASTING = compile_pattern(rf"\b(?:({_COUNT})[- ](day|week)s?|a week[’']s|week-?long)\b", ignore_case=True)
_FUTURE = compile_pattern(
    r"\b(?:will|would|shall|(?:is|are) to|(?:flies|travels|departs|leaves|heads) (?:to|for|on)"
    r"|(?:goes|moves|continues|proceeds|embarks) on|begins|starts"
    r"|to (?:visit|arrive|meet|hold|host|attend|leave|sign|travel|begin|take|pay|call|receive)"
    r"|scheduled|expected|due|plans?|planned|set to|slated|upcoming|next|tomorrow|invited)\b",
    ignore_case=True,
)
_PAST = compile_pattern(
    r"\b(?:was|were|had|did|came|went|flew|gave|saw|sent|brought|spent|won|rang|met|held|said|signed|arrived|visited|called|received|spoke|discussed|hosted|concluded|"
    r"handed|presented|took|paid|left|began|ended|(?-i:[a-z]{3,}ed))\b",
    ignore_case=True,
)
_SPEECH = (
    r"(?:said|says|told|announced|stated|added|according to|in a statement|statement|reported|tweeted|"
    r"confirmed|remarked|noted|posted|wrote|declared|press release)"
)
_SPEECH_BEFORE = compile_pattern(rf"\b{_SPEECH}\b(?:[^,;.]{{0,40}})$", ignore_case=True)
_DEED_BEFORE = compile_pattern(
    r"\b(?:met|meets?|meeting|held|called|visit(?:ed|s|ing)?|arrived?|signed|received|hosted|spoke|talks|ceremony)\b",
    ignore_case=True,
)
_SINCE = compile_pattern(r"\bsince (?:[\w’']+ ){1,5}$", ignore_case=True)
_OWN_DAY = compile_pattern(
    r"^[’']s? (?:[\w\-]+ ){0,3}"
    r"(?:talks|meeting|summit|ceremony|signing|visit|session|call|exercise|conference)\b"
)
_SPEECH_AFTER = compile_pattern(rf"^\s*{_SPEECH}\b", ignore_case=True)


def find_anchor(article: Article, lines: Sequence[Line]) -> Anchor | None:
    """Return the day that relative dates count from: the dateline's, else first published, else updated."""
    published = article.published_on or article.updated_on
    dateline = find_dateline(article.text or "", lines)
    if dateline and (day := read_day(dateline.rest) or _day_near(dateline.rest, published)):
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
            if span := _read(rule, found, words, anchor):
                mentions.append(_mention(sentence.start, found, span, rule, anchor))
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def find_event_dates(text: str, sentence: Sentence, anchor: Anchor | None) -> tuple[DateMention, ...]:
    """Return the dates of what a sentence tells of, those of saying it left out."""
    return tuple(
        mention
        for mention in find_dates(text, sentence, anchor)
        if not _is_since(text, sentence, mention) and not is_speech_date(text, sentence, mention)
    )


def _is_since(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell whether words only say from when on something has been: `since he took office in 2014`."""
    before = text[max(sentence.start, mention.start - 50) : mention.start]
    return mention.date.rule == "since_year" or _SINCE.search(before) is not None


def is_speech_date(text: str, sentence: Sentence, mention: DateMention) -> bool:
    """Tell whether a date is the day that something was said, not the day that it happened."""
    clause_start = max(text.rfind(mark, sentence.start, mention.start) for mark in ',;”"') + 1
    before = text[max(clause_start, sentence.start) : mention.start]
    if _OWN_DAY.match(text[mention.end : mention.end + 40]):
        return False
    if _SPEECH_BEFORE.search(before):
        return _DEED_BEFORE.search(before) is None
    return _SPEECH_AFTER.search(text[mention.end : mention.end + 30]) is not None and not before.strip()


def find_tense(words: str, position: int) -> Tense:
    """Return the tense of the verb nearest before a position in a sentence, else the nearest after.

    A participle behind `be` is still to come: `is to be hosted`.
    """
    before = words[:position]
    future = max((found.start() for found in _FUTURE.finditer(before)), default=-1)
    told = (found.start() for found in _PAST.finditer(before))
    past = max((start for start in told if not before.endswith(" be ", 0, start)), default=-1)
    if future < 0 and past < 0:
        after = words[position:]
        later = _FUTURE.search(after)
        earlier = _PAST.search(after)
        if later and (not earlier or later.start() < earlier.start()):
            return Tense.FUTURE
        return Tense.PAST
    return Tense.FUTURE if future >= past else Tense.PAST


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
    return DateMention(offset + found.start(), offset + found.end(), date_)


def _read(rule: str, found: Any, words: str, anchor: Anchor | None) -> DateSpan | None:
    """Read what a rule found; None where the calendar has no such day."""
    if rule in _ABSOLUTE:
        span = cast(DateSpan | None, _ABSOLUTE[rule](found, anchor))
        told = _as_told(span, found, words, anchor) if rule in ("day_month", "month_day") else span
        alone = told is not None and told.start is not None and told.start == told.end
        return _lasting(words, found, told.start) if alone and told and told.start else told
    if rule == "vague":
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


def _month_of(month: str, year: str) -> DateSpan:
    return DateSpan.of_month(int(year), month_number(month))


_ABSOLUTE: dict[str, Any] = {
    "range_across_months": lambda f, a: _across(f[1], f[2], f[3], f[4], f[5], a),
    "range_across_months_day_first": lambda f, a: _across(f[2], f[1], f[4], f[3], f[5], a),
    "range_month_first": lambda f, a: _range(
        _month_day(f[1], f[2], f[4], a), _month_day(f[1], f[3], f[4], a)
    ),
    "range_day_first": lambda f, a: _range(_month_day(f[3], f[1], f[4], a), _month_day(f[3], f[2], f[4], a)),
    "day_month_year": lambda f, a: _day(_month_day(f[2], f[1], f[3], a)),
    "month_day_year": lambda f, a: _day(_month_day(f[1], f[2], f[3], a)),
    "iso": lambda f, _: _day(make_day(int(f[1]), int(f[2]), int(f[3]))),
    "day_month": lambda f, a: _day(_month_day(f[2], f[1], None, a)),
    "month_day": lambda f, a: _day(_month_day(f[1], f[2], None, a)),
    "month_year": lambda f, _: _month_of(f[1], f[2]),
    "since_year": lambda f, _: DateSpan.of_year(int(f[1])),
    "year": lambda f, _: DateSpan.of_year(int(f[1])),
}


def _weekday(found: Any, words: str, anchor: date) -> DateSpan | None:
    which = (found[1] or "").lower()
    number = WEEKDAYS[found[2].lower()]
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
    if _BEGIN.search(words[max(0, found.start() - 60) : found.start()]):
        return DateSpan.of_range(first, first + timedelta(days=days - 1))
    behind = found.end() <= lasting.start() and _AT_END_OF.search(words[found.end() : lasting.start()])
    if behind or _END.search(words[max(0, found.start() - 60) : found.start()]):
        return DateSpan.of_range(first - timedelta(days=days - 1), first)
    return DateSpan.of_day(first)


def _days_of(lasting: Any) -> int:
    """Return how many days a stay lasts that words give in days or weeks: `two-week`, `week-long`."""
    word = (lasting[1] or "one").lower()
    number = _NUMBERS.get(word) or int(word)
    return max(number, 1) * (1 if lasting[2] and lasting[2].lower() == "day" else _WEEK)


_BEGIN = compile_pattern(
    r"\b(?:arriv\w+|due|expected|from|embark\w*|leav\w+|travel\w*|departs?|begin\w*|began|start\w*|"
    r"sail\w+|reach\w+|land\w+|flew|"
    r"kick\w* off|commenc\w+)\b",
    ignore_case=True,
)
_END = compile_pattern(
    r"\b(?:ended|ends|ending|concluded|concludes|concluding|completed|(?:wrapped|wraps|wrapping) up)\b",
    ignore_case=True,
)
_AT_END_OF = compile_pattern(
    r"^ (?:after|following|at the end of) (?:an? |his |her |their )(?:\w+ )?$", ignore_case=True
)


def _weekday_range(found: Any, words: str, anchor: date) -> DateSpan | None:
    first = _weekday_before(WEEKDAYS[found[1].lower()], anchor)
    ahead = find_tense(words, found.start()) is Tense.FUTURE
    if ahead:
        first = anchor + timedelta(days=(WEEKDAYS[found[1].lower()] - anchor.weekday()) % 7)
    last = first + timedelta(days=(WEEKDAYS[found[2].lower()] - first.weekday()) % 7)
    if not ahead and last > anchor:
        first, last = first - timedelta(days=7), last - timedelta(days=7)
    return DateSpan.of_range(first, last)


def _weekday_before(number: int, anchor: date) -> date:
    return anchor - timedelta(days=(anchor.weekday() - number) % 7)


def _relative_day(found: Any, words: str, anchor: date) -> DateSpan | None:
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(found[1].lower(), 0)
    return _lasting(words, found, anchor + timedelta(days=shift))


def _numbered(found: Any, words: str, anchor: date) -> DateSpan | None:
    """Read a bare day of the month: the latest on or before the anchor, or the next one in the future."""
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
    month = month_number(found[1])
    year = anchor.year
    if find_tense(words, found.start()) is Tense.FUTURE:
        year += month < anchor.month
    else:
        year -= month > anchor.month
    return DateSpan.of_month(year, month)


def _month_of_year(found: Any, _: str, anchor: date) -> DateSpan:
    return DateSpan.of_month(anchor.year + _SHIFTS[found[2].lower()], month_number(found[1]))


def _last_month(found: Any, _: str, anchor: date) -> DateSpan | None:
    shift = _SHIFTS[found[1].lower()]
    if found[2] == "year":
        return DateSpan.of_year(anchor.year + shift)
    return DateSpan.of_month(*_shift_month(anchor, shift))


_RELATIVE: dict[str, Any] = {
    "numbered_day": _numbered,
    "weekday_range": _weekday_range,
    "weekday": _weekday,
    "relative_day": _relative_day,
    "ordinal_day": _numbered,
    "month": _bare_month,
    "month_of_year": _month_of_year,
    "last_month": _last_month,
}


def _day_near(words: str, published: date | None) -> date | None:
    """Read a dateline's day that has no year, such as `Aug 20`, against the day of publication."""
    if published is None:
        return None
    near = Anchor(published, AnchorKind.PUBLISHED)
    for rule in ("day_month", "month_day"):
        found = dict(_RULES)[rule].search(words)
        if found and (span := _ABSOLUTE[rule](found, near)):
            return cast(DateSpan, span).start
    return None
