"""Events with all that is told of them, a page at a time and without a statement a row."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, case, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id, row_id
from app.domain.vocabulary import EventKind
from app.errors import Moved, NotFound
from app.queries.agreements import FoundAgreement, find_agreements_by_id
from app.queries.asked import resolve_parties
from app.queries.dimensions import EventDimension, match_events, spread_events
from app.queries.event_filter import EventFilter, Expansion, event_conditions, keep_ranked
from app.queries.facets import count_facets
from app.queries.full_text import Highlight, find_highlights
from app.queries.officials import FoundOfficial, find_officials_by_id
from app.queries.paging import Page, read_page
from app.queries.rows import group_by, read_rows
from app.queries.told import (
    ReportRows,
    add_evidence,
    find_accounts,
    find_parties,
    select_participants,
    select_sources,
)
from app.storage.tables import agreement, delegation, event, official, participation, report


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event's row with its agreement and delegation, and the rows that belong to it.

    A source has the record of its report, where there are several. `reports`, `whole_agreement` and
    `officials` are None or empty where they were not to be shown whole.
    """

    row: Row[Any]
    parties: Sequence[Row[Any]]
    participants: Sequence[Row[Any]]
    sources: Sequence[Row[Any]]
    reports: ReportRows | None = None
    whole_agreement: FoundAgreement | None = None
    officials: Mapping[UUID, FoundOfficial] = field(default_factory=dict)


async def find_events(
    session: AsyncSession,
    wanted: EventFilter,
    *also: ColumnElement[bool],
    scope: str = "",
    facet: Sequence[EventDimension] = (),
    expand: Collection[Expansion] = (),
) -> Page[FoundEvent]:
    """Return one page of events, with facets and what is to be shown whole.

    `also` and `scope` are what an address adds to the filters.
    """
    asked = await resolve_parties(session, wanted)
    conditions = event_conditions(wanted, asked)
    clauses = [*conditions.values(), *also]
    counted = select(event.c.id).where(*clauses)
    statement = keep_ranked(wanted, select_event().where(*clauses))
    page = await read_page(session, statement, wanted.sort.order(wanted.q), wanted, counted, scope)
    also_held = {f"also {number}": clause for number, clause in enumerate(also)}
    facets = await count_facets(session, facet, {**conditions, **also_held}, match_events, spread_events)
    highlights = await find_event_highlights(session, page.rows, wanted.q)
    return page.of(await complete_events(session, page.rows, expand), facets=facets, highlights=highlights)


async def find_event_highlights(
    session: AsyncSession, rows: Sequence[Row[Any]], words: str | None
) -> dict[str, list[Highlight]]:
    """Return the pieces of events' text that hold words, by the id that readers see."""
    texts = select(event.c.id, event.c.search_text.label("text"))
    found = await find_highlights(session, texts, event.c.id, rows, words)
    return {public_id(Prefix.EVENT, one): pieces for one, pieces in found.items()}


async def get_event(
    session: AsyncSession,
    text: str,
    kinds: Sequence[EventKind] = (),
    expand: Collection[Expansion] = (),
) -> FoundEvent:
    """Return one event by its id, of one of the kinds where any are given."""
    event_id = await require_event(session, text)
    statement = select_event().where(event.c.id == event_id)
    if kinds:
        statement = statement.where(event.c.kind.in_(kinds))
    found = await complete_events(session, await read_rows(session, statement), expand)
    if not found:
        raise NotFound
    return found[0]


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


async def find_reports(session: AsyncSession, text: str) -> ReportRows:
    """Return each source's own account of an event, with the words that its fields rest on."""
    event_id = await require_event(session, text)
    return await add_evidence(session, await find_accounts(session, [event_id]))


def select_event() -> Select[Any]:
    """Return events with the agreement that they are a step of, and with one delegation."""
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


async def complete_events(
    session: AsyncSession, rows: Sequence[Row[Any]], expand: Collection[Expansion] = ()
) -> list[FoundEvent]:
    """Add to events, in three statements, who took part and who tells of them."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    parties = group_by(await find_parties(session, ids), "event")
    took_part = select_participants(event.c.id).where(event.c.id.in_(ids))
    people = await read_rows(session, took_part.order_by(event.c.id, participation.c.ordinal))
    differing = case((event.c.report_count > 1, report.c.record)).label("record")
    told = select_sources(event.c.id).add_columns(differing).where(event.c.id.in_(ids))
    sources = await read_rows(session, told)
    people_of, sources_of = group_by(people, "owner"), group_by(sources, "owner")
    found = [FoundEvent(row, parties[row.id], people_of[row.id], sources_of[row.id]) for row in rows]
    return await _expand(session, found, expand)


async def _expand(
    session: AsyncSession, found: list[FoundEvent], expand: Collection[Expansion]
) -> list[FoundEvent]:
    """Add to events what is to be shown whole."""
    if Expansion.REPORTS in expand:
        accounts = await find_accounts(session, [one.row.id for one in found])
        told = await add_evidence(session, accounts)
        found = [
            replace(one, reports=[pair for pair in told if pair[0].event == one.row.id]) for one in found
        ]
    if Expansion.AGREEMENT in expand:
        ids = {one.row.agreement for one in found if one.row.agreement}
        agreements = await find_agreements_by_id(session, sorted(ids))
        found = [replace(one, whole_agreement=agreements.get(one.row.agreement)) for one in found]
    if Expansion.PARTICIPANTS in expand:
        ids = {person.official for one in found for person in one.participants if person.official}
        officials = await find_officials_by_id(session, sorted(ids))
        found = [replace(one, officials=officials) for one in found]
    return found


async def find_events_by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, FoundEvent]:
    """Return events by their ids, without those merged into others."""
    statement = select_event().where(event.c.id.in_(ids), event.c.merged_into.is_(None))
    rows = await read_rows(session, statement)
    return {found.row.id: found for found in await complete_events(session, rows)}
