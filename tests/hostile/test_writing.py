"""Hostile inputs that writers send; a number in a name is the input's in the list of hostile inputs."""

import gzip
import io
import json
import logging
import zipfile
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.keys import Scope
from tests.api.problems import assert_problem
from tests.authorization.holders import Headers, bearer, holder, stranger
from tests.factories import make_person, make_record, store
from tests.ingestion.texts import MEETING, meeting

SUIT = ("Fuad Hussein", "IRQ")
COUNTS = text(
    "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM event), (SELECT count(*) FROM api_key),"
    " (SELECT count(*) FROM correction), (SELECT count(*) FROM review)"
)


class Writing:
    """Every route that takes JSON, its fields, and a client that may use them all."""

    def __init__(self, client: httpx.AsyncClient, session: AsyncSession, event: str, official: str) -> None:
        self.client, self.session = client, session
        self.event, self.official = f"/v1/events/{event}", f"/v1/officials/{official}"
        self.routes = {
            "POST /v1/articles": "title",
            "POST /v1/extractions": "title",
            "POST /v1/keys": "name",
            f"POST {self.event}/error-reports": "message",
            f"PATCH {self.event}": "title",
            f"PATCH {self.official}": "name",
        }

    async def send(self, route: str, body: bytes, kind: str = "application/json", **headers: str) -> Any:
        method, path = route.split()
        sent = {"Content-Type": kind, "If-Match": '"0-0011223344556677"', **headers}
        return await self.client.request(method, path, content=body, headers=sent)

    async def revise(self, path: str, change: dict[str, Any]) -> httpx.Response:
        """Send a change of what was just read."""
        tag = (await self.client.get(path)).headers["etag"]
        return await self.client.patch(path, json=change, headers={"If-Match": tag})

    async def refuse(self, body: bytes | Callable[[str], bytes], *problems: tuple[int, str]) -> None:
        """Send a body, or what it is for a route's field, to each route: a problem, and nothing changed."""
        before = (await self.session.execute(COUNTS)).one()
        for route, field in self.routes.items():
            answer = await self.send(route, body(field) if callable(body) else body)
            problem = answer.status_code, answer.json()["type"].rpartition("/")[2]
            assert problem in problems, answer.text
            assert_problem(answer, *problem)
            assert len(answer.content) < 20_000
            assert "xyzzy" not in answer.text
        assert (await self.session.execute(COUNTS)).one() == before


@pytest.fixture
async def writing(writer: httpx.AsyncClient, session: AsyncSession) -> Writing:
    recorded = await store(session, make_record(people=[make_person(*SUIT)]))
    official = (
        await session.execute(text("SELECT id FROM official WHERE name = 'Fuad Hussein'"))
    ).scalar_one()
    event = public_id(Prefix.EVENT, recorded.events[0])
    return Writing(writer, session, event, public_id(Prefix.OFFICIAL, official))


def field_of(value: Any) -> Callable[[str], bytes]:
    """Return a body with a value in a route's own field, escaped as JSON allows."""
    return lambda field: json.dumps(
        {field: value, "text": MEETING} if field == "title" else {field: value}
    ).encode()


INVALID, TOO_LARGE = (422, "validation"), (413, "too-large")
MALFORMED, ENCODING = (400, "malformed"), (400, "encoding")


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("xyzzy\0", id="1"),
        pytest.param("xyzzy\ud800", id="6"),
        pytest.param(["xyzzy\ud800"], id="7"),
        pytest.param("xyzzy\x1b[31m\r\n", id="14"),
        pytest.param("xyzzy\uffff", id="15"),
        pytest.param("xyzzy\u202e", id="16"),
        pytest.param("\u200b\u2060", id="17"),
        pytest.param("xyzzy" + "\u0301" * 10_000, id="20"),
        pytest.param("\ufdfa" * 20_000, id="21"),
        pytest.param(float("nan"), id="32"),
        pytest.param(5, id="37"),
        pytest.param(True, id="37-true"),
        pytest.param("x" * 3000, id="69"),
        pytest.param("xyzzy" * 4000, id="70"),
    ],
)
async def test_01_and_06_and_07_and_14_to_17_and_20_and_21_and_33_and_37_and_69_and_70_value_is_a_422(
    writing: Writing, value: Any
) -> None:
    await writing.refuse(field_of(value), INVALID, *([TOO_LARGE] if len(str(value)) >= 20_000 else []))


async def test_08_and_50_field_that_nobody_asked_for_is_a_422(writing: Writing) -> None:
    for name in ("\ud800", "id", "is_admin", "created_by", "a" * 5000):
        await writing.refuse(json.dumps({name: 1}).encode(), INVALID)


@pytest.mark.parametrize("body", [b'{"title": "\xff"}', b'{"title": "\xc0\x80"}'])
async def test_09_and_10_body_that_is_not_utf8_is_a_400(writing: Writing, body: bytes) -> None:
    await writing.refuse(body, ENCODING)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
