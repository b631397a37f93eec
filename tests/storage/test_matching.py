"""One event or two, judged without a database."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.domain.dates import DateSpan
from app.domain.record import EventRecord, ReportedAgreement, ReportedParty, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, EventStatus
from app.storage.candidates import Acting, Candidate
from app.storage.matching import Verdict, compare
from tests.factories import make_person, make_record

ANN = Acting(UUID(int=1), "IRQ", "Ann Salman")
BEN = Acting(UUID(int=2), "PAK", "Ben Mirza")
CAL = Acting(UUID(int=3), "PAK", "Cal Dar")
DAY = date(2024, 8, 19)


def held(
    *people: Acting,
    span: DateSpan | None = None,
    venue: str | None = None,
    thing: str | None = None,
    instrument: tuple[str | None, str | None] = (None, None),
    visitors: tuple[str, ...] = ("IRQ",),
    parties: tuple[str, ...] = ("IRQ", "PAK"),
    status: EventStatus = EventStatus.OCCURRED,
) -> Candidate:
    return Candidate(
        event=UUID(int=9),
        span=span or DateSpan.of_day(DAY),
        sort_date=DAY,
        status=status,
        parties=frozenset(parties),
        visitors=frozenset(visitors),
        people=people,
        venue=venue,
        object=thing,
        instrument=instrument,
    )


def meeting(*people: Acting, kind: EventKind = EventKind.MEETING, **facts: Any) -> tuple[EventRecord, Any]:
    """Return a record with these people, and their officials."""
    told = [make_person(one.name or "Somebody", one.party, title=one.office) for one in people]
    return make_record(kind=kind, people=told, **facts), [one.official for one in people]


def judge(told: tuple[EventRecord, Any], candidate: Candidate) -> Verdict:
    record, officials = told
    return compare(record, officials, DAY, candidate)


def test_a_shared_principal_on_touching_days_is_the_same_meeting() -> None:
    assert judge(meeting(ANN, on=date(2024, 8, 20)), held(ANN, BEN)) is Verdict.SAME


def test_a_shared_principal_two_days_later_is_another_meeting() -> None:
    assert judge(meeting(ANN, on=date(2024, 8, 21)), held(ANN)) is Verdict.OTHER


def test_a_shared_principal_in_another_country_on_touching_days_is_another_meeting() -> None:
    candidate = replace(held(ANN, BEN), country="USA")
    there = meeting(ANN, on=date(2024, 8, 20), place=ReportedPlace(country="CAN"))
    assert judge(there, candidate) is Verdict.OTHER
    assert judge(meeting(ANN, place=ReportedPlace(country="CAN")), candidate) is Verdict.SAME


def test_other_principals_on_the_same_day_are_another_meeting() -> None:
    assert judge(meeting(CAL), held(BEN)) is Verdict.OTHER


def test_whoever_meets_two_hosts_on_one_day_meets_twice_but_visits_once() -> None:
    assert judge(meeting(ANN, CAL), held(ANN, BEN)) is Verdict.OTHER
    assert judge(meeting(ANN, CAL, kind=EventKind.VISIT), held(ANN, BEN)) is Verdict.SAME


def test_nobody_named_on_one_side_is_unsure() -> None:
    assert judge(meeting(), held(ANN)) is Verdict.UNSURE
    assert judge(meeting(BEN), held(ANN)) is Verdict.UNSURE


def test_nobody_named_in_what_was_announced_for_that_day_is_the_same() -> None:
    assert judge(meeting(), held(ANN, status=EventStatus.PLANNED)) is Verdict.SAME
    assert judge(meeting(on=date(2024, 8, 20)), held(ANN, status=EventStatus.PLANNED)) is Verdict.UNSURE


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Vidura Wikramanayaka", Verdict.SAME),
        ("Wickramanayake", Verdict.SAME),
        ("Ruwan Wijewardene", Verdict.OTHER),
    ],
)
def test_a_principal_may_be_spelled_otherwise(name: str, verdict: Verdict) -> None:
    one, other = (Acting(None, "PAK", spelled) for spelled in ("Vidura Wickramanayake", name))
    assert judge(meeting(one), held(other)) is verdict


@pytest.mark.parametrize(
    ("office", "verdict"),
    [("foreign secretary", Verdict.SAME), ("Minister", Verdict.UNSURE), ("Speaker", Verdict.UNSURE)],
)
def test_an_office_that_one_person_holds_is_a_principal(office: str, verdict: Verdict) -> None:
    unnamed = Acting(None, "PAK", None, office)
    titles = {Verdict.SAME: "Foreign Secretary", Verdict.UNSURE: "minister"}
    named = Acting(UUID(int=5), "PAK", "Ann Lee", titles[verdict])
    record = make_record(people=[make_person(None, "PAK", title=office)])
    assert (unnamed.agrees(named), judge((record, [None]), held(named))) == (
        True if verdict is Verdict.SAME else None,
        verdict,
    )


@pytest.mark.parametrize(
    ("told", "known", "verdict"),
    [
        (date(2024, 8, 23), DateSpan.of_day(DAY), Verdict.SAME),
        (date(2024, 8, 27), DateSpan.of_day(DAY), Verdict.OTHER),
        (
            DateSpan.of_range(date(2024, 8, 23), date(2024, 8, 24)),
            DateSpan.of_range(DAY, date(2024, 8, 20)),
            Verdict.OTHER,
        ),
    ],
)
def test_two_single_days_within_a_week_are_of_one_stay(
    told: date | DateSpan, known: DateSpan, verdict: Verdict
) -> None:
    assert judge(meeting(ANN, kind=EventKind.VISIT, on=told), held(ANN, span=known)) is verdict


def test_a_visit_the_other_way_is_another() -> None:
    back = held(ANN, BEN, visitors=("PAK",))
    assert judge(meeting(ANN, BEN, kind=EventKind.VISIT), back) is Verdict.OTHER


def test_a_summit_is_known_by_its_organization_or_one_leader() -> None:
    told = meeting()[0].model_copy(
        update={"parties": tuple(ReportedParty(party=party) for party in ("KAZ", "PAK", "SCO"))}
    )
    summit = held(parties=("KAZ", "PAK", "SCO", "UZB"), visitors=())
    assert judge((told, []), summit) is Verdict.SAME
    assert judge((told, []), replace(summit, parties=frozenset(("KAZ", "PAK", "UZB")))) is Verdict.UNSURE


def test_the_same_venue_and_offices_are_the_same_meeting() -> None:
    person = Acting(None, "PAK", None, "Minister")
    record = make_record(
        people=[make_person(None, "PAK", title="minister")], place=ReportedPlace(venue="Foreign Office")
    )
    assert judge((record, [None]), held(person, venue="foreign office")) is Verdict.SAME


def test_two_forces_hold_one_exercise_at_a_time() -> None:
    week = DateSpan.of_range(DAY, date(2024, 8, 25))
    exercise = meeting(kind=EventKind.EXERCISE)
    assert judge(exercise, held(span=week)) is Verdict.SAME
    assert judge(meeting(kind=EventKind.EXERCISE, object="Eagle III"), held(thing="Lion II")) is Verdict.OTHER


@pytest.mark.parametrize(
    ("told", "known", "verdict"),
    [
        ("Super Mushak trainer aircraft", "Super Mushak aircraft", Verdict.SAME),
        ("Super Mushak trainer aircraft", "T-129 helicopters", Verdict.OTHER),
        ("Super Mushak trainer aircraft", None, Verdict.UNSURE),
    ],
)
def test_a_transfer_is_known_by_what_was_handed_over(told: str, known: str | None, verdict: Verdict) -> None:
    record = make_record(kind=EventKind.TRANSFER, object=told, on=DateSpan.of_year(2024))
    assert judge((record, []), held(thing=known)) is verdict


@pytest.mark.parametrize(
    ("title", "instrument", "verdict"),
    [
        ("Defense Pact", ("Defence pact", "pact"), Verdict.SAME),
        ("Extradition Treaty", ("Defence pact", "pact"), Verdict.OTHER),
        ("Strategic Mutual Defense Agreement", ("Mutual Defense Agreement", "pact"), Verdict.SAME),
        (None, (None, "pact"), Verdict.SAME),
        (None, (None, "memorandum"), Verdict.UNSURE),
    ],
)
def test_an_agreement_is_known_by_its_title_else_by_its_form(
    title: str | None, instrument: tuple[str | None, str | None], verdict: Verdict
) -> None:
    record = make_record(
        kind=EventKind.AGREEMENT, agreement=ReportedAgreement(title=title, kind=AgreementKind.PACT)
    )
    assert judge((record, []), held(instrument=instrument)) is verdict


def test_an_appointment_is_known_by_who_was_appointed() -> None:
    assert judge(meeting(ANN, kind=EventKind.APPOINTMENT), held(ANN)) is Verdict.SAME
    assert judge(meeting(CAL, kind=EventKind.APPOINTMENT), held(BEN)) is Verdict.OTHER
