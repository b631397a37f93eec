"""What `bilateral import` does; it loads both the database and the parser."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
import typer

from app.cli.jobs import load_reference_only, ready_database, thrown_away_database
from app.cli.output import progress_bar, screen, told_to
from app.datasets import DatasetName
from app.datasets.reading import read_dataset
from app.datasets.shapes import Dataset
from app.errors import EventFileNotValid
from app.seeding import datasets
from app.seeding.event_files import ImportedEvents, import_events
from app.seeding.files import datasets_folder, read_dataset_seed, write_dataset_seed
from app.storage.database import open_session


def import_file(path: Path) -> dict[str, Any]:
    """Store the events of a file, and print what is wrong with it where it is not stored."""
    with ready_database() as url:
        asyncio.run(load_reference_only(url))
        try:
            return {"file": str(path), **asdict(asyncio.run(_import_file(url, path)))}
        except EventFileNotValid as error:
            for fault in error.faults:
                typer.echo(orjson.dumps({"file": str(path), **asdict(fault)}).decode())
            raise


async def _import_file(url: str, path: Path) -> ImportedEvents:
    async with open_session(url) as session:
        with progress_bar() as bar:
            return await import_events(session, path, told_to(bar))


def import_dataset(name: DatasetName, folder: Path) -> dict[str, Any]:
    """Store a dataset's rows; return what was done."""
    read = read_dataset(name, folder)
    with ready_database() as url:
        asyncio.run(load_reference_only(url))
        return _told(read, asyncio.run(_import(url, read, write=False)))


def make_dataset_seed(name: DatasetName, folder: Path) -> dict[str, Any]:
    """Write a dataset's files of the seed; return what is in them."""
    read = read_dataset(name, folder)
    with thrown_away_database() as url:
        asyncio.run(load_reference_only(url))
        return _told(read, asyncio.run(_import(url, read, write=True)))


async def _import(url: str, dataset: Dataset, *, write: bool) -> datasets.Imported:
    folder = datasets_folder() / dataset.name
    seed = read_dataset_seed(folder)
    people = datasets.bring_people(dataset.people, seed.people)
    async with open_session(url) as session:
        with progress_bar() as bar:
            done = await datasets.import_dataset(session, dataset, people, seed, told_to(bar))
        if write:
            write_dataset_seed(folder, await datasets.read_back(session, dataset, people))
            screen.print(f"Wrote {folder}")
    return done


def _told(dataset: Dataset, done: datasets.Imported) -> dict[str, Any]:
    return {"dataset": dataset.name, **asdict(done), "skipped": [asdict(one) for one in dataset.skipped]}
