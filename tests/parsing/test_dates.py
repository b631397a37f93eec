"""Words that give a date, read against an anchor: Wednesday, 20 November 2024."""

from datetime import date

import pytest

from app.domain.vocabulary import AnchorKind
from app.parsing.dates import EventDates, find_dates, is_speech_date
from app.parsing.spans import Anchor, Section, Sentence

_ANCHOR = Anchor(date(2024, 11, 20), AnchorKind.PUBLISHED)


def _found(words: str, anchor: Anchor | None = _ANCHOR) -> list[tuple[str, str, str]]:
    sentence = Sentence(0, len(words), Section.BODY)
    return [
        (str(mention.date.start), str(mention.date.end), str(mention.date.precision))
        for mention in find_dates(words, sentence, anchor)
    ]


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("They met on 19 August 2024.", "2024-08-19", "2024-08-19", "day"),
        ("They met on August 19, 2024.", "2024-08-19", "2024-08-19", "day"),
        ("They met on the 19th of August 2024.", "2024-08-19", "2024-08-19", "day"),
        ("They met on 2024-08-19.", "2024-08-19", "2024-08-19", "day"),
        ("They met on Aug. 19, 2024.", "2024-08-19", "2024-08-19", "day"),
        ("They met on 19 November.", "2024-11-19", "2024-11-19", "day"),
        ("They met on November 19.", "2024-11-19", "2024-11-19", "day"),
        ("They met on 28 December.", "2024-12-28", "2024-12-28", "day"),
        ("They met on 3 June.", "2024-06-03", "2024-06-03", "day"),
        ("They met on 29 February 2024.", "2024-02-29", "2024-02-29", "day"),
        ("The visit from 2 to 6 February 2026 ended.", "2026-02-02", "2026-02-06", "range"),
        ("The visit of 2-6 February 2026 ended.", "2026-02-02", "2026-02-06", "range"),
        ("The visit of February 2–6, 2026 ended.", "2026-02-02", "2026-02-06", "range"),
        ("He was there 29 November to 2 December 2024.", "2024-11-29", "2024-12-02", "range"),
        ("He was there from December 30 to January 2, 2025.", "2024-12-30", "2025-01-02", "range"),
        ("They met on Monday.", "2024-11-18", "2024-11-18", "day"),
        ("They met on Wednesday.", "2024-11-20", "2024-11-20", "day"),
        ("They met on Thursday.", "2024-11-14", "2024-11-14", "day"),
        ("They met last Wednesday.", "2024-11-13", "2024-11-13", "day"),
        ("They will meet on Thursday.", "2024-11-21", "2024-11-21", "day"),
        ("They will meet on Wednesday.", "2024-11-20", "2024-11-20", "day"),
        ("They will meet next Wednesday.", "2024-11-27", "2024-11-27", "day"),
        ("They met yesterday.", "2024-11-19", "2024-11-19", "day"),
        ("They met last night.", "2024-11-19", "2024-11-19", "day"),
        ("They met today.", "2024-11-20", "2024-11-20", "day"),
        ("They will meet tomorrow.", "2024-11-21", "2024-11-21", "day"),
        ("They met yesterday (19th).", "2024-11-19", "2024-11-19", "day"),
        ("They met on the 30th.", "2024-10-30", "2024-10-30", "day"),
        ("They will meet on the 3rd.", "2024-12-03", "2024-12-03", "day"),
        ("He arrived on Monday on a three-day visit.", "2024-11-18", "2024-11-20", "range"),
        ("He was there from Monday to Wednesday.", "2024-11-18", "2024-11-20", "range"),
        ("They met on Tuesday, November 12.", "2024-11-12", "2024-11-12", "day"),
        ("They met on Tuesday (12 November).", "2024-11-12", "2024-11-12", "day"),
        ("They met on Thursday last week.", "2024-11-14", "2024-11-14", "day"),
        ("They will meet on Friday next week.", "2024-11-29", "2024-11-29", "day"),
        ("They met the day before yesterday.", "2024-11-18", "2024-11-18", "day"),
        ("They met last evening.", "2024-11-19", "2024-11-19", "day"),
        ("On the 19th, they met.", "2024-11-19", "2024-11-19", "day"),
        ("Two days ago, they met.", "2024-11-18", "2024-11-18", "day"),
        ("They met on 19-11-2024.", "2024-11-19", "2024-11-19", "day"),
        ("They met on 19.11.24.", "2024-11-19", "2024-11-19", "day"),
        ("They met on 19-11-24.", "2024-11-19", "2024-11-19", "day"),
        ("They met from 18-11-24 to 19-11-24.", "2024-11-18", "2024-11-19", "range"),
        ("They met on 19-Nov-2024.", "2024-11-19", "2024-11-19", "day"),
        ("They met on November the 19th.", "2024-11-19", "2024-11-19", "day"),
        ("They met on 18 & 19 November.", "2024-11-18", "2024-11-19", "range"),
        ("They met over the weekend.", "2024-11-16", "2024-11-17", "range"),
        ("They met at the end of October.", "2024-10-01", "2024-10-31", "month"),
        ("He called off a trip that was to have started on Thursday.", "2024-11-21", "2024-11-21", "day"),
        ("She looks forward to welcoming him in May.", "2025-05-01", "2025-05-31", "month"),
        ("They will meet in the first half of 2025.", "None", "None", "unknown"),
        ("They met three days ago.", "2024-11-17", "2024-11-17", "day"),
        ("They met on the evening of the 18th.", "2024-11-18", "2024-11-18", "day"),
        ("They met on 19/11/2024.", "2024-11-19", "2024-11-19", "day"),
        ("They met on 12/11/2024.", "2024-11-12", "2024-11-12", "day"),
        ("They met on 11/19/2024.", "2024-11-19", "2024-11-19", "day"),
        ("They met on 9.11.2024.", "2024-11-09", "2024-11-09", "day"),
        ("He was there from 04.11.2024 to 06.11.2024.", "2024-11-04", "2024-11-06", "range"),
        ("He was there from Monday, November 4, to Friday, November 8.", "2024-11-04", "2024-11-08", "range"),
        ("He was there from the 4th to the 8th of November.", "2024-11-04", "2024-11-08", "range"),
        ("He was there from 28 October 2024 to 2 November 2024.", "2024-10-28", "2024-11-02", "range"),
        ("She on Monday began a three-day visit.", "2024-11-18", "2024-11-20", "range"),
        ("She left on Tuesday, ending a four-day visit.", "2024-11-16", "2024-11-19", "range"),
        ("She is there from Monday to Friday.", "2024-11-18", "2024-11-22", "range"),
        ("A two-day round of talks opened on Monday.", "2024-11-18", "2024-11-19", "range"),
        ("He will be there from Saturday to November 26.", "2024-11-23", "2024-11-26", "range"),
        ("They spoke after a January meeting.", "2024-01-01", "2024-01-31", "month"),
        ("They signed it in September 2025.", "2025-09-01", "2025-09-30", "month"),
        ("They signed it in September.", "2024-09-01", "2024-09-30", "month"),
        ("They signed it last month.", "2024-10-01", "2024-10-31", "month"),
        ("They signed it in 2014.", "2014-01-01", "2014-12-31", "year"),
        ("They signed it last year.", "2023-01-01", "2023-12-31", "year"),
        ("They met recently.", "None", "None", "unknown"),
    ],
)
def test_words_give_a_date(words: str, start: str, end: str, precision: str) -> None:
    assert _found(words) == [(start, end, precision)]


