"""Articles handed in over HTTP, in every form that is taken."""

import json
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.api.problems import assert_problem
from tests.ingestion.texts import LEFT, MEETING, meeting

ADDRESS = "/v1/articles?outlet=Arab%20News&published_on=2024-08-20"


async def hand_in(sender: httpx.AsyncClient, words: str = MEETING, **options: Any) -> httpx.Response:
    headers = {"Content-Type": "text/plain", **options.pop("headers", {})}
    return await sender.post(ADDRESS, content=words.encode(), headers=headers, **options)


def events_of(answer: httpx.Response) -> list[dict[str, Any]]:
    (one,) = answer.json()["results"]
    events: list[dict[str, Any]] = one["events"]
    return events


async def test_text_is_answered_with_the_event_it_tells_of(sender: httpx.AsyncClient) -> None:
    answer = await hand_in(sender)
    assert answer.status_code == 201, answer.text
    (event,) = events_of(answer)
    assert event["kind"] == "meeting"
    assert event["date_start"] == "2024-08-19"
    assert event["dyads"] == ["IRQ-OMN"]
    found = await sender.get(f"/v1/events/{event['id']}")
    assert found.json()["sources"][0]["outlet"] == "Arab News"
    assert (await sender.get(answer.headers["location"])).json() == answer.json()["results"][0]["article"]


async def test_text_that_tells_of_too_much_is_refused_with_its_reason(sender: httpx.AsyncClient) -> None:
    content = "Peru's President Ana Solis met Chile's President Rosa Vidal in Lima. " * 1_001
    answer = await sender.post("/v1/articles", content=content, headers={"Content-Type": "text/plain"})
    assert "more than 1,000 events" in str(assert_problem(answer, 422, "validation")["detail"])


async def test_same_text_again_changes_nothing(sender: httpx.AsyncClient) -> None:
    first, second = await hand_in(sender), await hand_in(sender)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["results"][0]["outcome"] == "known"
    assert events_of(first) == events_of(second)


async def test_article_in_json_brings_its_facts(sender: httpx.AsyncClient) -> None:
    article = {
        "title": "Oman, Iraq discuss trade",
        "text": MEETING,
        "url": "https://example.org/a?b=1",
        "outlet": "arabnews.com",
        "published_on": "2024-08-20",
    }
    answer = await sender.post("/v1/articles", json=article)
    assert answer.status_code == 201, answer.text
    shown = answer.json()["results"][0]["article"]
    assert (shown["title"], shown["url"]) == (article["title"], article["url"])
    assert shown["published_on"] == "2024-08-20"
    assert events_of(answer)[0]["date_start"] == "2024-08-19"


async def test_text_with_several_articles_makes_several(sender: httpx.AsyncClient) -> None:
    stories = [
        f"Headline {n} of this page\n\nHeadline {n} of this page\nUpdated {n} May 2024\n{MEETING}"
        for n in (5, 6)
    ]
    answer = await sender.post(
        "/v1/articles", content="\n".join(stories), headers={"Content-Type": "text/plain"}
    )
    assert answer.status_code == 201
    assert len(answer.json()["results"]) == 2


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("story.txt", "text/plain", MEETING),
        ("story.txt", "application/octet-stream", MEETING),
        ("story.json", "application/json", json.dumps({"text": MEETING, "published_on": "2024-08-20"})),
        ("Öffentlich.txt", "text/plain; charset=utf-8", "\ufeff" + MEETING.replace("\n", "\r\n")),
    ],
)
async def test_file_in_a_form_is_taken(sender: httpx.AsyncClient, name: str, kind: str, content: str) -> None:
    answer = await sender.post(ADDRESS, files={"file": (name, content.encode(), kind)})
    assert answer.status_code == 201, answer.text
    assert events_of(answer)[0]["date_start"] == "2024-08-19"


PAGE = f"""<!doctype html><html><head><title>Oman, Iraq discuss trade</title>
<meta property="article:published_time" content="2024-08-20"></head><body><nav>Home World</nav>
<article><h1>Oman, Iraq discuss trade</h1>
<p>{MEETING}</p><p>{"The ministry said that the talks were useful. " * 10}</p>
<script>alert(1)</script></article><footer>About us</footer></body></html>"""


