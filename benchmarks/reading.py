"""Pages and single events, against the peers on the same data."""

import resource
import subprocess
from pathlib import Path

from app.storage.binaries import find_binaries
from benchmarks.goals import Goal, Results
from benchmarks.measuring import ROUNDS, Asked, Cost, ask_once, interleave, ratio
from benchmarks.processes import cpu_seconds, ended_seconds
from benchmarks.stage import Peers, Services, Stage

_PAGE = """\\set n random(1, {pairs})
SELECT d.doc FROM (
    SELECT event, sort_date FROM event_dyad
    WHERE (a, b) = (SELECT a, b FROM benchmark_pair WHERE n = :n) AND listed
    ORDER BY sort_date DESC, event DESC LIMIT 50) k
JOIN event_doc d ON d.event = k.event ORDER BY k.sort_date DESC, k.event DESC;
"""
_SINGLE = """\\set n random(1, {events})
SELECT doc FROM event_doc WHERE event = (SELECT event FROM benchmark_event WHERE n = :n);
"""
_TRANSACTIONS = 400


def measure_reading(results: Results, stage: Stage, served: Services, peers: Peers) -> None:
    """Measure pages of 50 and single events."""
    pages = interleave(_pages(stage, served, peers))
    asked = _singles(stage, served, peers)
    ask_once(asked)  # pgbench asks for the same ones over and over
    singles = interleave(asked)
    held = interleave(_held(stage, served))
    bare_page = _pgbench(stage, "page", _PAGE.format(pairs=len(stage.pairs)))
    bare_single = _pgbench(stage, "single", _SINGLE.format(events=len(stage.ids)))
    results.figures["pages"] = {name: _told(cost) for name, cost in pages.items()}
    results.figures["singles"] = {name: _told(cost) for name, cost in singles.items()}
    results.figures["bare Postgres"] = {"page": bare_page, "single": bare_single}
    results.add(
        Goal(
            "page of 50, no cache: requests a CPU-second against naive", ratio(pages, "naive", "uncached"), 25
        ),
        Goal("page of 50, cached documents: against naive", ratio(pages, "naive", "ours"), 80),
        Goal("304 against a kept page: requests a CPU-second", ratio(held, "page", "304"), 1.4),
        Goal("single event: against naive", ratio(singles, "naive", "uncached"), 17),
        Goal("page of 50, no cache: against Datasette", ratio(pages, "datasette", "uncached"), 6),
        Goal("page: CPU against bare pgbench", _median(pages["uncached"]) / bare_page, 1.5, least=False),
        Goal(
            "single event: CPU against pgbench", _median(singles["uncached"]) / bare_single, 3.5, least=False
        ),
    )


def _pages(stage: Stage, served: Services, peers: Peers) -> dict[str, Asked]:
    ours = [f"/v1/events?pair={a}-{b}&limit=50" for a, b in stage.pairs]
    asked = {
        "ours": Asked(served.ours.get, ours, (served.ours.pid, stage.postgres), 200),
        "uncached": Asked(served.uncached.get, ours, (served.uncached.pid, stage.postgres), 200),
    }
    naive = [f"/events?a={a}&b={b}&limit=50" for a, b in stage.pairs]
    asked["naive"] = Asked(peers.naive.get, naive, (peers.naive.pid, stage.postgres), 20)
    columns = "&".join(f"_json={name}" for name in ("parties", "participants", "sources"))
    sette = [f"/bench/page.json?a={a}&b={b}&_shape=array&{columns}" for a, b in stage.pairs]
    asked["datasette"] = Asked(peers.datasette.get, sette, (peers.datasette.pid,), 60)
    return asked


def _held(stage: Stage, served: Services) -> dict[str, Asked]:
    """Return the same pages asked by readers who hold them, and by readers who do not."""
    paths = [f"/v1/events?pair={a}-{b}&limit=50" for a, b in stage.pairs[:50]]
    tags = {path: {"If-None-Match": served.ours.get_tag(path)} for path in paths}

    def ask_again(path: str) -> bytes:
        return served.ours.get(path, tags[path], status=(304,))

    pids = (served.ours.pid, stage.postgres)
    return {"page": Asked(served.ours.get, paths, pids, 300), "304": Asked(ask_again, paths, pids, 300)}


def _singles(stage: Stage, served: Services, peers: Peers) -> dict[str, Asked]:
    ours = [f"/v1/events/{one}" for one in stage.ids]
    naive = [f"/events/{one[4:]}" for one in stage.ids]
    return {
        "uncached": Asked(served.uncached.get, ours, (served.uncached.pid, stage.postgres), 300),
        "naive": Asked(peers.naive.get, naive, (peers.naive.pid, stage.postgres), 60),
    }


def _pgbench(stage: Stage, name: str, script: str) -> float:
    """Return the processor seconds that Postgres and pgbench spend on one transaction."""
    path = stage.folder / f"{name}.sql"
    path.write_text(script, encoding="utf-8")
    _write_numbers(stage)
    command = [str(find_binaries() / "pgbench"), "-n", "-c", "1", "-M", "prepared", "-f", str(path)]
    spent = []
    for count in (_TRANSACTIONS, *[_TRANSACTIONS * 5] * ROUNDS):
        before = _spent(stage.postgres)
        told = subprocess.run(
            [*command, "-t", str(count), stage.plain_url], capture_output=True, text=True, check=True
        )
        if f"processed: {count}/" not in told.stdout:
            raise RuntimeError(told.stdout)
        spent.append((_spent(stage.postgres) - before) / count)
    return sorted(spent[1:])[ROUNDS // 2]


def _spent(postgres: int) -> float:
    """Return the processor time of Postgres, its ended processes included, and of pgbench."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return cpu_seconds(postgres) + ended_seconds(postgres) + usage.ru_utime + usage.ru_stime


def _write_numbers(stage: Stage) -> None:
    pairs = ", ".join(f"({n}, '{a}', '{b}')" for n, (a, b) in enumerate(stage.pairs, 1))
    ids = ", ".join(f"({n}, '{one[4:]}'::uuid)" for n, one in enumerate(stage.ids, 1))
    statements = (
        "DROP TABLE IF EXISTS benchmark_pair, benchmark_event; "
        f"CREATE TABLE benchmark_pair (n, a, b) AS VALUES {pairs}; "
        f"CREATE TABLE benchmark_event (n, event) AS VALUES {ids}; "
        "ALTER TABLE benchmark_pair ADD PRIMARY KEY (n); ALTER TABLE benchmark_event ADD PRIMARY KEY (n); "
        "ANALYZE benchmark_pair; ANALYZE benchmark_event"
    )
    psql = Path(find_binaries() / "psql")
    subprocess.run(
        [psql, "--quiet", stage.plain_url, "-c", statements], check=True, stderr=subprocess.DEVNULL
    )


def _median(cost: Cost) -> float:
    return sorted(cost.cpu)[len(cost.cpu) // 2]


def _told(cost: Cost) -> dict[str, float]:
    return {
        "cpu_ms": round(_median(cost) * 1000, 3),
        "median_ms": round(cost.median_ms(), 3),
        "p99_ms": round(cost.p99_ms(), 3),
    }
