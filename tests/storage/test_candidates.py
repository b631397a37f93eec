"""Every stored event that a record may tell of is looked at, and none of quite another time."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.record import EventRecord
from app.domain.vocabulary import EventKind, EventStatus, PartyRole
from app.storage.candidates import Acting, Candidate, find_candidates
from app.storage.matching import Verdict, compare
from tests.factories import make_article, make_person, make_record, store

PUBLISHED = date(2024, 8, 19)
NAME = "Fuad Hussein"
HELD = {
    "PAK": DateSpan(),
    "IRN": DateSpan.of_day(PUBLISHED),
    "OMN": DateSpan.of_range(PUBLISHED - timedelta(days=400), PUBLISHED),
    "QAT": DateSpan.of_month(2024, 8),
    "SAU": DateSpan.of_year(2024),
}
SHIFTS = (-800, -31, -30, -9, -8, -7, -1, 0, 1, 7, 8, 9, 30, 31, 800)


def visit(host: str, on: DateSpan) -> EventRecord:
    parties = (("IRQ", PartyRole.VISITOR), (host, PartyRole.HOST))
    return make_record(*parties, kind=EventKind.VISIT, on=on, people=[make_person(NAME, "IRQ")])


def stored(host: str) -> Candidate:
    """Return the stored visit to a host, as matching looks at it."""
    return Candidate(
        event=UUID(int=0),
        span=HELD[host],
        sort_date=HELD[host].start or PUBLISHED,
        status=EventStatus.OCCURRED,
        parties=frozenset({"IRQ", host}),
        visitors=frozenset({"IRQ"}),
        people=(Acting(None, "IRQ", NAME),),
        venue=None,
        object=None,
        instrument=(None, None),
    )


async def test_whatever_is_not_another_event_by_its_date_is_looked_at(session: AsyncSession) -> None:
    for host, span in HELD.items():
        await store(session, visit(host, span), article=make_article(published_on=PUBLISHED))
    passed_over = []
    for days in SHIFTS:
        day = PUBLISHED + timedelta(days=days)
        spans = (
            DateSpan(),
            DateSpan.of_day(day),
            DateSpan.of_range(day, day + timedelta(days=20)),
            DateSpan.of_month(day.year, day.month),
            DateSpan.of_year(day.year),
        )
        for host in HELD:
            for span in spans:
                record = visit(host, span)
                found = await find_candidates(session, record, day, None)
                if compare(record, [None], day, stored(host)) is not Verdict.OTHER:
                    assert len(found) == 1, (host, span)
                elif not found:
                    passed_over.append(days)
    assert {-800, 800} <= set(passed_over), "whatever is two years away is not looked at"
    assert len(passed_over) > 100
