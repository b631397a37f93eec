"""Which adapter reads which dataset."""

from pathlib import Path

from app.datasets import DatasetName, us_state_historian
from app.datasets.shapes import Dataset

_READERS = {DatasetName.US_STATE_HISTORIAN: us_state_historian.read_dataset}


def read_dataset(name: DatasetName, folder: Path) -> Dataset:
    """Read a dataset's own files from a folder."""
    return _READERS[name](folder)
