"""What an article looks like; its text is not served."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import NO_HIGHLIGHTS, ONE_PAGE, SearchedList, example
from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import EventKind, OutletKind
from app.queries.articles import FoundArticle

EXAMPLE: dict[str, Any] = {
    "id": "art_0191684e8a9c7d5c9d6f0b1a2c3d4e60",
    "title": "Pakistan army chief, Iraqi defense official discuss cooperation",
    "outlet": {"id": "arabnews.com", "name": "Arab News", "kind": "newspaper", "country": "SAU"},
    "url": None,
    "language": "en",
    "dateline": "RAWALPINDI",
    "published_on": "2024-08-20",
    "updated_on": None,
    "text_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "dataset": None,
    "record_id": None,
    "parser_version": "1",
    "events": [
        {
            "id": "evt_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
            "kind": "meeting",
            "title": "Iraq and Pakistan meet",
            "main": True,
        }
    ],
    "created_at": "2026-11-24T09:00:00Z",
}


class OutletBrief(BaseModel):
    """Who published it."""

    model_config = example(EXAMPLE["outlet"])

    id: str = Field(description="Its domain, or a slug of its name.")
    name: str
    kind: OutletKind = Field(description="What kind of publisher it is.")
    country: str | None


class ArticleEvent(BaseModel):
    """An event that an article tells of."""

    model_config = example(EXAMPLE["events"][0])

    id: str
    kind: EventKind = Field(description="What happened.")
    title: str
    main: bool = Field(description="Whether the article is about it, or only recalls it.")


class ArticleResponse(BaseModel):
    """A news story or an official readout, as it came in."""

    model_config = example(EXAMPLE)

    id: str
    title: str | None
    outlet: OutletBrief | None
    url: str | None
    language: str
    dateline: str | None
    published_on: date | None
    updated_on: date | None
    text_sha256: str = Field(description="SHA-256 of the text in UTF-8.")
    dataset: str | None = Field(description="Where it is a row of a dataset: the list it stands in.")
    record_id: str | None = Field(description="Its number there.")
    parser_version: str = Field(description="The parser that read it last.")
    events: list[ArticleEvent]
    created_at: datetime


class ArticleList(SearchedList[ArticleResponse]):
    """A page of articles."""

    model_config = example({"meta": ONE_PAGE, "results": [EXAMPLE], **NO_HIGHLIGHTS})


def article_response(found: FoundArticle) -> ArticleResponse:
    """Show an article."""
    row = found.row
    elsewhere = ("id", "outlet", "events")
    return ArticleResponse(
        id=public_id(Prefix.ARTICLE, row.id),
        outlet=_outlet(row),
        events=[
            ArticleEvent(
                id=public_id(Prefix.EVENT, event.id), kind=event.kind, title=event.title, main=event.main
            )
            for event in found.events
        ],
        **{name: getattr(row, name) for name in ArticleResponse.model_fields if name not in elsewhere},
    )


def _outlet(row: Any) -> OutletBrief | None:
    if row.outlet is None:
        return None
    return OutletBrief(id=row.outlet, name=row.outlet_name, kind=row.outlet_kind, country=row.outlet_country)
