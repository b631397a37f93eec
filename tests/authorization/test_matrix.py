"""Every operation that needs a key, against every key that must not open it; generated from the routes."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest
from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.authorization import (
    RouteWithoutScope,
    api_routes,
    authenticate,
    check_routes,
    declares_access,
    needed_scopes,
    needs_key,
    require,
)
from app.domain.keys import Scope
from app.main import create_app
from app.settings import Settings
from app.storage.tables import ApiKey
from tests.api.problems import assert_problem
from tests.authorization.holders import Headers, expired_holder, holder, revoked_holder, stranger
from tests.ingestion.texts import meeting


@dataclass(frozen=True)
class Operation:
    """A method on a path, and the scopes that its key needs."""

    method: str
    path: str
    scopes: tuple[Scope, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def operations() -> list[Operation]:
    app = create_app(Settings(), "postgresql+asyncpg://")
    return [
        Operation(method, str(route.path), tuple(Scope(scope) for scope in needed_scopes(route.dependant)))
        for route in api_routes(app)
        if needs_key(route.dependant)
        for method in sorted(route.methods or ())
    ]


OPERATIONS = operations()


async def send(client: httpx.AsyncClient, operation: Operation, headers: Headers) -> httpx.Response:
    path = operation.path.replace("{id}", "evt_0191684e8a9c7d5c9d6f0b1a2c3d4e5f").replace("{version}", "1")
    body: dict[str, str] | None = {} if operation.method in ("POST", "PATCH", "PUT") else None
    return await client.request(operation.method, path, headers=headers, json=body)


async def nobody(_: AsyncSession, *__: Scope) -> Headers:
    return {}


async def unknown(_: AsyncSession, *__: Scope) -> Headers:
    return stranger()


async def mistyped(session: AsyncSession, *scopes: Scope) -> Headers:
    right = (await holder(session, *scopes))["Authorization"]
    return {"Authorization": right[:-1] + ("0" if right[-1] != "0" else "1")}


async def other_scheme(session: AsyncSession, *scopes: Scope) -> Headers:
    return {"Authorization": (await holder(session, *scopes))["Authorization"].replace("Bearer", "Basic")}


NOT_LET_IN = (nobody, unknown, mistyped, other_scheme, revoked_holder, expired_holder)


@pytest.mark.parametrize("holder_of", NOT_LET_IN, ids=lambda one: one.__name__)
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_without_a_valid_key_every_operation_answers_401(
    client: httpx.AsyncClient,
    session: AsyncSession,
    operation: Operation,
    holder_of: Callable[..., Awaitable[Headers]],
) -> None:
    answer = await send(client, operation, await holder_of(session, *Scope))
    assert_problem(answer, 401, "unauthenticated")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.teeth
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_an_operation_that_lets_everybody_in_is_noticed(
    client: httpx.AsyncClient, session: AsyncSession, operation: Operation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def let_in(*_: object, **__: object) -> ApiKey:
        return ApiKey(name="anybody", secret_sha256="", scopes=[])

    monkeypatch.setattr(authenticate, "__code__", let_in.__code__)
    with pytest.raises(AssertionError):
        await test_without_a_valid_key_every_operation_answers_401(client, session, operation, unknown)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.scopes], ids=str)
async def test_every_scope_but_the_needed_one_answers_403(
    client: httpx.AsyncClient, session: AsyncSession, operation: Operation
) -> None:
    headers = await holder(session, *(scope for scope in Scope if scope not in operation.scopes))
    problem = assert_problem(await send(client, operation, headers), 403, "forbidden")
    assert any(scope in str(problem["detail"]) for scope in operation.scopes)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_the_needed_scopes_alone_let_in(
    client: httpx.AsyncClient, session: AsyncSession, operation: Operation
) -> None:
    answer = await send(client, operation, await holder(session, *operation.scopes))
    assert answer.status_code not in (401, 403)
    assert answer.status_code < 500
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if one.path.startswith("/v1/jobs/")], ids=str
)
async def test_88_job_of_another_is_a_404(
    client: httpx.AsyncClient, session: AsyncSession, operation: Operation
) -> None:
    owner, other = await holder(session, Scope.ARTICLES_WRITE), await holder(session, *Scope)
    lines = "\n".join(json.dumps({"text": meeting(number)}) for number in range(11))
    sent = {**owner, "Content-Type": "application/x-ndjson"}
    job = (await client.post("/v1/articles", content=lines, headers=sent)).json()["id"]
    path = operation.path.replace("{id}", job)
    assert_problem(await client.request(operation.method, path, headers=other), 404, "not-found")
    assert (await client.request(operation.method, path, headers=owner)).status_code == 200


def test_every_operation_that_changes_something_says_who_may() -> None:
    app = create_app(Settings(), "postgresql+asyncpg://")
    changing = [route for route in api_routes(app) if (route.methods or set()) - {"GET", "HEAD"}]
    assert len(changing) >= 3
    assert all(declares_access(route.dependant) for route in changing)


def test_a_route_that_declares_nothing_stops_the_start() -> None:
    app = create_app(Settings(), "postgresql+asyncpg://")
    inner, outer = APIRouter(), APIRouter(prefix="/v1")

    @inner.delete("/events/{id}")
    async def forgotten() -> None: ...

    outer.include_router(inner)
    app.include_router(outer)
    with pytest.raises(RouteWithoutScope, match=r"DELETE /v1/events/\{id\}"):
        check_routes(app)


def test_a_route_that_declares_its_scope_may_start() -> None:
    app = create_app(Settings(), "postgresql+asyncpg://")

    @app.delete("/v1/events/{id}", dependencies=[require(Scope.EVENTS_WRITE)])
    async def guarded() -> None: ...

    check_routes(app)
