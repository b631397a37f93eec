"""`bilateral up`: one command from nothing to answers, and nothing left when it stops."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

BILATERAL = Path(sys.executable).with_name("bilateral")
PATIENCE_SECONDS, STOP_SECONDS = 60, 5  # `make bench` measures how long a start takes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def up(data_dir: Path, port: int, *, with_datasets: bool = False) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ,
        "BILATERAL_DATA_DIR": str(data_dir),
        "BILATERAL_DRAIN_SECONDS": "0",
        "PORT": str(port),
    }
    environment.pop("BILATERAL_DATABASE_URL", None)
    environment["BILATERAL_SEED_DATASETS"] = str(with_datasets).lower()
    process = subprocess.Popen(
        [BILATERAL, "up"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def is_ready(port: int) -> bool:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return True
        except httpx.TransportError:
            time.sleep(0.05)
    return False


def server_pid(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def test_up_serves_the_seed_and_a_signal_stops_all_of_it(tmp_path: Path) -> None:
    port = free_port()
    with up(tmp_path, port, with_datasets=True) as process:
        assert is_ready(port)
        found = httpx.get(f"http://127.0.0.1:{port}/v1/meetings", params={"pair": "PAK-IRQ"}).json()
        assert found["meta"]["count"] == 1
        found = httpx.get(f"http://127.0.0.1:{port}/v1/meetings", params={"pair": "PAK-USA"}).json()
        assert found["meta"]["count"] > 100
        written = last_change(port)
        stop(process, tmp_path, signal.SIGTERM)
    with up(tmp_path, port, with_datasets=True) as process:
        assert is_ready(port)
        assert last_change(port) == written > 0, "what was seeded is not seeded again"
        stop(process, tmp_path, signal.SIGINT)


def last_change(port: int) -> int:
    answer = httpx.get(f"http://127.0.0.1:{port}/v1/changes", params={"limit": 1})
    return int(answer.json()["meta"]["last_seq"])


def stop(process: subprocess.Popen[str], data_dir: Path, by: signal.Signals) -> None:
    """Send a signal, and see the process and its server end."""
    pid = server_pid(data_dir)
    process.send_signal(by)
    assert process.wait(STOP_SECONDS) == 0
    assert not Path(f"/proc/{pid}").exists()


def test_up_without_datasets_has_the_articles_of_the_seed_alone(tmp_path: Path) -> None:
    port = free_port()
    with up(tmp_path, port) as process:
        assert is_ready(port)
        found = httpx.get(f"http://127.0.0.1:{port}/v1/meetings", params={"pair": "PAK-USA"}).json()
        assert found["meta"]["count"] == 0
        stop(process, tmp_path, signal.SIGTERM)


def test_a_port_that_is_taken_is_a_clear_error_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with up(tmp_path, taken.getsockname()[1]) as process:
            assert process.wait(30) == 2
            assert process.stderr is not None
            assert "--port" in process.stderr.read()
    assert not (tmp_path / "postgres").exists()
