"""From several accounts to one event, judged without a database."""

from datetime import date
from uuid import UUID

import pytest

from app.domain.dates import DateSpan
from app.domain.record import EventRecord, ReportedPlace
from app.domain.vocabulary import EventKind, EventStatus, PartyRole
from app.storage.resolution import Account, resolve_event
from tests.factories import make_person, make_record


def account(record: EventRecord, known_on: date = date(2024, 8, 20), article: int = 1) -> Account:
    officials = tuple(UUID(int=len(person.name or "")) for person in record.participants)
    return Account(record, officials, UUID(int=article), known_on)


@pytest.mark.parametrize(
    ("told", "resolved"),
    [
        (["planned", "occurred"], "occurred"),
        (["occurred", "planned"], "occurred"),
        (["planned", "postponed"], "postponed"),
        (["postponed", "occurred"], "occurred"),
        (["occurred", "denied"], "occurred"),
        (["denied"], "denied"),
    ],
)
def test_what_happened_wins_over_plans_and_the_latest_article_decides(told: list[str], resolved: str) -> None:
    accounts = [
        account(make_record(status=EventStatus(status)), date(2024, 8, day), day)
        for day, status in enumerate(told, start=1)
    ]
    assert resolve_event(accounts).status == resolved


def test_a_visit_keeps_its_range_and_a_meeting_its_day() -> None:
    day, week = date(2026, 2, 2), DateSpan.of_range(date(2026, 2, 2), date(2026, 2, 6))
    for kind, precision in ((EventKind.VISIT, "range"), (EventKind.MEETING, "day")):
        accounts = [account(make_record(kind=kind, on=day)), account(make_record(kind=kind, on=week))]
        assert resolve_event(accounts).date.precision == precision


def test_an_article_about_the_event_outranks_one_that_recalls_it() -> None:
    recalled = make_record(main=False, confidence=0.99, place=ReportedPlace(city="Lahore", country="PAK"))
    told = make_record(confidence=0.7, place=ReportedPlace(city="Rawalpindi", country="PAK"))
    resolved = resolve_event([account(recalled), account(told)])
    assert (resolved.place.city, resolved.background) == ("Rawalpindi", False)


def test_a_place_is_completed_only_by_what_does_not_contradict_it() -> None:
    first = make_record(confidence=0.9, place=ReportedPlace(city="Rawalpindi"))
    second = make_record(confidence=0.8, place=ReportedPlace(venue="Serena", city="Islamabad"))
    third = make_record(confidence=0.7, place=ReportedPlace(venue="GHQ", country="PAK"))
    place = resolve_event([account(first), account(second), account(third)]).place
    assert place == ReportedPlace(venue="GHQ", city="Rawalpindi", country="PAK")


def test_people_are_united_and_their_fields_completed() -> None:
    short = make_person("Asim Munir", "PAK", rank="Field Marshal")
    longer = make_person("Asim Munir", "PAK", title="Chief of Army Staff", role=PartyRole.HOST)
    other = make_person("Al-Moghedi", "IRQ")
    people = resolve_event(
        [account(make_record(people=[short])), account(make_record(people=[longer, other]), article=2)]
    ).participants
    assert [(person.rank, person.title) for person in people] == [
        ("Field Marshal", "Chief of Army Staff"),
        (None, None),
    ]


def test_reports_are_counted_by_article() -> None:
    accounts = [account(make_record(), article=number) for number in (1, 1, 2)]
    assert resolve_event(accounts).report_count == 2
