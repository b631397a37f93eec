"""Datasets that others made, read as sources: a folder for each, and one shape in which all hand over."""

from enum import StrEnum


class DatasetName(StrEnum):
    """The datasets that can be read."""

    US_STATE_HISTORIAN = "us-state-historian"
