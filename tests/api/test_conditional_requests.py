from datetime import date

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from tests.conftest import CountStatements
from tests.factories import make_person, make_record, store


async def test_lists_have_weak_etags_that_change_with_data_query_and_format(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, make_record())
    addresses = ("/v1/events", "/v1/events?limit=1", "/v1/events.csv", "/v1/dyads", "/v1/meta")
    first = [(await client.get(address)).headers["etag"] for address in addresses]
    assert all(tag.startswith('W/"') for tag in first)
    assert len(set(first)) == len(first)
    as_csv = await client.get("/v1/events", headers={"Accept": "text/csv"})
    assert as_csv.headers["etag"] not in first
    await store(session, make_record(on=date(2024, 9, 1)))
    later = [(await client.get(address)).headers["etag"] for address in addresses]
    assert not set(first) & set(later)


async def test_order_of_parameters_makes_no_other_etag(client: httpx.AsyncClient) -> None:
    one, other = [
        (await client.get(f"/v1/events?{query}")).headers["etag"]
        for query in ("limit=1&count=false", "count=false&limit=1")
    ]
    assert one == other


async def test_single_event_has_a_strong_etag_of_its_own_last_change(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    met = make_record(people=[make_person("Asim Munir", "PAK")])
    recorded = await store(session, met)
    address = f"/v1/events/{public_id(Prefix.EVENT, recorded.events[0])}"
    tag = (await client.get(address)).headers["etag"]
    assert not tag.startswith("W/")
    await store(session, make_record("USA", "GBR"))
    assert (await client.get(address)).headers["etag"] == tag
    await store(session, met)
    assert (await client.get(address)).headers["etag"] != tag


@pytest.mark.parametrize(
    "address", ["/v1/events?party=PAK", "/v1/events.ndjson", "/v1/events/{id}", "/v1/meta"]
)
async def test_reader_who_is_up_to_date_costs_one_statement(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements, address: str
) -> None:
    met = make_record(people=[make_person("Asim Munir", "PAK")])
    recorded = await store(session, met)
    path = address.format(id=public_id(Prefix.EVENT, recorded.events[0]))
    tag = (await client.get(path)).headers["etag"]
    with count_statements() as statements:
        answer = await client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == tag
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=300"
    assert "Accept" in answer.headers["vary"]
    assert len(statements) == 1
    await store(session, met)
    assert (await client.get(path, headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1/parties/resolve?q=Iraq", "/v1/meta", "/v1/countries/IRQ", "/v1/events", "/v1/events.csv"]
)
async def test_every_answer_says_what_it_varies_by(client: httpx.AsyncClient, path: str) -> None:
    first = await client.get(path, headers={"Accept-Encoding": "identity"})
    again = await client.get(path, headers={"Accept-Encoding": "br"})
    held = await client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, held.status_code) == (200, 200, 304)
    assert {one.headers["vary"] for one in (first, again, held)} == {"Accept, Accept-Encoding"}


async def test_strong_etag_tells_the_encoding_and_is_known_again(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    recorded = await store(session, make_record())
    path = f"/v1/events/{public_id(Prefix.EVENT, recorded.events[0])}"
    tags = {}
    for encoding in ("br", "zstd", "gzip", "identity"):
        answer = await client.get(path, headers={"Accept-Encoding": encoding})
        assert answer.headers.get("content-encoding", "identity") == encoding
        tags[encoding] = answer.headers["etag"]
    assert len(set(tags.values())) == 4
    for tag in tags.values():
        assert (await client.get(path, headers={"If-None-Match": tag})).status_code == 304


async def test_problems_have_no_etag(client: httpx.AsyncClient) -> None:
    for path in ("/v1/events?limit=0", "/v1/nope", "/v1/events/evt_0"):
        answer = await client.get(path, headers={"If-None-Match": '"*"'})
        assert answer.status_code >= 400
        assert "etag" not in answer.headers
