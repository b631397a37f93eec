"""Processes that run the embedded server for the tests, and what the tests ask about them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.storage.embedded import libpq_url, psql, server_folder

IS_ROOT = os.geteuid() == 0
REPOSITORY = Path(__file__).parents[2]
_OWNER = """
import sys, time
from pathlib import Path
from app.storage.embedded import running_server
with running_server(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    time.sleep(120)
"""


def ask(url: str, statement: str) -> str:
    command = [str(psql()), libpq_url(url), "-XAtqc", statement]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def server_pid(data_dir: Path) -> int:
    return int((server_folder(data_dir) / "data" / "postmaster.pid").read_text().split()[0])


def lives(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until_gone(pid: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while lives(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not lives(pid)


def start_owner(
    data_dir: Path,
    *,
    before: tuple[str, ...] = (),
    python: str = sys.executable,
    user: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """Start another process that owns the server, or adopts it; it prints the server's address."""
    return subprocess.Popen(
        [*before, python, "-c", _OWNER, str(data_dir)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        env={**os.environ, **(environment or {})},
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )


def read_address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    assert process.stderr is not None
    return process.stdout.readline().strip() or f"nothing but: {process.stderr.read()}"


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)


@contextmanager
def owner(
    data_dir: Path,
    *,
    before: tuple[str, ...] = (),
    python: str = sys.executable,
    user: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run another process with the server, and yield it with the server's address."""
    process = start_owner(data_dir, before=before, python=python, user=user, environment=environment)
    try:
        yield process, read_address(process)
    finally:
        end(process)
