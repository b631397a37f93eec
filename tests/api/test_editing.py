"""Editing over HTTP: the version that was read, the history, merges that answer 308, reviews, reports."""

import json
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.keys import Scope
from app.storage.tables import article, change, evidence, official
from tests.api.problems import assert_problem
from tests.authorization.holders import Headers, holder
from tests.factories import make_article, make_person, make_record, store

SALMAN = make_person("Ahmed Dawood Salman", "IRQ", title="Secretary Defense")
DAR = make_person("Ishaq Dar", "PAK")
MAY = (Scope.EVENTS_WRITE, Scope.EVENTS_REVIEW, Scope.KEYS_ADMIN, Scope.AUDIT_READ)


@pytest.fixture
async def editor(session: AsyncSession) -> Headers:
    return await holder(session, *MAY)


async def meeting(session: AsyncSession, person: Any = SALMAN, **facts: Any) -> str:
    recorded = await store(session, make_record(people=[person], **facts))
    return public_id(Prefix.EVENT, recorded.events[0])


async def seen(session: AsyncSession, text: str) -> Headers:
    """Return the header that names the newest version, as a GET's ETag does."""
    number = select(func.max(change.c.seq)).where(
        func.replace(change.c.entity_id, "-", "") == text.partition("_")[2]
    )
    return {"If-Match": f'"{(await session.execute(number)).scalar_one()}-0011223344556677"'}


async def test_a_correction_is_served_kept_and_undone(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers
) -> None:
    event = await meeting(session)
    told = {
        "date_start": "2024-07-01",
        "date_end": "2024-07-01",
        "date_precision": "day",
        "reason": "readout",
    }
    first = (await client.get(f"/v1/events/{event}")).json()
    answer = await client.patch(
        f"/v1/events/{event}", json=told, headers={**editor, **await seen(session, event)}
    )
    assert answer.status_code == 200, answer.text
    assert (answer.json()["date_start"], answer.json()["review_status"]) == ("2024-07-01", "corrected")
    assert (await client.get(f"/v1/events/{event}")).json() == answer.json()
    tag = {"If-Match": answer.headers["etag"]}
    undone = await client.post(f"/v1/events/{event}/undo", headers={**editor, **tag})
    assert {**undone.json(), "version": 1, "updated_at": first["updated_at"]} == first
    history = (await client.get(f"/v1/events/{event}/history")).json()["results"]
    assert [one["event"]["date_start"] for one in history] == ["2024-08-19", "2024-07-01", "2024-08-19"]
    deeds = (await client.get("/v1/audit", headers=editor)).json()["results"]
    assert [deed["action"] for deed in deeds[:2]] == ["event.undo", "event.correct"]


async def test_91_without_the_version_that_was_read_428_and_with_an_old_one_412(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers
) -> None:
    event = await meeting(session)
    change_it = {"object": "aid"}
    for path in (f"/v1/events/{event}/undo", f"/v1/events/{event}/merge"):
        body = {"into": event} if path.endswith("merge") else None
        assert_problem(await client.post(path, json=body, headers=editor), 428, "precondition-required")
    answer = await client.patch(f"/v1/events/{event}", json=change_it, headers=editor)
    assert_problem(answer, 428, "precondition-required")
    old = {**editor, **await seen(session, event)}
    assert (await client.patch(f"/v1/events/{event}", json=change_it, headers=old)).status_code == 200
    for stale in (old, {**editor, "If-Match": "*"}, {**editor, "If-Match": '"x"'}):
        assert_problem(await client.patch(f"/v1/events/{event}", json=change_it, headers=stale), 412, "stale")