@pytest.mark.parametrize(
    "words",
    [
        "On 30 February 2024.",
        "Over 31 April.",
        "Room 2024 was full.",
        "It may rain.",
        "In 20 years.",
        "They voted 5-4-30.",
        "The vote of 12-10-24 was close.",
        "",
    ],
)
def test_what_is_no_date_gives_none(words: str) -> None:
    assert _found(words) == []


def test_a_weekday_without_an_anchor_is_unknown() -> None:
    assert _found("They met on Monday.", None) == [("None", "None", "unknown")]


def test_a_day_in_full_needs_no_anchor() -> None:
    assert _found("They met on 19 August 2024.", None) == [("2024-08-19", "2024-08-19", "day")]


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("The ministry said on Tuesday that they met.", True),
        ("In a statement on Tuesday, the ministry welcomed it.", True),
        ("They met on Tuesday, the ministry said.", False),
        ("The ministers met in Lima on Tuesday.", False),
    ],
)
def test_the_day_of_saying_is_told_from_the_day_of_doing(words: str, spoken: bool) -> None:
    sentence = Sentence(0, len(words), Section.BODY)
    (mention,) = find_dates(words, sentence, _ANCHOR)
    assert is_speech_date(words, sentence, mention) is spoken


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("They held their first meeting in April.", ["2024-04-01"]),
        ("They signed their second accord in May 2023.", ["2023-05-01"]),
        ("They held a third meeting Tuesday.", ["2024-11-19"]),
        ("They met for the second time in May.", ["2024-05-01"]),
        ("They met for the second time this year.", []),
        ("They have met three times this month.", []),
    ],
)
def test_words_that_count_how_often_give_no_date(words: str, days: list[str]) -> None:
    mentions = EventDates(words, _ANCHOR).of(Sentence(0, len(words), Section.BODY))
    assert [str(mention.date.start) for mention in mentions] == days
