"""`bilateral import`: events from a file, or the rows of a dataset from its own files."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import print_json, screen
from app.datasets import DatasetName
from app.errors import NothingToImport


class TemplateFormat(StrEnum):
    """The formats that files of events come in."""

    CSV = "csv"
    NDJSON = "ndjson"


def import_rows(
    what: Annotated[
        str | None,
        typer.Argument(
            help="A file of events (.csv, .ndjson), or us-state-historian.", metavar="FILE|DATASET"
        ),
    ] = None,
    folder: Annotated[
        Path | None, typer.Argument(help="The folder of a dataset's files.", metavar="[DIR]")
    ] = None,
    template: Annotated[
        TemplateFormat | None, typer.Option(help="Print a file to begin with, and import nothing.")
    ] = None,
    write_seed: Annotated[
        bool,
        typer.Option("--write-seed", help="For maintainers: write the seed's files instead of storing."),
    ] = False,
) -> None:
    """Store the events of a file, all or none, or what a dataset's rows report; a second run changes nothing.

    A file is what `bilateral export events` writes, best with `--expand reports`, or one written by hand:
    `--template csv` prints one. What is wrong with it is printed line by line. Of a dataset, it prints how
    many rows were added, known already or read anew, and what was skipped, with the reason.
    """
    if template is not None:
        from app.seeding.event_files.template import template as text_of

        typer.echo(text_of(template).encode(), nl=False)
        return
    from app.cli.imports import import_dataset, import_file, make_dataset_seed

    if folder is None and what is not None and Path(what).suffix in (".csv", ".ndjson"):
        print_json(import_file(Path(what)))
        return
    if what not in list(DatasetName) or folder is None:
        raise NothingToImport(", ".join(DatasetName))
    dataset = DatasetName(what)
    screen.print(f"Reading {folder}")
    print_json(make_dataset_seed(dataset, folder) if write_seed else import_dataset(dataset, folder))
