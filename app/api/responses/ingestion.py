"""What is answered to articles that were handed in."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.articles import ArticleResponse, article_response
from app.api.responses.events import EventResponse, event_response
from app.domain.article import Article
from app.domain.identifiers import Prefix, public_id
from app.domain.record import EventRecord, Reading, Rejected
from app.queries.articles import get_article
from app.queries.events import get_event
from app.storage.recording import Outcome, Recorded


class HandedInArticle(BaseModel):
    """An article that is held now, and the events that it tells of."""

    outcome: Outcome = Field(
        description="added; known, where this text was held already; completed, where only its facts were."
    )
    article: ArticleResponse
    events: list[EventResponse] = Field(description="Events that it tells of, those that others told of too.")


class HandedInResponse(BaseModel):
    """The articles of a request, in its order."""

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

    results: list[ExtractedArticle]


async def handed_in_response(
    session: AsyncSession, recorded: Sequence[Recorded]
) -> tuple[HandedInResponse, int, str | None]:
    """Show articles that were handed in, with their events; return the status and the place too."""
    shown = [await _handed_in(session, one) for one in recorded]
    status = 201 if any(one.outcome is Outcome.ADDED for one in recorded) else 200
    location = f"/v1/articles/{shown[0].article.id}" if len(shown) == 1 else None
    return HandedInResponse(results=shown), status, location


def extracted_article(article: Article, reading: Reading) -> ExtractedArticle:
    """Show what the parser reads in an article."""
    return ExtractedArticle(
        title=article.title,
        outlet=article.outlet,
        published_on=article.published_on,
        text=article.text or "",
        records=list(reading.records),
        rejected=list(reading.rejected),
    )


async def _handed_in(session: AsyncSession, recorded: Recorded) -> HandedInArticle:
    article = article_response(await get_article(session, public_id(Prefix.ARTICLE, recorded.article)))
    events = [event_response(await get_event(session, brief.id)) for brief in article.events]
    return HandedInArticle(outcome=recorded.outcome, article=article, events=events)
