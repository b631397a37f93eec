"""`bilateral import`: the rows of a dataset from its own files."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import print_json, screen
from app.datasets import DatasetName


def import_rows(
    dataset: Annotated[DatasetName, typer.Argument(help="Which dataset it is.")],
    folder: Annotated[Path, typer.Argument(help="The folder of its files.", metavar="DIR")],
    write_seed: Annotated[
        bool,
        typer.Option("--write-seed", help="For maintainers: write the seed's files instead of storing."),
    ] = False,
) -> None:
    """Store what the rows of a dataset report; a second run changes nothing.

    Prints how many rows were added, known already or read anew, and what was skipped, with the reason.
    """
    from app.cli.imports import import_dataset, make_dataset_seed

    screen.print(f"Reading {folder}")
    print_json(make_dataset_seed(dataset, folder) if write_seed else import_dataset(dataset, folder))
