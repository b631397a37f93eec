"""What is answered to articles that were handed in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.articles import EXAMPLE as ARTICLE
from app.api.responses.articles import ArticleResponse, article_response
from app.api.responses.events import EXAMPLE as EVENT
from app.api.responses.events import EventResponse, event_response
from app.api.responses.shared import example
from app.domain.article import Article
from app.domain.identifiers import Prefix, public_id
from app.domain.record import EventRecord, Extraction, Rejected
from app.queries.articles import get_article
from app.queries.events import get_event
from app.storage.recording import Outcome, Recorded

_EXTRACTED: dict[str, Any] = {
    "title": None,
    "outlet": "arabnews.com",
    "published_on": "2024-08-20",
    "text": "Pakistan and Iraq signed an agreement on defence. A meeting with Iraq may follow.",
    "records": [
        {
            "kind": "agreement",
            "mode": "signed",
            "status": "occurred",
            "main": True,
            "date": {
                "start": None,
                "end": None,
                "precision": "unknown",
                "words": None,
                "anchor": None,
                "anchor_kind": None,
                "rule": None,
                "alternatives": [],
            },
            "place": {"venue": None, "city": None, "country": None},
            "parties": [{"party": "IRQ", "role": "signatory"}, {"party": "PAK", "role": "signatory"}],
            "participants": [],
            "delegation": None,
            "agreement": {"title": None, "kind": "other", "domain": None, "binding": None, "pledges": []},
            "object": None,
            "topics": [],
            "parent": None,
            "confidence": 0.75,
            "confidence_reasons": ["it happened", "told in the body of the article"],
            "evidence": [
                {
                    "field": "",
                    "start": 0,
                    "end": 49,
                    "quote": "Pakistan and Iraq signed an agreement on defence.",
                },
                {"field": "/kind", "start": 18, "end": 37, "quote": "signed an agreement"},
                {"field": "/parties/0", "start": 13, "end": 17, "quote": "Iraq"},
                {"field": "/parties/1", "start": 0, "end": 8, "quote": "Pakistan"},
                {"field": "/agreement/kind", "start": 28, "end": 37, "quote": "agreement"},
            ],
        }
    ],
    "rejected": [
        {
            "kind": "meeting",
            "words": "meeting with",
            "start": 50,
            "end": 81,
            "quote": "A meeting with Iraq may follow.",
            "parties": ["IRQ"],
            "reason": "one side only (IRQ), no counterpart",
        }
    ],
}


class HandedInArticle(BaseModel):
    """An article that is held now, and the events that it tells of."""

    outcome: Outcome = Field(
        description="added; known, where this text was held already; completed, where only its facts were."
    )
    article: ArticleResponse
    events: list[EventResponse] = Field(description="Events that it tells of, those that others told of too.")


class HandedInResponse(BaseModel):
    """The articles of a request, in its order."""

    model_config = example({"results": [{"outcome": "added", "article": ARTICLE, "events": [EVENT]}]})

    results: list[HandedInArticle]


class ExtractedArticle(BaseModel):
    """What the parser reads in one article; nothing of it is stored."""

    title: str | None
    outlet: str | None
    published_on: date | None
    text: str = Field(description="The text in which the offsets of evidence count code points.")
    records: list[EventRecord] = Field(
        description="What it tells of, with the words that each field rests on."
    )
    rejected: list[Rejected] = Field(description="What might have told of an event and was left.")


class ExtractionResponse(BaseModel):
    """What the parser reads in the articles of a request."""

    model_config = example({"results": [_EXTRACTED]})

    results: list[ExtractedArticle]


async def handed_in_response(
    session: AsyncSession, recorded: Sequence[Recorded]
) -> tuple[HandedInResponse, int, str | None]:
    """Show articles that were handed in, with their events; return the status and the place too."""
    shown = [await _handed_in(session, one) for one in recorded]
    status = 201 if any(one.outcome is Outcome.ADDED for one in recorded) else 200
    location = f"/v1/articles/{shown[0].article.id}" if len(shown) == 1 else None
    return HandedInResponse(results=shown), status, location


def extracted_article(article: Article, extraction: Extraction) -> ExtractedArticle:
    """Show what the parser reads in an article."""
    return ExtractedArticle(
        title=article.title,
        outlet=article.outlet,
        published_on=article.published_on,
        text=article.text or "",
        records=list(extraction.records),
        rejected=list(extraction.rejected),
    )


async def _handed_in(session: AsyncSession, recorded: Recorded) -> HandedInArticle:
    article = article_response(await get_article(session, public_id(Prefix.ARTICLE, recorded.article)))
    events = [event_response(await get_event(session, brief.id)) for brief in article.events]
    return HandedInArticle(outcome=recorded.outcome, article=article, events=events)
