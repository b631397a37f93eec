import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

import httpx
import orjson
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.record import ReportedAgreement
from app.domain.vocabulary import AgreementKind, ChangeAction, EventKind, EventStatus, Mode, ReviewStatus
from app.main import create_app
from app.queries import changes as feed
from app.settings import Settings
from app.storage.changes import Changed, log_changes
from app.storage.database import open_session
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
from app.storage.merging import merge_events, merge_officials, split_event, unmerge_event, unmerge_official
from app.storage.recording import rerecord_article
from app.storage.tables import (
    ArticleRow,
    agreement,
    change,
    event,
    event_party,
    evidence,
    official,
    party,
    report,
)
from app.storage.withdrawing import withdraw_text
from tests.factories import make_article, make_evidence, make_person, make_record, make_signing, store
from tests.storage.test_access_paths import assert_true

MUNIR = make_person("Asim Munir", "PAK")


async def read_on(client: httpx.AsyncClient, after: int = 0, limit: int = 200) -> list[dict[str, Any]]:
    """Return every change after a position, page by page."""
    seen = []
    address = f"/v1/changes?after={after}&limit={limit}"
    while address:
        answer = await client.get(address)
        assert answer.status_code == 200, answer.text
        seen += answer.json()["results"]
        address = answer.links.get("next", {}).get("url", "")
    return seen


async def position(client: httpx.AsyncClient) -> int:
    return int((await client.get("/v1/changes?limit=1")).json()["meta"]["last_seq"])


def replay(kept: dict[tuple[str, str], bytes], lines: list[bytes]) -> None:
    """Do what the documentation tells a reader to do."""
    for line in lines:
        told = orjson.loads(line)
        key = (told["entity"], told["id"])
        if told["data"] is None:
            kept.pop(key, None)
        else:
            kept[key] = orjson.dumps(told["data"])


async def exported(client: httpx.AsyncClient, path: str) -> list[bytes]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.content.splitlines()


async def assert_replay_is_the_export(client: httpx.AsyncClient, kept: dict[tuple[str, str], bytes]) -> None:
    statuses = "&".join(f"status={status}" for status in EventStatus)
    reviews = "&".join(
        f"review_status={word}"
        for word in ("unreviewed", "needs_review", "accepted", "corrected", "rejected")
    )
    whole = await exported(client, f"/v1/events.ndjson?{statuses}&{reviews}&sort=updated_at")
    events = [row for (entity, _), row in kept.items() if entity == "event"]
    events.sort(key=lambda row: (orjson.loads(row)["updated_at"], orjson.loads(row)["id"]))
    assert b"\n".join(events) == b"\n".join(whole)
    for entity, path in (("official", "officials"), ("article", "articles"), ("agreement", "agreements")):
        rows = {row for (of, _), row in kept.items() if of == entity}
        assert rows >= set(await exported(client, f"/v1/{path}.ndjson")), path
    parties = {row for (of, _), row in kept.items() if of == "party"}
    listed = [await exported(client, f"/v1/{path}.ndjson") for path in ("countries", "organizations")]
    assert parties == {row for rows in listed for row in rows}


async def test_replay_from_the_start_gives_the_export_byte_for_byte(
    client: httpx.AsyncClient, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "BATCH", 100)
    await write_a_bit_of_everything(session)
    whole: dict[tuple[str, str], bytes] = {}
    replay(whole, await exported(client, "/v1/changes.ndjson"))
    await assert_replay_is_the_export(client, whole)


