"""Writing: articles one at a time through the door, against what an ORM takes to add the same rows."""

import asyncio
import statistics
import time
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.dates import DateSpan, ReportedDate
from app.domain.record import EventRecord, ReportedParticipant, ReportedParty
from app.domain.vocabulary import EventKind, PartyRole, ReviewStatus
from app.storage.database import create_engine
from app.storage.recording import record_article
from app.storage.tables import ArticleRow, Event, EventParty, Participation, Report
from benchmarks.goals import Goal, Results
from benchmarks.measuring import ROUNDS
from benchmarks.stage import Stage

_ARTICLES = 100
_TARGET = 4.5


def measure_writing(results: Results, stage: Stage) -> None:
    """Measure articles a second; all of it is rolled back."""
    door, orm = asyncio.run(_measure(stage))
    ratio = statistics.median(a / b for a, b in zip(door, orm, strict=True))
    results.figures["articles a second"] = {
        "door": round(statistics.median(door)),
        "SQLModel": round(statistics.median(orm)),
    }
    results.add(
        Goal(
            "article through the door against the ORM adding its rows",
            ratio,
            _TARGET,
            note="the door matches, checks, logs and keeps the access paths too",
        )
    )


async def _measure(stage: Stage) -> tuple[list[float], list[float]]:
    engine = create_engine(stage.url, pool_size=1)
    door: list[float] = []
    orm: list[float] = []
    try:
        for number in range(ROUNDS + 1):
            for speeds, write in ((door, _by_door), (orm, _by_orm)):
                async with AsyncSession(engine, expire_on_commit=False) as session:
                    start = time.perf_counter()
                    for one in range(_ARTICLES):
                        await write(session, stage, number * _ARTICLES + one)
                    await session.flush()
                    if number:
                        speeds.append(_ARTICLES / (time.perf_counter() - start))
                    await session.rollback()
    finally:
        await engine.dispose()
    return door, orm


def made_up_meeting(number: int, pair: tuple[str, str], day: date) -> EventRecord:
    """Return what an article tells of a meeting, whose visitor nobody else is called like."""
    return EventRecord(
        kind=EventKind.MEETING,
        date=ReportedDate(**DateSpan.of_day(day).model_dump()),
        parties=tuple(ReportedParty(party=one, role=PartyRole.PARTICIPANT) for one in pair),
        participants=(ReportedParticipant(name=f"Given{number} Family{number}", party=pair[0]),),
        confidence=0.9,
        confidence_reasons=("both parties are named",),
    )


def _told(stage: Stage, number: int) -> tuple[Article, EventRecord]:
    pair = stage.pairs[number % len(stage.pairs)]
    day = date(2030, 1, 1) + timedelta(days=number)
    record = made_up_meeting(number, pair, day)
    return Article(outlet="daily1.example", title=f"Story {number}", text=f"Told {number} times."), record


async def _by_door(session: AsyncSession, stage: Stage, number: int) -> None:
    source, record = _told(stage, number)
    await record_article(session, source, [record], parser_version="benchmark")


async def _by_orm(session: AsyncSession, stage: Stage, number: int) -> None:
    await add_by_orm(session, *_told(stage, number))


async def add_by_orm(session: AsyncSession, source: Article, record: EventRecord) -> None:
    """Add the rows of an article with one event as a usual service does."""
    facts = source.model_dump(exclude={"outlet"})
    row = ArticleRow(**facts, outlet="daily1.example", parser_version="benchmark")
    title, day = source.title or "", record.date.start or date.min
    event = Event(
        **record.model_dump(include={"kind", "mode", "status", "confidence"}),
        title=title,
        summary=title,
        date_start=day,
        date_end=day,
        date_precision=record.date.precision,
        sort_date=day,
        background=False,
        confidence_reasons=list(record.confidence_reasons),
        review_status=ReviewStatus.UNREVIEWED,
        report_count=1,
        search_text=title,
    )
    session.add_all([row, event])
    await session.flush()
    parties = [EventParty(event=event.id, party=one.party, role=one.role) for one in record.parties]
    report = Report(
        event=event.id,
        article=row.id,
        ordinal=0,
        parser_version="benchmark",
        record=record.model_dump(mode="json"),
        confidence=record.confidence,
        main=True,
    )
    person = Participation(
        event=event.id,
        ordinal=0,
        party=record.parties[0].party,
        role=PartyRole.PARTICIPANT,
        title_as_reported="Minister",
    )
    session.add_all([*parties, person, report])
    await session.flush()
