"""Names of days and months, and days written out in full."""

from datetime import date
from typing import Final

from app.parsing.patterns import compile_pattern

MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}
WEEKDAYS: Final = {
    word: number
    for number, words in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for word in words.split()
}
MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
YEAR: Final = r"(?:18|19|20)[0-9]{2}"

_DAY_MONTH_YEAR: Final = compile_pattern(rf"\b({DAY}) (?:of )?({MONTH}),? ({YEAR})\b", ignore_case=True)
_MONTH_DAY_YEAR: Final = compile_pattern(rf"\b({MONTH}) ({DAY}),? ({YEAR})\b", ignore_case=True)
_ISO: Final = compile_pattern(r"\b([12][0-9]{3})-([01][0-9])-([0-3][0-9])\b")


def month_number(word: str) -> int:
    """Return a month's number from its name, short or long."""
    return MONTHS[word.lower().rstrip(".")]


def day_number(word: str) -> int:
    """Return the number in `19`, `19th` or `09`."""
    return int("".join(char for char in word if char.isdigit()))


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a day, or None for one that the calendar does not have."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_day(words: str) -> date | None:
    """Return the first day written out in full, year included."""
    if found := _DAY_MONTH_YEAR.search(words):
        return make_day(int(found[3]), month_number(found[2]), day_number(found[1]))
    if found := _MONTH_DAY_YEAR.search(words):
        return make_day(int(found[3]), month_number(found[1]), day_number(found[2]))
    if found := _ISO.search(words):
        return make_day(int(found[1]), int(found[2]), int(found[3]))
    return None
