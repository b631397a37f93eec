"""`python -m benchmarks`: print each goal with its value and its target, and write them as JSON."""

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.goals import Results
from benchmarks.reading import measure_reading
from benchmarks.stage import services, staged

_OUT = Path(__file__).parents[1] / "var" / "benchmarks"


def main(events: Annotated[int, typer.Option(min=1_000, help="How many events.")] = 1_000_000) -> None:
    """Measure on synthetic events; it fails on nothing by itself."""
    results = Results()
    with staged(events) as stage, services(stage) as served:
        measure_reading(results, stage, served)
    results.write(_OUT / f"results-{events}.json")


if __name__ == "__main__":
    typer.run(main)
