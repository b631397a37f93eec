"""Two events, or two people, made one and taken apart again."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.record import ReportedAgreement
from app.domain.vocabulary import AgreementKind, EventKind, Mode
from app.errors import CannotMerge, CannotSplit, CannotUnmerge, Moved, NotMerged
from app.storage.edits import Edit
from app.storage.merging import (
    merge_events,
    merge_officials,
    split_event,
    unmerge_event,
    unmerge_official,
)
from app.storage.recording import rerecord_article
from app.storage.tables import (
    ArticleRow,
    agreement,
    event,
    event_party,
    official,
    participation,
    report,
)
from tests.factories import make_article, make_person, make_record, store
from tests.storage.test_access_paths import assert_true

SALMAN = make_person("Ahmed Dawood Salman", "IRQ", title="Secretary Defense")
DAR = make_person("Ishaq Dar", "PAK")
ABBASI = make_person("Thabet al-Abbasi", "IRQ")


@pytest.fixture(autouse=True)
async def paths_stay_true(session: AsyncSession) -> AsyncIterator[None]:
    yield
    await session.flush()
    await assert_true(session)


async def one_event(session: AsyncSession, event_id: UUID) -> Any:
    return (await session.execute(select(event).where(event.c.id == event_id))).one()


async def three_meetings(session: AsyncSession) -> tuple[UUID, UUID, UUID]:
    people = (SALMAN, DAR, ABBASI)
    a, b, c = [(await store(session, make_record(people=[one]))).events[0] for one in people]
    return a, b, c


async def told_by(session: AsyncSession, event_id: UUID) -> int:
    return int((await one_event(session, event_id)).report_count)


async def test_a_merged_event_lives_on_in_another_and_comes_back_with_its_reports(
    session: AsyncSession,
) -> None:
    a, b, c = await three_meetings(session)
    await merge_events(session, a, b, Edit())
    await merge_events(session, b, c, Edit())
    assert await told_by(session, c) == 3
    await unmerge_event(session, b, Edit())
    assert (await told_by(session, b), await told_by(session, c)) == (2, 1)
    await unmerge_event(session, a, Edit())
    assert [await told_by(session, one) for one in (a, b, c)] == [1, 1, 1]
    assert {(await one_event(session, one)).merged_into for one in (a, b, c)} == {None}


async def test_the_first_of_a_line_is_taken_out_while_the_line_stays(session: AsyncSession) -> None:
    a, b, c = await three_meetings(session)
    await merge_events(session, a, b, Edit())
    await merge_events(session, b, c, Edit())
    await unmerge_event(session, a, Edit())
    assert (await told_by(session, a), await told_by(session, c)) == (1, 2)


async def test_new_reports_of_a_merged_event_go_to_the_one_it_lives_on_in(session: AsyncSession) -> None:
    a, b, _ = await three_meetings(session)
    await merge_events(session, a, b, Edit())
    assert (await store(session, make_record(people=[SALMAN]))).events == (b,)


async def test_a_merge_survives_a_reparse_and_so_does_taking_it_back(session: AsyncSession) -> None:
    source = make_article()
    (a,) = (await store(session, make_record(people=[SALMAN]), article=source)).events
    (b,) = (await store(session, make_record(people=[DAR]))).events
    await merge_events(session, a, b, Edit())
    row = (await session.execute(select(ArticleRow).filter_by(text_sha256=source.text_sha256))).scalar_one()
    again = await rerecord_article(session, row, [make_record(people=[SALMAN])], parser_version="test-2")
    assert again.events == (b,)
    await unmerge_event(session, a, Edit())
    assert (await told_by(session, a), await told_by(session, b)) == (1, 1)


async def test_only_what_is_alike_and_not_one_already_is_merged(session: AsyncSession) -> None:
    a, b, _ = await three_meetings(session)
    (visit,) = (await store(session, make_record(kind=EventKind.VISIT))).events
    for one, other in ((a, a), (a, visit)):
        with pytest.raises(CannotMerge):
            await merge_events(session, one, other, Edit())
    await merge_events(session, a, b, Edit())
    with pytest.raises(Moved):
        await merge_events(session, a, b, Edit())
    with pytest.raises(NotMerged):
        await unmerge_event(session, b, Edit())


async def test_a_split_makes_some_reports_an_event_that_no_reparse_doubts(session: AsyncSession) -> None:
    source = make_article()
    (first,) = (await store(session, make_record(people=[SALMAN]))).events
    stored = await store(session, make_record(people=[SALMAN]), article=source)
    chosen = select(report.c.id).where(report.c.article == stored.article)
    new = await split_event(session, first, set((await session.execute(chosen)).scalars()), Edit())
    row = (await session.execute(select(ArticleRow).filter_by(text_sha256=source.text_sha256))).scalar_one()
    again = await rerecord_article(session, row, [make_record(people=[SALMAN])], parser_version="test-2")
    assert again.events == (new,)
    assert [(await one_event(session, one)).review_status for one in (first, new)] == ["unreviewed"] * 2


async def test_a_split_leaves_a_report_on_each_side(session: AsyncSession) -> None:
    (only,) = (await store(session, make_record(people=[SALMAN]))).events
    reports = set((await session.execute(select(report.c.id))).scalars())
    for chosen in (reports, set(), {UUID(int=1)}):
        with pytest.raises(CannotSplit):
            await split_event(session, only, chosen, Edit())


@pytest.mark.parametrize("split_off", ["merged", "survivor"])
async def test_a_merge_is_not_taken_back_where_one_of_the_two_would_have_no_report(
    session: AsyncSession, split_off: str
) -> None:
    a, b, _ = await three_meetings(session)
    chosen = select(report.c.id).where(report.c.event == (a if split_off == "merged" else b))
    reports = set((await session.execute(chosen)).scalars())
    await merge_events(session, a, b, Edit())
    new = await split_event(session, b, reports, Edit())
    with pytest.raises(CannotUnmerge):
        async with session.begin_nested():
            await unmerge_event(session, a, Edit())
    await merge_events(session, new, b, Edit())
    await unmerge_event(session, new, Edit())
    assert (await one_event(session, a)).merged_into == b
    assert (await told_by(session, b), await told_by(session, new)) == (1, 1)


async def test_merged_signings_leave_one_agreement_until_they_are_taken_apart(session: AsyncSession) -> None:
    told = [
        make_record(
            "PAK",
            "SAU",
            on=day,
            kind=EventKind.AGREEMENT,
            mode=Mode.SIGNED,
            agreement=ReportedAgreement(kind=AgreementKind.PACT),
        )
        for day in (date(2025, 9, 17), date(2025, 10, 2))
    ]
    a, b = [(await store(session, record)).events[0] for record in told]
    live = select(agreement.c.id).where(agreement.c.merged_into.is_(None))
    assert len((await session.execute(live)).all()) == 2
    await merge_events(session, a, b, Edit())
    assert len((await session.execute(live)).all()) == 1
    await unmerge_event(session, a, Edit())
    assert len((await session.execute(live)).all()) == 2


async def test_a_merged_person_takes_part_as_whom_they_live_on_and_comes_back(session: AsyncSession) -> None:
    namesake = make_person("Ahmed Dawood Salman", "IMCTC")
    (a,) = (await store(session, make_record(people=[SALMAN]))).events
    (b,) = (await store(session, make_record("IMCTC", "SAU", people=[namesake]))).events
    one, other = (
        (
            await session.execute(
                select(official.c.id).where(official.c.name == "Ahmed Dawood Salman").order_by(official.c.id)
            )
        )
        .scalars()
        .all()
    )
    await merge_officials(session, other, one, Edit())
    took_part = select(participation.c.event).where(participation.c.official == one)
    assert set((await session.execute(took_part)).scalars()) == {a, b}
    await store(session, make_record("IMCTC", "OMN", people=[namesake]))
    assert len((await session.execute(took_part)).all()) == 3
    await unmerge_official(session, other, Edit())
    assert set((await session.execute(took_part)).scalars()) >= {a}
    assert b not in set((await session.execute(took_part)).scalars())


async def test_merging_changes_no_party(session: AsyncSession) -> None:
    a, b, _ = await three_meetings(session)
    await merge_events(session, a, b, Edit())
    kept = select(event_party.c.party).where(event_party.c.event == b).order_by(event_party.c.party)
    assert (await session.execute(kept)).scalars().all() == ["IRQ", "PAK"]
