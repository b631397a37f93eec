"""Pages and counts at two sizes: what is found by its key costs the same at any."""

import orjson

from benchmarks.goals import Goal, Results
from benchmarks.measuring import Asked, Cost, ask_once, interleave
from benchmarks.processes import Service
from benchmarks.stage import Stage

_REQUESTS = 150


def measure_growth(results: Results, small: tuple[Stage, Service], large: tuple[Stage, Service]) -> None:
    """Measure the same pages on a small and a large stage."""
    for name, query in (("dyad", "pair={}"), ("party", "party={}"), ("official", "official={}")):
        asked = {"small": _asked(*small, name, query), "large": _asked(*large, name, query)}
        first = ask_once(asked)
        told = interleave(asked)
        results.figures[f"{name} page, ms"] = {
            size: {"asked first, median": round(first[size], 2), **_ms(cost)} for size, cost in told.items()
        }
        grown = told["large"].p99_ms() / told["small"].p99_ms()
        results.add(Goal(f"{name} page, p99 against 100,000 events", grown, 1.2, least=False))
    stage, service = large
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
    cost = interleave({"dyads": Asked(service.get, ranked, (), 40)})["dyads"]
    results.add(Goal("partners of a party, ranked, median", cost.median_ms(), 20, "ms", least=False))


def _asked(stage: Stage, service: Service, name: str, query: str) -> Asked:
    words = {
        "dyad": [f"{a}-{b}" for a, b in stage.pairs],
        "party": stage.parties,
        "official": stage.officials,
    }
    paths = [f"/v1/events?{query.format(word)}" for word in words[name]]
    return Asked(service.get, paths, (service.pid, stage.postgres), _REQUESTS)


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
