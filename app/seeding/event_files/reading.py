"""The lines of a file of events: each an event, or what is wrong with it."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from app.domain.event_line import EventLine
from app.errors import EventFileNotReadable, LineFault
from app.seeding.event_files.cells import check_header, read_row

SUFFIXES = (".csv", ".ndjson")
MAX_LINE_BYTES = 1024 * 1024
_LIKENESS = 60

Read = EventLine | list[LineFault]


def count_lines(path: Path) -> int:
    """Return how many lines a file has, about: a cell of a CSV file may have several."""
    try:
        with path.open("rb") as file:
            return sum(1 for _ in file)
    except OSError as error:
        raise EventFileNotReadable(path, error.strerror or type(error).__name__) from error


def read_lines(path: Path) -> Iterator[tuple[int, Read]]:
    """Yield each event of a file under the number of its line, from 1; blank lines are passed over."""
    yield from _read_csv(path) if path.suffix == ".csv" else _read_ndjson(path)


def _read_ndjson(path: Path) -> Iterator[tuple[int, Read]]:
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            line = text.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else text.strip()
            if not line:
                continue
            if len(line) > MAX_LINE_BYTES:
                yield (
                    number,
                    [LineFault(number, "", f"it is {len(line)} bytes long", f"at most {MAX_LINE_BYTES}")],
                )
                continue
            try:
                value = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                yield number, [LineFault(number, "", f"this is no JSON: {error}", "an object on each line")]
                continue
            yield number, _validate(number, value)


def _read_csv(path: Path) -> Iterator[tuple[int, Read]]:
    with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
        rows = csv.reader(file, strict=True)
        try:
            header = next(rows, [])
            if faults := check_header(header):
                yield 1, faults
                return
            before = rows.line_num
            for row in rows:
                number, before = before + 1, rows.line_num
                if row:
                    yield number, _validate_row(number, header, row)
        except csv.Error as error:
            yield rows.line_num, [LineFault(rows.line_num, "", f"this is no CSV: {error}", "RFC 4180")]


def _validate_row(number: int, header: list[str], row: list[str]) -> Read:
    if len(row) != len(header):
        return [LineFault(number, "", f"it has {len(row)} cells", f"{len(header)}, as the header has")]
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        return [LineFault(number, "", "it is not UTF-8", "UTF-8")]
    value, faults = read_row(number, dict(zip(header, row, strict=True)))
    return faults or _validate(number, value)


def _validate(number: int, value: Any) -> Read:
    try:
        return EventLine.model_validate(value)
    except ValidationError as error:
        told = error.errors()
        # A list is called too short where one of its items is not right.
        within = {one["loc"][:length] for one in told for length in range(len(one["loc"]))}
        return [_fault(number, one) for one in told if one["loc"] not in within]


def _fault(number: int, told: ErrorDetails) -> LineFault:
    """Say what is wrong with a field, what was found there, and what would be right."""
    field = ".".join(map(str, told["loc"]))
    found = str(told["input"])[:60]
    match told["type"]:
        case "missing":
            return LineFault(number, field, "it is missing", "a value")
        case "extra_forbidden":
            name = str(told["loc"][-1])
            near = process.extractOne(name, list(EventLine.model_fields), score_cutoff=_LIKENESS)
            return LineFault(number, field, "there is no such field", near[0] if near else "none")
        case "value_error":
            message = told["msg"].removeprefix("Value error, ")
            named, _, rest = message.partition(": ")
            if not field and rest and named.isidentifier():
                return LineFault(number, named, rest, "what agrees with the rest of the line")
            return LineFault(
                number, field, f"{message}" if not told["loc"] else f"{found!r} is not right", message
            )
        case _:
            return LineFault(number, field, f"{found!r} is not right", told["msg"])