async def test_11_body_in_another_unicode_is_a_400(writing: Writing, encoding: str) -> None:
    await writing.refuse('{"title": "a"}'.encode(encoding), ENCODING)


@pytest.mark.parametrize("kind", ["application/json; charset=utf-7", "application/xml", "", "text/csv"])
async def test_12_and_57_body_of_another_type_is_a_415(writing: Writing, kind: str) -> None:
    for route in writing.routes:
        assert_problem(await writing.send(route, b"{}", kind), 415, "unsupported-media")
        if "articles" not in route and "extractions" not in route:  # where a plain text is an article
            assert_problem(await writing.send(route, b"{}", "text/plain"), 415, "unsupported-media")


async def test_13_byte_order_mark_is_dropped(writing: Writing) -> None:
    for route, told in (
        ("POST /v1/articles", {"text": MEETING}),
        ("POST /v1/keys", {"name": "a", "scopes": []}),
    ):
        answer = await writing.send(route, b"\xef\xbb\xbf" + json.dumps(told).encode())
        assert answer.status_code == 201, answer.text


async def test_16_and_96_text_with_markup_and_turned_writing_is_kept_as_it_came(
    writer: httpx.AsyncClient, session: AsyncSession
) -> None:
    words = f"<script>alert(1)</script> {MEETING} <img onerror=x> [a](javascript:alert(1)) \u202eabc"
    answer = await writer.post("/v1/articles", json={"text": words})
    assert answer.status_code == 201, answer.text
    held = (await session.execute(text("SELECT text FROM article ORDER BY id DESC LIMIT 1"))).scalar_one()
    assert held == words
    answers = [(await writer.get(path)) for path in ("/v1/articles", "/v1/events", "/v1/events?q=alert")]
    assert all("application/json" in one.headers["content-type"] for one in answers)
    assert all(one.headers["x-content-type-options"] == "nosniff" for one in answers)


async def people_told_of(session: AsyncSession, party: str, *names: str) -> int:
    """Tell of people with these names, one article each; return how many they are."""
    for name in names:
        await store(session, make_record(party, "PAK", people=[make_person(name, party)]))
    counted = text("SELECT count(DISTINCT official) FROM participation WHERE party = :party")
    return int((await session.execute(counted, {"party": party})).scalar_one())


async def test_18_name_in_letters_that_look_alike_is_nobody_held(session: AsyncSession) -> None:
    assert await people_told_of(session, "IRQ", "Fuad Hussein", "Fu\u0430d Hussein") == 2


async def test_18_country_in_letters_that_look_alike_is_no_country(writer: httpx.AsyncClient) -> None:
    words = MEETING.replace("Omani", "Fr\u0430nce").replace("Iraqi", "Frenсh")
    answer = await writer.post("/v1/articles", json={"text": words})
    assert answer.status_code == 201
    dyads = [dyad for one in answer.json()["results"] for event in one["events"] for dyad in event["dyads"]]
    assert "FRA" not in "".join(dyads)


async def test_19_name_in_either_normal_form_is_one_person(session: AsyncSession) -> None:
    assert await people_told_of(session, "ESP", "Jos\u00e9 Mart\u00ednez", "Jose\u0301 Marti\u0301nez") == 1


@pytest.mark.parametrize("name", ["DİYARBAKIR Işık", "Straße Groß", "ıİiI"])
async def test_22_letters_with_cases_of_their_own_make_a_name(writing: Writing, name: str) -> None:
    answer = await writing.revise(writing.official, {"name": name})
    assert (answer.status_code, answer.json()["name"]) == (200, name)
    for q in (name, name.lower(), name.upper()):
        found = (await writing.client.get("/v1/officials", params={"q": q})).json()["results"]
        assert [one["name"] for one in found] == [name], q


@pytest.mark.parametrize("letter", ["\U00031350", "\U0001fadf", "\u0378"])
async def test_23_letter_newer_than_the_runtime_is_taken(writer: httpx.AsyncClient, letter: str) -> None:
    told = {"title": f"A title {letter}", "text": f"{MEETING} {letter}"}
    answer = await writer.post("/v1/articles", json=told)
    assert answer.status_code == 201, answer.text
    assert answer.json()["results"][0]["article"]["title"] == told["title"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"title": ' + b"9" * 5000 + b"}", id="36"),
        pytest.param(b"[" * 30_000 + b"]" * 30_000, id="47"),
        pytest.param(b'{"title": ' + b"[" * 900 + b"]" * 900 + b"}", id="48"),
        pytest.param(b'{"title": "a", "title": "xyzzy"}', id="49"),
        pytest.param(b'{"title": "xyzzy', id="52"),
        pytest.param(b"", id="52-empty"),
        pytest.param(b'{"title": ' + b"[" * 33 + b"]" * 33 + b"}", id="one-too-deep"),
    ],
)
async def test_36_and_47_to_49_and_52_what_is_no_plain_json_is_a_400(writing: Writing, body: bytes) -> None:
    await writing.refuse(body, MALFORMED)


