"""What waits for editors, and what they decided."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.explanations import in_words
from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import ReviewKind
from app.errors import NotFound
from app.queries.paging import ListFilter, Order, Page, read_page, read_uuid
from app.queries.rows import read_rows
from app.queries.values import EventId, Several
from app.storage.tables import article, event, evidence, official, outlet, report, review

_AROUND = 80
"""How many characters of the text stand on each side of what a field rests on."""


class ReviewState(StrEnum):
    """Whether a review waits."""

    OPEN = "open"
    DECIDED = "decided"


class ReviewFilter(ListFilter):
    """What `/v1/reviews` can be asked for."""

    kind: Several[ReviewKind] = Field(default=(), description=f"What is asked.{in_words('review_kind')}")
    state: ReviewState = Field(default=ReviewState.OPEN, description="Open, by default, or decided.")
    event: EventId | None = Field(default=None, description="The event that is asked about.")


async def find_reviews(session: AsyncSession, wanted: ReviewFilter) -> Page[Row[Any]]:
    """Return one page of reviews, the oldest first."""
    statement = _select_review()
    waits = review.c.decided_at.is_(None)
    statement = statement.where(waits if wanted.state is ReviewState.OPEN else ~waits)
    if wanted.kind:
        statement = statement.where(review.c.kind.in_(wanted.kind))
    if wanted.event:
        statement = statement.where(review.c.event == row_id(Prefix.EVENT, wanted.event))
    order = Order(review.c.id, review.c.id, False, read_uuid, read_uuid)
    return await read_page(session, statement, order, wanted)


async def get_review(session: AsyncSession, review_id: UUID | None) -> Row[Any]:
    """Return one review."""
    rows = await read_rows(session, _select_review().where(review.c.id == review_id))
    if not rows:
        raise NotFound
    return rows[0]


def _select_review() -> Select[Any]:
    named = func.coalesce(event.c.title, official.c.name).label("title")
    other_event, other_official = event.alias(), official.alias()
    other_named = func.coalesce(other_event.c.title, other_official.c.name).label("other_title")
    return (
        select(*review.c, named, other_named)
        .outerjoin(event, event.c.id == review.c.event)
        .outerjoin(official, official.c.id == review.c.official)
        .outerjoin(other_event, other_event.c.id == review.c.other)
        .outerjoin(other_official, other_official.c.id == review.c.other)
    )


async def find_passages(session: AsyncSession, event_id: UUID) -> Sequence[Row[Any]]:
    """Return, for each report of an event, the words that its fields rest on with the text around them.

    Without a text there are no words, and a report without evidence is one row without a field.
    """
    first = func.greatest(evidence.c.start_at + 1 - _AROUND, 1)
    statement = (
        select(
            report.c.id.label("report"),
            report.c.record,
            article.c.title.label("article"),
            outlet.c.name.label("outlet"),
            evidence.c.field,
            evidence.c.quote,
            func.substr(article.c.text, first, evidence.c.start_at + 1 - first).label("before"),
            func.substr(article.c.text, evidence.c.end_at + 1, _AROUND).label("after"),
        )
        .join(article, article.c.id == report.c.article)
        .outerjoin(outlet, outlet.c.id == article.c.outlet)
        .outerjoin(evidence, evidence.c.report == report.c.id)
        .where(report.c.event == event_id, report.c.active)
        .order_by(report.c.id, evidence.c.ordinal)
    )
    return await read_rows(session, statement)
