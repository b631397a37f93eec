"""CSV rows as the export flattens them: `place_city` is a key of `place`, and several are joined by `|`."""

import re
from collections.abc import Sequence
from typing import Any

from rapidfuzz import process

from app.errors import LineFault

_FORMULA = re.compile(r"'[=+\-@\t\r\0]")
_PIECES = re.compile(r"((?:[^\\|]|\\.)*)(?:\||$)", re.DOTALL)
_LIKENESS = 60

_PLAIN = (
    "id",
    "kind",
    "mode",
    "status",
    "title",
    "summary",
    "date_start",
    "date_end",
    "date_precision",
    "object",
    "parent",
    "background",
    "confidence",
    "review_status",
    "report_count",
    "version",
    "created_at",
    "updated_at",
)
_LISTS = ("dyads", "topics", "confidence_reasons")
_OBJECTS: dict[str, tuple[str, ...]] = {
    "place": ("venue", "city", "country"),
    "agreement": ("id", "title"),
    "delegation": ("party", "head_id", "head_name", "size", "complete"),
}
_SEVERAL: dict[str, tuple[str, ...]] = {
    "parties": ("id", "kind", "name", "role"),
    "participants": (
        "official_id",
        "official_name",
        "party",
        "role",
        "rank",
        "title_as_reported",
        "office_title",
    ),
    "sources": ("article", "outlet", "url", "title", "published_on", "updated_on", "quote"),
}
_NESTED = {"official_id": "official", "official_name": "official", "office_title": "office"}
_NESTED |= {"head_id": "head", "head_name": "head"}
_NOT_READ = (
    "differences_field",
    "differences_value",
    "differences_why",
    "differences_accounts_article",
    "differences_accounts_value",
)
"""Made anew of the reports, which CSV does not carry."""

COLUMNS = (
    *_PLAIN,
    *_LISTS,
    *(f"{name}_{key}" for group in (_OBJECTS, _SEVERAL) for name, keys in group.items() for key in keys),
    *_NOT_READ,
)


def check_header(header: Sequence[str]) -> list[LineFault]:
    """Return what is wrong with a file's columns."""
    faults = []
    for number, name in enumerate(header):
        if name not in COLUMNS:
            near = process.extractOne(name, COLUMNS, score_cutoff=_LIKENESS)
            faults.append(LineFault(1, name, "there is no such column", near[0] if near else "none"))
        elif name in header[:number]:
            faults.append(LineFault(1, name, "the column is there twice", "each column once"))
    needed = [name for name in ("kind", "parties_id") if name not in header]
    return [*faults, *(LineFault(1, name, "the column is missing", name) for name in needed)]


def read_row(number: int, row: dict[str, str]) -> tuple[dict[str, Any], list[LineFault]]:
    """Return a row as the object that it flattens; an empty cell says nothing."""
    cells = {name: cell[1:] if _FORMULA.match(cell) else cell for name, cell in row.items()}
    value: dict[str, Any] = {name: cells[name] for name in _PLAIN if cells.get(name)}
    value |= {name: _split(cells[name]) for name in _LISTS if cells.get(name)}
    for name, parts in _OBJECTS.items():
        if told := _nest({key: cells.get(f"{name}_{key}") or None for key in parts}):
            value[name] = told
    faults = []
    for name, keys in _SEVERAL.items():
        lists = {key: _split(cells[f"{name}_{key}"]) for key in keys if cells.get(f"{name}_{key}")}
        lengths = {len(one) for one in lists.values()}
        if len(lengths) > 1:
            told_by = ", ".join(f"{name}_{key} has {len(one)}" for key, one in lists.items())
            faults.append(LineFault(number, name, told_by, "as many in each of its columns, joined by |"))
        elif lists:
            rows = zip(*lists.values(), strict=True)
            value[name] = [_nest(dict(zip(lists, (c or None for c in one), strict=True))) for one in rows]
    return value, faults


def _split(cell: str) -> list[str]:
    pieces = _PIECES.findall(cell)
    # The pattern finds an empty piece at the end of a text that a piece ends before.
    pieces = pieces if cell.endswith("|") and not cell.endswith("\\|") else pieces[:-1] or pieces
    return [re.sub(r"\\(.)", r"\1", piece, flags=re.DOTALL) for piece in pieces]


def _nest(flat: dict[str, str | None]) -> dict[str, Any]:
    """Return the keys that are told, those of an object within under its name."""
    value: dict[str, Any] = {}
    for key, cell in flat.items():
        if cell is None:
            continue
        if (name := _NESTED.get(key)) is not None:
            value.setdefault(name, {})[key.removeprefix(f"{name}_")] = cell
        else:
            value[key] = cell
    return value
