"""A dataset's files in the seed: its rows as facts without their words, and the people in them.

`rows.ndjson.gz` has a seed article a line, what is usual left out; `officials.csv` and `tenures.csv` are as
those of the reference data.
"""

import csv
import gzip
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import orjson
from pydantic import ValidationError

from app.errors import SeedFileInvalid
from app.seeding.articles import SeedArticle
from app.settings import bundled_folder
from app.storage.people import BroughtOffice, BroughtPerson

_ROWS, _OFFICIALS, _TENURES = "rows.ndjson.gz", "officials.csv", "tenures.csv"


@dataclass(frozen=True, slots=True)
class DatasetSeed:
    """A dataset as the seed holds it."""

    rows: tuple[SeedArticle, ...]
    people: tuple[BroughtPerson, ...]


def datasets_folder() -> Path:
    """Return the folder of the datasets, one folder each."""
    return bundled_folder("seed") / "datasets"


def find_datasets() -> list[Path]:
    """Return the folders of the datasets that the seed holds, by name."""
    return sorted(path.parent for path in datasets_folder().glob(f"*/{_ROWS}"))


def hash_dataset(folder: Path) -> str:
    """Return the SHA-256 of a dataset's files, in hexadecimal."""
    digest = hashlib.sha256()
    for name in (_ROWS, _OFFICIALS, _TENURES):
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def read_dataset_seed(folder: Path) -> DatasetSeed:
    """Read a dataset's files; a folder without rows is an empty dataset."""
    if not (folder / _ROWS).exists():
        return DatasetSeed((), ())
    with gzip.open(folder / _ROWS) as file:
        lines = file.read().splitlines()
    try:
        rows = tuple(SeedArticle.model_validate_json(line) for line in lines)
    except ValidationError as error:
        raise SeedFileInvalid(folder / _ROWS, str(error)) from error
    return DatasetSeed(rows, _read_people(folder))


def write_dataset_seed(folder: Path, seed: DatasetSeed) -> None:
    """Write a dataset's files; the same rows give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [orjson.dumps(_facts(row)) for row in seed.rows]
    with (folder / _ROWS).open("wb") as file:
        file.write(gzip.compress(b"\n".join(lines) + b"\n", mtime=0))
    people = sorted(seed.people, key=lambda person: (person.name, person.id))
    _write(
        folder / _OFFICIALS,
        ("id", "name", "aliases"),
        ((p.id, p.name, "|".join(p.aliases)) for p in people),
    )
    _write(
        folder / _TENURES,
        ("id", "official", "party", "title", "from", "to", "source"),
        (
            (o.id, p.id, o.party, o.title, o.first or "", o.last or "", o.source)
            for p in people
            for o in p.offices
        ),
    )


def _facts(row: SeedArticle) -> object:
    facts = row.model_dump(mode="json", exclude_defaults=True)
    for record, told in zip(facts.get("records", ()), row.records, strict=True):
        record["record"] = told.record.model_dump(mode="json", exclude_defaults=True)
    return {"records": [], **facts}


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _read_people(folder: Path) -> tuple[BroughtPerson, ...]:
    offices: dict[UUID, list[BroughtOffice]] = {}
    for row in _read(folder / _TENURES):
        first, last = (date.fromisoformat(row[name]) if row[name] else None for name in ("from", "to"))
        office = BroughtOffice(UUID(row["id"]), row["party"], row["title"], first, last, row["source"])
        offices.setdefault(UUID(row["official"]), []).append(office)
    return tuple(
        BroughtPerson(
            id=UUID(row["id"]),
            name=row["name"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            offices=tuple(offices.get(UUID(row["id"]), ())),
        )
        for row in _read(folder / _OFFICIALS)
    )


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
