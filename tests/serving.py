"""A process that serves the API, as in production, for tests that must kill, stop or flood it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from app.storage.database import open_session
from app.storage.embedded import running_server
from app.storage.migrating import migrate
from app.storage.reference_rows import load_reference
from app.storage.server_folder import Server

READY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Serving:
    """The process, and where it listens."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open_sockets(self) -> int:
        """Count the connections that the process holds, the listening socket included."""
        folder = Path(f"/proc/{self.process.pid}/fd")
        return sum(_is_socket(link) for link in folder.iterdir())

    def open_files(self) -> int:
        """Count all that the process holds open: files, connections, pipes."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def memory_mib(self) -> float:
        """Return the memory that the process holds, in MiB."""
        return _memory_mib(self.process.pid)

    def parsers_memory_mib(self) -> float:
        """Return the memory that the processes which parse hold together, in MiB."""
        threads = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(_memory_mib(pid) for thread in threads for pid in _children(thread))

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=10).status_code == 200
        except httpx.TransportError:
            return False

    def wait_until_ready(self) -> None:
        end = time.monotonic() + READY_SECONDS
        while not self.is_ready():
            assert time.monotonic() < end, self.log.read_text()[-2000:]
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            time.sleep(0.05)


def _children(thread: Path) -> list[int]:
    try:
        return [int(pid) for pid in (thread / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):  # ended at this moment
        return []


def _memory_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _is_socket(link: Path) -> bool:
    try:
        return str(link.readlink()).startswith("socket:")
    except FileNotFoundError:  # closed at this moment
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    database_url: str, folder: Path, *, fault: str = "none", port: int | None = None, **settings: object
) -> Iterator[Serving]:
    """Serve a database, without one of the safeguards where a fault is named; kill the process at the end."""
    port = port or free_port()
    told = {f"BILATERAL_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {**os.environ, "BILATERAL_DATABASE_URL": database_url, **told}
    log = folder / f"serve-{port}.log"
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults", fault, "serve", "--port", str(port)],
            cwd=Path(__file__).parents[1],
            env=environment,
            stdout=written,
            stderr=written,
        )
    served = Serving(process, port, log)
    try:
        served.wait_until_ready()
        yield served
    finally:
        process.kill()
        process.wait()


@contextmanager
def serving_thread(app: FastAPI) -> Iterator[str]:
    """Serve an application from a thread of this process; yield its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # whoever comes before the thread runs waits and is not refused
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def stop(served: Serving) -> float:
    """Stop the process as an orchestrator does; return the seconds that it took."""
    start = time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    return time.monotonic() - start


@contextmanager
def durable_server(folder: Path) -> Iterator[Server]:
    """Run a Postgres as in production, with the schema and the reference data."""
    with running_server(folder) as server:
        migrate(server.url)
        asyncio.run(_load_reference(server.url))
        yield server


async def _load_reference(url: str) -> None:
    async with open_session(url) as session:
        await load_reference(session)


@asynccontextmanager
async def connection(
    port: int, **options: int
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a bare connection to the process."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, **options)
    try:
        yield reader, writer
    finally:
        writer.close()
