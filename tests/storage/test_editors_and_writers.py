"""An editor and an article come to the same event at the same moment: neither undoes what the other did."""

import asyncio
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.record import EventRecord, ReportedAgreement
from app.domain.vocabulary import AgreementKind, EventKind, Mode
from app.ingestion.reparsing import reparse_article
from app.storage.database import open_session
from app.storage.editing import correct_agreement, correct_event
from app.storage.edits import Edit
from app.storage.merging import merge_events, split_event
from app.storage.recording import record_article, rerecord_article
from app.storage.tables import ArticleRow, agreement, article, change, event, evidence, report
from app.storage.withdrawing import withdraw_text
from tests.factories import PARSER_VERSION, make_article, make_person, make_record, make_signing
from tests.storage.writers import until_somebody_waits, write

PEOPLE = [make_person("Karim Khan Jatoi", "PAK"), make_person("Badr Albusaidi", "IRQ")]
MEETING = make_record("IRQ", "PAK", people=PEOPLE)
DRILL = make_record("IRQ", "PAK", kind=EventKind.EXERCISE)
ELSEWHERE = {"parties": [["OMN", "participant"], ["TUR", "participant"]], "participants": []}


async def one(url: str, wanted: Select[tuple[object]]) -> object:
    async with open_session(url) as session:
        return (await session.execute(wanted)).scalar_one()


async def corrected_elsewhere(url: str, *records: EventRecord) -> UUID:
    """Return an event that reports tell of Iraq and Pakistan, and an editor of Oman and Turkey."""
    (told,) = (await write(url, *records)).events
    async with open_session(url) as session:
        await correct_event(session, told, ELSEWHERE, Edit())
    return told


async def test_a_merge_is_not_undone_by_an_article_that_tells_of_the_event_as_before(
    own_database_url: str,
) -> None:
    told = await corrected_elsewhere(own_database_url, MEETING)
    (into,) = (await write(own_database_url, make_record("OMN", "TUR", on=date(2024, 3, 1)))).events
    async with open_session(own_database_url) as editor:
        await merge_events(editor, told, into, Edit())
        writer = asyncio.create_task(write(own_database_url, MEETING))
        await until_somebody_waits(own_database_url)
    await writer
    assert await one(own_database_url, select(event.c.merged_into).where(event.c.id == told)) == into


async def test_articles_that_find_a_corrected_event_by_either_pair_are_both_counted(
    own_database_url: str,
) -> None:
    await corrected_elsewhere(own_database_url, DRILL)
    async with open_session(own_database_url) as first:
        await record_article(first, make_article(), [DRILL], parser_version=PARSER_VERSION)
        second = asyncio.create_task(
            write(own_database_url, make_record("OMN", "TUR", kind=EventKind.EXERCISE))
        )
        await until_somebody_waits(own_database_url)
    await second
    assert await one(own_database_url, select(event.c.report_count)) == 3


async def test_a_reparse_takes_its_reports_from_the_event_that_a_split_made(own_database_url: str) -> None:
    first, second = [await write(own_database_url, MEETING) for _ in range(2)]
    assert first.events == second.events
    async with open_session(own_database_url) as editor:
        moved = (
            await editor.execute(select(report.c.id).where(report.c.article == second.article))
        ).scalar_one()
        new = await split_event(editor, first.events[0], [moved], Edit())
        rereading = asyncio.create_task(reread_as_nothing(own_database_url, second.article))
        await until_somebody_waits(own_database_url)
    await rereading
    assert await one(own_database_url, select(event.c.report_count).where(event.c.id == new)) == 0


async def reread_as_nothing(url: str, article_id: UUID) -> None:
    async with open_session(url) as session:
        row = await session.get_one(ArticleRow, article_id)
        await rerecord_article(session, row, [], parser_version="test-2")


async def test_a_reparse_brings_no_words_back_that_are_being_withdrawn(own_database_url: str) -> None:
    words = "BAGHDAD: The ministers of Iraq and Pakistan met on Monday."
    told = make_record("IRQ", "PAK", quote=(words, "ministers of Iraq"))
    written = await write(own_database_url, told, article=make_article(words))
    async with open_session(own_database_url) as editor:
        await withdraw_text(editor, written.article, Edit())
        rereading = asyncio.create_task(reparse(own_database_url, written.article))
        await until_somebody_waits(own_database_url)
    await rereading
    async with open_session(own_database_url) as session:
        assert not any((await session.execute(select(evidence.c.quote))).scalars())
        assert (await session.execute(select(article.c.parser_version))).scalar_one() == PARSER_VERSION


async def reparse(url: str, article_id: UUID) -> None:
    async with open_session(url) as session:
        await reparse_article(session, article_id)


async def test_a_withdrawal_leaves_the_words_of_an_article_that_comes_at_that_moment(
    own_database_url: str,
) -> None:
    first, second = "BAGHDAD: The ministers met on Monday.", "BAGHDAD: The unforgettable ministers met."
    told = [make_record("IRQ", "PAK", people=PEOPLE, quote=(words, words[9:30])) for words in (first, second)]
    held = await write(own_database_url, told[0], article=make_article(first))
    async with open_session(own_database_url) as writer:
        await record_article(writer, make_article(second), [told[1]], parser_version=PARSER_VERSION)
        withdrawing = asyncio.create_task(withdraw(own_database_url, held.article))
        await until_somebody_waits(own_database_url)
    await withdrawing
    assert "unforgettable" in str(await one(own_database_url, select(event.c.search_text)))


async def withdraw(url: str, article_id: UUID) -> None:
    async with open_session(url) as session:
        await withdraw_text(session, article_id, Edit())


async def test_a_corrected_agreement_keeps_its_title_when_its_next_step_comes(own_database_url: str) -> None:
    await write(own_database_url, make_signing("IRQ", "PAK"))
    pact = ReportedAgreement(kind=AgreementKind.PACT)
    ratified = make_record(
        *("IRQ", "PAK"), kind=EventKind.AGREEMENT, mode=Mode.RATIFIED, agreement=pact, on=date(2024, 12, 1)
    )
    async with open_session(own_database_url) as editor:
        held = (await editor.execute(select(agreement.c.id))).scalar_one()
        await correct_agreement(editor, held, {"title": "Treaty of Friendship"}, Edit())
        writer = asyncio.create_task(write(own_database_url, ratified))
        await until_somebody_waits(own_database_url)
    await writer
    async with open_session(own_database_url) as session:
        assert (await session.execute(select(agreement.c.version))).scalar_one() == 3
        assert await last_title(session) == "Treaty of Friendship"


async def last_title(session: AsyncSession) -> str:
    """Return the title in the log's last state of the one agreement."""
    states = select(change.c.after["title"].astext).where(
        change.c.entity == "agreement", change.c.after.is_not(None)
    )
    title: str = (await session.execute(states.order_by(change.c.seq.desc()).limit(1))).scalar_one()
    return title
