"""Files of events: what is exported comes back as it was, and what is wrong is told line by line."""

import csv
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.api.exports.formats import About, Format
from app.api.exports.lists import LISTS, WRITERS
from app.api.exports.queries import EventExport
from app.domain.dates import DateSpan
from app.domain.record import ReportedAgreement, ReportedDelegation, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, Mode, PartyRole
from app.errors import EventFileNotValid
from app.queries.versions import last_change_at
from app.seeding.event_files import ImportedEvents, import_events
from app.seeding.event_files.template import template
from app.storage.database import open_session
from tests.conftest import CountStatements, joined_session, rolled_back
from tests.factories import make_article, make_person, make_record, store
from tests.storage.test_access_paths import RECORDS, assert_true

QUOTE = "The ministers met on Monday."

EVERYTHING = {
    "status": ["occurred", "planned", "postponed", "cancelled", "denied"],
    "review_status": ["unreviewed", "needs_review", "accepted", "corrected", "rejected"],
}


async def export(session: AsyncSession, form: Format, **asked: Any) -> bytes:
    listed = LISTS["events"]
    wanted = EventExport.model_validate(EVERYTHING | asked)

    async def batches() -> AsyncIterator[Sequence[BaseModel]]:
        async for rows in listed.rows(session, wanted):
            yield [listed.show(row) for row in rows]

    about = About("events", listed.model, "", "", await last_change_at(session), ())
    return b"".join([piece async for piece in WRITERS[form](batches(), about)])


async def load(session: AsyncSession, path: Path, content: bytes) -> ImportedEvents:
    path.write_bytes(content)  # noqa: ASYNC240 - nothing else runs meanwhile
    return await import_events(session, path)


async def test_the_seeds_last_years_come_back_byte_for_byte(
    history_url: str, own_database_url: str, tmp_path: Path
) -> None:
    """`LONG=1` takes all years."""
    years: dict[str, Any] = {} if os.environ.get("LONG") else {"date_from": "2017-01-01"}
    async with open_session(history_url) as session:
        plain = await export(session, Format.NDJSON, **years)
        whole = await export(session, Format.NDJSON, expand=["reports"], **years)
    assert whole.count(b"\n") > 300
    async with open_session(own_database_url) as session:
        done = await load(session, tmp_path / "events.ndjson", whole)
        assert done == ImportedEvents(events=done.added, added=whole.count(b"\n"), known=0)
    async with open_session(own_database_url) as session:
        assert await export(session, Format.NDJSON, expand=["reports"]) == whole
        assert await export(session, Format.NDJSON) == plain
        await assert_true(session)
        changes = await count_changes(session)
        again = await import_events(session, tmp_path / "events.ndjson")
        assert again == ImportedEvents(done.events, added=0, known=done.events)
        assert await count_changes(session) == changes


async def count_changes(session: AsyncSession) -> int:
    return int((await session.execute(text("SELECT count(*) FROM change"))).scalar_one())


@asynccontextmanager
async def passing_session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """Open a session whose work is rolled back."""
    async with rolled_back(engine) as connection, joined_session(connection) as session:
        yield session


async def store_of_every_kind(session: AsyncSession) -> None:
    host, visitor = ("PAK", PartyRole.HOST), ("IRQ", PartyRole.VISITOR)
    words = f"RAWALPINDI: {QUOTE}"
    people = [
        make_person("Ana Solis", "IRQ", title="=Minister|x", rank="Gen."),
        make_person(None, "PAK", title="King"),
    ]
    met = make_record(host, visitor, people=people, quote=(words, QUOTE))
    await store(session, met, article=make_article(words, url="https://example.org/1"))
    visit = make_record(
        host,
        visitor,
        kind=EventKind.VISIT,
        mode=Mode.STATE,
        on=DateSpan.of_range(date(2023, 1, 2), date(2023, 1, 4)),
        delegation=ReportedDelegation(party="IRQ", head="Ana Solis", size=5),
        people=people,
    )
    within = make_record(host, visitor, on=date(2023, 1, 3), people=people, parent=0)
    await store(session, visit, within)
    told = ReportedAgreement(kind=AgreementKind.TREATY, title="Treaty of Friendship")
    await store(session, make_record(kind=EventKind.AGREEMENT, mode=Mode.SIGNED, agreement=told))
    await store(
        session, make_record("SAU", "USA", on=None, place=ReportedPlace(city='Say "Rome"', country="ITA"))
    )
    palace = make_record(
        "FRA", "DEU", people=[make_person("Jean Dupont", "FRA")], place=ReportedPlace(venue="Palace")
    )
    hall = make_record(
        "FRA", "DEU", people=[make_person("Jean Dupont", "FRA")], place=ReportedPlace(venue="Hall")
    )
    await store(session, palace)
    await store(session, hall)


