"""What no body may be, whatever its route; `/v1/keys` stands for all that take JSON."""

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.keys import Scope
from tests.api.problems import assert_problem
from tests.authorization.holders import holder


@pytest.fixture
async def admin(client: httpx.AsyncClient, session: AsyncSession) -> httpx.AsyncClient:
    client.headers.update({**await holder(session, Scope.KEYS_ADMIN), "Content-Type": "application/json"})
    return client


def nested(depth: int) -> bytes:
    return b'{"name": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        (rb'{"name": "a\u0000", "scopes": []}', 422, "validation"),
        (rb'{"name": "a\ud800", "scopes": []}', 422, "validation"),
        (rb'{"nome": "a\ud800", "scopes": 1}', 422, "validation"),
        (rb'{"\ud800": 1}', 422, "validation"),
        (b'{"name": "\xff", "scopes": []}', 400, "encoding"),
        (b'{"name": "\xc0\x80", "scopes": []}', 400, "encoding"),
        ('{"name": "a", "scopes": []}'.encode("utf-16"), 400, "encoding"),
        ('{"name": "a", "scopes": []}'.encode("utf-32"), 400, "encoding"),
        (b'{"name": NaN, "scopes": []}', 422, "validation"),
        (b'{"name": "a", "scopes": [-Infinity]}', 422, "validation"),
        (b'{"name": "a", "scopes": [1e400]}', 422, "validation"),
        (b'{"name": ' + b"9" * 5000 + b"}", 400, "malformed"),
        (nested(30_000), 400, "malformed"),
        (nested(900), 400, "malformed"),
        (nested(33), 400, "malformed"),
        (nested(10), 422, "validation"),
        (b'{"name": "a", "name": "b", "scopes": []}', 400, "malformed"),
        (b"[]", 422, "validation"),
        (b"null", 422, "validation"),
        (b'""', 422, "validation"),
        (b"", 400, "malformed"),
        (b'{"name": "a", ', 400, "malformed"),
        (b" " * 70_000 + b"{}", 413, "too-large"),
        (b"{" + b",".join(b'"k%d": 1' % number for number in range(5000)) + b"}", 422, "validation"),
    ],
    ids=lambda value: repr(value)[:40],
)
async def test_body_that_cannot_be_taken(
    admin: httpx.AsyncClient, body: bytes, status: int, slug: str
) -> None:
    answer = await admin.post("/v1/keys", content=body)
    assert_problem(answer, status, slug)
    assert len(answer.content) < 20_000


async def test_byte_order_mark_is_dropped(admin: httpx.AsyncClient) -> None:
    answer = await admin.post("/v1/keys", content=b'\xef\xbb\xbf{"name": "a", "scopes": []}')
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json; charset=utf-7"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": ""},
        {"Content-Encoding": "gzip"},
    ],
    ids=str,
)
async def test_body_of_another_type_is_a_415(admin: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await admin.post("/v1/keys", content=b'{"name": "a", "scopes": []}', headers=headers)
    assert_problem(answer, 415, "unsupported-media")


async def test_writes_answer_no_page_of_another_origin(admin: httpx.AsyncClient) -> None:
    answer = await admin.post(
        "/v1/keys", json={"name": "a", "scopes": []}, headers={"Origin": "https://example.org"}
    )
    assert "access-control-allow-origin" not in answer.headers
