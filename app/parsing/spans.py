"""The pieces of an article that the steps hand on; all offsets count code points in the unchanged text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.dates import ReportedDate
from app.domain.vocabulary import AnchorKind


class Section(StrEnum):
    """Which part of a page a line belongs to."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    CAPTION = "caption"
    BYLINE = "byline"
    BODY = "body"
    BOILERPLATE = "boilerplate"


class Tense(StrEnum):
    """When the verb that goes with a date puts it."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Span(NamedTuple):
    """Some words of the text."""

    start: int
    end: int


@dataclass(unsafe_hash=True)
class Line:
    """A line of the page with its tag; `start` and `end` leave out surrounding blanks and bullets."""

    start: int
    end: int
    section: Section


@dataclass(unsafe_hash=True)
class Sentence:
    """A sentence inside one line."""

    start: int
    end: int
    section: Section


@dataclass(unsafe_hash=True)
class Anchor:
    """The day that an article's relative dates are counted from."""

    day: date
    kind: AnchorKind


@dataclass(unsafe_hash=True)
class DateMention:
    """Words that give a date, read against the anchor."""

    start: int
    end: int
    date: ReportedDate
