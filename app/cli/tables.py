"""Lists as tables in a terminal: a few columns that tell most."""

from typing import Any

from pydantic import BaseModel
from rich.table import Table
from rich.text import Text

from app.api.exports.columns import Column, value_reader
from app.api.exports.lists import ExportList

_EVENTS = ("date_start", "date_end", "kind", "mode", "parties.id", "title", "place.city", "id")
_COLUMNS = {
    "events": _EVENTS,
    "meetings": _EVENTS,
    "agreements": ("date_start", "status", "agreement_kind", "parties.id", "title", "id"),
    "officials": ("name", "parties.id", "event_count", "id"),
    "countries": ("id", "name", "region", "subregion"),
    "organizations": ("id", "name", "listed_members"),
    "dyads": ("id", "event_count", "first_date", "last_date"),
    "articles": ("published_on", "outlet.name", "title", "id"),
}


def table_of(listed: ExportList, rows: list[BaseModel]) -> Table:
    """Return rows as a table."""
    columns = [Column(name, tuple(name.split("."))) for name in _COLUMNS[listed.name]]
    table = Table(header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column.name.replace("parties.id", "parties").replace(".", " "))
    read = value_reader(columns)
    for row in rows:
        dumped = row.model_dump(mode="json")
        # Text: a title may hold what rich would take for markup.
        table.add_row(*(Text(_cell(value)) for value in read(dumped)))
    return table


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(_cell(one) for one in value))
    return "" if value is None else str(value)
