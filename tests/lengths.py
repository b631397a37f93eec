"""How long a test of endurance runs, and the figures that it measures.

Short in the suite, long where LONG=1 is set (`make soak`, `make crash`), which also shows the figures.
"""

import logging
import os
from collections.abc import Callable
from typing import TypeVar

_Length = TypeVar("_Length")
_log = logging.getLogger("figures")


def length(short: _Length, long: _Length) -> _Length:
    """Return the length that this run asks for."""
    return long if os.environ.get("LONG") == "1" else short


def note(figures: str) -> None:
    """Note what was measured; `-o log_cli=true` shows it."""
    _log.warning(figures)


def twice(attempt: Callable[[], object]) -> None:
    """Run what measures time, and once more where it misses: a busy machine is no fault of the service."""
    try:
        attempt()
    except AssertionError as missed:
        note(f"missed once: {missed}")
        attempt()