HOSTILE_CHANGES: list[Any] = [
    {},
    [],
    {"reason": "nothing else"},
    {"id": "evt_1"},
    {"review_status": "accepted"},
    {"confidence": 1.0},
    {"title": "\u0000"},
    {"title": "\ud800"},
    {"title": "\x1b[31m"},
    {"title": "\uffff"},
    {"title": "a\u202eb"},
    {"title": "\u200b"},
    {"title": "a" + "\u0301" * 10_000},
    {"title": "\ufdfa" * 2_000},
    {"title": 5},
    {"object": "a" * 301},
    {"date_start": "2023-02-29", "date_end": "2023-02-29", "date_precision": "day"},
    {"date_start": "2024-02-02", "date_end": "2024-02-01", "date_precision": "range"},
    {"date_start": "2024-02-02"},
    {"date_start": 0, "date_end": 0, "date_precision": "day"},
    {"date_start": "0001-01-01", "date_end": "0001-01-01", "date_precision": "day"},
    {"kind": "party"},
    {"mode": "signed"},
    {"topics": ["nothing"]},
    {"parties": []},
    {"parties": [{"id": "XQQ", "role": "host"}]},
    {"parties": [{"id": "PAK", "role": "host"}] * 101},
    {"parties": [{"id": "PAK", "role": "convenor"}]},
    {"participants": [{"party": "PAK"}]},
    {"participants": [{"party": "PAK", "official": "off_" + "0" * 32}]},
    {"participants": [{"party": "PAK", "official": "'; DROP TABLE event; --"}]},
    {"place": {"country": "XQQ"}},
    {"place": {"city": "x", "planet": "Mars"}},
]


@pytest.mark.parametrize("hostile", HOSTILE_CHANGES, ids=lambda value: ascii(value)[:40])
async def test_hostile_changes_are_refused_and_change_nothing(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers, hostile: Any
) -> None:
    event = await meeting(session)
    headers = {**editor, **await seen(session, event)}
    headers["Content-Type"] = "application/json"
    answer = await client.patch(f"/v1/events/{event}", content=json.dumps(hostile), headers=headers)
    assert_problem(answer, 422, "validation")
    assert (await client.get(f"/v1/events/{event}")).json()["version"] == 1


async def test_73_what_looks_like_sql_is_stored_as_text(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers
) -> None:
    event = await meeting(session)
    headers = {**editor, **await seen(session, event)}
    told = {"title": "'; DROP TABLE event; --", "object": "=cmd|' /C calc'!A0"}
    answer = await client.patch(f"/v1/events/{event}", json=told, headers=headers)
    assert (answer.json()["title"], answer.json()["object"]) == tuple(told.values())


async def test_a_merged_id_answers_308_until_it_is_taken_apart(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers
) -> None:
    one, other = await meeting(session), await meeting(session, DAR)
    headers = {**editor, **await seen(session, one)}
    answer = await client.post(f"/v1/events/{one}/merge", json={"into": other}, headers=headers)
    assert (answer.json()["id"], answer.json()["report_count"]) == (other, 2)
    moved = await client.get(f"/v1/events/{one}")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/events/{other}")
    assert len((await client.get(f"/v1/events/{one}/history")).json()["results"]) == 2
    apart = await client.post(f"/v1/events/{one}/unmerge", headers=editor)
    assert (apart.json()["id"], apart.json()["report_count"]) == (one, 1)
    assert (await client.get(f"/v1/events/{other}")).json()["report_count"] == 1
    again = await client.post(f"/v1/events/{one}/unmerge", headers=editor)
    assert_problem(again, 409, "conflict")


async def test_merged_officials_share_names_and_answer_308(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers
) -> None:
    await meeting(session)
    await store(session, make_record("IMCTC", "SAU", people=[make_person("Ahmed Dawood Salman", "IMCTC")]))
    named = select(official.c.id).where(official.c.name == "Ahmed Dawood Salman").order_by(official.c.id)
    kept, lost = [public_id(Prefix.OFFICIAL, one) for one in (await session.execute(named)).scalars()]
    headers = {**editor, **await seen(session, lost)}
    answer = await client.post(f"/v1/officials/{lost}/merge", json={"into": kept}, headers=headers)
    assert [party["id"] for party in answer.json()["parties"]] == ["IMCTC", "IRQ"]
    assert (await client.get(f"/v1/officials/{lost}")).status_code == 308
    found = (await client.get("/v1/officials?q=Salman")).json()["results"]
    assert [one["id"] for one in found] == [kept]