async def test_article_of_a_page_is_found(sender: httpx.AsyncClient, session: AsyncSession) -> None:
    answer = await sender.post("/v1/articles", content=PAGE, headers={"Content-Type": "text/html"})
    assert answer.status_code == 201, answer.text
    shown = answer.json()["results"][0]["article"]
    assert shown["title"] == "Oman, Iraq discuss trade"
    assert shown["published_on"] == "2024-08-20"
    held = (await session.execute(text("SELECT text FROM article ORDER BY id DESC LIMIT 1"))).scalar_one()
    assert "Fuad Hussein met" in held
    assert "alert(1)" not in held
    assert "About us" not in held


async def test_extraction_shows_what_was_read_and_left_and_stores_nothing(
    sender: httpx.AsyncClient, session: AsyncSession
) -> None:
    counted = text("SELECT (SELECT count(*) FROM article) + (SELECT count(*) FROM event)")
    before = (await session.execute(counted)).scalar_one()
    answer = await sender.post(
        "/v1/extractions?published_on=2024-08-20",
        content=f"{MEETING}\n\n{LEFT}",
        headers={"Content-Type": "text/plain"},
    )
    assert answer.status_code == 200, answer.text
    (read,) = answer.json()["results"]
    record = read["records"][0]
    assert record["kind"] == "meeting"
    for span in record["evidence"]:
        assert read["text"][span["start"] : span["end"]] == span["quote"]
    alone = await sender.post("/v1/extractions", json={"text": LEFT})
    (left,) = alone.json()["results"][0]["rejected"]
    assert (left["kind"], left["quote"], left["parties"]) == ("meeting", LEFT, ["IRQ"])
    assert (await session.execute(counted)).scalar_one() == before


async def test_article_is_never_in_the_answer_of_a_read(sender: httpx.AsyncClient) -> None:
    place = (await hand_in(sender, meeting(1))).headers["location"]
    assert "Note 1 of" not in (await sender.get(place)).text


