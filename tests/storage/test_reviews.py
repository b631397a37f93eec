"""What is put to editors, and when it no longer is."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.record import SERVED_CONFIDENCE, ReportedPlace
from app.domain.vocabulary import EventStatus, ReviewStatus
from app.errors import TooManyErrorReports
from app.storage.editing import correct_event, judge_event, undo_event
from app.storage.edits import Edit
from app.storage.recording import rerecord_article
from app.storage.reviews import MAX_OPEN_ERROR_REPORTS, report_error
from app.storage.tables import ArticleRow, event, official, review
from tests.factories import make_article, make_person, make_record, store

SALMAN = make_person("Ahmed Dawood Salman", "IRQ")
DOUBTFUL = make_record(people=[SALMAN], confidence=SERVED_CONFIDENCE - 0.01)


async def questions(session: AsyncSession) -> list[tuple[Any, ...]]:
    asked = select(review.c.kind, review.c.about, review.c.decision).order_by(review.c.id)
    return [tuple(row) for row in await session.execute(asked)]


async def status(session: AsyncSession, event_id: UUID) -> str:
    one = select(event.c.review_status).where(event.c.id == event_id)
    return str((await session.execute(one)).scalar_one())


async def test_an_event_under_the_threshold_waits_until_an_editor_accepts_it(session: AsyncSession) -> None:
    (event_id,) = (await store(session, DOUBTFUL)).events
    assert await questions(session) == [("low_confidence", "", None)]
    assert await status(session, event_id) == "needs_review"
    await judge_event(session, event_id, ReviewStatus.ACCEPTED, Edit())
    assert await status(session, event_id) == "accepted"
    assert await questions(session) == [("low_confidence", "", "lapsed")]
    await undo_event(session, event_id, Edit())
    assert await status(session, event_id) == "needs_review"
    assert await questions(session) == [("low_confidence", "", None)]


async def test_a_surer_report_answers_the_doubt(session: AsyncSession) -> None:
    (event_id,) = (await store(session, DOUBTFUL)).events
    await store(session, make_record(people=[SALMAN]))
    assert await status(session, event_id) == "unreviewed"
    assert await questions(session) == [("low_confidence", "", "lapsed")]


async def test_what_may_be_a_held_event_waits_and_is_asked_about_once(session: AsyncSession) -> None:
    source = make_article()
    await store(session, make_record(people=[SALMAN]))
    (unsure,) = (await store(session, make_record(), article=source)).events
    row = (await session.execute(select(ArticleRow).filter_by(text_sha256=source.text_sha256))).scalar_one()
    await rerecord_article(session, row, [make_record()], parser_version="test-2")
    assert await status(session, unsure) == "needs_review"
    assert await questions(session) == [("possible_duplicate", "", None)]


async def test_sources_that_differ_are_shown_to_an_editor_and_hide_nothing(session: AsyncSession) -> None:
    told = [
        make_record(people=[SALMAN], place=ReportedPlace(city="Rawalpindi", country="PAK")),
        make_record(
            people=[SALMAN],
            on=date(2024, 8, 20),
            place=ReportedPlace(city="Baghdad", country="IRQ"),
            status=EventStatus.DENIED,
        ),
    ]
    (event_id,) = (await store(session, told[0])).events
    later = make_article(published_on=date(2024, 8, 21))
    (same,) = (
        await store(session, told[1].model_copy(update={"place": told[0].place}), article=later)
    ).events
    assert same == event_id
    assert await status(session, event_id) == "unreviewed"
    assert await questions(session) == [
        ("sources_differ", "date: 2024-08-19, 2024-08-20", None),
        ("sources_differ", "status: denied, occurred", None),
    ]
    day = {"start": "2024-08-20", "end": "2024-08-20", "precision": "day"}
    await correct_event(session, event_id, {"date": day}, Edit())
    assert ("sources_differ", "date: 2024-08-19, 2024-08-20", "lapsed") in await questions(session)


async def test_a_namesake_for_another_party_is_asked_about(session: AsyncSession) -> None:
    await store(session, make_record(people=[SALMAN]))
    await store(session, make_record("IMCTC", "SAU", people=[make_person("Ahmed Dawood Salman", "IMCTC")]))
    rows = (await session.execute(select(review.c.kind, review.c.official, review.c.other))).all()
    people = select(official.c.id).where(official.c.name == "Ahmed Dawood Salman").order_by(official.c.id)
    first, second = (await session.execute(people)).scalars().all()
    assert [tuple(row) for row in rows] == [("unsure_identity", second, first)]


async def test_what_readers_report_hides_nothing_and_has_an_end(session: AsyncSession) -> None:
    (event_id,) = (await store(session, make_record(people=[SALMAN]))).events
    for _ in range(MAX_OPEN_ERROR_REPORTS):
        await report_error(session, event_id, "It was in Lahore.")
    assert await status(session, event_id) == "unreviewed"
    with pytest.raises(TooManyErrorReports):
        await report_error(session, event_id, "It was in Lahore.")


async def test_rejecting_an_event_answers_all_that_is_asked_about_it(session: AsyncSession) -> None:
    (event_id,) = (await store(session, DOUBTFUL)).events
    await report_error(session, event_id, "It never happened.")
    await judge_event(session, event_id, ReviewStatus.REJECTED, Edit())
    assert {decision for *_, decision in await questions(session)} == {"lapsed", "reject"}
    await undo_event(session, event_id, Edit())
    assert {decision for *_, decision in await questions(session)} == {None}
