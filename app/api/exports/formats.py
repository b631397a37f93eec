"""The formats that lists come in, and what each is called in addresses and in Accept."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel


class Format(StrEnum):
    """A format of a whole list; its value is the suffix of the address."""

    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"
    ICS = "ics"
    ATOM = "atom"
    PLOVER = "plover.ndjson"


class TableFormat(StrEnum):
    """The formats of every list."""

    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"


class FeedFormat(StrEnum):
    """The formats of lists of what has a day, and news of its own."""

    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"
    ATOM = "atom"


TABLES = (Format.CSV, Format.NDJSON, Format.PARQUET)
"""The formats of rows and fields; the others have fields of their own."""
FEEDS = (*TABLES, Format.ATOM)

MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.NDJSON: "application/x-ndjson",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.ICS: "text/calendar",
    Format.ATOM: "application/atom+xml",
    Format.PLOVER: "application/vnd.plover+x-ndjson",
}
COMPRESSED = {*MEDIA_TYPES.values(), "application/problem+json"} - {MEDIA_TYPES[Format.PARQUET]}
"""What gains by compression; a Parquet file is compressed inside."""

_MEANINGS = {
    Format.CSV: "UTF-8, RFC 4180; nested values in flat columns, several joined by `|`",
    Format.NDJSON: "the JSON objects of the list, one a line; lossless",
    Format.PARQUET: "Apache Parquet with nested columns; lossless",
    Format.ICS: "iCalendar, an all-day entry each; the undated have none",
    Format.ATOM: "an Atom feed",
    Format.PLOVER: "PLOVER's JSON records, one a line, with CAMEO's codes",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: the list's name and model, its addresses, and when it changed last.

    `fields` are the only ones that it shows; none for all. `home` is where each row has its own address.
    """

    name: str
    model: type[BaseModel]
    address: str
    root: str
    changed_at: datetime
    fields: tuple[str, ...] = ()
    home: str = ""


class Writer(Protocol):
    """Makes a file of rows."""

    def __call__(
        self, batches: AsyncIterator[Sequence[BaseModel]], about: About, /
    ) -> AsyncIterator[bytes]: ...


def content_type(form: Format) -> str:
    """Return a format's Content-Type."""
    media_type = MEDIA_TYPES[form]
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def in_words(formats: type[StrEnum]) -> str:
    """Return formats as a list in Markdown."""
    return "\n\n" + "\n".join(f"- `{one.value}`: {_MEANINGS[Format(one.value)]}." for one in formats)
