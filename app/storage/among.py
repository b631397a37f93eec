"""Any number of values in one parameter: a statement takes 32,767 of them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, literal


def among(column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Keep rows whose column is one of the values, handed over as one array."""
    return column == any_(literal(list(values), ARRAY(column.type)))
