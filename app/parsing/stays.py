"""Step 8: what sentences tell of a stay that others tell of: its last day, and how many days it lasts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from app.domain.vocabulary import DatePrecision
from app.parsing.arguments import is_somebody
from app.parsing.dates import find_dates, find_lengths
from app.parsing.kinds import BODY
from app.parsing.linking import Analysis
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Anchor, DateMention

_LONGEST: Final = timedelta(days=31)
_WEEK: Final = timedelta(days=7)
UNTIL: Final = ("until ", "till ", "through ")
_STAY: Final = r"(?:visit|stay|trip|tour|sojourn|port call|call)"
_LEAVE: Final = r"(?:leav(?:es?|ing)|left)"
_RETURN: Final = r"return(?:s|ed|ing)?"
_AWAY: Final = (
    rf"(?:{_LEAVE} (?:for|here|home|"
    r"the (?:[\w\-]+ )?(?:country|capital|city|town|port|harbou?r|island|kingdom))|"
    rf"{_RETURN} (?:back )?(?:home|to (?:his|her|their) (?:own )?(?:home|country|homeland|capital))|"
    rf"(?:{_LEAVE}|{_RETURN} (?:back )?(?:to|from)) (?:the )?(?-i:[A-ZÀ-Þ])\w*)\b|"
    rf"(?:{_LEAVE}|{_RETURN})(?: again| back)?,?(?: (?:later|earlier|early|late))?(?: on)? $"
)
"""Who left a wreath, or will return to politics, goes nowhere: the place, or the day, must stand next."""
_ENDS_STAY: Final = (
    r"(?:depart(?:s|ed|ing|ure)?|"
    r"(?:fl(?:y|ies|ew|ying)|goes|went|go|heads?|headed) (?:back|home)|sail(?:s|ed|ing)?|"
    r"(?:conclud(?:es?|ed|ing)|ends?|ended|ending|(?:wrap(?:s|ped|ping)?|winds?|winding|wound) up|"
    r"complet(?:es?|ed|ing)) "
    rf"(?:the|an?|his|her|their|its) (?:[\w\-]+ ){{0,4}}?{_STAY}|"
    rf"{_STAY} (?:(?:will|is|was|due|set|to|comes to an) ){{0,3}}(?:conclud\w+|end(?:s|ed)?)|"
    rf"(?:stay\w*|remain\w*|{_STAY}|lasts?|runs?|be (?:here|there|in \w+)) (?:[\w\-]+ ){{0,5}}?"
    r"(?:until|till|through))"
)
_ANY_LEAVING: Final = compile_pattern(rf"\b(?:{_ENDS_STAY}|{_LEAVE}|{_RETURN})\b", ignore_case=True)
_LEAVING: Final = compile_pattern(rf"\b({_ENDS_STAY}\b|{_AWAY})[^.;]{{0,50}}$", ignore_case=True)
_PLACE_LEFT: Final = compile_pattern(
    rf"^(?:{_LEAVE}|{_RETURN} (?:back )?(?:to|from)) (?:the )?((?-i:[A-ZÀ-Þ])\w*)$", ignore_case=True
)
_ANY_ARRIVAL: Final = compile_pattern(
    r"\b(?:since|arrived|landed|reached|touched down|flew in|came (?:to|in)|"
    r"(?:began|started) (?:his|her|their|the))\b"
)
_ARRIVING: Final = compile_pattern(
    r"\b((?:in [A-Z]\w+|here|there|the country|visit|tour|stay) since|arrived|landed|reached|touched down|"
    rf"flew in|came (?:to|in)|(?:began|started) (?:his|her|their|the) (?:[\w\-]+ ){{0,4}}?{_STAY})\b"
    r"[^.;,]{0,50}$"
)
_OTHER_DEED: Final = compile_pattern(
    r"\b(?:met|meets?|received|signed|held|talks|arriv\w+|and)\b", ignore_case=True
)
"""A day behind another verb is its own: `before leaving he met X on Monday`."""
_SOMEBODY: Final = compile_pattern(
    r"^(?:the|this) (?:[\w\-]+ ){0,3}$|"
    r"\b(?:he|she|they|it|his|her|their|its|the (?:[\w\-]+ )?(?:guests?|visitors?|delegation|team|ships?|"
    r"vessels?|minister|president|premier|general|admiral|speaker|envoy|dignitary|chief|king|emir|amir|delegates))\b"
    r"[^.;]{0,50}$",
    ignore_case=True,
)
_OF_STAY: Final = compile_pattern(rf"^ ?(?:[\w\-,]+ ){{0,6}}?{_STAY}s?\b", ignore_case=True)
_OF_OTHERS: Final = compile_pattern(
    r"\b(?:last|previous|earlier|next|had|first)\b[^.;]{0,40}$", ignore_case=True
)


@dataclass(unsafe_hash=True)
class Stay:
    """The first or the last day of somebody's stay, or how many days it lasts.

    `parties` are those for whom the people act who are named before the words: none where a pronoun stands.
    """

    start: int
    parties: frozenset[str]
    came: DateMention | None = None
    left: DateMention | None = None
    days: int | None = None
    lasts: bool = False
    """Whether words say `until` its last day, a weekday of which may be one ahead."""

    def last_day(self, first: DateMention | None) -> DateMention | None:
        """Return the last day: in `came on Monday for a visit until Thursday` the one that follows."""
        left = self.left
        if not self.lasts or left is None or first is None or left.date.rule != "weekday":
            return left
        if not timedelta() < _first_day(first) - _first_day(left) < _WEEK:
            return left
        day = _first_day(left) + _WEEK
        return replace(left, date=left.date.model_copy(update={"start": day, "end": day}))


def read_stay(
    own: DateMention | None, stays: Sequence[Stay], anchor: Anchor | None, *, arrives: bool
) -> tuple[DateMention, ...]:
    """Return the days of a stay, and behind them the other words that tell its last one.

    `own` is the day that its own words give; `arrives` says that it is that of coming.
    """
    came = next((one.came for one in stays if one.came and _is_before(one.came, own, anchor)), None)
    first = came or own
    ends = (one.last_day(first) for one in stays)
    left = sorted((one for one in ends if one and _can_end(one, first, anchor)), key=_first_day)
    if first is None and len(left) > 1:  # "left Lima on Monday and will return on Friday"
        first = left[0]
    last = left[-1] if left else None
    days = next((one.days for one in stays if one.days), None)
    span = None
    if first is not None and last is not None:
        span = _first_day(first), _first_day(last)
    elif last is not None and days:
        span = _first_day(last) - timedelta(days=days - 1), _first_day(last)
    elif first is not None and days and (arrives or came):
        span = _first_day(first), _first_day(first) + timedelta(days=days - 1)
    told = first or last
    if told is None or span is None or span[0] >= span[1]:
        return (first,) if first else ()
    lasting = {"start": span[0], "end": span[1], "precision": DatePrecision.RANGE}
    lasts = replace(told, date=told.date.model_copy(update=lasting))
    return (lasts, last) if last else (lasts,)


def ends_stay(own: DateMention, stays: Sequence[Stay]) -> bool:
    """Tell whether a day is one on which somebody leaves, and nothing tells of coming or how long."""
    left = any(one.left is not None and one.left.start == own.start for one in stays)
    return left and not any(one.came for one in stays)


def _first_day(mention: DateMention) -> date:
    return mention.date.start or date.max


def _is_before(came: DateMention, own: DateMention | None, anchor: Anchor | None) -> bool:
    """Tell whether a stay may begin on the day of an arrival: its own words tell no earlier one."""
    recent = anchor is None or anchor.day - _LONGEST < _first_day(came)
    return recent and (own is None or _first_day(came) < _first_day(own))


def _can_end(left: DateMention, first: DateMention | None, anchor: Anchor | None) -> bool:
    """Tell whether a stay may end on the day that somebody leaves, as far as its first is known."""
    if first is None:
        return anchor is not None and abs(_first_day(left) - anchor.day) <= _LONGEST
    return first.date.start is not None and timedelta() < _first_day(left) - first.date.start <= _LONGEST


def find_stays(text: str, analyses: Sequence[Analysis], anchor: Anchor | None) -> Iterator[Stay]:
    """Yield what the sentences of the body tell of stays."""
    for analysis in analyses:
        if analysis.sentence.section is not BODY:
            continue
        start = analysis.sentence.start
        words = text[start : analysis.sentence.end]
        if _ANY_ARRIVAL.search(words) or _ANY_LEAVING.search(words):
            yield from _days(text, analysis, anchor)
        for first, last, days in find_lengths(words):
            if _OF_STAY.match(words[last:]) and not _OF_OTHERS.search(words[:first]):
                yield Stay(start + first, _acting(analysis, start + first), days=days)


def _days(text: str, analysis: Analysis, anchor: Anchor | None) -> Iterator[Stay]:
    """Yield the days since when somebody is there, or on which a sentence says that somebody leaves."""
    start = analysis.sentence.start
    for mention in find_dates(text, analysis.sentence, anchor):
        before = text[start : mention.start]
        if mention.date.precision is not DatePrecision.DAY:
            continue
        leaving = _leaving(analysis, before)
        coming = _ARRIVING.search(before) if leaving is None else None
        found = coming or leaving
        if found is None or _OTHER_DEED.search(before[found.end(1) :]):
            continue
        parties = _acting(analysis, start + found.start(1))
        if parties or _SOMEBODY.search(before[: found.start(1)]):
            if coming:
                yield Stay(start, parties, came=mention)
            else:
                yield Stay(start, parties, left=mention, lasts=text.endswith(UNTIL, 0, mention.start))


def _leaving(analysis: Analysis, before: str) -> Any:
    """Find the words before a day that end a stay; a name behind `left` must be that of a place."""
    found = _LEAVING.search(before)
    if found is None or not (place := _PLACE_LEFT.match(found[1])):
        return found
    first = analysis.sentence.start + found.start(1) + place.start(1)
    return found if any(token.start == first for token in analysis.named) else None


def _acting(analysis: Analysis, before: int) -> frozenset[str]:
    return frozenset(
        actor.party for actor in analysis.actors if actor.party and is_somebody(actor) and actor.end <= before
    )