@pytest.mark.parametrize("number", [b"Infinity", b"-Infinity", b"NaN", b"1e400", b"[1e400]"])
async def test_32_to_35_number_beyond_all_bounds_is_a_422(writing: Writing, number: bytes) -> None:
    await writing.refuse(b'{"title": %b}' % number, INVALID)


@pytest.mark.parametrize("body", [b"[]", b"null", b'""', b"5"])
async def test_51_json_that_is_no_object_is_a_422(writing: Writing, body: bytes) -> None:
    await writing.refuse(body, INVALID)


async def test_53_and_54_body_over_the_limit_of_its_route_is_a_413(writing: Writing) -> None:
    small = [route for route in writing.routes if "articles" not in route and "extractions" not in route]
    for route in small:
        assert_problem(await writing.send(route, b" " * 1_000_000 + b"{}"), 413, "too-large")
    for route in writing.routes:
        assert_problem(await writing.send(route, b" " * 50_000_000), 413, "too-large")


async def test_58_and_59_packed_body_is_a_415_and_is_not_opened(writing: Writing) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    for route in writing.routes:
        answer = await writing.send(route, bomb, "application/json", **{"Content-Encoding": "gzip"})
        assert_problem(answer, 415, "unsupported-media")


def archive(member: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(member, b"0" * 10_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(archive("a.txt"), "text/plain", id="60"),
        pytest.param(archive("word/document.xml"), "application/vnd.openxmlformats", id="60-docx"),
        pytest.param(archive("../../x"), "application/zip", id="61"),
        pytest.param(archive("../../x"), "text/html", id="61-html"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "application/xml", id="62"),
        pytest.param(b"%PDF-1.7 ...", "text/plain", id="63"),
        pytest.param(b"\x1f\x8b...", "text/plain", id="63-gzip"),
    ],
)
async def test_60_to_63_file_of_a_form_that_is_no_text_is_a_415(
    writer: httpx.AsyncClient, content: bytes, kind: str
) -> None:
    direct = await writer.post("/v1/articles", content=content, headers={"Content-Type": kind})
    assert_problem(direct, 415, "unsupported-media")
    answer = await writer.post("/v1/articles", files={"file": ("a", content, kind)})
    assert_problem(answer, 415, "unsupported-media")


async def test_62_entity_of_a_page_is_not_followed(writer: httpx.AsyncClient, session: AsyncSession) -> None:
    kinds = '<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;&x;">'
    article = "<article><h1>Talks</h1><p>{}</p><p>&x;&y;</p></article>"
    page = f"<!DOCTYPE html [{kinds}]><html><body>{article}</body></html>"
    answer = await writer.post(
        "/v1/articles", content=page.format(f"{MEETING} " * 5), headers={"Content-Type": "text/html"}
    )
    assert answer.status_code == 201, answer.text
    held = (await session.execute(text("SELECT text FROM article ORDER BY id DESC LIMIT 1"))).scalar_one()
    assert "root:" not in held


