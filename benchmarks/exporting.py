"""Whole lists as files, against a service that writes each row of a cursor."""

import sys
from datetime import date, timedelta

from benchmarks.goals import Goal, Results
from benchmarks.measuring import Asked, ask_once, interleave, ratio
from benchmarks.processes import Service, free_port, running
from benchmarks.stage import Services, Stage

_RANGES, _DAYS, _REQUESTS = 5, 30, 5
_TARGET = 2
_FORMATS = {"ndjson": "NDJSON", "csv": "CSV"}


def measure_exports(results: Results, stage: Stage, served: Services) -> None:
    """Measure the events of some months as NDJSON and as CSV."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--no-access-log", "benchmarks.peers.cursor:app"]
    with running(
        [*command, "--port", str(port)], port, "/docs", BENCHMARK_DATABASE_URL=stage.plain_url
    ) as peer:
        lines = [_check(served.ours, peer, asked) for asked in _ranges()]
        for form, name in _FORMATS.items():
            asked = {
                "ours": _asked(served.ours, f"/v1/events.{form}", stage),
                "cursor": _asked(peer, f"/events.{form}", stage),
            }
            ask_once(asked)
            costs = interleave(asked)
            results.figures[f"{name}, lines a CPU-second"] = {
                one: round(sum(lines) / len(lines) / sorted(cost.cpu)[len(cost.cpu) // 2])
                for one, cost in costs.items()
            }
            results.add(Goal(f"{name} of events, against a cursor", ratio(costs, "cursor", "ours"), _TARGET))


def _ranges() -> list[str]:
    """Return ranges of days, as parameters; many days apart, so that no two share a block."""
    first = [date(1995, 1, 1) + timedelta(days=number * 1_000) for number in range(_RANGES)]
    return [f"?date_from={day}&date_to={day + timedelta(days=_DAYS)}" for day in first]


def _asked(service: Service, path: str, stage: Stage) -> Asked:
    paths = [path + days for days in _ranges()]
    return Asked(service.get, paths, (service.pid, stage.postgres), _REQUESTS)


def _check(ours: Service, peer: Service, asked: str) -> int:
    """Return how many lines both answer; they must be as many."""
    told = {
        one.count(b"\n")
        for one in (ours.get(f"/v1/events.ndjson{asked}"), peer.get(f"/events.ndjson{asked}"))
    }
    if len(told) != 1:
        raise RuntimeError(f"{asked}: {told} lines")
    return told.pop()
