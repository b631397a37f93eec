"""Writing into a database that is in use: a file of events, and articles one at a time, against an ORM."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.dates import DateSpan, ReportedDate
from app.domain.record import EventRecord, ReportedParticipant, ReportedParty
from app.domain.vocabulary import EventKind, PartyRole, ReviewStatus
from app.seeding.event_files import import_events
from app.storage.database import create_engine
from app.storage.recording import record_article
from app.storage.tables import ArticleRow, Event, EventParty, Participation, Report
from benchmarks.goals import Goal, Results
from benchmarks.measuring import ROUNDS
from benchmarks.stage import Stage

_LINES, _ARTICLES = 2_000, 100
_TARGET = 4.5

_Write = Callable[[AsyncSession, Stage, range], Awaitable[None]]


def measure_writing(results: Results, stage: Stage) -> None:
    """Measure events a second; all of it is rolled back."""
    speeds = asyncio.run(_measure(stage))
    results.figures["events written a second"] = {
        **{name: round(statistics.median(told)) for name, told in speeds.items()},
        "door against ORM": round(_ratio(speeds["door"], speeds["ORM"]), 2),
    }
    results.add(
        Goal(
            f"file of events into {results.events:,}, against the ORM adding its rows",
            _ratio(speeds["file"], speeds["ORM"]),
            _TARGET,
            note="with access paths, change log and documents",
        )
    )


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


async def _measure(stage: Stage) -> dict[str, list[float]]:
    ways: dict[str, tuple[_Write, int]] = {
        "file": (_by_file, _LINES),
        "ORM": (_by_orm, _ARTICLES),
        "door": (_by_door, _ARTICLES),
    }
    engine = create_engine(stage.url, pool_size=1)
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    try:
        for number in range(ROUNDS + 1):
            for name, (write, count) in ways.items():
                async with AsyncSession(engine, expire_on_commit=False) as session:
                    start = time.perf_counter()
                    await write(session, stage, range(number * count, (number + 1) * count))
                    await session.flush()
                    if number:
                        speeds[name].append(count / (time.perf_counter() - start))
                    await session.rollback()
    finally:
        await engine.dispose()
    return speeds


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


async def _by_file(session: AsyncSession, stage: Stage, numbers: range) -> None:
    with tempfile.NamedTemporaryFile(suffix=".ndjson") as file:
        file.writelines(orjson.dumps(_line(stage, number)) + b"\n" for number in numbers)
        file.flush()
        await import_events(session, Path(file.name))


def _line(stage: Stage, number: int) -> dict[str, Any]:
    source, record = _told(stage, number)
    return {
        "kind": record.kind,
        "date_start": record.date.start,
        "parties": [{"id": one.party} for one in record.parties],
        "participants": [
            {
                "official": {"id": stage.officials[number % len(stage.officials)], "name": one.name},
                "party": one.party,
            }
            for one in record.participants
        ],
        "confidence": record.confidence,
        "confidence_reasons": record.confidence_reasons,
        "sources": [{"outlet": source.outlet, "title": source.title}],
    }


async def _by_door(session: AsyncSession, stage: Stage, numbers: range) -> None:
    for number in numbers:
        source, record = _told(stage, number)
        await record_article(session, source, [record], parser_version="benchmark")


async def _by_orm(session: AsyncSession, stage: Stage, numbers: range) -> None:
    for number in numbers:
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
