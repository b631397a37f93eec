"""Where the sources of an event differ: which value won, and why."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import example
from app.domain.identifiers import Prefix, public_id
from app.queries.events import FoundEvent

_FIRST = (
    "The first of these that gives it: an article about the event before one that recalls it, then the more "
    "confident account, then the earlier article."
)
_Value = Callable[[Mapping[str, Any]], str | None]


class Account(BaseModel):
    """What one article says."""

    model_config = example({"article": "art_0191684e8a9c7d5c9d6f0b1a2c3d4e60", "value": "2024-08-19"})

    article: str
    value: str


class Difference(BaseModel):
    """A field that the sources give differently."""

    model_config = example(
        {
            "field": "date",
            "value": "2024-08-19",
            "why": "The most precise of the days told.",
            "accounts": [
                {"article": "art_0191684e8a9c7d5c9d6f0b1a2c3d4e60", "value": "2024-08-19"},
                {"article": "art_0191684e8a9c7d5c9d6f0b1a2c3d4e61", "value": "2024-08-01/2024-08-31"},
            ],
        }
    )

    field: str = Field(description="date, status, mode, venue, city, country or object.")
    value: str | None = Field(description="The value that won; of a range of days, both ends with a slash.")
    why: str
    accounts: list[Account] = Field(description="What each article says that says anything of it.")


def _place(part: str) -> _Value:
    return lambda record: record["place"][part]


def _days(record: Mapping[str, Any]) -> str | None:
    first, last = record["date"]["start"], record["date"]["end"]
    return first if first == last else f"{first}/{last}"


_FIELDS: dict[str, tuple[_Value, str]] = {
    "date": (_days, "The most precise of the days told, from the accounts that agree on the status."),
    "status": (
        lambda record: record["status"],
        "What happened, was put off or called off wins over a plan, and the latest article decides.",
    ),
    "mode": (lambda record: record["mode"], _FIRST),
    "venue": (_place("venue"), _FIRST),
    "city": (_place("city"), _FIRST),
    "country": (_place("country"), _FIRST),
    "object": (lambda record: record["object"], _FIRST),
}


def differences_of(found: FoundEvent) -> list[Difference]:
    """Return the fields that the accounts of an event give differently."""
    told = {name: _accounts(found.sources, value) for name, (value, _) in _FIELDS.items()}
    won = _won(found.row)
    return [
        Difference(field=name, value=won[name], why=_FIELDS[name][1], accounts=accounts)
        for name, accounts in told.items()
        if len({account.value for account in accounts}) > 1
    ]


def _accounts(rows: Sequence[Any], value: _Value) -> list[Account]:
    said = ((row, value(row.record)) for row in rows if row.record)
    return [
        Account(article=public_id(Prefix.ARTICLE, row.article_id), value=text) for row, text in said if text
    ]


def _won(row: Any) -> dict[str, str | None]:
    days = {"start": row.date_start and str(row.date_start), "end": row.date_end and str(row.date_end)}
    same = {name: getattr(row, name) for name in _FIELDS if name != "date"}
    return {**same, "date": _days({"date": days})}
