"""Shapes that several answers share."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Generic, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field

from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import PartyKind, PartyRole
from app.queries.paging import Page

ONE_PAGE = {"count": 1, "limit": 50, "next_cursor": None}

NO_FACETS: dict[str, Any] = {"facets": {}}
NO_HIGHLIGHTS: dict[str, Any] = {"facets": {}, "highlights": {}}

JSON_TEXT = "JSON text"
"""Marks a field that is different things in different rows: in a table, it is one column of JSON text."""

_Result = TypeVar("_Result", bound=BaseModel)


def example(value: dict[str, Any]) -> ConfigDict:
    """Return a model's configuration with one example of it."""
    return ConfigDict(json_schema_extra={"examples": [value]})


class ListMeta(BaseModel):
    """How much there is, and how to go on."""

    model_config = example(ONE_PAGE)

    count: int | None = Field(description="How many match in all; exact, or null above 10,000.")
    limit: int = Field(description="Most results on a page.")
    next_cursor: str | None = Field(description="`cursor` of the next page; null at the end.")


class ListResponse(BaseModel, Generic[_Result]):
    """A page of results."""

    meta: ListMeta
    results: list[_Result]


class FacetValue(BaseModel):
    """A value, and how many have it."""

    model_config = example({"value": "PAK", "label": "Pakistan", "count": 12})

    value: str = Field(description="As the filter of the facet's name takes it.")
    label: str = Field(description="The name of a party, an official or an outlet; else the value again.")
    count: int


class FacetCounts(BaseModel):
    """The most frequent values of a facet, at most 200."""

    model_config = example({"values": [{"value": "PAK", "label": "Pakistan", "count": 12}], "left_out": 0})

    values: list[FacetValue]
    left_out: int = Field(description="How many rarer values are not shown.")


class Highlight(BaseModel):
    """A piece of text with words that were searched for."""

    model_config = example({"text": "Iraq and Pakistan meet in Rawalpindi", "marks": [[9, 17]]})

    text: str = Field(description="Plain text; it may hold any character, so escape it before you show it.")
    marks: list[tuple[int, int]] = Field(
        description="First code point of each word found, and the one after its last."
    )


class FacetedList(ListResponse[_Result], Generic[_Result]):
    """A page of results with counts by value."""

    facets: dict[str, FacetCounts | None] = Field(
        description="The facets asked for; null where counting would cost too much (100,000 rows)."
    )


class SearchedList(FacetedList[_Result], Generic[_Result]):
    """A page of results with counts by value, and with the words that were searched for."""

    highlights: dict[str, list[Highlight]] = Field(
        description="With `q`, the pieces of text that hold the words, by the id of the result."
    )


def facet_counts(facets: Mapping[str, Any]) -> dict[str, FacetCounts | None]:
    """Show facets."""
    return {
        name: found
        and FacetCounts(
            values=[FacetValue(value=row.value, label=row.label, count=row.number) for row in found.values],
            left_out=found.left_out,
        )
        for name, found in facets.items()
    }


def highlights_response(highlights: Mapping[str, Any]) -> dict[str, list[Highlight]]:
    """Show the pieces of text that hold words found."""
    return {
        one: [Highlight(text=piece.text, marks=piece.marks) for piece in pieces]
        for one, pieces in highlights.items()
    }


class PartyBrief(BaseModel):
    """A country or an organization."""

    model_config = example({"id": "IRQ", "kind": "country", "name": "Iraq"})

    id: str = Field(
        description="ISO 3166-1 alpha-3 for a country, the usual abbreviation for an organization."
    )
    kind: PartyKind = Field(description="country or organization.")
    name: str

    @classmethod
    def of(cls, row: Any) -> "PartyBrief":
        """Take it from a row with id, kind and name."""
        return cls(id=row.id, kind=row.kind, name=row.name)


class PartyInRole(PartyBrief):
    """A party, and as what it takes part; one that holds two roles is listed twice."""

    model_config = example({"id": "IRQ", "kind": "country", "name": "Iraq", "role": "visitor"})

    role: PartyRole = Field(description="As what it takes part; a convenor only hosts talks between others.")


class OfficialBrief(BaseModel):
    """A person who acts for a party."""

    model_config = example({"id": "off_0191684e8a9c7d5c9d6f0b1a2c3d4e5f", "name": "Ahmed Dawood Salman"})

    id: str
    name: str


class Source(BaseModel):
    """An article that tells of it."""

    model_config = example(
        {
            "article": "art_0191684e8a9c7d5c9d6f0b1a2c3d4e60",
            "outlet": "Arab News",
            "url": None,
            "title": "Pakistan army chief, Iraqi defense official discuss cooperation",
            "published_on": "2024-08-20",
            "updated_on": None,
            "quote": None,
        }
    )

    article: str
    outlet: str | None
    url: str | None
    title: str | None
    published_on: date | None = Field(
        description="Day of publication; of the update where only that is known."
    )
    updated_on: date | None
    quote: str | None = Field(description="The words that state the event; null where the text is not held.")


def official_brief(row_id: Any, name: str | None) -> OfficialBrief | None:
    """Show a person by name; None where there is only an office."""
    return OfficialBrief(id=public_id(Prefix.OFFICIAL, row_id), name=name or "") if row_id else None


def source_response(row: Any) -> Source:
    """Show an article that tells of an event."""
    return Source(article=public_id(Prefix.ARTICLE, row.article_id), quote=row.quote, **article_facts(row))


def article_facts(row: Any) -> dict[str, Any]:
    """Return what every mention of an article shows."""
    return {
        "outlet": row.outlet_name,
        "url": row.url,
        "title": row.title,
        "published_on": row.published_on,
        "updated_on": row.updated_on,
    }


def searched_list_body(page: Page[bytes]) -> bytes:
    """Return a page of what is JSON already in the envelope of a searched list."""
    meta = orjson.dumps({"count": page.count, "limit": page.limit, "next_cursor": page.next_cursor})
    found = orjson.dumps(page.highlights)
    return b'{"meta":%b,"results":[%b],"facets":{},"highlights":%b}' % (meta, b",".join(page.rows), found)
