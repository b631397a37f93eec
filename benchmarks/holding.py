"""What a server holds in memory: under load, and while it sends a whole list."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from benchmarks.goals import Goal, Results
from benchmarks.processes import Service, memory_mib
from benchmarks.stage import Services, Stage

_CLIENTS, _REQUESTS = 16, 200
_LINES = 200_000
_CHUNK = 64 * 1024


def measure_memory(results: Results, stage: Stage, served: Services) -> None:
    """Ask pages of every kind at once, then export some hundred thousand events."""
    ours = served.ours
    _ask_at_once(stage, ours)
    under_load = memory_mib(ours.pid)
    early, late, lines, seconds = _export(ours)
    results.figures["memory, MiB"] = {
        "under load": round(under_load),
        "of an export": [round(early), round(late)],
    }
    results.figures["exported lines a second"] = round(lines / seconds)
    results.add(
        Goal("memory of the server under load", under_load, 300, "MiB", least=False),
        Goal(f"growth over an export of {lines:,} events", late - early, 32, "MiB", least=False),
    )


def _ask_at_once(stage: Stage, service: Service) -> None:
    pages = [f"/v1/events?pair={a}-{b}&limit=200" for a, b in stage.pairs]
    pages += [f"/v1/events?party={one}&kind=visit" for one in stage.parties]
    pages += [f"/v1/dyads?party={one}" for one in stage.parties]
    pages += [f"/v1/events/{one}" for one in stage.ids]

    def ask(number: int) -> None:
        client = Service(service.port, service.pid)
        for path in islice(cycle(pages), number * _REQUESTS, (number + 1) * _REQUESTS):
            client.get(path, status=(200, 503))  # what is too much at once is refused
        client.close()

    with ThreadPoolExecutor(_CLIENTS) as pool:
        list(pool.map(ask, range(_CLIENTS)))


def _export(service: Service) -> tuple[float, float, int, float]:
    """Return the memory after a tenth and after all of the lines, how many there were, and the seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=120)
    connection.request("GET", "/v1/events.ndjson")
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"/v1/events.ndjson: {answer.status}")
    start, lines, early = time.perf_counter(), 0, 0.0
    while lines < _LINES and (chunk := answer.read(_CHUNK)):
        lines += chunk.count(b"\n")
        if not early and lines >= _LINES / 10:
            early = memory_mib(service.pid)
    seconds, late = time.perf_counter() - start, memory_mib(service.pid)
    connection.close()
    return early, late, lines, seconds
