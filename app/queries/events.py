"""Events with all that is told of them, a page at a time and without a statement a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id, row_id
from app.domain.vocabulary import MEETING_KINDS, EventKind
from app.errors import Moved, NotFound
from app.queries.asked import resolve_parties
from app.queries.event_filter import EventFilter, event_clauses
from app.queries.paging import Page, read_page
from app.queries.rows import group_by, read_rows
from app.storage.tables import (
    agreement,
    article,
    delegation,
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


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event's row with its agreement and delegation, and the rows that belong to it."""

    row: Row[Any]
    parties: Sequence[Row[Any]]
    participants: Sequence[Row[Any]]
    sources: Sequence[Row[Any]]


async def find_events(session: AsyncSession, wanted: EventFilter) -> Page[FoundEvent]:
    """Return one page of events."""
    asked = await resolve_parties(session, wanted)
    clauses = list(event_clauses(wanted, asked))
    counted = select(event.c.id).where(*clauses)
    page = await read_page(session, _select_event().where(*clauses), wanted.sort.order(), wanted, counted)
    return page.of(await _complete(session, page.rows))


async def get_event(session: AsyncSession, text: str, kinds: Sequence[EventKind] = ()) -> FoundEvent:
    """Return one event by its id, of one of the kinds where any are given."""
    event_id = await require_event(session, text)
    statement = _select_event().where(event.c.id == event_id)
    if kinds:
        statement = statement.where(event.c.kind.in_(kinds))
    found = await _complete(session, await read_rows(session, statement))
    if not found:
        raise NotFound
    return found[0]


async def get_meeting(session: AsyncSession, text: str) -> FoundEvent:
    """Return one meeting, call or visit by its id."""
    return await get_event(session, text, MEETING_KINDS)


async def require_event(session: AsyncSession, text: str) -> UUID:
    """Return an event's row id; an event merged into another has moved to the last of the line."""
    event_id = row_id(Prefix.EVENT, text)
    line = select(event.c.id, event.c.merged_into).where(event.c.id == event_id).cte("line", recursive=True)
    line = line.union(select(event.c.id, event.c.merged_into).where(event.c.id == line.c.merged_into))
    last = select(line.c.id).where(line.c.merged_into.is_(None))
    survivor = (await session.execute(last)).scalar_one_or_none() if event_id else None
    if survivor is None:
        raise NotFound
    if survivor != event_id:
        raise Moved(public_id(Prefix.EVENT, survivor))
    return UUID(str(survivor))


async def find_reports(session: AsyncSession, text: str) -> list[tuple[Row[Any], list[Row[Any]]]]:
    """Return each source's own account of an event, with the words that its fields rest on."""
    event_id = await require_event(session, text)
    statement = (
        select(report, *_article_columns())
        .join(article, article.c.id == report.c.article)
        .outerjoin(outlet, outlet.c.id == article.c.outlet)
        .where(report.c.event == event_id, report.c.active)
        .order_by(*_by_source())
    )
    reports = await read_rows(session, statement)
    spans = (
        select(evidence)
        .where(evidence.c.report.in_([row.id for row in reports]))
        .order_by(evidence.c.report, evidence.c.ordinal)
    )
    evidence_of = group_by(await read_rows(session, spans), "report")
    return [(row, evidence_of[row.id]) for row in reports]


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
        select(owner.label("owner"), *_article_columns(), stated.label("quote"))
        .join(event, event.c.id == report.c.event)
        .join(article, article.c.id == report.c.article)
        .outerjoin(outlet, outlet.c.id == article.c.outlet)
        .where(report.c.active)
        .order_by(owner, *_by_source())
    )


def _select_event() -> Select[Any]:
    group = (
        select(delegation, official.c.name.label("head_name"))
        .outerjoin(official, official.c.id == delegation.c.head)
        .where(delegation.c.event == event.c.id)
        .order_by(delegation.c.party)
        .limit(1)
        .lateral("led")
    )
    columns = [column for column in event.c if column.name not in ("search", "search_text", "sort_date")]
    return (
        select(
            *columns,
            agreement.c.title.label("agreement_title"),
            group.c.party.label("delegation_party"),
            group.c.head.label("delegation_head"),
            group.c.head_name.label("delegation_head_name"),
            group.c.stated_size.label("delegation_size"),
            group.c.complete.label("delegation_complete"),
        )
        .outerjoin(agreement, agreement.c.id == event.c.agreement)
        .outerjoin(group, true())
    )


async def _complete(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[FoundEvent]:
    """Add to events, in three statements, who took part and who tells of them."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    parties = group_by(await find_parties(session, ids), "event")
    took_part = select_participants(event.c.id).where(event.c.id.in_(ids))
    people = await read_rows(session, took_part.order_by(event.c.id, participation.c.ordinal))
    sources = await read_rows(session, select_sources(event.c.id).where(event.c.id.in_(ids)))
    people_of, sources_of = group_by(people, "owner"), group_by(sources, "owner")
    return [FoundEvent(row, parties[row.id], people_of[row.id], sources_of[row.id]) for row in rows]


def _article_columns() -> tuple[ColumnElement[Any], ...]:
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


def _by_source() -> tuple[ColumnElement[Any], ...]:
    """Sort the article that is about it first, then by day."""
    day = func.coalesce(article.c.published_on, article.c.updated_on)
    return report.c.main.desc(), day.asc().nulls_last(), article.c.id
