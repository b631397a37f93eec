"""How long a program that was set up takes to its first answer, and how long it takes to be imported."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.goals import Goal, Results
from benchmarks.measuring import ROUNDS
from benchmarks.processes import free_port, running

_BILATERAL = Path(sys.executable).with_name("bilateral")
_COLD, _WARM, _IMPORT = 30, 5, 1
"""Seconds at most."""


def measure_starting(results: Results) -> None:
    """Measure `bilateral up` with the whole seed, from nothing and then warm, and an import of the app."""
    with tempfile.TemporaryDirectory() as folder:
        cold = _start(folder)
        warm = [_start(folder) for _ in range(ROUNDS)]
    imports = [_import() for _ in range(ROUNDS + 1)][1:]
    results.figures["start, s"] = {"from nothing": round(cold, 1), "warm": [round(one, 2) for one in warm]}
    results.add(
        Goal("start to the first answer, from nothing, the seed loaded", cold, _COLD, "s", least=False),
        Goal("start to the first answer, warm, median", statistics.median(warm), _WARM, "s", least=False),
        Goal("import of the app, median", statistics.median(imports), _IMPORT, "s", least=False),
    )


def _start(folder: str) -> float:
    """Return the seconds to the first answer."""
    port = free_port()
    begun = time.perf_counter()
    settings = {"BILATERAL_DATA_DIR": folder, "BILATERAL_DRAIN_SECONDS": "0"}
    with running([_BILATERAL, "up", "--port", str(port)], port, "/readyz", **settings):
        return time.perf_counter() - begun


def _import() -> float:
    """Return the seconds of an import from bytecode, which Python keeps unless a machine says otherwise."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import app.main"], check=True, env=kept)
    return time.perf_counter() - begun
