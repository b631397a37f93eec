"""A database of a size, made once and kept under var/benchmarks, with every peer beside it."""

import asyncio
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import asyncpg
import typer

from app.cli.output import progress_bar
from app.storage.access_paths import rebuild_access_paths
from app.storage.database import open_session
from app.storage.embedded import libpq_url, running_server
from app.storage.migrating import migrate
from app.storage.reference_rows import load_reference
from benchmarks.generator import generate
from benchmarks.peers.datasette import write_metadata, write_sqlite
from benchmarks.processes import Service, free_port, running

_ROOT = Path(__file__).parents[1]
_KEPT = _ROOT / "var" / "benchmarks"
_DATASETTE = _ROOT / ".venv-bench" / "bin" / "datasette"
_MADE_BY = ("generator.sql", "generator_session.sql", "generator_batch.sql", "generator.py")
_WHILE_FILLED = (
    "ALTER SYSTEM SET wal_level = minimal",
    "ALTER SYSTEM SET max_wal_senders = 0",
    "ALTER SYSTEM SET max_wal_size = '4GB'",
    "ALTER SYSTEM SET autovacuum = off",
    "ALTER SYSTEM SET work_mem = '256MB'",
    "ALTER SYSTEM SET maintenance_work_mem = '1GB'",
)
"""What the server runs with until all is in it: nobody follows its log, and a cut run starts again."""
_ASKED = 200
"""How many pairs, parties and officials are asked for, drawn from those with more events than a page."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A database of synthetic events on a running server, and what to ask of it."""

    events: int
    folder: Path
    url: str
    postgres: int
    pairs: list[tuple[str, str]]
    parties: list[str]
    officials: list[str]
    ids: list[str]

    @property
    def plain_url(self) -> str:
        """Return the address as asyncpg takes it."""
        return libpq_url(self.url)


@contextmanager
def staged(events: int) -> Iterator[Stage]:
    """Run the server of a size; the first time, fill it."""
    folder = _KEPT / f"{events}-{_hash_makers()}"
    if not (folder / "ready").exists():
        _make(folder, events)
    with running_server(folder) as server:
        pid = int((server.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
        yield asyncio.run(_choose(events, folder, server.url, pid))


def _make(folder: Path, events: int) -> None:
    """Make a folder's database; `ready` is written once all of it is on the disk."""
    typer.echo(f"Making {events:,} events in {folder}", err=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with running_server(folder, durable=False) as server:
        migrate(server.url)
        asyncio.run(_execute(server.url, *_WHILE_FILLED))
    with running_server(folder, durable=False) as server:
        asyncio.run(_fill(server.url, events))
        asyncio.run(_execute(server.url, "VACUUM ANALYZE", "ALTER SYSTEM RESET ALL"))
    os.sync()
    (folder / "ready").touch()


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(libpq_url(url))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _fill(url: str, events: int) -> None:
    async with open_session(url) as session:
        await load_reference(session)
    with progress_bar() as bar:
        task = bar.add_task("Events", total=events)
        seconds = await generate(libpq_url(url), events, partial(bar.advance, task))
    typer.echo(f"  rows and indexes: {seconds:.0f} s", err=True)
    start = time.perf_counter()
    async with open_session(url) as session:
        await rebuild_access_paths(session)
    typer.echo(f"  access paths: {time.perf_counter() - start:.0f} s", err=True)


async def _choose(events: int, folder: Path, url: str, pid: int) -> Stage:
    connection = await asyncpg.connect(libpq_url(url))
    try:
        many = (
            "WHERE grain = 'all' AND kind = 'any' AND events > 50 AND a {} b AND a <> '*' "
            "ORDER BY md5(a || b) LIMIT $1"
        )
        pairs = await connection.fetch(f"SELECT a, b FROM dyad_count {many.format('<')}", _ASKED)
        parties = await connection.fetch(f"SELECT a FROM dyad_count {many.format('=')}", _ASKED)
        officials = await connection.fetch(
            "SELECT official FROM event_official WHERE listed GROUP BY 1 HAVING count(*) > 50 "
            "ORDER BY md5(official::text) LIMIT $1",
            _ASKED,
        )
        ids = await connection.fetch("SELECT event FROM event_doc ORDER BY md5(event::text) LIMIT 2000")
    finally:
        await connection.close()
    return Stage(
        events,
        folder,
        url,
        pid,
        [(row["a"], row["b"]) for row in pairs],
        [row["a"] for row in parties],
        [f"off_{row['official'].hex}" for row in officials],
        [f"evt_{row['event'].hex}" for row in ids],
    )


@dataclass(frozen=True, slots=True)
class Services:
    """Ours, with and without its cache of answers."""

    ours: Service
    uncached: Service


@contextmanager
def services(stage: Stage) -> Iterator[Services]:
    """Run ours on a stage, each in one process."""
    with ExitStack() as stack:
        port = [free_port() for _ in range(2)]
        ours = {"BILATERAL_DATABASE_URL": stage.url, "BILATERAL_LOG_LEVEL": "WARNING"}
        uncached = {**ours, "BILATERAL_ANSWER_CACHE_MIB": "0"}
        serve: list[str | Path] = [Path(sys.executable).with_name("bilateral"), "serve", "--port"]
        yield Services(
            stack.enter_context(running([*serve, str(port[0])], port[0], "/readyz", **ours)),
            stack.enter_context(running([*serve, str(port[1])], port[1], "/readyz", **uncached)),
        )


@dataclass(frozen=True, slots=True)
class Peers:
    """What others would run on the same events."""

    naive: Service
    datasette: Service


@contextmanager
def peers(stage: Stage) -> Iterator[Peers]:
    """Run the peers on a stage, each in one process; the first time, write Datasette's file."""
    with ExitStack() as stack:
        port = [free_port() for _ in range(2)]
        naive = [sys.executable, "-m", "uvicorn", "--no-access-log", "benchmarks.peers.naive:app", "--port"]
        datasette: list[str | Path] = [_DATASETTE, "serve", *_sqlite_files(stage), "--port", str(port[1])]
        datasette += ["--setting", "sql_time_limit_ms", "10000"]  # the first rows come from the disk
        one = f"/events/{_plain(stage.ids[0])}"
        yield Peers(
            stack.enter_context(
                running([*naive, str(port[0])], port[0], one, BENCHMARK_DATABASE_URL=stage.url)
            ),
            stack.enter_context(running(datasette, port[1], "/-/versions.json")),
        )


def _sqlite_files(stage: Stage) -> list[str | Path]:
    """Return Datasette's arguments: a file of the stage's events, and what may be asked of it."""
    file, metadata = stage.folder / "bench.db", stage.folder / "metadata.json"
    if not metadata.exists():  # written last
        file.unlink(missing_ok=True)
        asyncio.run(write_sqlite(stage.plain_url, file))
        write_metadata(metadata)
    return [file, "--metadata", metadata]


def _plain(public: str) -> str:
    return public.partition("_")[2]


def _hash_makers() -> str:
    """Return what changes with the generator and the schema."""
    makers = [Path(__file__).with_name(name) for name in _MADE_BY]
    makers += sorted((_ROOT / "alembic" / "versions").glob("*.py"))
    makers += sorted((_ROOT / "app" / "storage" / "access_paths").glob("*.sql"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in makers)).hexdigest()[:8]
