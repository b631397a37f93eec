"""`fields=`: which top-level names of an answer are shown, on pages, single resources and in files."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, Field
from pydantic_core import CoreSchema, core_schema

FIELDS: Any = Field(
    default=(),
    max_length=50,
    description="The top-level names to show of each result, repeated for several; all by "
    "default. The other keys are not there then, though the schema calls them required.",
)

_Shown = TypeVar("_Shown", bound=BaseModel)


class FieldOf:
    """Holds a text to the names of an answer's fields."""

    def __init__(self, answer: type[BaseModel]) -> None:
        self.names = list(answer.model_fields)

    def __get_pydantic_core_schema__(self, *_: Any) -> CoreSchema:
        """Return what pydantic checks."""
        return core_schema.literal_schema(self.names)


def only(shown: _Shown, fields: Sequence[str]) -> _Shown:
    """Return an answer with only the fields named, in its own order; with all where none is named."""
    if not fields:
        return shown
    kept = [name for name in type(shown).model_fields if name in fields and name in shown.model_fields_set]
    return type(shown).model_construct(set(kept), **{name: getattr(shown, name) for name in kept})
