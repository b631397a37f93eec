"""What is to be reached, what was reached, and how it is told."""

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure against its target; `least` says whether it is to be reached or not to be passed."""

    name: str
    value: float
    target: float
    unit: str = "×"
    least: bool = True
    note: str = ""

    @property
    def passed(self) -> bool:
        """Tell whether it is reached."""
        return self.value >= self.target if self.least else self.value <= self.target

    def line(self) -> str:
        """Return it as a line of text."""
        sign = "≥" if self.least else "≤"
        verdict = "pass" if self.passed else "MISS"
        note = f"  ({self.note})" if self.note else ""
        return f"{verdict}  {self.name:<66} {self.value:>9.2f} {self.unit}  {sign} {self.target:g}{note}"


class Results:
    """The goals of a run, printed as they come."""

    def __init__(self, events: int) -> None:
        self.events = events
        self.goals: list[Goal] = []
        self.figures: dict[str, object] = {}

    def add(self, *goals: Goal) -> None:
        """Print goals and keep them."""
        for goal in goals:
            typer.echo(goal.line())
            self.goals.append(goal)

    @contextmanager
    def measuring(self, part: str) -> Iterator[None]:
        """Tell, where a part fails, that it was not measured; the others are."""
        try:
            yield
        except Exception as error:  # whatever ends one part says nothing of the next
            typer.echo(f"MISS  {part} was not measured: {error!r:.300}")
            self.figures[f"{part}, not measured"] = repr(error)

    def write(self, path: Path) -> None:
        """Write all of it as JSON, with the machine that it was measured on."""
        path.parent.mkdir(parents=True, exist_ok=True)
        told = {
            "events": self.events,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": {
                "cores": os.cpu_count(),
                "system": platform.platform(),
                "python": platform.python_version(),
                "load": os.getloadavg(),
            },
            "goals": [{**asdict(goal), "passed": goal.passed} for goal in self.goals],
            "figures": self.figures,
        }
        path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
