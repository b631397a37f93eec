"""What a file looks like, for the documentation."""

from typing import Any

import orjson
from pydantic import BaseModel

from app.api.exports.columns import flat_columns
from app.api.exports.csv_file import csv_lines, header_line
from app.api.exports.formats import MEDIA_TYPES, Format
from app.api.exports.ndjson import json_line
from app.api.exports.plover import plover_record
from app.api.responses.events import EventResponse


def documented_file(model: type[BaseModel], form: Format) -> dict[str, Any]:
    """Return a format's schema, with the file of one row where it is lines of text."""
    if MEDIA_TYPES[form] == MEDIA_TYPES[Format.PARQUET]:
        return {"schema": {"type": "string", "format": "binary"}}
    text = {"schema": {"type": "string"}}
    row = model.model_validate(first_example(model))
    if form is Format.CSV:
        columns = flat_columns(model)
        return {**text, "example": (header_line(columns) + csv_lines(columns, [row])).decode()}
    if form is Format.NDJSON:
        return {**text, "example": json_line(row).decode()}
    if form is Format.PLOVER and isinstance(row, EventResponse):
        return {**text, "example": orjson.dumps(plover_record(row)).decode() + "\n"}
    return text


def first_example(model: type[BaseModel]) -> Any:
    """Return the example that a model's configuration holds."""
    extra = model.model_config.get("json_schema_extra")
    assert isinstance(extra, dict)
    examples = extra["examples"]
    assert isinstance(examples, list)
    return examples[0]
