"""Agreements with their parties, their steps, and who tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.errors import NotFound
from app.queries.access_path import Keys
from app.queries.agreement_dimensions import AgreementDimension, match_agreements, spread_agreements
from app.queries.agreement_filter import AgreementFilter, agreement_conditions
from app.queries.agreement_path import find_agreement_keys
from app.queries.asked import resolve_parties
from app.queries.event_filter import not_merged
from app.queries.facets import count_facets
from app.queries.full_text import Highlight, find_highlights
from app.queries.moved import follow
from app.queries.paging import Page, read_page
from app.queries.rows import group_by, read_rows
from app.queries.told import select_participants, select_sources
from app.storage.tables import agreement, agreement_party, agreement_step, event, participation, party


@dataclass(frozen=True, slots=True)
class FoundAgreement:
    """An agreement's row and the rows that belong to it."""

    row: Row[Any]
    parties: Sequence[Row[Any]]
    participants: Sequence[Row[Any]]
    sources: Sequence[Row[Any]]
    steps: Sequence[Row[Any]]


async def find_agreements(
    session: AsyncSession, wanted: AgreementFilter, facet: Sequence[AgreementDimension] = ()
) -> Page[FoundAgreement]:
    """Return one page of agreements, with the facets asked for."""
    asked = await resolve_parties(session, wanted)
    conditions = agreement_conditions(wanted, asked)
    keys = find_agreement_keys(wanted, asked)
    page = await read_page(session, _show(keys), keys.order, wanted, keys.statement, total=keys.total)
    facets = await count_facets(session, facet, conditions, match_agreements, spread_agreements)
    highlights = await find_agreement_highlights(session, page.rows, wanted.q)
    return page.of(await complete_agreements(session, page.rows), facets=facets, highlights=highlights)


async def find_agreement_highlights(
    session: AsyncSession, rows: Sequence[Row[Any]], words: str | None
) -> dict[str, list[Highlight]]:
    """Return the words found in titles, by the agreements' ids."""
    texts = select(agreement.c.id, agreement.c.title.label("text"))
    found = await find_highlights(session, texts, agreement.c.id, rows, words)
    return {public_id(Prefix.AGREEMENT, one): pieces for one, pieces in found.items()}


async def get_agreement(session: AsyncSession, text: str) -> FoundAgreement:
    """Return one agreement by its id; one merged into another has moved."""
    one = await follow(session, agreement, Prefix.AGREEMENT, text)
    statement = select_agreement().where(agreement.c.id == one)
    found = await complete_agreements(session, await read_rows(session, statement))
    if not found:
        raise NotFound
    return found[0]


def _show(keys: Keys) -> Select[Any]:
    """Return the agreements that keys lead to, each read after it is found."""
    shown = agreement.alias("shown")
    found = keys.statement.join(shown, shown.c.id == keys.statement.selected_columns.id)
    return found.with_only_columns(*(column for column in shown.c if column.name != "search"))


def select_agreement() -> Select[Any]:
    """Return agreements without the words that full text finds them by."""
    return select(*(column for column in agreement.c if column.name != "search"))


async def complete_agreements(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[FoundAgreement]:
    """Add to agreements, in four statements, their parties, people, sources and steps."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    parties = group_by(await _find_parties(session, ids), "agreement")
    took_part = select_participants(event.c.agreement).where(event.c.agreement.in_(ids), not_merged())
    people = await read_rows(
        session, took_part.order_by(event.c.sort_date, event.c.id, participation.c.ordinal)
    )
    told = select_sources(event.c.agreement).where(event.c.agreement.in_(ids), not_merged())
    sources = await read_rows(session, told)
    steps = group_by(await _find_steps(session, ids), "agreement")
    people_of, sources_of = group_by(people, "owner"), group_by(sources, "owner")
    return [
        FoundAgreement(row, parties[row.id], people_of[row.id], sources_of[row.id], steps[row.id])
        for row in rows
    ]


async def _find_parties(session: AsyncSession, agreements: Sequence[UUID]) -> Sequence[Row[Any]]:
    statement = (
        select(agreement_party.c.agreement, party.c.id, party.c.kind, party.c.name)
        .join(party, party.c.id == agreement_party.c.party)
        .where(agreement_party.c.agreement.in_(agreements))
        .order_by(agreement_party.c.agreement, party.c.id)
    )
    return await read_rows(session, statement)


async def _find_steps(session: AsyncSession, agreements: Sequence[UUID]) -> Sequence[Row[Any]]:
    statement = (
        select(*agreement_step.c, event.c.topics)
        .outerjoin(event, event.c.id == agreement_step.c.event)
        .where(agreement_step.c.agreement.in_(agreements), event.c.merged_into.is_(None))
        .order_by(
            agreement_step.c.agreement, agreement_step.c.date_start.asc().nulls_last(), agreement_step.c.id
        )
    )
    return await read_rows(session, statement)


async def find_agreements_by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, FoundAgreement]:
    """Return agreements by their ids."""
    rows = await read_rows(session, select_agreement().where(agreement.c.id.in_(ids)))
    return {found.row.id: found for found in await complete_agreements(session, rows)}