async def test_events_of_every_kind_come_back_with_their_reports(engine: AsyncEngine, tmp_path: Path) -> None:
    async with passing_session(engine) as session:
        await store_of_every_kind(session)
        plain = await export(session, Format.NDJSON)
        whole = await export(session, Format.NDJSON, expand=["reports"])
        pacts = (await session.execute(AGREEMENTS)).all()
    assert b'differences":[{' in plain
    async with passing_session(engine) as session:
        await load(session, tmp_path / "events.ndjson", whole)
        assert await export(session, Format.NDJSON, expand=["reports"]) == whole
        assert await export(session, Format.NDJSON) == plain
        assert (await session.execute(AGREEMENTS)).all() == pacts != []
        await assert_true(session)


AGREEMENTS = text("SELECT id, title, kind, status, date_start, date_basis FROM agreement")


async def test_plain_lines_bring_all_but_quotes_and_offsets(engine: AsyncEngine, tmp_path: Path) -> None:
    async with passing_session(engine) as session:
        await store_of_every_kind(session)
        plain = await export(session, Format.NDJSON)
    async with passing_session(engine) as session:
        await load(session, tmp_path / "events.ndjson", plain)
        assert await export(session, Format.NDJSON) == plain.replace(f'"{QUOTE}"'.encode(), b"null")


async def test_csv_brings_all_but_quotes_and_differences(engine: AsyncEngine, tmp_path: Path) -> None:
    async with passing_session(engine) as session:
        await store_of_every_kind(session)
        before = await export(session, Format.CSV)
    async with passing_session(engine) as session:
        await load(session, tmp_path / "events.csv", before)
        after = await export(session, Format.CSV)
    left_out = {"sources_quote"} | {name for name in rows_of(before)[0] if name.startswith("differences_")}
    told, other = (
        [{k: v for k, v in row.items() if k not in left_out} for row in rows_of(f)] for f in (before, after)
    )
    assert told == other != []


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(RECORDS, min_size=1, max_size=5))
async def test_whatever_is_stored_comes_back(engine: AsyncEngine, tmp_path: Path, records: list[Any]) -> None:
    async with passing_session(engine) as session:
        for record in records:
            await store(session, record)
        whole = await export(session, Format.NDJSON, expand=["reports"])
    async with passing_session(engine) as session:
        await load(session, tmp_path / "events.ndjson", whole)
        assert await export(session, Format.NDJSON, expand=["reports"]) == whole
        await assert_true(session)


async def test_a_later_report_joins_an_event_that_was_imported(engine: AsyncEngine, tmp_path: Path) -> None:
    people = [make_person("Ana Solis", "IRQ")]
    async with passing_session(engine) as session:
        recorded = await store(session, make_record(people=people))
        whole = await export(session, Format.NDJSON, expand=["reports"])
    async with passing_session(engine) as session:
        await load(session, tmp_path / "events.ndjson", whole)
        assert (await store(session, make_record(people=people))).events == recorded.events


@pytest.mark.parametrize("form", ["csv", "ndjson"])
async def test_templates_are_taken_as_they_are_and_once(
    engine: AsyncEngine, tmp_path: Path, form: str
) -> None:
    async with passing_session(engine) as session:
        done = await load(session, tmp_path / f"mine.{form}", template(form).encode())
        assert done == ImportedEvents(events=1, added=1, known=0)
        (told,) = map(orjson.loads, (await export(session, Format.NDJSON)).splitlines())
        assert told["title"] == "Planned: A Name (Pakistan) visits Iraq in Baghdad"
        assert (told["date_precision"], told["dyads"]) == ("range", ["IRQ-PAK"])
        again = await import_events(session, tmp_path / f"mine.{form}")
        assert again == ImportedEvents(events=1, added=0, known=1)


async def test_the_planner_counts_anew_where_a_file_is_large_for_what_is_held(
    session: AsyncSession, count_statements: CountStatements, tmp_path: Path
) -> None:
    await session.execute(text("ANALYZE article"))
    lines = [orjson.dumps(GOOD | {"date_start": f"2030-01-{day:02}"}) for day in range(1, 21)]
    with count_statements() as many:
        await load(session, tmp_path / "many.ndjson", b"\n".join(lines))
    with count_statements() as one:
        await load(session, tmp_path / "one.ndjson", orjson.dumps(GOOD))
    assert ("ANALYZE" in many, "ANALYZE" in one) == (True, False)


