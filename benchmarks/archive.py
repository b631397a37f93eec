"""`python -m benchmarks.archive`: an archive goes through workers; two against one, and their memory."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import asyncpg
import typer

from app.reference import read_countries
from app.storage.audit import COMMAND_LINE
from app.storage.database import open_session
from app.storage.embedded import libpq_url, running_server
from app.storage.jobs import add_to_job, open_job
from app.storage.migrating import migrate
from app.storage.reference_rows import load_reference
from benchmarks.archive_articles import made_up_articles
from benchmarks.goals import Goal, Results
from benchmarks.processes import memory_mib

_OUT = Path(__file__).parents[1] / "var" / "benchmarks"
_CHUNK = 1_000
_ROUNDS, _SECONDS, _STARTING_SECONDS = 3, 40.0, 5.0
_SAMPLE_SECONDS = 5.0
_DONE = "SELECT count(*) FROM job_item WHERE state = 'done'"
_LEFT = "SELECT count(*) FROM job_item WHERE state = 'waiting'"


def main(
    articles: Annotated[int, typer.Option(min=10_000, help="How many articles.")] = 100_000,
    home: Annotated[str | None, typer.Option(help="A country whose paper it is; else of all.")] = None,
) -> None:
    """Queue made-up articles and let workers read them, on a server of its own."""
    if home and home not in {one.id for one in read_countries()}:
        raise typer.BadParameter(f"there is no country {home}; ids are like PAK")
    results = Results(articles)
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server:
        migrate(server.url)
        asyncio.run(_queue(server.url, articles, home))
        _measure_scaling(results, server.url)
        _measure_memory(results, server.url)
    results.write(_OUT / f"archive-{articles}{f'-{home}' if home else ''}.json")


async def _queue(url: str, articles: int, home: str | None) -> None:
    async with open_session(url) as session:
        await load_reference(session)
        job = await open_job(session, COMMAND_LINE)
    for first in range(0, articles, _CHUNK):
        chunk = list(made_up_articles(first, min(first + _CHUNK, articles), home))
        async with open_session(url) as session:
            await add_to_job(session, job, chunk)
    typer.echo(f"{articles:,} articles are queued", err=True)


def _measure_scaling(results: Results, url: str) -> None:
    """Let one worker read for a while, then two, and so on in turn."""
    one: list[float] = []
    two: list[float] = []
    for _ in range(_ROUNDS):
        for count, speeds in ((1, one), (2, two)):
            with _workers(url, count):
                time.sleep(_STARTING_SECONDS)
                start, before = time.monotonic(), _ask(url, _DONE)
                time.sleep(_SECONDS)
                speeds.append((_ask(url, _DONE) - before) / (time.monotonic() - start))
    results.figures["articles a second"] = {"one worker": one, "two workers": two}
    ratio = statistics.median(b / a for a, b in zip(one, two, strict=True))
    results.add(Goal("two workers against one", ratio, 1.8, note=f"one reads {statistics.median(one):.0f}/s"))


def _measure_memory(results: Results, url: str) -> None:
    """Let two workers read all that is left, and look at what they hold."""
    start, before = time.monotonic(), _ask(url, _DONE)
    samples: list[float] = []
    with _workers(url, 2) as pids:
        time.sleep(_STARTING_SECONDS)
        while left := _ask(url, _LEFT):
            samples.append(memory_mib(*pids))
            typer.echo(f"  {left:,} articles left, workers hold {samples[-1]:.0f} MiB", err=True)
            time.sleep(_SAMPLE_SECONDS)
    read, seconds = _ask(url, _DONE) - before, time.monotonic() - start
    tenth = max(1, len(samples) // 10)
    early, late = statistics.median(samples[tenth : 2 * tenth]), statistics.median(samples[-tenth:])
    results.figures["memory of two workers, MiB"] = [round(one) for one in samples]
    results.figures["articles a second, to the end"] = read / seconds
    events = _ask(url, "SELECT count(*) FROM event")
    note = (
        f"{early:.0f} to {late:.0f} MiB; {read:,} articles in {seconds:.0f} s; {events:,} events in the end"
    )
    results.add(
        Goal("growth of two workers over an archive", late - early, 32, "MiB", least=False, note=note)
    )


@contextmanager
def _workers(url: str, count: int) -> Iterator[list[int]]:
    command = [str(Path(sys.executable).with_name("bilateral")), "worker"]
    environment = {**os.environ, "BILATERAL_DATABASE_URL": url, "BILATERAL_LOG_LEVEL": "WARNING"}
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(count)
    ]
    try:
        yield [one.pid for one in running]
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(60)


def _ask(url: str, query: str) -> int:
    async def fetch() -> int:
        connection = await asyncpg.connect(libpq_url(url))
        try:
            return int(await connection.fetchval(query))
        finally:
            await connection.close()

    return asyncio.run(fetch())


if __name__ == "__main__":
    typer.run(main)
