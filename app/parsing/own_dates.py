"""When one event of a sentence happened, out of all the dates that the sentence gives."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from app.domain.vocabulary import DatePrecision, EventStatus
from app.parsing.candidates import Candidate
from app.parsing.clauses import WHEN_THEY_WILL, Clauses
from app.parsing.dates import EventDates
from app.parsing.kinds import AGREEMENT, APPOINTMENT, OCCURRED, VISIT
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Anchor, DateMention
from app.parsing.status import TOLD
from app.parsing.stays import UNTIL

_AFTERWARDS: Final = compile_pattern(r"^(?:After|Following) [^,;]*$|^(?:After|Following) ?$")
_AFTER_GOING: Final = compile_pattern(
    r"\b(?:after|before) (?:visiting|touring|travell?ing to|flying to|going to|"
    r"(?:an? |his |her |their )?(?:[\w\-]+ ){0,2}(?:visit|trip|stop)s? (?:to|in))\b"
)
_WHEN: Final = compile_pattern(r"^,? when [^,;.]*$")
_PREPARED: Final = compile_pattern(
    r"\bto (?:settle|prepare|plan|finali[sz]e|fix|set|draft|negotiate)\b[^,;.]{0,60}$|"
    r"\b(?:ahead of|before|prior to|in preparation for) (?:the )?$"
)
_OF_DAY: Final = compile_pattern(
    r"^[’']s? (?:[\w\-]+ ){0,3}(?:summit|meeting|visit|talks|session|conference|signing)\b"
)
"""`met to prepare Monday's summit`"""
_OPENS_ASIDE: Final = compile_pattern(r", (?:who|which|whose)\b[^,;]*$")
_CLOSES_ASIDE: Final = compile_pattern(r"^[^,;]{0,60}, ")
_LONGEST_ASIDE: Final = 150
_TAKING_OFFICE: Final = compile_pattern(
    r"\b(?:since|as of|effective|with effect from|beginning|starting|from)(?: on)?(?: the)? $",
    ignore_case=True,
)
_NEAR: Final = 60
"""Most characters between the verb and a day without number: `met X last week`."""
_BEFORE_NOW: Final = ("last week", "recently", "earlier", "the other day", "not ", "a ", "some", "several")
_PLEDGED: Final = compile_pattern(
    r"\b(?:pledged|promised|vowed|agreed|decided|announced|confirmed|declared|ordered|instructed|offered|"
    r"proposed|approved|invited|said|told) (?:on |late |early )*$",
    ignore_case=True,
)
_PUT_OFF: Final = compile_pattern(
    r"\b(?:cancell?ed|called off|postponed|put off|scrapped|deferred|shelved) (?:by [\w ]{3,30} )?"
    r"(?:on |late |early |late on )?$"
)
_WILL_BE: Final = compile_pattern(r"\b(?:which|that) (?:will|is to|are to)\b[^,;]{0,60}$")
_LONGEST_OFF: Final = 60
_LONGEST_PART: Final = 11
"""Characters between a day and what it ended: ` afternoon `."""
_Dates = tuple[DateMention, ...]


class OwnDates:
    """The dates of each candidate of an article."""

    def __init__(self, text: str, clauses: Clauses, days: EventDates) -> None:
        self._text, self._clauses, self._days = text, clauses, days

    def find(self, candidate: Candidate) -> _Dates:
        """Return the days that a candidate's sentence may mean by it."""
        if candidate.frame.subject_follows and not candidate.frame.object_with:
            return ()  # "the visiting minister" says nothing of when
        dates = self._days.of(candidate.analysis.sentence)
        if candidate.frame.kind is VISIT:  # a stay's last day comes from what all sentences tell of it
            dates = tuple(one for one in dates if not self._text.endswith(UNTIL, 0, one.start))
        if dates and (since := self._clauses.since_last(candidate)) is not None:
            dates = tuple(one for one in dates if one.start < since)
        if not dates:
            return ()
        first, last = self._clauses.between_semicolons(candidate)
        # "things look other today than in May, when X visited Peru", "defends her visit last week"
        when = tuple(
            one
            for one in dates
            if self._is_when(one, candidate) or self._is_own_past(one, candidate, dates[-1])
        )
        near = tuple(one for one in dates if first <= one.start < last)
        if not near:  # "It was her second visit to Peru; she last came in May"
            near = tuple(one for one in dates if not self._clauses.is_behind_semicolon(candidate, one.start))
        return self._of_kind(candidate, when or self._own(candidate, near), first)

    def _of_kind(self, candidate: Candidate, dates: _Dates, first: int) -> _Dates:
        """Leave out the days of a meeting told with a visit, and those on which an office is taken."""
        kind, met = candidate.frame.kind, self._clauses.first_but_journeys(candidate)
        if kind is VISIT and first <= met < candidate.start:
            # In "met on Monday with X, who is on a visit to Peru" the day is that of the meeting.
            return tuple(one for one in dates if one.start > candidate.start or self._is_when(one, candidate))
        if kind in (APPOINTMENT, AGREEMENT):
            return tuple(
                one for one in dates if not _TAKING_OFFICE.search(self._text[one.start - 25 : one.start])
            )
        return dates

    def _own(self, candidate: Candidate, dates: _Dates) -> _Dates:
        """Leave out other verbs’ days if one has its own: `arrived on Monday, returning the trip of May`."""
        if candidate.frame.by_the_way:
            last = self._clauses.to_comma(candidate) or candidate.analysis.sentence.end
            return tuple(
                one for one in dates if candidate.start < one.start < last or _is_end(one, candidate)
            )
        if beside := self._clauses.day_beside(candidate):
            return tuple(_beside(one, beside) for one in dates[:1] if beside[1])
        after = next((one for one in dates if self._text.endswith(" day after", 0, one.end)), None)
        if after is not None and after.date.rule == "day_beside":
            if after.end <= candidate.start:
                return (after,)  # "a day after X held talks with Y"
            dates = tuple(one for one in dates if one is not after)
        months = [one for one in dates if one.date.rule == "month_of_occasion"]
        if told_by := tuple(one for one in months if _overlap(one, candidate.start, candidate.end)):
            return told_by  # "on Monday, after a March meeting"
        if months:
            starts = self._clauses.starts_beside(candidate)
            theirs = [one for one in months if any(_overlap(one, at, at) for at in starts)]
            dates = tuple(one for one in dates if one not in theirs)
        return self._of_clause(candidate, dates)

    def _of_clause(self, candidate: Candidate, dates: _Dates) -> _Dates:
        """Leave out the days of other clauses: of one before, of an aside, of what comes next."""
        if (behind := self._behind_opening(candidate)) is not None:
            dates = tuple(one for one in dates if one.start < behind)
        if (aside := self._clauses.aside(candidate)) is not None:
            return tuple(one for one in dates if aside[0] < one.start < aside[1])
        own_days = tuple(one for one in dates if not self._is_anothers(one, candidate))
        if own_days or all(one.end < candidate.start for one in dates):
            dates = own_days  # "X, who came on Monday, also met Y"; not "the visit, which is set for May"
        dates = tuple(one for one in dates if not self._is_prepared(one, candidate))
        if (onward := self._clauses.goes_on(candidate)) is not None:
            dates = tuple(one for one in dates if one.start < onward)
        if candidate.frame.kind is VISIT:
            dates = self._of_journey(candidate, dates)
        own = self._clauses.own_words(candidate) if len(dates) > 1 else None
        told = (
            one for one in dates if own and (own[0] < one.start < own[1] or self._is_when(one, candidate))
        )
        return tuple(told) or dates

    def _of_journey(self, candidate: Candidate, dates: _Dates) -> _Dates:
        """Leave out another journey's days: `came on Tuesday after visiting Peru on Monday`."""
        if _AFTER_GOING.match(self._text[candidate.start : candidate.end]):
            return tuple(one for one in dates if one.start > candidate.start)
        going = _AFTER_GOING.search(self._text[candidate.end : candidate.analysis.sentence.end])
        return tuple(one for one in dates if one.start < candidate.end + going.start()) if going else dates

    def _behind_opening(self, candidate: Candidate) -> int | None:
        """Return where the clause of another verb begins: `After talks with X, Y flew home on Monday`."""
        sentence = candidate.analysis.sentence
        if candidate.frame.kind is VISIT or not _AFTERWARDS.match(
            self._text[sentence.start : candidate.start]
        ):
            return None
        comma = self._text.find(",", candidate.end, sentence.end)
        return comma if comma >= 0 else None

    def _is_anothers(self, mention: DateMention, candidate: Candidate) -> bool:
        """Tell whether a day is that of a clause about somebody: `X, who came on Monday, met Y …`."""
        start = max(candidate.analysis.sentence.start, mention.start - _LONGEST_ASIDE)
        opened = _OPENS_ASIDE.search(self._text[start : mention.start])
        if opened is None:
            return False
        if mention.end < candidate.start:
            return _CLOSES_ASIDE.match(self._text[mention.end : candidate.start]) is not None
        behind = self._text[mention.end : candidate.analysis.sentence.end]
        return start + opened.start() >= candidate.end and _CLOSES_ASIDE.match(behind) is not None

    def _is_when(self, mention: DateMention, candidate: Candidate) -> bool:
        """Tell whether a day is said to be when it happened: `in May, when Minister X visited Peru`."""
        return _WHEN.search(self._text[mention.end : candidate.start]) is not None

    def _is_own_past(self, mention: DateMention, candidate: Candidate, last: DateMention) -> bool:
        """Tell whether words put it before, on no certain day: `met X last week`."""
        words = (mention.date.words or "").lower()
        if mention.date.rule != "vague" or not words.startswith(_BEFORE_NOW):
            return False
        if mention.start < candidate.start:
            return mention is last
        near = mention.start <= candidate.end + _NEAR
        return near and "," not in self._text[candidate.end : mention.start]

    def _is_prepared(self, mention: DateMention, candidate: Candidate) -> bool:
        """Tell whether a day is that of what was prepared: `met to prepare for Monday, when they will …`."""
        if mention.start < candidate.end:
            return False
        behind = self._text[mention.end : mention.end + _LONGEST_ASIDE]
        if _OF_DAY.match(behind):
            return _PREPARED.search(self._text[candidate.end : mention.start]) is not None
        return WHEN_THEY_WILL.match(behind) is not None


