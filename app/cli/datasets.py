"""`bilateral import`: the rows of a dataset from its own files."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.cli.database import load_reference_only, ready_database, thrown_away_database
from app.cli.output import print_json, progress_bar, screen, told_to
from app.datasets import DatasetName, read_dataset
from app.datasets.shapes import Dataset
from app.seeding.datasets import Imported, bring_people, import_dataset, read_back
from app.seeding.files import datasets_folder, read_dataset_seed, write_dataset_seed
from app.storage.database import open_session


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
    screen.print(f"Reading {folder}")
    read = read_dataset(dataset, folder)
    if write_seed:
        with thrown_away_database() as url:
            asyncio.run(load_reference_only(url))
            done = asyncio.run(_import(url, read, write=True))
    else:
        with ready_database() as url:
            asyncio.run(load_reference_only(url))
            done = asyncio.run(_import(url, read, write=False))
    print_json({"dataset": read.name, **asdict(done), "skipped": [asdict(one) for one in read.skipped]})


async def _import(url: str, dataset: Dataset, *, write: bool) -> Imported:
    folder = datasets_folder() / dataset.name
    seed = read_dataset_seed(folder)
    people = bring_people(dataset.people, seed.people)
    async with open_session(url) as session:
        with progress_bar() as bar:
            done = await import_dataset(session, dataset, people, seed, told_to(bar))
        if write:
            write_dataset_seed(folder, await read_back(session, dataset, people))
            screen.print(f"Wrote {folder}")
    return done
