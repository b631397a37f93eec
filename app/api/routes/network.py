"""Who acts together with whom."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.dependencies import ReadSession
from app.api.responses.network import GRAPHML, NetworkResponse, graphml, network_response
from app.api.routes.parameters import OF_QUERIES
from app.queries.network import NetworkFilter, find_network

router = APIRouter(tags=["network"])


@router.get("/network", summary="Get the network", operation_id="get_network", responses=OF_QUERIES)
async def read_network(wanted: Annotated[NetworkFilter, Query()], session: ReadSession) -> NetworkResponse:
    """Return the parties that act together in the events, and how often each two do."""
    return network_response(await find_network(session, wanted))


@router.get(
    "/network.graphml",
    summary="Get the network as GraphML",
    operation_id="get_network_graphml",
    response_class=Response,
    responses={
        200: {
            "description": "The network as GraphML.",
            "content": {GRAPHML: {"schema": {"type": "string"}, "example": "<graphml>…</graphml>"}},
        },
        **OF_QUERIES,
    },
)
async def read_network_graphml(wanted: Annotated[NetworkFilter, Query()], session: ReadSession) -> Response:
    """Return the same as an undirected graph in GraphML, for networkx, igraph and Gephi."""
    content = graphml(network_response(await find_network(session, wanted)))
    return Response(content, media_type=GRAPHML)
