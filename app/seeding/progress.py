"""How a long load tells where it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told what is being loaded, how much is done, and how much there is."""


def say_nothing(what: str, done: int, total: int) -> None:
    """Take no notice."""
