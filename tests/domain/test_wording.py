"""Titles and summaries, made from fields alone."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.dates import DateSpan
from app.domain.record import ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, EventStatus, Mode, PartyRole, Pledge
from app.domain.wording import (
    EventFacts,
    Person,
    agreement_title,
    date_words,
    event_summary,
    event_title,
    instrument_words,
)

NAMES = {"IRQ": "Iraq", "PAK": "Pakistan", "SAU": "Saudi Arabia"}
CALL_ON = EventFacts(
    kind=EventKind.MEETING,
    mode=Mode.CALL_ON,
    status=EventStatus.OCCURRED,
    date=DateSpan.of_day(date(2024, 8, 19)),
    place=ReportedPlace(venue="Joint Staff Headquarters", city="Rawalpindi", country="PAK"),
    parties=[("IRQ", PartyRole.VISITOR), ("PAK", PartyRole.HOST)],
    people=[
        Person("Ahmed Dawood Salman", "Secretary Defense", "IRQ", PartyRole.VISITOR),
        Person("Sahir Shamshad Mirza", None, "PAK", PartyRole.HOST),
    ],
    delegation_size=None,
    object=None,
    instrument=None,
    topics=["security"],
)


def test_a_call_on_names_who_called_on_whom_and_where() -> None:
    assert event_title(CALL_ON, NAMES) == (
        "Ahmed Dawood Salman (Iraq) calls on Sahir Shamshad Mirza (Pakistan) in Rawalpindi"
    )


def test_a_summary_adds_day_venue_people_and_topics() -> None:
    summary = event_summary(CALL_ON, NAMES)
    assert "19 August 2024." in summary
    assert "Venue: Joint Staff Headquarters." in summary
    assert "Ahmed Dawood Salman (Secretary Defense, Iraq); Sahir Shamshad Mirza (Pakistan)" in summary
    assert summary.endswith("Topics: Security.")


def test_many_people_of_one_party_are_counted_not_listed() -> None:
    crowd = [Person(name, None, "IRQ", PartyRole.VISITOR) for name in ("Ali A", "Ben B", "Cem C", "Dan D")]
    assert "Ali A, Ben B and 2 others (Iraq)" in event_title(replace(CALL_ON, people=crowd), NAMES)


def test_what_did_not_happen_is_said_first() -> None:
    assert event_title(replace(CALL_ON, status=EventStatus.POSTPONED), NAMES).startswith("Postponed: ")


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        (
            {"kind": EventKind.VISIT, "mode": None, "people": [], "delegation_size": 17},
            "Iraq 17-member delegation visits Pakistan in Rawalpindi",
        ),
        (
            {"kind": EventKind.CALL, "mode": Mode.PHONE, "people": [], "place": ReportedPlace()},
            "Iraq and Pakistan hold a call",
        ),
        (
            {
                "kind": EventKind.TRANSFER,
                "mode": Mode.ARMS,
                "object": "trainer aircraft",
                "parties": [("IRQ", PartyRole.RECIPIENT), ("PAK", PartyRole.SUPPLIER)],
                "place": ReportedPlace(),
            },
            "Pakistan transfers trainer aircraft to Iraq",
        ),
        (
            {
                "kind": EventKind.AGREEMENT,
                "mode": Mode.SIGNED,
                "instrument": "mutual defense pact",
                "parties": [("PAK", PartyRole.SIGNATORY), ("SAU", PartyRole.SIGNATORY)],
                "place": ReportedPlace(),
            },
            "Pakistan and Saudi Arabia sign mutual defense pact",
        ),
        (
            {
                "kind": EventKind.APPOINTMENT,
                "mode": Mode.CREDENTIALS,
                "parties": [("IRQ", PartyRole.PARTICIPANT), ("PAK", PartyRole.RECIPIENT)],
                "place": ReportedPlace(),
            },
            "Ahmed Dawood Salman presents credentials to Pakistan",
        ),
    ],
)
def test_every_kind_has_a_title_of_its_own(changes: dict[str, object], title: str) -> None:
    assert event_title(replace(CALL_ON, **changes), NAMES) == title  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (DateSpan.of_range(date(2026, 2, 2), date(2026, 2, 6)), "2 to 6 February 2026"),
        (DateSpan.of_range(date(2024, 6, 28), date(2024, 7, 2)), "28 June to 2 July 2024"),
        (DateSpan.of_range(date(2024, 12, 30), date(2025, 1, 2)), "30 December 2024 to 2 January 2025"),
        (DateSpan.of_month(2025, 9), "September 2025"),
        (DateSpan.of_year(2014), "2014"),
        (DateSpan(), "date unknown"),
    ],
)
def test_dates_are_said_as_precisely_as_they_are_known(span: DateSpan, words: str) -> None:
    assert date_words(span) == words


def test_an_agreement_without_a_printed_title_is_named_by_parties_and_pledge() -> None:
    instrument = instrument_words(AgreementKind.PACT, [Pledge.MUTUAL_DEFENSE], "defense_cooperation")
    assert (
        agreement_title(instrument, ["Pakistan", "Saudi Arabia"])
        == "Pakistan–Saudi Arabia mutual defense pact"
    )
    assert instrument_words(AgreementKind.OTHER, [], None) == "agreement"
