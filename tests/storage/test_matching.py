"""One event or two, judged without a database."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.dates import DateSpan
from app.domain.record import EventRecord, ReportedAgreement, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind
from app.storage.matching import Candidate, Verdict, compare
from tests.factories import make_person, make_record

ANN, BEN = UUID(int=1), UUID(int=2)
DAY = date(2024, 8, 19)


def held(
    officials: tuple[UUID, ...] = (),
    span: DateSpan | None = None,
    venue: str | None = None,
    offices: tuple[tuple[str, str], ...] = (),
    thing: str | None = None,
    instrument: tuple[str | None, str | None] = (None, None),
) -> Candidate:
    return Candidate(
        event=UUID(int=9),
        span=span or DateSpan.of_day(DAY),
        sort_date=DAY,
        venue=venue,
        object=thing,
        instrument=instrument,
        officials=frozenset(officials),
        offices=frozenset(offices),
    )


def judge(record: EventRecord, candidate: Candidate, *officials: UUID) -> Verdict:
    return compare(record, officials, DAY, candidate)


def test_a_shared_principal_on_touching_days_is_the_same_meeting() -> None:
    assert judge(make_record(on=date(2024, 8, 20)), held((ANN, BEN)), ANN) is Verdict.SAME


def test_a_shared_principal_two_days_later_is_another_meeting() -> None:
    assert judge(make_record(on=date(2024, 8, 21)), held((ANN,)), ANN) is Verdict.OTHER


def test_a_shared_principal_in_another_country_on_touching_days_is_another_meeting() -> None:
    candidate = replace(held((ANN, BEN)), country="USA")
    there = make_record(on=date(2024, 8, 20)).model_copy(update={"place": ReportedPlace(country="CAN")})
    same_day = there.model_copy(update={"date": make_record().date})
    assert judge(there, candidate, ANN) is Verdict.OTHER
    assert judge(same_day, candidate, ANN) is Verdict.SAME


def test_other_principals_on_the_same_day_are_another_meeting() -> None:
    assert judge(make_record(), held((ANN,)), BEN) is Verdict.OTHER


def test_nobody_named_on_one_side_is_unsure() -> None:
    assert judge(make_record(), held((ANN,))) is Verdict.UNSURE


def test_the_same_venue_and_offices_are_the_same_meeting() -> None:
    record = make_record(
        people=[make_person(None, "PAK", title="Foreign Secretary")],
        place=ReportedPlace(venue="Foreign Office"),
    )
    room = held(venue="foreign office", offices=(("PAK", "foreign secretary"),))
    assert judge(record, room) is Verdict.SAME


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
    assert judge(record, held(thing=known)) is verdict


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
    assert judge(record, held(instrument=instrument)) is verdict


def test_an_appointment_is_known_by_who_was_appointed() -> None:
    record = make_record(kind=EventKind.APPOINTMENT)
    assert judge(record, held((ANN,)), ANN) is Verdict.SAME
    assert judge(record, held((ANN,)), BEN) is Verdict.OTHER
