"""Processes that a benchmark starts on loopback, what they cost, and a client that costs little itself."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_READY_SECONDS = 60


def free_port() -> int:
    """Return a port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """A web service under test, and one connection to it that stays open."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(
        self, path: str, headers: dict[str, str] | None = None, *, status: Collection[int] = (200,)
    ) -> bytes:
        """Return the body of an answer, which must have one of the statuses."""
        return self._ask(path, headers or {}, status)[1]

    def get_tag(self, path: str) -> str:
        """Return the ETag of an answer."""
        return self._ask(path, {}, (200,))[0].headers["ETag"]

    def _ask(
        self, path: str, headers: dict[str, str], status: Collection[int]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        try:
            self._connection.request("GET", path, headers=headers)
            answer = self._connection.getresponse()
        except http.client.RemoteDisconnected:
            # It was idle while the others were asked.
            self._connection.request("GET", path, headers=headers)
            answer = self._connection.getresponse()
        body = answer.read()
        if answer.status not in status:
            raise RuntimeError(f"{path}: {answer.status}: {body[:300]!r}")
        return answer, body

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def running(command: Sequence[str | Path], port: int, path: str, **settings: str) -> Iterator[Service]:
    """Run a service until the block ends; it is ready when `path` answers."""
    process = subprocess.Popen(
        list(map(str, command)),
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    service = Service(port, process.pid)
    try:
        _wait(service, process, path)
        yield service
    finally:
        service.close()
        process.terminate()
        process.wait(30)


def _wait(service: Service, process: subprocess.Popen[bytes], path: str) -> None:
    start = time.monotonic()
    while time.monotonic() - start < _READY_SECONDS and process.poll() is None:
        try:
            service.get(path)
            return
        except (OSError, http.client.HTTPException, RuntimeError):
            service.close()
            time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not come up")


def cpu_seconds(*pids: int) -> float:
    """Return the processor time that processes and their children have used, as Linux counts it."""
    return sum(_own_seconds(pid) for root in pids for pid in _family(root))


def ended_seconds(pid: int) -> float:
    """Return the processor time of a process's children that have ended, to a hundredth of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def memory_mib(*pids: int) -> float:
    """Return the memory that processes and their children hold themselves, without what they share."""
    kib = 0
    for pid in (one for root in pids for one in _family(root)):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        kib += sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
    return kib / 1024


def _family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [pid, *(one for child in children for one in _family(child))]


def _own_seconds(pid: int) -> float:
    total = 0
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return total / 1e9
