"""Where the sources of an event differ: which value won, and why."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import example
from app.domain.differences import WHY_ONE_WINS
from app.domain.identifiers import Prefix, public_id
from app.queries.events import FoundEvent

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


_VALUES: dict[str, _Value] = {
    "date": _days,
    "status": lambda record: record["status"],
    "mode": lambda record: record["mode"],
    "venue": _place("venue"),
    "city": _place("city"),
    "country": _place("country"),
    "object": lambda record: record["object"],
}


def differences_of(found: FoundEvent) -> list[Difference]:
    """Return the fields that the accounts of an event give differently."""
    told = {name: _accounts(found.sources, value) for name, value in _VALUES.items()}
    won = _won(found.row)
    return [
        Difference(field=name, value=won[name], why=WHY_ONE_WINS[name], accounts=accounts)
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
    same = {name: getattr(row, name) for name in _VALUES if name != "date"}
    return {**same, "date": _days({"date": days})}
