import io
from datetime import date
from typing import Any

import httpx
import networkx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import EventKind, PartyRole
from tests.conftest import CountStatements
from tests.factories import make_record, store


async def store_several(session: AsyncSession) -> None:
    await store(session, make_record("IRQ", "PAK", on=date(2024, 1, 1)))
    await store(session, make_record("IRQ", "PAK", ("PAK", PartyRole.HOST), on=date(2025, 1, 1)))
    await store(session, make_record("IMCTC", "PAK", kind=EventKind.CALL, on=None))
    await store(session, make_record("IRN", "SAU", ("CHN", PartyRole.CONVENOR)))


async def network(client: httpx.AsyncClient, query: str = "") -> dict[str, Any]:
    answer = await client.get(f"/v1/network?{query}")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


async def test_network_has_each_pair_once_with_its_weight(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    found = await network(client)
    assert found["meta"] == {"node_count": 5, "edge_count": 3, "edges_shown": 3}
    assert found["edges"] == [
        {
            "source": "IRQ",
            "target": "PAK",
            "weight": 2,
            "first_date": "2024-01-01",
            "last_date": "2025-01-01",
        },
        {"source": "IMCTC", "target": "PAK", "weight": 1, "first_date": None, "last_date": None},
        {
            "source": "IRN",
            "target": "SAU",
            "weight": 1,
            "first_date": "2024-08-19",
            "last_date": "2024-08-19",
        },
    ]
    assert {node["id"] for node in found["nodes"]} == {"IMCTC", "IRN", "IRQ", "PAK", "SAU"}
    (pakistan,) = [node for node in found["nodes"] if node["id"] == "PAK"]
    assert pakistan == {"id": "PAK", "kind": "country", "name": "Pakistan", "event_count": 3, "degree": 2}


@pytest.mark.parametrize(
    ("query", "edges"),
    [
        ("kind=call", ["IMCTC-PAK"]),
        ("party=IRQ", ["IRQ-PAK"]),
        ("date_from=2024-12-01", ["IRQ-PAK"]),
        ("min_events=2", ["IRQ-PAK"]),
        ("party=CHN", ["IRN-SAU"]),
        ("kind=visit", []),
    ],
)
async def test_network_is_filtered_as_events_are(
    client: httpx.AsyncClient, session: AsyncSession, query: str, edges: list[str]
) -> None:
    await store_several(session)
    found = await network(client, query)
    assert [f"{edge['source']}-{edge['target']}" for edge in found["edges"]] == edges


async def test_weaker_ties_are_counted_where_they_are_left_out(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    found = await network(client, "limit=1")
    assert found["meta"] == {"node_count": 2, "edge_count": 3, "edges_shown": 1}
    assert [(node["id"], node["event_count"]) for node in found["nodes"]] == [("IRQ", 2), ("PAK", 3)]


async def test_networkx_reads_the_graphml_as_what_the_json_says(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    answer = await client.get("/v1/network.graphml?kind=meeting&kind=call")
    assert answer.headers["content-type"] == "application/graphml+xml"
    graph = networkx.read_graphml(io.BytesIO(answer.content))
    shown = await network(client)
    assert not graph.is_directed()
    assert graph.nodes["IRQ"] == {"kind": "country", "name": "Iraq", "event_count": 2, "degree": 1}
    assert {frozenset(pair): weight for *pair, weight in graph.edges(data="weight")} == {
        frozenset((edge["source"], edge["target"])): edge["weight"] for edge in shown["edges"]
    }
    assert graph.edges["IRQ", "PAK"]["first_date"] == "2024-01-01"
    assert "first_date" not in graph.edges["IMCTC", "PAK"]


async def test_graphml_without_ties_is_an_empty_graph(client: httpx.AsyncClient) -> None:
    graph = networkx.read_graphml(io.BytesIO((await client.get("/v1/network.graphml")).content))
    assert len(graph) == 0


async def test_network_takes_two_statements(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements
) -> None:
    await store_several(session)
    with count_statements() as statements:
        await network(client)
    assert len(statements) == 2


async def test_accept_gives_the_graphml_that_the_suffix_gives(client: httpx.AsyncClient) -> None:
    by_suffix = await client.get("/v1/network.graphml")
    by_accept = await client.get("/v1/network", headers={"Accept": "application/graphml+xml"})
    assert by_accept.headers["content-type"] == by_suffix.headers["content-type"]
    assert by_accept.content == by_suffix.content
    assert "Accept" in by_accept.headers["vary"]
    assert (await client.get("/v1/network")).headers["content-type"] == "application/json"
