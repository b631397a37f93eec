"""What belongs to events: who took part, who tells of them, and in what words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries.rows import group_by, read_rows
from app.storage.tables import (
    article,
    event,
    event_party,
    evidence,
    official,
    outlet,
    participation,
    party,
    report,
    tenure,
)

ReportRows = list[tuple[Row[Any], list[Row[Any]]]]
"""Reports, each with its evidence."""


_ARTICLE_FACTS = (article.c.language, article.c.dateline, article.c.text_sha256)


async def find_parties(session: AsyncSession, events: Sequence[UUID]) -> Sequence[Row[Any]]:
    """Return the parties of some events, each in each of its roles."""
    statement = (
        select(event_party.c.event, event_party.c.role, party.c.id, party.c.kind, party.c.name)
        .join(party, party.c.id == event_party.c.party)
        .where(event_party.c.event.in_(events))
        .order_by(event_party.c.event, party.c.id, event_party.c.role)
    )
    return await read_rows(session, statement)


def select_participants(owner: ColumnElement[Any]) -> Select[Any]:
    """Return who took part, with their office that day; `owner` is what they are grouped by."""
    return (
        select(
            owner.label("owner"),
            participation.c.party,
            participation.c.role,
            participation.c.rank,
            participation.c.title_as_reported,
            official.c.id.label("official"),
            official.c.name.label("official_name"),
            tenure.c.id.label("tenure"),
            tenure.c.title.label("tenure_title"),
        )
        .join(event, event.c.id == participation.c.event)
        .outerjoin(official, official.c.id == participation.c.official)
        .outerjoin(tenure, tenure.c.id == participation.c.tenure)
    )


def select_sources(owner: ColumnElement[Any]) -> Select[Any]:
    """Return the articles that tell of events, with the sentence that states each."""
    stated = (
        select(evidence.c.quote)
        .where(evidence.c.report == report.c.id, evidence.c.field == "")
        .order_by(evidence.c.ordinal)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(owner.label("owner"), *article_columns(), stated.label("quote"))
        .join(event, event.c.id == report.c.event)
        .join(article, article.c.id == report.c.article)
        .outerjoin(outlet, outlet.c.id == article.c.outlet)
        .where(report.c.active)
        .order_by(owner, *by_source())
    )


def article_columns() -> tuple[ColumnElement[Any], ...]:
    """Return what every mention of an article shows."""
    return (
        article.c.id.label("article_id"),
        article.c.url,
        article.c.title,
        func.coalesce(article.c.published_on, article.c.updated_on).label("published_on"),
        article.c.updated_on,
        article.c.dataset,
        article.c.record_id,
        outlet.c.name.label("outlet_name"),
    )


def by_source() -> tuple[ColumnElement[Any], ...]:
    """Sort the article that is about it first, then by day; of one article, the report that came in first."""
    day = func.coalesce(article.c.published_on, article.c.updated_on)
    return report.c.main.desc(), day.asc().nulls_last(), article.c.id, report.c.id


async def find_accounts(session: AsyncSession, events: Sequence[UUID]) -> Sequence[Row[Any]]:
    """Return the active reports of some events with their articles, the most telling first."""
    statement = (
        select(report, *article_columns(), *_ARTICLE_FACTS)
        .join(article, article.c.id == report.c.article)
        .outerjoin(outlet, outlet.c.id == article.c.outlet)
        .where(report.c.event.in_(events), report.c.active)
        .order_by(report.c.event, *by_source())
    )
    return await read_rows(session, statement)


async def add_evidence(session: AsyncSession, reports: Sequence[Row[Any]]) -> ReportRows:
    """Add to reports the words that their fields rest on."""
    spans = (
        select(evidence)
        .where(evidence.c.report.in_([row.id for row in reports]))
        .order_by(evidence.c.report, evidence.c.ordinal)
    )
    evidence_of = group_by(await read_rows(session, spans), "report")
    return [(row, evidence_of[row.id]) for row in reports]
