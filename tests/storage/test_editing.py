"""What editors decide: it wins over every report, is kept as a version, and can be taken back."""

import itertools
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.record import EventRecord, ReportedAgreement, ReportedDelegation
from app.domain.vocabulary import AgreementKind, EventKind, Mode, ReviewStatus
from app.errors import CorrectionNotValid, Moved, NothingToUndo, VersionIsStale
from app.seeding import load_seed
from app.storage.changes import find_last_state
from app.storage.editing import (
    correct_agreement,
    correct_event,
    correct_official,
    judge_event,
    undo_agreement,
    undo_event,
    undo_official,
)
from app.storage.edits import Edit
from app.storage.merging import merge_events
from app.storage.recording import Recorded, rerecord_article
from app.storage.tables import ArticleRow, agreement, change, event, official, official_name
from tests.factories import make_article, make_person, make_record, store

SALMAN = make_person("Ahmed Dawood Salman", "IRQ", title="Secretary Defense", rank="Lt. Gen.")
MIRZA = make_person("Sahir Shamshad Mirza", "PAK", title="Chairman Joint Chiefs of Staff Committee")
MEETING = make_record(people=[SALMAN, MIRZA])
JULY = {"date": {"start": "2024-07-01", "end": "2024-07-01", "precision": "day"}}
PACT = make_record(
    "PAK",
    "SAU",
    kind=EventKind.AGREEMENT,
    mode=Mode.SIGNED,
    agreement=ReportedAgreement(kind=AgreementKind.PACT, domain="defense_cooperation"),
)


async def one_event(session: AsyncSession, event_id: UUID) -> Any:
    return (await session.execute(select(event).where(event.c.id == event_id))).one()


async def versions(session: AsyncSession, entity_id: UUID) -> list[Any]:
    """Return the lines that say what it was; others only say that it is shown otherwise."""
    of_it = (change.c.entity_id == str(entity_id), change.c.after.is_not(None))
    lines = select(change).where(*of_it).order_by(change.c.seq)
    return list((await session.execute(lines)).all())


async def read_again(session: AsyncSession, source: Article, *records: EventRecord) -> Recorded:
    row = (await session.execute(select(ArticleRow).filter_by(text_sha256=source.text_sha256))).scalar_one()
    return await rerecord_article(session, row, records, parser_version=f"{row.parser_version}+")


async def test_a_correction_survives_a_reparse_and_a_new_report_and_undo_brings_the_reports_value_back(
    session: AsyncSession,
) -> None:
    source = make_article()
    (event_id,) = (await store(session, MEETING, article=source)).events
    await correct_event(session, event_id, {**JULY, "place": {"city": "Lahore", "country": "PAK"}}, Edit())
    again = await read_again(session, source, make_record(people=[SALMAN, MIRZA], topics=("trade",)))
    another = await store(session, MEETING)
    assert (again.events, another.events) == ((event_id,), (event_id,))
    row = await one_event(session, event_id)
    assert (row.date_start, row.city, row.topics) == (date(2024, 7, 1), "Lahore", ["trade"])
    assert (row.review_status, row.report_count) == ("corrected", 2)
    await undo_event(session, event_id, Edit())
    row = await one_event(session, event_id)
    assert (row.date_start, row.city, row.review_status) == (date(2024, 8, 19), None, "unreviewed")


async def test_a_correction_survives_a_reseed(session: AsyncSession) -> None:
    await load_seed(session, with_datasets=False)
    event_id, city = (await session.execute(select(event.c.id, event.c.city).limit(1))).one()
    named = select(official.c.id, official.c.name).where(official.c.name == "Asim Munir")
    munir, name = (await session.execute(named)).one()
    await correct_event(session, event_id, {"place": {"city": "Somewhere"}}, Edit())
    await correct_official(session, munir, {"name": "Syed Asim Munir"}, Edit())
    await load_seed(session, with_datasets=False)
    assert (await one_event(session, event_id)).city == "Somewhere" != city
    renamed = select(official.c.name).where(official.c.id == munir)
    assert (await session.execute(renamed)).scalar_one() == "Syed Asim Munir" != name


async def test_a_rejected_event_does_not_return(session: AsyncSession) -> None:
    source = make_article()
    (event_id,) = (await store(session, MEETING, article=source)).events
    await judge_event(session, event_id, ReviewStatus.REJECTED, Edit())
    assert (await read_again(session, source, MEETING)).events == (event_id,)
    assert (await store(session, MEETING)).events == (event_id,)
    assert (await one_event(session, event_id)).review_status == "rejected"


async def test_what_an_article_tells_after_its_event_was_rejected_waits_for_an_editor(
    session: AsyncSession,
) -> None:
    source = make_article()
    (event_id,) = (await store(session, MEETING, article=source)).events
    await judge_event(session, event_id, ReviewStatus.REJECTED, Edit())
    again = await read_again(session, source, make_record(on=date(2024, 3, 1), people=[SALMAN]))
    assert again.events != (event_id,)
    assert (await one_event(session, again.events[0])).review_status == "needs_review"


async def test_who_acts_for_a_party_that_an_editor_took_out_is_left_out(session: AsyncSession) -> None:
    one = (await store(session, PACT)).events[0]
    await correct_event(session, one, {"parties": [["PAK", "signatory"], ["USA", "signatory"]]}, Edit())
    minister = make_person("Ana Solis", "SAU", title="Minister")
    again = PACT.model_copy(
        update={
            "participants": (minister, MIRZA),
            "delegation": ReportedDelegation(party="SAU", head="Ana Solis", size=5),
        }
    )
    assert (await store(session, again)).events == (one,)
    state = await find_last_state(session, "event", str(one))
    assert state is not None
    assert [person["party"] for person in state["participants"]] == ["PAK"]
    assert state["delegation"] is None
    await undo_event(session, one, Edit())
    state = await find_last_state(session, "event", str(one))
    assert state is not None
    assert {person["party"] for person in state["participants"]} == {"PAK", "SAU"}