@pytest.mark.parametrize(
    ("boundary", "content", "problem"),
    [
        ("", b"a", MALFORMED),
        ("; boundary=x", b"--y\r\n", MALFORMED),
        ("; boundary=", b"--\r\n", INVALID),
        ("; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nThe', MALFORMED),
        ("; boundary=x", b'--x\r\nContent-Disposition: form-data; name="fi', INVALID),
    ],
)
async def test_64_form_that_is_broken_is_a_400_or_a_422_for_want_of_a_file(
    writer: httpx.AsyncClient, boundary: str, content: bytes, problem: tuple[int, str]
) -> None:
    kind = {"Content-Type": f"multipart/form-data{boundary}"}
    assert_problem(await writer.post("/v1/articles", content=content, headers=kind), *problem)


async def test_05_and_65_form_with_many_parts_or_nul_in_a_name_is_refused(writer: httpx.AsyncClient) -> None:
    many = [("file", (f"{n}.txt", b"a", "text/plain")) for n in range(2000)]
    assert_problem(await writer.post("/v1/articles", files=many), 400, "malformed")
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\0b.txt"\r\n\r\na\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert_problem(await writer.post("/v1/articles", content=body, headers=headers), 422, "validation")


async def test_66_ten_thousand_keys_or_a_million_items_are_refused(writing: Writing) -> None:
    keys = json.dumps({f"k{number}": 1 for number in range(10_000)}).encode()
    await writing.refuse(keys, INVALID, TOO_LARGE)
    await writing.refuse(b"[" + b"0," * 1_000_000 + b"0]", INVALID, TOO_LARGE)


async def test_67_address_held_with_another_text_is_a_409(writer: httpx.AsyncClient) -> None:
    article = {"text": meeting(2), "url": "https://example.org/2"}
    assert (await writer.post("/v1/articles", json=article)).status_code == 201
    assert_problem(await writer.post("/v1/articles", json={**article, "text": meeting(3)}), 409, "conflict")


@pytest.mark.parametrize(
    "change",
    [
        {"parties": [{"id": "XQQ", "role": "host"}, {"id": "PAK", "role": "visitor"}]},
        {"participants": [{"party": "PAK", "official": "off_" + "0" * 32}]},
        {"participants": [{"party": "XQQ", "title_as_reported": "Minister"}]},
        {"place": {"country": "XQQ"}},
    ],
)
async def test_68_change_to_what_is_not_there_is_a_422(writing: Writing, change: dict[str, Any]) -> None:
    assert_problem(await writing.revise(writing.event, change), 422, "validation")


async def test_85_and_86_without_a_key_401_and_without_its_scope_403(
    writing: Writing, session: AsyncSession
) -> None:
    client, routes = writing.client, [one for one in writing.routes if "error-reports" not in one]
    del client.headers["authorization"]
    read = await holder(session)
    for route in routes:
        bodies = []
        for headers in (Headers(), bearer("nonsense"), stranger()):
            answer = await writing.send(route, b'{"title": "a"}', **headers)
            assert_problem(answer, 401, "unauthenticated")
            assert answer.headers["www-authenticate"].startswith("Bearer")
            bodies.append({**answer.json(), "request_id": None})
        assert bodies[1] == bodies[2]
        assert_problem(await writing.send(route, b'{"title": "a"}', **read), 403, "forbidden")


async def test_87_key_in_the_address_is_a_401_and_not_in_the_log(
    client: httpx.AsyncClient, session: AsyncSession, caplog: pytest.LogCaptureFixture
) -> None:
    token = (await holder(session))["Authorization"].removeprefix("Bearer ")
    with caplog.at_level(logging.INFO, "app"):
        assert_problem(await client.post(f"/v1/articles?key={token}", json={}), 401, "unauthenticated")
    ours = [str(line.msg) for line in caplog.records if line.name.startswith("app.")]
    assert any("/v1/articles" in line for line in ours)
    assert not any(token in line for line in ours)


async def test_90_name_of_a_request_is_its_senders_and_fits_one_body(
    writer: httpx.AsyncClient, session: AsyncSession
) -> None:
    async def send(words: str, name: str, **headers: str) -> httpx.Response:
        return await writer.post(
            "/v1/articles", json={"text": words}, headers={"Idempotency-Key": name, **headers}
        )

    assert (await send(meeting(1), "a")).status_code == 201
    assert_problem(await send(meeting(2), "a"), 422, "idempotency-mismatch")
    for name in ("a" * 256, "a\tb", ""):
        assert_problem(await send(meeting(3), name), 422, "validation")
    other = await holder(session, *Scope)
    assert (await send(meeting(4), "a", **other)).status_code == 201


async def test_97_formula_in_a_field_is_quoted_in_a_table(writing: Writing) -> None:
    for start in ("=", "+", "-", "@"):
        told = {"object": f"{start}cmd|' /C calc'!A0"}
        assert (await writing.revise(writing.event, told)).status_code == 200
        assert f",'{start}cmd" in (await writing.client.get("/v1/events.csv")).text.replace('"', "")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "//a", "https://a/" + "a" * 2000],
)
async def test_98_address_that_is_not_http_is_a_422(writer: httpx.AsyncClient, url: str) -> None:
    problem = assert_problem(
        await writer.post("/v1/articles", json={"text": MEETING, "url": url}), 422, "validation"
    )
    assert isinstance(problem["errors"], list)
    assert problem["errors"][0]["pointer"] == "/url"


async def test_100_same_article_again_is_the_first_and_no_second_job(
    writer: httpx.AsyncClient, session: AsyncSession
) -> None:
    first, again = [await writer.post("/v1/articles", json={"text": MEETING}) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["results"][0]["article"]["id"] == again.json()["results"][0]["article"]["id"]
    for table, wanted in (("job", 0), ("article", 1), ("report", 1)):
        assert (await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == wanted


@pytest.mark.parametrize("words", ["", " \n\t\n", "\u00a0\u2003"])
async def test_102_empty_article_is_a_422(writer: httpx.AsyncClient, words: str) -> None:
    for path in ("/v1/articles", "/v1/extractions"):
        assert_problem(await writer.post(path, json={"text": words}), 422, "validation")
        plain = await writer.post(path, content=words.encode(), headers={"Content-Type": "text/plain"})
        assert_problem(plain, 422, "validation")