@pytest.mark.parametrize(
    ("decision", "status"),
    [({"decision": "accept"}, "accepted"), ({"decision": "reject"}, "rejected")],
)
async def test_a_review_is_decided_once(
    client: httpx.AsyncClient,
    session: AsyncSession,
    editor: Headers,
    decision: dict[str, Any],
    status: str,
) -> None:
    event = await meeting(session, confidence=0.4)
    assert (await client.get("/v1/events")).json()["results"] == []
    (waiting,) = (await client.get("/v1/reviews", headers=editor)).json()["results"]
    assert (waiting["kind"], waiting["event"]) == ("low_confidence", event)
    path = f"/v1/reviews/{waiting['id']}/decision"
    answer = await client.post(path, json=decision, headers=editor)
    assert (answer.status_code, answer.json()["decision"]) == (200, decision["decision"])
    assert (await client.get(f"/v1/events/{event}")).json()["review_status"] == status
    assert_problem(await client.post(path, json=decision, headers=editor), 409, "conflict")


async def test_a_possible_duplicate_is_merged_by_its_review(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers
) -> None:
    held = await meeting(session)
    unsure = public_id(Prefix.EVENT, (await store(session, make_record())).events[0])
    (waiting,) = (await client.get("/v1/reviews", headers=editor)).json()["results"]
    assert (waiting["event"], waiting["other"]) == (unsure, held)
    await client.post(f"/v1/reviews/{waiting['id']}/decision", json={"decision": "merge"}, headers=editor)
    assert (await client.get(f"/v1/events/{unsure}")).headers["location"] == f"/v1/events/{held}"


@pytest.mark.parametrize(
    "hostile",
    [
        {},
        {"decision": "delete"},
        {"decision": "correct"},
        {"decision": "split"},
        {"decision": "accept", "reports": ["rep_" + "0" * 32]},
        {"decision": "reject", "into": "evt_" + "0" * 32},
        {"decision": "split", "reports": ["x"]},
    ],
)
async def test_a_decision_with_the_wrong_fields_is_refused(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers, hostile: dict[str, Any]
) -> None:
    await meeting(session, confidence=0.4)
    (waiting,) = (await client.get("/v1/reviews", headers=editor)).json()["results"]
    answer = await client.post(f"/v1/reviews/{waiting['id']}/decision", json=hostile, headers=editor)
    assert_problem(answer, 422, "validation")


async def test_anyone_may_report_an_error_and_the_event_stays(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers
) -> None:
    event = await meeting(session)
    path = f"/v1/events/{event}/error-reports"
    assert (await client.post(path, json={"message": "It was in Lahore."})).status_code == 201
    for hostile in ({}, {"message": ""}, {"message": "a" * 1001}, {"message": "\x1b[2J"}, {"text": "x"}):
        assert_problem(await client.post(path, json=hostile), 422, "validation")
    nowhere = await client.post(f"/v1/events/evt_{'0' * 32}/error-reports", json={"message": "x"})
    assert_problem(nowhere, 404, "not-found")
    (waiting,) = (await client.get("/v1/reviews", headers=editor)).json()["results"]
    assert (waiting["kind"], waiting["about"]) == ("reported_error", "It was in Lahore.")
    assert (await client.get(f"/v1/events/{event}")).json()["review_status"] == "unreviewed"


async def test_a_withdrawn_text_goes_with_its_quotes_and_does_not_come_back(
    client: httpx.AsyncClient, session: AsyncSession, editor: Headers
) -> None:
    words = "Salman called on Mirza in Rawalpindi on Monday."
    source, record = make_article(words), make_record(people=[SALMAN], quote=(words, "called on Mirza"))
    stored = await store(session, record, article=source)
    text = public_id(Prefix.ARTICLE, stored.article)
    headers = {**editor, **await seen(session, text)}
    answer = await client.delete(f"/v1/articles/{text}/text", headers=headers)
    assert (answer.status_code, answer.json()["id"]) == (200, text)
    await store(session, record, article=source)
    held = select(article.c.text).where(article.c.id == stored.article)
    assert (await session.execute(held)).scalar_one() is None
    assert set((await session.execute(select(evidence.c.quote))).scalars()) == {None}
    shown = public_id(Prefix.EVENT, stored.events[0])
    for path in (f"/v1/events/{shown}", "/v1/events", "/v1/events.ndjson", "/v1/changes"):
        assert "called on Mirza" not in (await client.get(path)).text, path