GOOD = {"kind": "meeting", "parties": [{"id": "IRQ"}, {"id": "PAK"}]}
EVENT = f"evt_{'1' * 32}"
BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "unknown kind": ({"kind": "meetin"}, "kind", "'meetin' is not right"),
    "mode of another kind": ({"mode": "state"}, "mode", "meeting has"),
    "unknown field": ({"titel": "x"}, "titel", "there is no such field"),
    "no parties": ({"parties": []}, "parties", "'[]' is not right"),
    "unknown party": ({"parties": [{"id": "IRQ"}, {"id": "ZZZ"}]}, "parties.1.id", "there is no party ZZZ"),
    "a party twice": ({"parties": [{"id": "IRQ"}] * 2}, "parties", "a party has the same role twice"),
    "only a convenor": (
        {"parties": [{"id": "IRQ", "role": "convenor"}]},
        "parties",
        "somebody must take part",
    ),
    "unknown role": ({"parties": [{"id": "IRQ", "role": "guest"}]}, "parties.0.role", "'guest' is not right"),
    "a day that is none": ({"date_start": "2024-02-30"}, "date_start", "'2024-02-30' is not right"),
    "inverted days": ({"date_start": "2024-02-03", "date_end": "2024-02-01"}, "", "the last day is before"),
    "a precision without days": ({"date_precision": "day"}, "", "precision day needs both days"),
    "unknown place": ({"place": {"country": "QQQ"}}, "place.country", "there is no party QQQ"),
    "unknown topic": ({"topics": ["sport"]}, "topics.0", "'sport' is not right"),
    "a bad id": ({"id": "7"}, "id", "'7' is not right"),
    "no parent": ({"parent": EVENT}, "parent", f"there is no event {EVENT}"),
    "a stranger": (
        {"participants": [{"party": "USA", "title_as_reported": "King"}]},
        "participants",
        "USA is not among the parties",
    ),
    "nobody": ({"participants": [{"party": "IRQ"}]}, "participants.0", "is not right"),
    "too sure": ({"confidence": 2}, "confidence", "'2' is not right"),
    "no address": ({"sources": [{"url": "example.org"}]}, "sources.0.url", "'example.org' is not right"),
    "an agreement of a meeting": (
        {"agreement": {"id": f"agr_{'1' * 32}", "title": "Pact"}},
        "agreement",
        "only an event of kind agreement",
    ),
    "a time without its offset": ({"created_at": "2024-01-01T00:00:00"}, "created_at", "an instant needs"),
}


async def faults_of(session: AsyncSession, path: Path, content: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(EventFileNotValid) as refused:
        await load(session, path, content)
    assert all(fault.expected for fault in refused.value.faults)
    return [(fault.line, fault.field, fault.problem) for fault in refused.value.faults]


async def test_each_bad_line_is_told_with_its_field_and_nothing_is_stored(
    session: AsyncSession, tmp_path: Path
) -> None:
    lines = [GOOD, *(GOOD | wrong for wrong, _, _ in BAD.values())]
    content = b"\n".join(map(orjson.dumps, lines))
    faults = await faults_of(session, tmp_path / "bad.ndjson", content)
    for number, (name, (_, field, problem)) in enumerate(BAD.items(), start=2):
        told = [(one, what) for line, one, what in faults if line == number]
        assert told[0][0] == field, name
        assert problem in told[0][1], name
        assert len(told) == 1, name
    assert await export(session, Format.NDJSON) == b""


NO_EVENTS = {
    "no JSON": (b"{", "ndjson", 1, "", "this is no JSON"),
    "no object": (b"[]", "ndjson", 1, "", "'[]' is not right"),
    "not UTF-8": (b'{"kind": "\xff"}', "ndjson", 1, "", "this is no JSON"),
    "too long": (b'"' + b"x" * 1_100_000 + b'"', "ndjson", 1, "", "1100002 bytes long"),
    "the same id": (
        b"\n".join([orjson.dumps(GOOD | {"id": EVENT})] * 2),
        "ndjson",
        2,
        "id",
        "line 1 has the same id",
    ),
    "unknown column": (b"kind,parties_id,partys\n", "csv", 1, "partys", "there is no such column"),
    "missing column": (b"kind\n", "csv", 1, "parties_id", "the column is missing"),
    "column twice": (b"kind,parties_id,kind\n", "csv", 1, "kind", "the column is there twice"),
    "another number of cells": (b"kind,parties_id\nvisit\n", "csv", 2, "", "it has 1 cells"),
    "another number of roles": (
        b"kind,parties_id,parties_role\nvisit,IRQ|PAK,host\n",
        "csv",
        2,
        "parties",
        "parties_id has 2, parties_role has 1",
    ),
    "open quotes": (b'kind,parties_id\nvisit,"IRQ\n', "csv", 2, "", "this is no CSV"),
    "cells that are not UTF-8": (b"kind,parties_id\nvisit,\xff\n", "csv", 2, "", "it is not UTF-8"),
}


@pytest.mark.parametrize("name", NO_EVENTS)
async def test_a_file_that_is_no_file_of_events_says_why(
    session: AsyncSession, tmp_path: Path, name: str
) -> None:
    content, form, line, field, problem = NO_EVENTS[name]
    ((told_line, told_field, told),) = await faults_of(session, tmp_path / f"bad.{form}", content)
    assert (told_line, told_field) == (line, field)
    assert problem in told


async def test_an_article_that_is_held_under_another_id_is_told(
    session: AsyncSession, tmp_path: Path
) -> None:
    await store(session, make_record(), article=make_article(url="https://example.org/1"))
    source = {"article": f"art_{'1' * 32}", "url": "https://example.org/1"}
    content = orjson.dumps(GOOD | {"id": EVENT, "sources": [source]})
    ((line, field, _),) = await faults_of(session, tmp_path / "other.ndjson", content)
    assert (line, field) == (1, "article.url")
