"""Datasets that others made, read as sources: a folder for each, and one shape in which all hand over."""

from enum import StrEnum
from pathlib import Path

from app.datasets import us_state_historian
from app.datasets.shapes import Dataset


class DatasetName(StrEnum):
    """The datasets that can be read."""

    US_STATE_HISTORIAN = "us-state-historian"


_READERS = {DatasetName.US_STATE_HISTORIAN: us_state_historian.read_dataset}


def read_dataset(name: DatasetName, folder: Path) -> Dataset:
    """Read a dataset's own files from a folder."""
    return _READERS[name](folder)
