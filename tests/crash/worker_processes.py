"""A worker as a process of its own, to be killed."""

import subprocess
import sys

from app.storage.embedded import libpq_url

LEASE_SECONDS = 1.5
_WORKER = """
import asyncio, sys
from app.ingestion.worker import run_worker
if __name__ == "__main__":
    url, libpq_url, lease = sys.argv[1:4]
    asyncio.run(run_worker(url, libpq_url, until_empty=False, lease_seconds=float(lease)))
"""


def start_worker(url: str, lease_seconds: float = LEASE_SECONDS) -> subprocess.Popen[bytes]:
    """Start a worker that runs until it is stopped."""
    command = [sys.executable, "-c", _WORKER, url, libpq_url(url), str(lease_seconds)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker as a power switch would."""
    process.kill()
    process.wait()
