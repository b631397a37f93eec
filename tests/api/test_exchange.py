"""Methods, encodings, links and announcements: what HTTP offers besides bodies."""

from datetime import date

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.deprecation import deprecated
from app.main import create_app
from app.settings import Settings
from tests.factories import make_record, store


@pytest.mark.parametrize(
    "path", ["/v1/events", "/v1/events.csv", "/v1/events.parquet", "/livez", "/docs", "/nope"]
)
async def test_head_answers_as_get_without_a_body(client: httpx.AsyncClient, path: str) -> None:
    plain = {"Accept-Encoding": "identity"}
    got, headed = await client.get(path, headers=plain), await client.head(path, headers=plain)
    assert headed.status_code == got.status_code
    assert headed.content == b""
    varying = {"x-request-id", "content-length", "transfer-encoding", "vary"}
    assert {name: value for name, value in headed.headers.items() if name not in varying} == {
        name: value for name, value in got.headers.items() if name not in varying
    }


async def test_options_names_the_methods(client: httpx.AsyncClient) -> None:
    answer = await client.options("/v1/events")
    assert answer.status_code == 204
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert (await client.options("/v1/nope")).status_code == 404


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip"])
async def test_every_text_is_compressed(
    client: httpx.AsyncClient, session: AsyncSession, encoding: str
) -> None:
    for day in range(1, 4):
        await store(session, make_record(on=date(2024, day, 1)))
    many = "&".join(f"wrong{number}=1" for number in range(20))
    for path in ("/v1/events", "/v1/events.csv", "/v1/events.ndjson", "/v1/events.ics", f"/v1/events?{many}"):
        answer = await client.get(path, headers={"Accept-Encoding": encoding})
        assert answer.headers["content-encoding"] == encoding, path
        assert "Accept-Encoding" in answer.headers["vary"]
        assert len(answer.text) > 500
    packed = await client.get("/v1/events.parquet", headers={"Accept-Encoding": encoding})
    assert "content-encoding" not in packed.headers


async def test_later_page_links_to_the_first_too(client: httpx.AsyncClient, session: AsyncSession) -> None:
    for day in range(1, 6):
        await store(session, make_record(on=date(2024, day, 1)))
    first = await client.get("/v1/events?limit=2&kind=meeting")
    second = await client.get(first.links["next"]["url"])
    assert "first" not in first.links
    assert (await client.get(second.links["first"]["url"])).json() == first.json()
    third = await client.get(second.links["next"]["url"])
    assert "next" not in third.links


@pytest.fixture
def assembled(database_url: str) -> FastAPI:
    """Return an application that the test may add routes to."""
    return create_app(Settings(database_url=database_url))


async def test_operation_that_will_go_says_when_and_what_follows(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    going = deprecated(date(2027, 1, 1), date(2027, 7, 1), successor="/v1/events")

    @app.get("/v1/old", dependencies=[going])
    async def old() -> dict[str, str]:
        return {}

    answer = await client.get("/v1/old")
    assert answer.headers["deprecation"] == "@1798761600"
    assert answer.headers["sunset"] == "Thu, 01 Jul 2027 00:00:00 GMT"
    assert answer.links["successor-version"]["url"] == "/v1/events"
    exposed = answer.headers["access-control-expose-headers"]
    assert all(name in exposed for name in ("Deprecation", "Sunset", "ETag", "Link"))
