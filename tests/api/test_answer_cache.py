"""Answers that are kept: sent again as they were, and never when they would be another now."""

from datetime import date

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import Headers

from app.api.answers import AnswerCache, answer_key
from app.domain.identifiers import Prefix, public_id
from app.queries.versions import Version
from tests.conftest import CountStatements
from tests.factories import log_update, make_person, make_record, store


@pytest.mark.parametrize(
    "address",
    [
        "/v1/events?party=PAK",
        "/v1/events?party=PAK&topic=security",
        "/v1/events/{id}",
        "/v1/events/{id}/reports",
        "/v1/dyads",
        "/v1/events/timeseries",
        "/v1/meta",
    ],
)
async def test_what_is_asked_again_costs_one_statement_until_something_changes(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements, address: str
) -> None:
    met = make_record(people=[make_person("Asim Munir", "PAK")])
    recorded = await store(session, met)
    path = address.format(id=public_id(Prefix.EVENT, recorded.events[0]))
    first = await client.get(path)
    with count_statements() as statements:
        again = await client.get(path)
    assert len(statements) == 1
    assert again.content == first.content
    for name in ("etag", "cache-control", "vary", "content-type", "content-length", "link"):
        assert again.headers.get(name) == first.headers.get(name)
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    await store(session, met)
    assert (await client.get(path)).headers["etag"] != first.headers["etag"]


async def test_a_change_of_one_event_leaves_another_kept(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements
) -> None:
    recorded = await store(session, make_record())
    path = f"/v1/events/{public_id(Prefix.EVENT, recorded.events[0])}"
    first = await client.get(path)
    await store(session, make_record("USA", "GBR", on=date(2020, 1, 1)))
    with count_statements() as statements:
        assert (await client.get(path)).content == first.content
    assert len(statements) == 1
    await log_update(session, "event", str(recorded.events[0]))
    assert (await client.get(path)).headers["etag"] != first.headers["etag"]


async def test_encodings_and_formats_have_answers_of_their_own(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, *[make_record(on=date(2024, 1, day)) for day in range(1, 9)])
    for headers in ({"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}, {"Accept": "text/csv"}):
        answer = await client.get("/v1/events", headers=headers)
        if coding := headers.get("Accept-Encoding"):
            assert answer.headers.get("content-encoding", "identity") == coding
        assert answer.headers["content-type"].startswith(headers.get("Accept", "application/json"))
    head = await client.head("/v1/events", headers={"Accept-Encoding": "gzip"})
    assert head.content == b""
    assert (await client.get("/v1/events", headers={"Accept-Encoding": "gzip"})).json()["results"]


async def test_a_reader_who_shows_a_key_goes_to_the_routes(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements
) -> None:
    await store(session, make_record())
    taken = []
    for headers in ({}, {"Authorization": "Bearer x"}):
        with count_statements() as statements:
            await client.get("/v1/events?party=PAK", headers=headers)
        taken.append(len(statements))
    assert taken[0] == 1 < taken[1]


def test_nothing_is_kept_for_a_reader_with_a_key_or_for_head() -> None:
    scope = {"scheme": "http", "path": "/v1/events", "query_string": b"", "state": {}}
    assert answer_key(scope, Headers({})) is not None
    assert answer_key(scope, Headers({"authorization": "Bearer x"})) is None
    assert answer_key({**scope, "state": {"head": True}}, Headers({})) is None


async def _send_through(cache: AnswerCache, name: str, body: bytes, *, more: bool = False) -> None:
    async def send(message: object) -> None:
        pass

    scope = {"state": {"version": Version(1, own=False)}}
    keeping = cache.keeping((name,), scope, send)
    await keeping({"type": "http.response.start", "status": 200, "headers": []})
    await keeping({"type": "http.response.body", "body": body, "more_body": more})


async def test_those_not_asked_for_the_longest_go_first() -> None:
    cache = AnswerCache(10_000)
    for name in ("a", "b", "c"):
        await _send_through(cache, name, b"." * 2000)
    assert cache.get(("a",)) is not None
    await _send_through(cache, "d", b"." * 2000)
    assert [name for name in "abcd" if cache.get((name,))] == ["a", "c", "d"]


async def test_what_streams_or_is_too_large_is_not_kept() -> None:
    cache = AnswerCache(100_000_000)
    await _send_through(cache, "stream", b"a", more=True)
    await _send_through(cache, "large", b"a" * 2_000_000)
    assert cache.get(("stream",)) is cache.get(("large",)) is None
