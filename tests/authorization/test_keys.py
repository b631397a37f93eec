"""What a key is worth, from its making to its end."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.keys import Scope, Token, new_token, read_token
from app.storage.audit import COMMAND_LINE
from app.storage.keys import create_key
from tests.api.problems import assert_problem
from tests.authorization.holders import Headers, bearer, holder, stranger
from tests.conftest import CountStatements


@pytest.fixture
async def admin(session: AsyncSession) -> Headers:
    return await holder(session, Scope.KEYS_ADMIN, Scope.AUDIT_READ, name="admin")


async def make(client: httpx.AsyncClient, admin: Headers, **wanted: object) -> dict[str, str]:
    body = {"name": "newsroom", "scopes": ["articles:write"], **wanted}
    answer = await client.post("/v1/keys", json=body, headers=admin)
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


async def status_of(client: httpx.AsyncClient, token: str) -> int:
    return (await client.get("/v1/me", headers=bearer(token))).status_code


async def test_key_is_made_shown_once_and_works(client: httpx.AsyncClient, admin: Headers) -> None:
    made = await make(client, admin, expires_at="2100-01-31T12:00:00+02:00")
    me = (await client.get("/v1/me", headers=bearer(made["token"]))).json()
    assert re.fullmatch(r"bil_[0-9a-f]{32}_[0-9a-f]{64}_[0-9a-f]{8}", made["token"])
    assert me["id"] == made["id"]
    assert me["scopes"] == ["articles:write"]
    assert me["expires_at"] == "2100-01-31T10:00:00Z"
    listed = await client.get("/v1/keys", headers=admin)
    assert [key["name"] for key in listed.json()["results"]] == ["admin", "newsroom"]
    secret = made["token"].split("_")[2]
    assert secret not in listed.text


async def test_only_a_hash_of_the_secret_is_stored(
    client: httpx.AsyncClient, session: AsyncSession, admin: Headers
) -> None:
    secret = (await make(client, admin))["token"].split("_")[2]
    stored = (await session.execute(text("SELECT string_agg(k::text, ' ') FROM api_key k"))).scalar_one()
    logged = (await session.execute(text("SELECT string_agg(a::text, ' ') FROM audit a"))).scalar_one()
    assert secret not in stored + logged


async def test_rotated_key_has_one_token_the_new_one(client: httpx.AsyncClient, admin: Headers) -> None:
    made = await make(client, admin)
    rotated = (await client.post(f"/v1/keys/{made['id']}/rotate", headers=admin)).json()
    assert rotated["id"] == made["id"]
    assert await status_of(client, made["token"]) == 401
    assert await status_of(client, rotated["token"]) == 200


async def test_revoked_key_ends_at_once_and_for_good(client: httpx.AsyncClient, admin: Headers) -> None:
    made = await make(client, admin)
    first = await client.post(f"/v1/keys/{made['id']}/revoke", headers=admin)
    second = await client.post(f"/v1/keys/{made['id']}/revoke", headers=admin)
    assert await status_of(client, made["token"]) == 401
    assert first.json()["revoked_at"] == second.json()["revoked_at"] is not None
    again = await client.post(f"/v1/keys/{made['id']}/rotate", headers=admin)
    assert_problem(again, 409, "conflict")


@pytest.mark.parametrize("deed", ["rotate", "revoke"])
@pytest.mark.parametrize("key_id", ["key_" + "0" * 32, "nonsense", "0"])
async def test_key_that_is_not_there_is_a_404(
    client: httpx.AsyncClient, admin: Headers, deed: str, key_id: str
) -> None:
    assert_problem(await client.post(f"/v1/keys/{key_id}/{deed}", headers=admin), 404, "not-found")


async def test_who_did_what_is_written_down(client: httpx.AsyncClient, admin: Headers) -> None:
    made = await make(client, admin)
    done = await client.post(f"/v1/keys/{made['id']}/revoke", headers=admin)
    log = (await client.get(f"/v1/audit?entity_id={made['id']}", headers=admin)).json()["results"]
    assert [line["action"] for line in log] == ["key.revoke", "key.create"]
    assert {line["key"]["name"] for line in log} == {"admin"}
    assert log[0]["request_id"] == done.headers["x-request-id"]
    everything = (await client.get("/v1/audit?action=key.create", headers=admin)).json()
    assert everything["meta"]["count"] == 2
    assert everything["results"][-1]["key"] is None, "the administrator's own key was made without one"


async def test_log_is_read_page_by_page(client: httpx.AsyncClient, admin: Headers) -> None:
    names = [(await make(client, admin))["id"] for _ in range(4)]
    address, seen = "/v1/audit?limit=2", []
    while address:
        answer = await client.get(address, headers=admin)
        seen += [line["entity_id"] for line in answer.json()["results"]]
        cursor = answer.json()["meta"]["next_cursor"]
        address = f"/v1/audit?limit=2&cursor={cursor}" if cursor else ""
    assert seen[:4] == names[::-1]
    assert len(seen) == len(set(seen)) == 5


async def test_a_refused_request_leaves_no_trace(client: httpx.AsyncClient, admin: Headers) -> None:
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    body = {"name": "late", "scopes": [], "expires_at": past}
    assert_problem(await client.post("/v1/keys", json=body, headers=admin), 422, "validation")
    assert len((await client.get("/v1/keys", headers=admin)).json()["results"]) == 1


async def test_token_in_the_address_is_a_401_wherever_it_goes(
    client: httpx.AsyncClient, admin: Headers
) -> None:
    token = admin["Authorization"].removeprefix("Bearer ")
    for address in ("/v1/events?q=", "/v1/keys?access_token="):
        assert_problem(await client.get(address + token), 401, "unauthenticated")
    told = assert_problem(await client.get(f"/v1/keys?a={token}", headers=admin), 401, "unauthenticated")
    assert "rotate" in str(told["detail"])


async def test_all_wrong_keys_get_the_same_answer_for_the_same_work(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements
) -> None:
    key, _ = await create_key(session, COMMAND_LINE, "someone", list(Scope), None)
    wrong_secret = Token(key.id, new_token(key.id).secret)
    seen = []
    for headers in (bearer("nonsense"), stranger(), bearer(wrong_secret)):
        with count_statements() as statements:
            answer = await client.get("/v1/me", headers=headers)
        assert_problem(answer, 401, "unauthenticated")
        body = {**answer.json(), "request_id": None}
        seen.append((body, answer.headers["www-authenticate"], len(statements)))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2] == 1


async def test_use_is_noted_to_the_minute_and_not_at_every_request(
    client: httpx.AsyncClient, admin: Headers, session: AsyncSession
) -> None:
    used = text("SELECT last_used_at = now() FROM api_key")
    for seconds_ago, noted in ((59, False), (61, True)):
        await session.execute(
            text("UPDATE api_key SET last_used_at = now() - make_interval(secs => :ago)"),
            {"ago": seconds_ago},
        )
        await client.get("/v1/me", headers=admin)
        assert (await session.execute(used)).scalar_one() is noted


BODY = {"name": "newsroom", "scopes": []}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "\u200b \u200d"}, "/name"),
        ({"name": "a\x1b[31m"}, "/name"),
        ({"name": "a\u202eb"}, "/name"),
        ({"name": "a\uffff"}, "/name"),
        ({"name": "a" + "\u0301" * 10_000}, "/name"),
        ({"name": "\ufdfa" * 20_000}, "/name"),
        ({"name": 5}, "/name"),
        ({"scopes": ["articles:wirte"]}, "/scopes/0"),
        ({"scopes": "articles:write"}, "/scopes"),
        ({"scopes": None}, "/scopes"),
        ({"is_admin": True}, "/is_admin"),
        ({"id": "key_" + "0" * 32}, "/id"),
        ({"<script>": 1}, "/…"),
        ({"expires_at": 1e20}, "/expires_at"),
        ({"expires_at": "2100-01-31"}, "/expires_at"),
        ({"expires_at": "2100-01-31T12:00:00"}, "/expires_at"),
        ({"expires_at": "2100-02-29T12:00:00Z"}, "/expires_at"),
        ({"expires_at": "2100-01-31T12:00:60Z"}, "/expires_at"),
        ({"expires_at": "9999-12-31T23:59:59-14:00"}, "/expires_at"),
    ],
)
async def test_field_that_is_not_right_is_named(
    client: httpx.AsyncClient, admin: Headers, change: dict[str, object], pointer: str
) -> None:
    answer = await client.post("/v1/keys", json={**BODY, **change}, headers=admin)
    problem = assert_problem(answer, 422, "validation")
    assert isinstance(problem["errors"], list)
    assert problem["errors"][0]["pointer"] == pointer
    assert "script" not in answer.text


async def test_name_in_a_script_or_with_accents_is_fine(client: httpx.AsyncClient, admin: Headers) -> None:
    made = await make(client, admin, name=" Agência de Notícias — 通讯社 ")
    assert made["name"] == "Agência de Notícias — 通讯社"


@pytest.mark.parametrize("text_given", ["bil", "bil_0_0_0", "bil_" + "0" * 32 + "_" + "0" * 64 + "_00000000"])
def test_what_is_no_token_is_told_without_a_database(text_given: str) -> None:
    assert read_token(text_given) is None
    token = new_token(UUID(int=1))
    assert read_token(str(token)) == token
