"""The one door: nothing twice, nothing lost, every change in the log."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.record import ReportedAgreement, ReportedDelegation, ReportedParty, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, EventStatus, Mode, PartyRole, ReviewStatus
from app.errors import EvidenceDoesNotMatch, UnknownParty, UrlHeldWithAnotherText
from app.storage.database import open_session
from app.storage.recording import ArticleIds, Outcome, RecordIds, record_article, rerecord_article
from app.storage.tables import (
    ArticleRow,
    agreement,
    agreement_step,
    article,
    change,
    delegation,
    event,
    evidence,
    official,
    participation,
    report,
)
from tests.factories import make_article, make_evidence, make_person, make_record, store

SALMAN = make_person("Ahmed Dawood Salman", "IRQ", title="Secretary Defense", rank="Lt. Gen.")
MIRZA = make_person("Sahir Shamshad Mirza", "PAK", title="Chairman Joint Chiefs of Staff Committee")
LANKA = (ReportedParty(party="LKA"), ReportedParty(party="PAK"))
MEETING = make_record(people=[SALMAN, MIRZA])


async def count(session: AsyncSession, table: Table) -> int:
    return int((await session.execute(select(func.count()).select_from(table))).scalar_one())


async def counts(session: AsyncSession) -> list[int]:
    return [await count(session, table) for table in (article, event, report, official, change)]


async def count_people(session: AsyncSession) -> int:
    """Return how many officials took part in events."""
    people = select(func.count(participation.c.official.distinct()))
    return int((await session.execute(people)).scalar_one())


async def one_event(session: AsyncSession, event_id: UUID) -> Any:
    return (await session.execute(select(event).where(event.c.id == event_id))).one()


async def test_an_article_becomes_an_event_with_its_people_and_a_report(session: AsyncSession) -> None:
    recorded = await store(session, MEETING)
    row = await one_event(session, recorded.events[0])
    assert recorded.outcome is Outcome.ADDED
    assert (row.kind, row.date_start, row.date_precision, row.version) == (
        "meeting",
        date(2024, 8, 19),
        "day",
        1,
    )
    people = await session.execute(
        select(official.c.name, participation.c.party, participation.c.rank)
        .join(participation, participation.c.official == official.c.id)
        .order_by(participation.c.ordinal)
    )
    assert [tuple(person) for person in people] == [
        ("Ahmed Dawood Salman", "IRQ", "Lt. Gen."),
        ("Sahir Shamshad Mirza", "PAK", None),
    ]


async def test_the_same_article_twice_changes_nothing(session: AsyncSession) -> None:
    source = make_article()
    first = await store(session, MEETING, article=source)
    before = await counts(session)
    second = await store(session, MEETING, article=source)
    assert (second.outcome, second.events) == (Outcome.KNOWN, first.events)
    assert await counts(session) == before


async def test_a_text_that_comes_later_brings_its_quotes_and_changes_nothing_else(
    session: AsyncSession,
) -> None:
    text = "Salman called on Mirza in Rawalpindi on Monday."
    record = MEETING.model_copy(update={"evidence": (make_evidence(text, "called on Mirza"),)})
    bare = record.model_copy(
        update={"evidence": tuple(e.model_copy(update={"quote": None}) for e in record.evidence)}
    )
    whole = make_article(text)
    first = await store(session, bare, article=whole.model_copy(update={"text": None}))
    before = await one_event(session, first.events[0])
    second = await store(session, record, article=whole)
    assert second.outcome is Outcome.COMPLETED
    after = await one_event(session, first.events[0])
    found_by = {"search", "search_text"}
    assert {name: value for name, value in after._mapping.items() if name not in found_by} == {
        name: value for name, value in before._mapping.items() if name not in found_by
    }
    assert after.search_text == f"{before.search_text}\ncalled on Mirza"
    assert (await session.execute(select(evidence.c.quote))).scalars().all() == ["called on Mirza"]


async def test_two_articles_on_one_meeting_are_two_reports_of_one_event(session: AsyncSession) -> None:
    first = await store(session, MEETING)
    second = await store(session, make_record(people=[MIRZA]))
    assert second.events == first.events
    row = await one_event(session, first.events[0])
    assert row.report_count == 2


async def test_the_same_pair_on_the_same_day_with_other_people_is_another_event(
    session: AsyncSession,
) -> None:
    first = await store(session, MEETING)
    others = [make_person("Thabet al-Abbasi", "IRQ"), make_person("Ishaq Dar", "PAK")]
    second = await store(session, make_record(people=others))
    assert second.events != first.events
    assert (await one_event(session, second.events[0])).review_status == ReviewStatus.UNREVIEWED


async def test_a_meeting_that_may_be_a_known_one_goes_to_review_and_is_not_merged(
    session: AsyncSession,
) -> None:
    first = await store(session, MEETING)
    second = await store(session, make_record())
    row = await one_event(session, second.events[0])
    assert second.events != first.events
    assert row.review_status == ReviewStatus.NEEDS_REVIEW
    assert any("already held" in reason for reason in row.confidence_reasons)


async def test_two_meetings_in_one_article_stay_two(session: AsyncSession) -> None:
    recorded = await store(session, MEETING, MEETING)
    assert len(set(recorded.events)) == 2


async def test_a_plan_that_was_held_is_one_event_that_occurred(session: AsyncSession) -> None:
    plan = MEETING.model_copy(update={"status": EventStatus.PLANNED})
    first = await store(session, plan, article=make_article(published_on=date(2024, 8, 17)))
    second = await store(session, MEETING)
    assert second.events == first.events
    row = await one_event(session, first.events[0])
    assert (row.status, row.version) == ("occurred", 2)


async def test_a_tighter_date_wins_over_a_month(session: AsyncSession) -> None:
    month = make_record(people=[MIRZA], on=DateSpan.of_month(2024, 8), main=False)
    first = await store(session, month)
    second = await store(session, MEETING)
    assert second.events == first.events
    row = await one_event(session, first.events[0])
    assert (row.date_precision, row.background) == ("day", False)


async def test_an_undated_report_joins_only_within_thirty_days(session: AsyncSession) -> None:
    first = await store(session, MEETING)
    undated = make_record(people=[MIRZA], on=None)
    near = await store(session, undated, article=make_article(published_on=date(2024, 9, 10)))
    far = await store(session, undated, article=make_article(published_on=date(2024, 12, 1)))
    assert near.events == first.events
    assert far.events != first.events


PACT = make_record(
    ("PAK", PartyRole.SIGNATORY),
    ("SAU", PartyRole.SIGNATORY),
    kind=EventKind.AGREEMENT,
    mode=Mode.SIGNED,
    on=DateSpan.of_month(2025, 9),
    agreement=ReportedAgreement(kind=AgreementKind.PACT, domain="defense_cooperation"),
)


async def test_a_pact_told_again_in_the_background_stays_one_agreement(session: AsyncSession) -> None:
    first = await store(session, PACT)
    later = PACT.model_copy(update={"main": False, "date": make_record(on=date(2025, 9, 17)).date})
    second = await store(session, later, article=make_article(published_on=date(2026, 2, 2)))
    assert second.events == first.events
    assert await count(session, agreement) == 1
    dates = (await session.execute(select(agreement.c.date_start, agreement.c.date_basis))).one()
    assert tuple(dates) == (date(2025, 9, 17), "signed")


async def test_a_ratification_is_a_step_of_the_agreement_that_was_signed(session: AsyncSession) -> None:
    await store(session, PACT)
    ratified = PACT.model_copy(update={"mode": Mode.RATIFIED, "date": make_record(on=date(2026, 1, 10)).date})
    await store(session, ratified)
    assert await count(session, agreement) == 1
    assert await count(session, agreement_step) == 2
    row = (await session.execute(select(agreement.c.status, agreement.c.date_basis))).one()
    assert tuple(row) == ("ratified", "signed")


async def test_a_planned_signing_makes_no_agreement(session: AsyncSession) -> None:
    await store(session, PACT.model_copy(update={"status": EventStatus.PLANNED}))
    assert await count(session, agreement) == 0


async def test_one_name_for_another_party_is_another_person(session: AsyncSession) -> None:
    await store(session, MEETING)
    namesake = make_person("Sahir Shamshad Mirza", "IMCTC")
    await store(session, make_record("IMCTC", "SAU", people=[namesake]))
    same = select(func.count()).where(official.c.name == "Sahir Shamshad Mirza")
    assert (await session.execute(same)).scalar_one() == 2


async def test_another_spelling_is_the_same_person_within_a_career(session: AsyncSession) -> None:
    await store(session, make_record(people=[make_person("Vidura Wickramanayake", "LKA")], parties=LANKA))
    soon, late = (
        make_record(people=[make_person("Vidura Wikramanayaka", "LKA")], parties=LANKA, on=date(year, 1, 1))
        for year in (2025, 2040)
    )
    await store(session, soon)
    assert await count_people(session) == 1
    await store(session, late)
    assert await count_people(session) == 2


async def test_a_name_that_is_alike_in_part_stays_apart_and_says_why(session: AsyncSession) -> None:
    await store(session, make_record(people=[make_person("Ahmed Dawood Salman", "IRQ")]))
    recorded = await store(session, make_record(people=[make_person("Salman", "IRQ")], on=date(2024, 9, 9)))
    (unsure,) = recorded.unsure_people
    assert (await count_people(session), len(unsure.may_be)) == (2, 1)
    assert unsure.reason == "the name is only in part like theirs"


async def test_a_person_with_an_office_on_record_is_found_with_the_office(session: AsyncSession) -> None:
    recorded = await store(session, make_record(people=[MIRZA]))
    held = select(participation.c.tenure).where(participation.c.event == recorded.events[0])
    assert (await session.execute(held)).scalar_one() is not None


async def test_a_seed_brings_its_own_ids(session: AsyncSession) -> None:
    ids = ArticleIds(uuid4(), (RecordIds(uuid4(), uuid4(), None, (uuid4(), None)),))
    recorded = await store(session, MEETING, ids=ids)
    assert (recorded.article, recorded.events) == (ids.article, (ids.records[0].event,))


async def test_the_log_has_no_gap_and_says_what_changed(session: AsyncSession) -> None:
    await store(session, MEETING)
    await store(session, make_record(people=[MIRZA], topics=("trade",)))
    rows = (await session.execute(select(change).order_by(change.c.seq))).all()
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    last = rows[-1]
    assert (last.entity, last.action) == ("event", "update")
    assert (last.before["topics"], last.after["topics"]) == ([], ["trade"])


async def test_reading_again_keeps_the_event_and_the_older_report(session: AsyncSession) -> None:
    source = make_article()
    first = await store(session, MEETING, article=source)
    row = await session.get(ArticleRow, first.article)
    assert row is not None
    better = MEETING.model_copy(update={"place": ReportedPlace(city="Rawalpindi", country="PAK")})
    again = await rerecord_article(session, row, [better], parser_version="test-2")
    assert (again.outcome, again.events) == (Outcome.REREAD, first.events)
    active = await session.execute(select(report.c.parser_version, report.c.active).order_by(report.c.id))
    assert [tuple(one) for one in active] == [("test-1", False), ("test-2", True)]
    assert (await one_event(session, first.events[0])).city == "Rawalpindi"


async def test_an_event_that_no_parse_tells_of_any_more_goes_to_review(session: AsyncSession) -> None:
    first = await store(session, MEETING)
    row = await session.get(ArticleRow, first.article)
    assert row is not None
    await rerecord_article(session, row, [], parser_version="test-2")
    left = await one_event(session, first.events[0])
    assert (left.review_status, left.report_count) == ("needs_review", 0)


async def test_a_delegation_is_kept_with_its_head_and_size(session: AsyncSession) -> None:
    visit = make_record(
        kind=EventKind.VISIT,
        mode=Mode.DELEGATION,
        people=[SALMAN],
        delegation=ReportedDelegation(party="IRQ", size=17, head="Ahmed Dawood Salman"),
    )
    recorded = await store(session, visit)
    head = select(official.c.name).join(delegation, delegation.c.head == official.c.id)
    row = (await session.execute(head.add_columns(delegation.c.stated_size))).one()
    assert tuple(row) == ("Ahmed Dawood Salman", 17)
    assert recorded.events


async def test_part_of_a_visit_is_linked_to_it(session: AsyncSession) -> None:
    visit = make_record(kind=EventKind.VISIT, people=[SALMAN])
    recorded = await store(session, visit, MEETING.model_copy(update={"parent": 0}))
    assert (await one_event(session, recorded.events[1])).parent == recorded.events[0]


async def test_an_unknown_party_is_refused_by_name(session: AsyncSession) -> None:
    with pytest.raises(UnknownParty, match="XQQ"):
        await store(session, make_record("PAK", "XQQ"))


async def test_a_known_address_with_another_text_is_refused(session: AsyncSession) -> None:
    url = "https://example.org/story"
    await store(session, MEETING, article=make_article(url=url))
    with pytest.raises(UrlHeldWithAnotherText):
        await store(session, MEETING, article=make_article(url=url))


async def test_evidence_beyond_the_text_is_refused(session: AsyncSession) -> None:
    beyond = make_evidence("x" * 500, "x" * 300).model_copy(update={"start": 400, "end": 450, "quote": None})
    with pytest.raises(EvidenceDoesNotMatch):
        await store(session, MEETING.model_copy(update={"evidence": (beyond,)}))


async def test_writers_of_one_meeting_at_once_make_one_event(own_database_url: str) -> None:
    async def write() -> None:
        async with open_session(own_database_url) as own:
            await record_article(own, make_article(), [MEETING], parser_version="test-1")

    await asyncio.gather(*(write() for _ in range(6)))
    async with open_session(own_database_url) as session:
        assert await count(session, event) == 1
        assert await count(session, report) == 6
        assert await count(session, official) - 3 == 1  # three come with the reference data
        numbers = (await session.execute(select(change.c.seq).order_by(change.c.seq))).scalars().all()
        assert list(numbers) == list(range(1, len(numbers) + 1))


async def test_writers_of_one_article_at_once_store_it_once(own_database_url: str) -> None:
    source = make_article()

    async def write() -> Outcome:
        async with open_session(own_database_url) as own:
            return (await record_article(own, source, [MEETING], parser_version="test-1")).outcome

    outcomes = await asyncio.gather(*(write() for _ in range(6)))
    assert sorted(outcomes) == ["added", *["known"] * 5]
