"""A command run as a person runs it, and one run in this process, which is faster."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli import main

BILATERAL = Path(sys.executable).with_name("bilateral")
Done = subprocess.CompletedProcess[str]


def bilateral(*arguments: str | Path, data_dir: Path | None = None) -> Done:
    """Run a command as a process of its own."""
    command = [str(BILATERAL), *map(str, arguments)]
    environment = _environment(data_dir=data_dir)
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)


class Here:
    """Runs commands in this process, by the function that the console command calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch = monkeypatch
        self.capture = capture

    def __call__(self, *arguments: str | Path, **settings: str | Path | None) -> Done:
        """Run a command to its end; the settings go by their names in `Settings`."""
        command = ["bilateral", *map(str, arguments)]
        environment = _environment(**settings)
        self.capture.readouterr()
        with self.monkeypatch.context() as patch, _left_as_found():
            patch.setattr(os, "environ", environment)
            patch.setattr(sys, "argv", command)
            with pytest.raises(SystemExit) as ended:
                main()
        printed = self.capture.readouterr()
        return Done(command, int(ended.value.code or 0), printed.out, printed.err)


def _environment(**settings: str | Path | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BILATERAL_")}
    settings = {"seed_datasets": "false", **settings}  # each run would pay for them
    return {**kept, **{f"BILATERAL_{name.upper()}": str(value) for name, value in settings.items() if value}}


@contextmanager
def _left_as_found() -> Iterator[None]:
    """Put back what a command changes in its process: its signals and its logs."""
    handler, logs = signal.getsignal(signal.SIGTERM), logging.getLogger().handlers
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, handler)
        logging.getLogger().handlers = logs
