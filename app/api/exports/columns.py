"""The flat columns of a nested answer: `place.city` becomes `place_city`, and so in each of several."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import orjson
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.api.responses.shared import JSON_TEXT

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the way to its value in the JSON of a row."""

    name: str
    path: tuple[str, ...]


_Tree = list[tuple[str, "_Tree", int]]
"""Each name with what is read within it, nothing where it is a value, and how many columns it makes."""


def value_reader(columns: Sequence[Column]) -> Callable[[dict[str, Any]], list[Any]]:
    """Return what reads the values of a row: of each column one, or those in each of several."""
    tree = _tree([column.path for column in columns])
    return lambda row: _values(row, tree)


@cache
def flat_columns(model: type[BaseModel], fields: Collection[str] = ()) -> list[Column]:
    """Return the columns of a model, in the order of its fields; only of those named, where any are."""
    return [Column("_".join(path), path) for path in _paths(model) if not fields or path[0] in fields]


def shown_fields(model: type[BaseModel], fields: Collection[str] = ()) -> dict[str, FieldInfo]:
    """Return the fields that a row always has: what is only there when it is asked for has a default."""
    always = {name: field for name, field in model.model_fields.items() if field.is_required()}
    return {name: field for name, field in always.items() if not fields or name in fields}


def table_row(row: BaseModel, mode: Literal["json", "python"]) -> dict[str, Any]:
    """Return a row's fields; those that have no columns of their own are JSON text."""
    dumped = row.model_dump(mode=mode, exclude_unset=True)
    if texts := _text_fields(type(row)):
        told = row.model_dump(mode="json", exclude_unset=True, include=texts)
        dumped |= {name: orjson.dumps(value).decode() for name, value in told.items() if value is not None}
    return dumped


def is_text(field: FieldInfo) -> bool:
    """Tell whether a field is JSON text in a table."""
    return JSON_TEXT in field.metadata


@cache
def _text_fields(model: type[BaseModel]) -> set[str]:
    return {name for name, field in model.model_fields.items() if is_text(field)}


def inner_type(annotation: Any) -> Any:
    """Return a type without its None; of a whole object and its brief, the brief, which stands last."""
    if get_origin(annotation) in (Union, UnionType):
        return [part for part in get_args(annotation) if part is not NoneType][-1]
    return annotation


def is_model(annotation: Any) -> bool:
    """Tell whether a type is a model of fields."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def enum_keys(annotation: Any) -> list[str]:
    """Return the keys of a dictionary by the words of a vocabulary."""
    keys = get_args(annotation)[0]
    assert issubclass(keys, StrEnum)
    return [word.value for word in keys]


def _paths(annotation: Any) -> Iterator[tuple[str, ...]]:
    kind = inner_type(annotation)
    if get_origin(kind) is list:
        yield from _paths(get_args(kind)[0])
    elif get_origin(kind) is dict:
        yield from ((key,) for key in enum_keys(kind))
    elif is_model(kind):
        for name, field in shown_fields(kind).items():
            inside = [()] if is_text(field) else _paths(field.annotation)
            yield from ((name, *rest) for rest in inside)
    else:
        yield ()


def _tree(paths: Sequence[tuple[str, ...]]) -> _Tree:
    within = [(name, [path[1:] for path in those]) for name, those in groupby(paths, itemgetter(0))]
    return [(name, [] if rest == [()] else _tree(rest), len(rest)) for name, rest in within]


def _values(row: dict[str, Any], tree: _Tree) -> list[Any]:
    """Return the values in the order of the columns; a row is gone through once."""
    values: list[Any] = []
    for name, within, width in tree:
        held = row[name]
        if not within:
            values.append(held)
        elif isinstance(held, dict):
            values += _values(held, within)
        elif held:
            values += map(list, zip(*[_values(one, within) for one in held], strict=True))
        else:
            values += [None] * width
    return values