def without_others(
    text: str, candidate: Candidate, dates: _Dates, status: EventStatus, anchor: Anchor | None
) -> _Dates:
    """Leave out the days when a plan was made or told, and those of what talks agreed to do later."""
    if status is not OCCURRED:
        return _without_days_of_telling(text, candidate, dates)
    if anchor is not None and not candidate.frame.strong:
        return _without_days_ahead(text, candidate, dates, anchor)
    return dates


def _without_days_of_telling(text: str, candidate: Candidate, dates: _Dates) -> _Dates:
    """Leave out when a plan was made or told: `pledged on Monday to send aid`, `said on Monday`."""
    start, end, first = candidate.start, candidate.end, candidate.analysis.sentence.start
    return tuple(
        one
        for one in dates
        if not (
            (one.end <= start and _PLEDGED.search(text[first : one.start]))
            or (end <= one.start and TOLD.search(text[end : one.start]))
            or _PUT_OFF.search(text[max(first, one.start - _LONGEST_OFF) : one.start])
        )
    )


def _without_days_ahead(text: str, candidate: Candidate, dates: _Dates, anchor: Anchor) -> _Dates:
    """Leave out the day of what was agreed on: `agreed to prepare a conference that will be held in May`."""
    behind = candidate.end
    return tuple(
        one
        for one in dates
        if (one.date.start is None or one.date.start <= anchor.day)
        and not (behind < one.start and _WILL_BE.search(text[behind : one.start]))
    )


def _is_end(mention: DateMention, candidate: Candidate) -> bool:
    """Tell whether its last day and length give a stay: `back on Monday after a two-day visit to Peru`."""
    lasted = mention.date.precision is DatePrecision.RANGE and candidate.frame.kind is VISIT
    return lasted and 0 <= candidate.start - mention.end <= _LONGEST_PART


def _overlap(mention: DateMention, start: int, end: int) -> bool:
    """Tell whether words that give a day are part of others, or stand right before them."""
    return mention.start <= end and start <= mention.end + 1


def _beside(mention: DateMention, words: Any) -> DateMention:
    """Return the day before that of another verb, where it came a day after this one, else the day after."""
    day = mention.date.start
    if day is None:
        return mention
    day += timedelta(days=-1 if words[2] == "after" else 1)
    told = mention.date.model_copy(
        update={"start": day, "end": day, "precision": DatePrecision.DAY, "rule": "day_apart"}
    )
    return replace(mention, date=told)
