"""`python -m benchmarks`: print each goal with value and target, write JSON and a picture."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.exporting import measure_exports
from benchmarks.filtering import measure_filters
from benchmarks.goals import Results
from benchmarks.growing import measure_growth
from benchmarks.holding import measure_memory
from benchmarks.loading import measure_loading
from benchmarks.picture import draw
from benchmarks.reading import measure_reading
from benchmarks.stage import peers, services, staged
from benchmarks.starting import measure_starting
from benchmarks.writing import measure_writing

_OUT = Path(__file__).parents[1] / "var" / "benchmarks"
_SMALL = 100_000


class Part(StrEnum):
    """What can be measured by itself."""

    READING = "reading"
    FILTERS = "filters"
    EXPORTS = "exports"
    MEMORY = "memory"
    GROWTH = "growth"
    WRITING = "writing"
    LOADING = "loading"
    STARTING = "starting"


_ALONE = {
    Part.FILTERS: measure_filters,
    Part.EXPORTS: measure_exports,
    Part.MEMORY: measure_memory,
}
"""What needs one stage and no peers."""


def main(
    events: Annotated[int, typer.Option(min=1_000, help="How many events.")] = 1_000_000,
    part: Annotated[
        list[Part] | None, typer.Option(help="Measure this part alone; may be given several times.")
    ] = None,
) -> None:
    """Measure on synthetic events; it fails on nothing by itself."""
    results = Results(events)
    asked = set(part or Part)
    if asked - {Part.LOADING, Part.STARTING}:
        _measure_staged(results, asked)
    if Part.LOADING in asked:
        with results.measuring(Part.LOADING):
            measure_loading(results)
    if Part.STARTING in asked:
        with results.measuring(Part.STARTING):
            measure_starting(results)
    if asked == set(Part):
        results.write(_OUT / f"results-{events}.json")
        typer.echo(f"Written to {_OUT}, with {draw(_OUT).name}", err=True)
    else:
        results.write(_OUT / f"parts-{events}-{'-'.join(sorted(asked))}.json")
        typer.echo(f"Written to {_OUT}", err=True)


def _measure_staged(results: Results, asked: set[Part]) -> None:
    with staged(results.events) as stage:
        with services(stage) as served:
            if Part.READING in asked:
                with results.measuring(Part.READING), peers(stage) as compared:
                    measure_reading(results, stage, served, compared)
            for part, measure in _ALONE.items():
                if part in asked:
                    with results.measuring(part):
                        measure(results, stage, served)
            if Part.GROWTH in asked and results.events != _SMALL:
                with results.measuring(Part.GROWTH), staged(_SMALL) as small, services(small) as smaller:
                    measure_growth(results, (small, smaller.uncached), (stage, served.uncached))
        if Part.WRITING in asked:
            with results.measuring(Part.WRITING):
                measure_writing(results, stage)


if __name__ == "__main__":
    typer.run(main)