async def test_a_page_says_what_the_export_says_byte_for_byte(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await write_a_bit_of_everything(session)
    after = await position(client) - 60
    page = await client.get(f"/v1/changes?after={after}&limit=1000")
    lines = await exported(client, f"/v1/changes.ndjson?after={after}")
    assert len({orjson.loads(line)["entity"] for line in lines}) > 2
    assert page.content.endswith(b',"results":[' + b",".join(lines) + b"]}")


async def test_replay_goes_on_where_it_stopped(client: httpx.AsyncClient, session: AsyncSession) -> None:
    kept: dict[tuple[str, str], bytes] = {}
    replay(kept, await exported(client, "/v1/changes.ndjson"))
    known = await position(client)
    await write_a_bit_of_everything(session)
    replay(kept, await exported(client, f"/v1/changes.ndjson?after={known}"))
    await assert_replay_is_the_export(client, kept)


async def test_replay_goes_on_over_every_deed_of_editors(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    people = [make_person("Jean Dupont", "FRA")]
    words = "Dupont met Iraqis on Monday."
    told = make_record("FRA", "IRQ", people=people).model_copy(
        update={"evidence": (make_evidence(words, "met"),)}
    )
    first = await store(session, told, article=make_article(words))
    again = await store(session, make_record("FRA", "IRQ", people=people))
    met = first.events[0]
    apart = (await store(session, make_record("FRA", "IRQ", on=date(2023, 1, 1)))).events[0]
    namesake = make_record("DEU", "IRQ", people=[make_person("Jean Dupond", "DEU")])
    await store(session, namesake, make_signing("FRA", "IRQ", people=people))
    signed = (await session.execute(select(agreement.c.id))).scalar_one()
    one, other = [
        (await session.execute(select(official.c.id).where(official.c.name == name))).scalar_one()
        for name in ("Jean Dupont", "Jean Dupond")
    ]
    reports = select(report.c.id).where(report.c.article == again.article)
    edit = Edit()
    deeds: list[Callable[[], Awaitable[Any]]] = [
        lambda: correct_event(session, met, {"object": "aid", "topics": ["trade"]}, edit),
        lambda: judge_event(session, apart, ReviewStatus.REJECTED, edit),
        lambda: undo_event(session, met, edit),
        lambda: merge_events(session, apart, met, edit),
        lambda: unmerge_event(session, apart, edit),
        lambda: correct_official(session, one, {"name": "Jean-Marc Dupont"}, edit),
        lambda: merge_officials(session, other, one, edit),
        lambda: unmerge_official(session, other, edit),
        lambda: undo_official(session, one, edit),
        lambda: correct_agreement(session, signed, {"title": "A pact"}, edit),
        lambda: undo_agreement(session, signed, edit),
        lambda: withdraw_text(session, first.article, edit),
    ]
    kept: dict[tuple[str, str], bytes] = {}
    known = 0
    (chosen,) = (await session.execute(reports)).scalars()
    deeds.append(lambda: split_event(session, met, {chosen}, edit))
    for number, deed in enumerate(deeds):
        await deed()
        await assert_true(session)
        lines = await exported(client, f"/v1/changes.ndjson?after={known}")
        assert lines, number
        replay(kept, lines)
        known = await position(client)
        await assert_replay_is_the_export(client, kept)


async def write_a_bit_of_everything(session: AsyncSession) -> None:
    """Create, report again, reread, complete, rename, sign, set aside, merge and unmerge."""
    words = "Salman called on Munir on Monday."
    met = make_record(people=[MUNIR])
    quoted = met.model_copy(update={"evidence": (make_evidence(words, "called on"),)})
    bare = quoted.model_copy(
        update={"evidence": tuple(span.model_copy(update={"quote": None}) for span in quoted.evidence)}
    )
    first = await store(session, bare, article=make_article(words).model_copy(update={"text": None}))
    await store(session, quoted, article=make_article(words))
    await store(session, met)
    row = await session.get(ArticleRow, first.article)
    assert row is not None
    await rerecord_article(session, row, [quoted], parser_version="test-2")
    visit = make_record("FRA", "PAK", kind=EventKind.VISIT, on=date(2025, 5, 5), people=[MUNIR])
    part = make_record("FRA", "PAK", on=date(2025, 5, 5), people=[MUNIR], parent=0)
    await store(session, visit, part)
    treaty = ReportedAgreement(title="Pact", kind=AgreementKind.PACT)
    signed = make_record(
        "PAK", "SAU", kind=EventKind.AGREEMENT, mode=Mode.SIGNED, agreement=treaty, people=[MUNIR]
    )
    once = await store(session, signed, make_record("USA", "GBR", on=None))
    row = await session.get(ArticleRow, once.article)
    assert row is not None
    await rerecord_article(session, row, [signed], parser_version="test-2")
    one, other = [
        (await store(session, make_record("JPN", "KOR", on=date(2024, month, 1)))).events[0]
        for month in (1, 6)
    ]
    await merge(session, one, other)
    last = (await store(session, make_record("CHN", "IND"))).events[0]
    await merge(session, other, last)
    await session.execute(update(event).where(event.c.id == one).values(merged_into=None))
    await log_changes(session, [Changed(ChangeAction.UNMERGE, "event", str(one), None, None)])


async def merge(session: AsyncSession, gone: Any, survivor: Any) -> None:
    await session.execute(update(event).where(event.c.id == gone).values(merged_into=survivor))
    await log_changes(session, [Changed(ChangeAction.MERGE, "event", str(gone), None, None)])


async def test_merged_and_deleted_events_leave_tombstones(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    merged, survivor, deleted = [
        (await store(session, make_record(*sides))).events[0]
        for sides in (("JPN", "KOR"), ("CHN", "IND"), ("USA", "GBR"))
    ]
    known = await position(client)
    await merge(session, merged, survivor)
    reports = select(report.c.id).where(report.c.event == deleted)
    await session.execute(delete(evidence).where(evidence.c.report.in_(reports)))
    for table in (report, event_party):
        await session.execute(delete(table).where(table.c.event == deleted))
    await session.execute(delete(event).where(event.c.id == deleted))
    await log_changes(session, [Changed(ChangeAction.DELETE, "event", str(deleted), {}, None)])
    first, second = await read_on(client, known)
    assert (first["action"], first["id"], first["data"]) == ("merge", public_id(Prefix.EVENT, merged), None)
    assert first["merged_into"] == public_id(Prefix.EVENT, survivor)
    assert (second["action"], second["id"], second["data"]) == (
        "delete",
        public_id(Prefix.EVENT, deleted),
        None,
    )
    assert second["merged_into"] is None


async def test_feed_has_no_gap_and_no_cap_and_tells_where_it_ends(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    known = await position(client)
    for month in range(1, 4):
        await store(session, make_record("JPN", "KOR", on=date(2024, month, 1)))
    small, large = await read_on(client, known, limit=1), await read_on(client, known)
    assert small == large
    assert [line["seq"] for line in small] == list(range(known + 1, known + 1 + len(small)))
    end = (await client.get(f"/v1/changes?after={small[-1]['seq']}")).json()
    assert end == {
        "meta": {"limit": 200, "next_after": small[-1]["seq"], "last_seq": small[-1]["seq"]},
        "results": [],
    }
    articles = (await client.get(f"/v1/changes?after={known}&entity=article")).json()
    assert {line["entity"] for line in articles["results"]} == {"article"}
    assert articles["meta"]["next_after"] == small[-1]["seq"]


async def test_new_name_of_a_party_tells_of_the_events_that_show_it(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    from app.storage.reference_rows import load_reference

    recorded = await store(session, make_record())
    await store(session, make_signing("IRQ", "PAK"))
    await session.execute(update(party).where(party.c.id == "IRQ").values(name="Mesopotamia"))
    known = await position(client)
    await load_reference(session)
    lines = await read_on(client, known)
    assert {(line["entity"], line["action"]) for line in lines} >= {("party", "update"), ("event", "update")}
    (shown,) = [line for line in lines if line["id"] == public_id(Prefix.EVENT, recorded.events[0])]
    assert shown["data"]["parties"][0]["name"] == "Iraq"
    await assert_true(session)


async def test_new_name_of_a_party_tells_of_agreements_whose_events_went_to_others(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    from app.storage.reference_rows import load_reference

    signing = (await store(session, make_signing("IRQ", "PAK"))).events[0]
    await correct_event(session, signing, {"parties": [["PAK", "signatory"], ["USA", "signatory"]]}, Edit())
    await session.execute(update(party).where(party.c.id == "IRQ").values(name="Mesopotamia"))
    known = await position(client)
    await load_reference(session)
    assert "agreement" in {line["entity"] for line in await read_on(client, known)}
    await assert_true(session)


@pytest.mark.parametrize(
    "query",
    ["after=-1", "after=x", "after=9999999999999999999", "limit=0", "limit=1001", "entity=x", "aftr=1"],
)
async def test_bad_position_is_a_422(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/v1/changes?{query}")).status_code == 422


@pytest.fixture
async def own_client(own_database_url: str) -> AsyncIterator[httpx.AsyncClient]:
    app: FastAPI = create_app(Settings(), own_database_url)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened:
            yield opened


async def test_nothing_appears_behind_a_reader_while_many_write(
    own_client: httpx.AsyncClient, own_database_url: str
) -> None:
    start = await position(own_client)
    writing = 5

    async def write(number: int) -> None:
        nonlocal writing
        for month in range(1, 5):
            async with open_session(own_database_url) as session:
                sides = [("JPN", "KOR"), ("CHN", "IND"), ("USA", "GBR"), ("FRA", "DEU"), ("TUR", "IRN")]
                await store(session, make_record(*sides[number], on=date(2024, month, 1)))
                # Some commit long after they took their numbers.
                await session.execute(text("SELECT pg_sleep(:pause)"), {"pause": 0.01 * (number % 3)})
        writing -= 1

    async def read() -> list[int]:
        seen: list[int] = []
        known = start
        ended = False
        while not ended:
            ended = writing == 0
            lines = await read_on(own_client, known, limit=3)
            seen += [line["seq"] for line in lines]
            known = seen[-1] if seen else known
        return seen

    seen, *_ = await asyncio.gather(read(), *(write(number) for number in range(5)))
    async with open_session(own_database_url) as session:
        logged = select(change.c.seq).where(change.c.seq > start).order_by(change.c.seq)
        assert seen == list((await session.execute(logged)).scalars())
    assert seen == list(range(start + 1, start + 1 + len(seen)))
    assert len(seen) >= 2 * 20
