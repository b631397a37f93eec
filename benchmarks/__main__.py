"""`python -m benchmarks`: print each goal with value and target, write JSON and a picture."""

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
from benchmarks.stage import services, staged
from benchmarks.writing import measure_writing

_OUT = Path(__file__).parents[1] / "var" / "benchmarks"
_SMALL = 100_000


def main(events: Annotated[int, typer.Option(min=1_000, help="How many events.")] = 1_000_000) -> None:
    """Measure on synthetic events; it fails on nothing by itself."""
    results = Results(events)
    with staged(events) as stage:
        with services(stage) as served:
            measure_reading(results, stage, served)
            measure_filters(results, stage, served)
            measure_exports(results, stage, served)
            measure_memory(results, stage, served)
            if events != _SMALL:
                with staged(_SMALL) as small, services(small) as smaller:
                    measure_growth(results, (small, smaller.uncached), (stage, served.uncached))
        measure_writing(results, stage)
    measure_loading(results)
    results.write(_OUT / f"results-{events}.json")
    typer.echo(f"Written to {_OUT}, with {draw(_OUT).name}", err=True)


if __name__ == "__main__":
    typer.run(main)
