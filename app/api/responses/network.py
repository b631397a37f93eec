"""What the network of parties looks like, as JSON and as GraphML."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

from pydantic import BaseModel, Field

from app.api.responses.shared import PartyBrief, example
from app.queries.network import Network

GRAPHML = "application/graphml+xml"
_NODE = {"id": "IRQ", "kind": "country", "name": "Iraq", "event_count": 2, "degree": 1}
_EDGE = {
    "source": "IRQ",
    "target": "PAK",
    "weight": 2,
    "first_date": "2024-08-19",
    "last_date": "2025-02-01",
}


class NetworkMeta(BaseModel):
    """How much of the network is shown."""

    model_config = example({"node_count": 2, "edge_count": 1, "edges_shown": 1})

    node_count: int = Field(description="How many parties are shown.")
    edge_count: int | None = Field(description="How many ties there are; exact, or null above 10,000.")
    edges_shown: int = Field(description="How many ties are shown, those with most events.")


class NetworkNode(PartyBrief):
    """A party with a tie that is shown."""

    model_config = example(_NODE)

    event_count: int = Field(
        description="Events in which it takes part, as convenor too, also without the others shown."
    )
    degree: int = Field(description="How many of the ties shown it has.")


class NetworkEdge(BaseModel):
    """A tie between two parties that act in the same events; it has no direction."""

    model_config = example(_EDGE)

    source: str = Field(description="The id that comes first in alphabetical order.")
    target: str
    weight: int = Field(description="How many events.")
    first_date: date | None = Field(description="First day of the first dated event.")
    last_date: date | None = Field(description="Last day of the last dated event.")


class NetworkResponse(BaseModel):
    """Parties, and the ties between them."""

    model_config = example(
        {
            "meta": {"node_count": 2, "edge_count": 1, "edges_shown": 1},
            "nodes": [_NODE, {**_NODE, "id": "PAK", "name": "Pakistan"}],
            "edges": [_EDGE],
        }
    )

    meta: NetworkMeta
    nodes: list[NetworkNode]
    edges: list[NetworkEdge]


def network_response(found: Network) -> NetworkResponse:
    """Show a network; its nodes by id, its edges strongest first."""
    edges = [edge_response(row) for row in found.edges]
    nodes: dict[str, NetworkNode] = {}
    for row in found.edges:
        for end in ("source", "target"):
            party = getattr(row, end)
            if party not in nodes:
                nodes[party] = _node(row, end)
            nodes[party].degree += 1
    return NetworkResponse(
        meta=NetworkMeta(node_count=len(nodes), edge_count=found.edge_count, edges_shown=len(edges)),
        nodes=sorted(nodes.values(), key=lambda node: node.id),
        edges=edges,
    )


def edge_response(row: Any) -> NetworkEdge:
    """Show a tie."""
    return NetworkEdge(
        source=row.source,
        target=row.target,
        weight=row.events,
        first_date=row.first_date,
        last_date=row.last_date,
    )


def _node(row: Any, end: str) -> NetworkNode:
    return NetworkNode(
        id=getattr(row, end),
        kind=getattr(row, f"{end}_kind"),
        name=getattr(row, f"{end}_name"),
        event_count=getattr(row, f"{end}_events"),
        degree=0,
    )


def graphml(network: NetworkResponse) -> bytes:
    """Write a network as GraphML: an undirected graph whose nodes and edges carry the fields of the JSON."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for owner, names in _KEYS.items():
        for name, kind in names.items():
            key = {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": kind}
            ElementTree.SubElement(root, "key", key)
    graph = ElementTree.SubElement(root, "graph", id="network", edgedefault="undirected")
    for node in network.nodes:
        _write(ElementTree.SubElement(graph, "node", id=node.id), "node", node)
    for edge in network.edges:
        ends = {"source": edge.source, "target": edge.target}
        _write(ElementTree.SubElement(graph, "edge", ends), "edge", edge)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


_KEYS = {
    "node": {"kind": "string", "name": "string", "event_count": "int", "degree": "int"},
    "edge": {"weight": "int", "first_date": "string", "last_date": "string"},
}


def _write(element: ElementTree.Element, owner: str, shown: BaseModel) -> None:
    """Write the fields of a node or an edge; what is not known is left out, as GraphML has no null."""
    for name in _KEYS[owner]:
        value = getattr(shown, name)
        if value is not None:
            ElementTree.SubElement(element, "data", key=f"{owner}_{name}").text = str(value)
