"""Classes of values: what a step finds, which no later one changes."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def value(described: type[_T]) -> type[_T]:
    """Make a dataclass that the type checker holds frozen.

    At run time nothing does: to make a frozen one takes three times as long, and there are many.
    """
    return dataclass(slots=True, unsafe_hash=True)(described)
