"""`/metrics` for Prometheus: requests by route, and what the process has in hand."""

from importlib.util import find_spec

from fastapi import FastAPI

from app.api.load import Load
from app.errors import MetricsNotInstalled


def add_metrics(app: FastAPI, load: Load) -> None:
    """Count requests and show the counts; the extra `metrics` brings the packages."""
    if find_spec("prometheus_fastapi_instrumentator") is None:
        raise MetricsNotInstalled
    from prometheus_client import CollectorRegistry, Gauge
    from prometheus_fastapi_instrumentator import Instrumentator

    registry = CollectorRegistry()
    for name, what, read in (
        ("bilateral_requests_in_hand", "Requests that are worked on now.", lambda: load.working),
        ("bilateral_requests_turned_away", "Requests that found no place.", lambda: load.turned_away),
        ("bilateral_body_bytes_held", "Bytes of bodies on their way in.", lambda: load.held_bytes),
    ):
        Gauge(name, what, registry=registry).set_function(read)
    counting = Instrumentator(excluded_handlers=["/metrics", "/livez", "/readyz"], registry=registry)
    counting.instrument(app).expose(app, include_in_schema=False)
