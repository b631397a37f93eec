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
