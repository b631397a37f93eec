"""Shapes that several answers share."""

from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import PartyKind, PartyRole

ONE_PAGE = {"count": 1, "limit": 50, "next_cursor": None}

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


class Office(BaseModel):
    """An office held on the day."""

    model_config = example({"title": "Secretary General, Ministry of Defense"})

    title: str


class Participant(BaseModel):
    """Someone who took part, or only an office; the party acted for need not be the nationality."""

    model_config = example(
        {
            "official": {"id": "off_0191684e8a9c7d5c9d6f0b1a2c3d4e5f", "name": "Ahmed Dawood Salman"},
            "party": "IRQ",
            "role": "visitor",
            "rank": "Lt. Gen.",
            "title_as_reported": "Secretary Defense",
            "office": None,
        }
    )

    official: OfficialBrief | None
    party: str = Field(description="Id of the party acted for.")
    role: PartyRole = Field(description="As what they took part.")
    rank: str | None = Field(description="Rank or honorific as printed.")
    title_as_reported: str | None = Field(description="Office as printed.")
    office: Office | None = Field(description="The office known to be held that day, from a dated source.")


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


def participant_response(row: Any) -> Participant:
    """Show someone who took part."""
    return Participant(
        official=official_brief(row.official, row.official_name),
        party=row.party,
        role=row.role,
        rank=row.rank,
        title_as_reported=row.title_as_reported,
        office=Office(title=row.tenure_title) if row.tenure else None,
    )


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
