"""Pages and counts at two sizes: what is found by its key costs the same at any."""

from itertools import cycle

import orjson

from benchmarks.goals import Goal, Results
from benchmarks.measuring import Asked, Cost, ask_once, interleave, p99_ratio
from benchmarks.processes import Service
from benchmarks.stage import Stage

_REQUESTS = 300
_FEWER = 60
_ASKED = {
    "dyad page": ("/v1/events?pair={pair}", _REQUESTS, 1.2),
    "party page": ("/v1/events?party={party}", _REQUESTS, 1.2),
    "official page": ("/v1/events?official={official}", _REQUESTS, 1.2),
    "dyad series": ("/v1/events/timeseries?pair={pair}", _FEWER, 2.2),
    "network of a year": ("/v1/network?date_from={year}-01-01&date_to={year}-12-31", _FEWER, 1.0),
}
"""What is asked at both sizes, how often a round, and at most how many times slower at the large one."""
_YEARS = range(1991, 2026)


def measure_growth(results: Results, small: tuple[Stage, Service], large: tuple[Stage, Service]) -> None:
    """Measure the same pages, counts and networks on a small and a large stage."""
    for name, (path, requests, at_most) in _ASKED.items():
        asked = {"small": _asked(*small, path, requests), "large": _asked(*large, path, requests)}
        first = ask_once(asked)
        told = interleave(asked)
        results.figures[f"{name}, ms"] = {
            size: {"asked first, median": round(first[size], 2), **_ms(cost)} for size, cost in told.items()
        }
        title = f"{name}, p99 against {small[0].events:,} events"
        results.add(Goal(title, p99_ratio(told, "large", "small"), at_most, least=False))
    _measure_depth(results, *large)


def _measure_depth(results: Results, stage: Stage, service: Service) -> None:
    """Measure what lies deep in a list, or is ranked out of many."""
    deep = interleave(
        {
            "first": Asked(service.get, [f"/v1/events?party={stage.parties[0]}"], (), _REQUESTS),
            "deep": Asked(service.get, [_deep(service, stage.parties[0])], (), _REQUESTS),
        }
    )
    results.add(
        Goal(
            "page 20 by cursor against the first, median",
            deep["deep"].median_ms() / deep["first"].median_ms(),
            1.1,
            least=False,
        )
    )
    ranked = [f"/v1/dyads?party={party}" for party in stage.parties]
    asked = {"dyads": Asked(service.get, ranked, (), 40)}
    first = ask_once(asked)["dyads"]
    cost = interleave(asked)["dyads"]
    results.figures["partners, ms"] = {"asked first, median": round(first, 2), **_ms(cost)}
    results.add(Goal("partners of a party, ranked, median", cost.median_ms(), 20, "ms", least=False))


def _asked(stage: Stage, service: Service, path: str, requests: int) -> Asked:
    drawn = zip(stage.pairs, stage.parties, stage.officials, cycle(_YEARS), strict=False)
    paths = [
        path.format(pair=f"{a}-{b}", party=party, official=official, year=year)
        for (a, b), party, official, year in drawn
    ]
    return Asked(service.get, paths, (service.pid, stage.postgres), requests)


def _deep(service: Service, party: str) -> str:
    path = f"/v1/events?party={party}"
    here = path
    for _ in range(20):
        cursor = orjson.loads(service.get(here))["meta"]["next_cursor"]
        if cursor is None:
            break
        here = f"{path}&cursor={cursor}"
    return here


def _ms(cost: Cost) -> dict[str, float]:
    return {"median": round(cost.median_ms(), 2), "p99": round(cost.p99_ms(), 2)}