async def test_many_articles_make_a_job_for_workers(sender: httpx.AsyncClient, session: AsyncSession) -> None:
    lines = "\n".join(json.dumps({"text": meeting(number)}) for number in range(250))
    answer = await sender.post(ADDRESS, content=lines, headers={"Content-Type": "application/x-ndjson"})
    assert answer.status_code == 202, answer.text
    job = (await sender.get(answer.headers["location"])).json()
    assert job == answer.json()
    assert (job["state"], job["total"], job["waiting"]) == ("waiting", 250, 250)
    queued = text("SELECT args->'first', args->'last' FROM procrastinate_jobs ORDER BY id")
    assert [tuple(row) for row in await session.execute(queued)] == [(0, 99), (100, 199), (200, 249)]
    listed = (await sender.get(f"{answer.headers['location']}/articles?limit=2&state=waiting")).json()
    assert listed["meta"]["count"] == 250
    assert [item["ordinal"] for item in listed["results"]] == [0, 1]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"text": ""}, "/text"),
        ({"text": 5}, "/text"),
        ({"title": "a\x1bb"}, "/title"),
        ({"title": "\u200b"}, "/title"),
        ({"title": "a\u202eb"}, "/title"),
        ({"title": "a" * 501}, "/title"),
        ({"url": "file:///etc/passwd"}, "/url"),
        ({"url": "javascript:alert(1)"}, "/url"),
        ({"url": "data:text/html,x"}, "/url"),
        ({"url": "https://example.org/" + "a" * 2000}, "/url"),
        ({"published_on": "2023-02-29"}, "/published_on"),
        ({"published_on": "0001-01-01"}, "/published_on"),
        ({"published_on": 0}, "/published_on"),
        ({"published_on": "2024-08-20T00:00:00Z"}, "/published_on"),
        ({"created_by": "me"}, "/created_by"),
    ],
)
async def test_field_that_is_not_right_is_named(
    sender: httpx.AsyncClient, change: dict[str, object], pointer: str
) -> None:
    problem = assert_problem(
        await sender.post("/v1/articles", json={"text": MEETING, **change}), 422, "validation"
    )
    assert isinstance(problem["errors"], list)
    assert problem["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("kind", "content", "status", "slug"),
    [
        ("text/plain", b"", 422, "validation"),
        ("text/plain", b" \n \n", 422, "validation"),
        ("text/plain", b"a\0b", 422, "validation"),
        ("text/plain", b"a\x1b[31m", 422, "validation"),
        ("text/plain", "a\uffff".encode(), 422, "validation"),
        ("text/plain", b"caf\xe9", 400, "encoding"),
        ("text/plain", b"\xc0\x80", 400, "encoding"),
        ("text/plain; charset=utf-7", b"a", 415, "unsupported-media"),
        ("text/plain", b"%PDF-1.7 ...", 415, "unsupported-media"),
        ("text/plain", b"PK\x03\x04...", 415, "unsupported-media"),
        ("text/plain", b"\x1f\x8b...", 415, "unsupported-media"),
        ("application/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 415, "unsupported-media"),
        ("application/pdf", b"%PDF", 415, "unsupported-media"),
        ("", b"a", 415, "unsupported-media"),
        ("text/html", b"<html></html>", 422, "validation"),
        ("text/html", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>', 422, "validation"),
        ("multipart/form-data", b"a", 400, "malformed"),
        ("multipart/form-data; boundary=x", b"--y\r\n", 400, "malformed"),
        ("application/json", b"[" * 100_000 + b"]" * 100_000, 400, "malformed"),
        ("application/json", b"[" + b"0," * 500_000 + b"0]", 422, "validation"),
        ("application/json", b'{"text": "a", "text": "b"}', 400, "malformed"),
        ("application/json", b'{"text": "' + b"a" * 2_200_000 + b'"}', 413, "too-large"),
        ("application/x-ndjson", b'{"text": "a"}\n{"text": 5}\n', 422, "validation"),
        ("application/x-ndjson", b'{"text": "a"}\n' * 2_001, 413, "too-large"),
        ("text/plain", b"a" * (8 * 1024 * 1024 + 1), 413, "too-large"),
    ],
    ids=lambda value: repr(value)[:40],
)
async def test_what_is_no_article_is_refused(
    sender: httpx.AsyncClient, kind: str, content: bytes, status: int, slug: str
) -> None:
    answer = await sender.post("/v1/articles", content=content, headers={"Content-Type": kind})
    assert_problem(answer, status, slug)
    assert len(answer.content) < 20_000


async def test_form_with_many_parts_or_a_hostile_name_is_refused(sender: httpx.AsyncClient) -> None:
    many = [("file", (f"{n}.txt", b"a", "text/plain")) for n in range(2000)]
    assert_problem(await sender.post("/v1/articles", files=many), 400, "malformed")
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\0b.txt"\r\n\r\na\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await sender.post("/v1/articles", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert_problem(await sender.post("/v1/articles", data={"other": "a"}, files={}), 415, "unsupported-media")


async def test_body_without_a_length_is_not_read_past_the_limit(sender: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while sent < 100:
            sent += 1
            yield b"a" * 1_000_000

    answer = await sender.post("/v1/articles", content=endless(), headers={"Content-Type": "text/plain"})
    assert_problem(answer, 413, "too-large")
    assert sent < 12


async def test_url_held_with_another_text_is_a_conflict(sender: httpx.AsyncClient) -> None:
    article = {"text": meeting(2), "url": "https://example.org/2"}
    assert (await sender.post("/v1/articles", json=article)).status_code == 201
    assert_problem(await sender.post("/v1/articles", json={**article, "text": meeting(3)}), 409, "conflict")


async def test_script_in_a_text_is_stored_as_it_came(
    sender: httpx.AsyncClient, session: AsyncSession
) -> None:
    words = f"<script>alert(1)</script> {meeting(4)} <img onerror=x> '; DROP TABLE event; -- \u202e"
    assert (await hand_in(sender, words)).status_code == 201
    held = (await session.execute(text("SELECT text FROM article ORDER BY id DESC LIMIT 1"))).scalar_one()
    assert held == words