async def test_undo_goes_back_edit_by_edit_and_every_version_stays(session: AsyncSession) -> None:
    (event_id,) = (await store(session, MEETING)).events
    await correct_event(session, event_id, {"object": "first"}, Edit())
    await correct_event(session, event_id, {"object": "second"}, Edit())
    await judge_event(session, event_id, ReviewStatus.REJECTED, Edit())
    told = []
    for _ in range(3):
        await undo_event(session, event_id, Edit())
        row = await one_event(session, event_id)
        told.append((row.object, row.review_status))
    assert told == [("second", "corrected"), ("first", "corrected"), (None, "unreviewed")]
    with pytest.raises(NothingToUndo):
        await undo_event(session, event_id, Edit())
    lines = await versions(session, event_id)
    assert len(lines) == (await one_event(session, event_id)).version == 7
    assert [line.after["object"] for line in lines] == [
        None,
        "first",
        "second",
        "second",
        *(thing for thing, _ in told),
    ]
    assert all(later.before == earlier.after for earlier, later in itertools.pairwise(lines))


async def test_a_stale_version_is_refused(session: AsyncSession) -> None:
    (event_id,) = (await store(session, MEETING)).events
    seen = (await versions(session, event_id))[-1].seq
    await correct_event(session, event_id, JULY, Edit(), version=seen)
    with pytest.raises(VersionIsStale):
        await correct_event(session, event_id, {"object": "late"}, Edit(), version=seen)
    assert (await one_event(session, event_id)).version == 2


@pytest.mark.parametrize(
    "values",
    [
        {"mode": "signed"},
        {"parties": [["PAK", "convenor"]]},
        {"parties": [["PAK", "host"], ["PAK", "host"]]},
        {"parties": [["PAK", "host"], ["XQQ", "visitor"]]},
        {"place": {"country": "XQQ"}},
        {"parties": [["PAK", "host"], ["SAU", "visitor"]]},  # Iraq's participant would act for nobody
        {
            "participants": [
                {"official": None, "party": "IRQ", "role": "visitor", "rank": None, "title": "Minister"}
            ]
            * 2
        },
        {
            "participants": [
                {
                    "official": str(UUID(int=7)),
                    "party": "IRQ",
                    "role": "visitor",
                    "rank": None,
                    "title": None,
                }
            ]
        },
    ],
)
async def test_values_that_contradict_each_other_are_refused(
    session: AsyncSession, values: dict[str, Any]
) -> None:
    (event_id,) = (await store(session, MEETING)).events
    with pytest.raises(CorrectionNotValid):
        await correct_event(session, event_id, values, Edit())
    assert (await one_event(session, event_id)).version == 1


async def test_a_merged_event_cannot_be_edited_and_says_where_it_is(session: AsyncSession) -> None:
    (one,) = (await store(session, MEETING)).events
    (other,) = (await store(session, make_record(people=[make_person("Ishaq Dar", "PAK")]))).events
    await merge_events(session, other, one, Edit())
    with pytest.raises(Moved):
        await correct_event(session, other, JULY, Edit())


async def test_a_corrected_kind_keeps_its_reports_and_drops_a_mode_that_does_not_fit(
    session: AsyncSession,
) -> None:
    talks = MEETING.model_copy(update={"mode": Mode.TALKS})
    (event_id,) = (await store(session, talks)).events
    await correct_event(session, event_id, {"kind": "call"}, Edit())
    assert (await store(session, talks)).events == (event_id,)
    row = await one_event(session, event_id)
    assert (row.kind, row.mode, row.report_count) == ("call", None, 2)


async def test_an_agreement_is_corrected_and_brought_back(session: AsyncSession) -> None:
    await store(session, PACT)
    agreement_id, title = (await session.execute(select(agreement.c.id, agreement.c.title))).one()
    await correct_agreement(session, agreement_id, {"title": "The Pact", "binding": True}, Edit())
    await store(session, PACT)
    read = select(agreement.c.title, agreement.c.binding, agreement.c.version)
    assert tuple((await session.execute(read)).one()) == ("The Pact", True, 2)
    await undo_agreement(session, agreement_id, Edit())
    assert tuple((await session.execute(read)).one()) == (title, None, 3)
    assert [line.after["title"] for line in await versions(session, agreement_id)] == [
        title,
        "The Pact",
        title,
    ]


async def test_a_renamed_official_renames_events_and_is_found_by_the_new_names_alone(
    session: AsyncSession,
) -> None:
    (event_id,) = (await store(session, MEETING)).events
    who = (
        await session.execute(select(official.c.id).where(official.c.name == "Ahmed Dawood Salman"))
    ).scalar_one()
    await correct_official(session, who, {"name": "Ahmad Dawud", "aliases": ["A. D. Salman"]}, Edit())
    row = await one_event(session, event_id)
    assert "Ahmad Dawud" in row.title
    assert row.version == 2
    await undo_official(session, who, Edit())
    names = select(official_name.c.name).where(official_name.c.official == who)
    assert (await session.execute(names)).scalars().all() == ["Ahmed Dawood Salman"]
    assert "Ahmed Dawood Salman" in (await one_event(session, event_id)).title
