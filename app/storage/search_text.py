"""The words that full text finds an event by: title and summary, and what its reports say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.tables import article, event, evidence, report

MAX_SEARCH_TEXT = 50_000
"""Most characters that full text finds an event by; what a hundred and more reports say is cut."""
_OWN = ("title", "summary", "object", "venue", "city")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

WORDED = {"participants", "object", "place", "agreement"}
"""The fields of a record that have words to find an event by."""

Told = tuple[str | None, Mapping[str, Any], Sequence[str]]
"""What a report says: its article's title, the `WORDED` of its record, and the words that it rests on."""


async def find_search_text(session: AsyncSession, event_id: UUID, values: Mapping[str, Any]) -> str:
    """Return the words of an event's row, of its active reports, and of what these rest on."""
    rows = await session.execute(
        select(
            report.c.record,
            article.c.title,
            func.array(
                select(evidence.c.quote)
                .where(evidence.c.report == report.c.id)
                .order_by(evidence.c.ordinal)
                .scalar_subquery()
            ).label("quotes"),
        )
        .join(article, article.c.id == report.c.article)
        .where(report.c.event == event_id, report.c.active)
        .order_by(report.c.id)
    )
    return join_search_text(values, [(row.title, row.record, row.quotes) for row in rows])


def join_search_text(values: Mapping[str, Any], told: Iterable[Told]) -> str:
    """Return the words of an event's row and of what its reports say, in their order."""
    own = [values[name] for name in _OWN]
    words = [word for title, record, quotes in told for word in (title, *_words_of(record), *quotes)]
    return _join([*own, *words])


async def add_search_text(session: AsyncSession, article_id: UUID) -> None:
    """Let events be found by quotes that came in later than their reports."""
    told = select(report.c.event).where(report.c.article == article_id, report.c.active)
    columns = [event.c[name] for name in ("id", *_OWN)]
    theirs = select(*columns).where(event.c.id.in_(told)).order_by(event.c.id)
    rows = await session.execute(theirs.with_for_update(key_share=True))
    for row in rows.all():
        words = await find_search_text(session, row.id, row._asdict())
        await session.execute(update(event).where(event.c.id == row.id).values(search_text=words))


def _words_of(record: Mapping[str, Any]) -> Iterable[str | None]:
    for person in record["participants"]:
        yield from (person["rank"], person["name"], person["title"])
    yield from (record["object"], record["place"]["venue"], record["place"]["city"])
    if record["agreement"]:
        yield record["agreement"]["title"]


def _join(words: Iterable[str | None]) -> str:
    """Return each piece once, on a line of its own, without control characters."""
    pieces = dict.fromkeys(piece for piece in words if piece)
    lines = (" ".join(_CONTROL.sub(" ", piece).split()) for piece in pieces)
    return "\n".join(dict.fromkeys(lines))[:MAX_SEARCH_TEXT]
