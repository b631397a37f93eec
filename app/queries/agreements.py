"""Agreements with their parties, their steps, and who tells of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.explanations import in_words
from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import SERVED_REVIEW_STATUSES, AgreementKind, AgreementStep, topics_within
from app.errors import NotFound
from app.queries.asked import AskedParties, PartyFilter, involves, involves_both, resolve_parties
from app.queries.event_filter import DatedFilter, Several, has_topic, not_merged
from app.queries.events import select_participants, select_sources
from app.queries.full_text import matches
from app.queries.paging import Order, Page, read_day, read_instant, read_page, read_uuid
from app.queries.rows import group_by, read_rows
from app.queries.values import Flag, SearchText, TopicId
from app.storage.tables import agreement, agreement_party, agreement_step, event, participation, party

_DAY = func.coalesce(
    agreement.c.date_start,
    func.date(func.timezone("UTC", agreement.c.created_at)),
    type_=agreement.c.date_start.type,
)


class AgreementSort(StrEnum):
    """By what agreements are sorted; a minus means latest first."""

    LATEST = "-date"
    EARLIEST = "date"
    UPDATED_LAST = "-updated_at"
    UPDATED_FIRST = "updated_at"

    def order(self) -> Order:
        """Return the columns to sort by."""
        if self in (AgreementSort.LATEST, AgreementSort.EARLIEST):
            return Order(_DAY, agreement.c.id, self is AgreementSort.LATEST, read_day, read_uuid)
        last = self is AgreementSort.UPDATED_LAST
        return Order(agreement.c.updated_at, agreement.c.id, last, read_instant, read_uuid)


class AgreementFilter(PartyFilter, DatedFilter):
    """What `/v1/agreements` can be asked for."""

    include_undated: Flag = Field(
        default=False, description="Whether undated agreements match a date filter."
    )
    kind: Several[AgreementKind] = Field(
        default=(), description=f"What form the agreement has.{in_words('agreement_kind')}"
    )
    status: Several[AgreementStep] = Field(
        default=(), description=f"The last step that it took.{in_words('agreement_status')}"
    )
    topic: Several[TopicId] = Field(default=(), description="What it, or an event of it, is about.")
    domain: Several[TopicId] = Field(default=(), description="What the agreement itself is about.")
    q: SearchText | None = Field(default=None, description="Words of its title.")
    sort: AgreementSort = Field(
        default=AgreementSort.LATEST, description="By what to sort; the id breaks ties."
    )


@dataclass(frozen=True, slots=True)
class FoundAgreement:
    """An agreement's row and the rows that belong to it."""

    row: Row[Any]
    parties: Sequence[Row[Any]]
    participants: Sequence[Row[Any]]
    sources: Sequence[Row[Any]]
    steps: Sequence[Row[Any]]


async def find_agreements(session: AsyncSession, wanted: AgreementFilter) -> Page[FoundAgreement]:
    """Return one page of agreements."""
    asked = await resolve_parties(session, wanted)
    statement = select(*agreement.c).where(*agreement_clauses(wanted, asked))
    page = await read_page(session, statement, wanted.sort.order(), wanted)
    return page.of(await _complete(session, page.rows))


async def get_agreement(session: AsyncSession, text: str) -> FoundAgreement:
    """Return one agreement by its id."""
    statement = select(*agreement.c).where(agreement.c.id == row_id(Prefix.AGREEMENT, text))
    found = await _complete(session, await read_rows(session, statement))
    if not found:
        raise NotFound
    return found[0]


def agreement_clauses(wanted: AgreementFilter, asked: AskedParties) -> Iterator[ColumnElement[bool]]:
    """Yield what every agreement listed must meet."""
    yield not_doubted()
    for parties in asked.sides():
        yield involves(agreement_party, agreement.c.id, parties)
    if asked.pair:
        yield or_(*(involves_both(agreement_party, agreement.c.id, pair) for pair in asked.pair))
    if wanted.kind:
        yield agreement.c.kind.in_(wanted.kind)
    if wanted.status:
        yield agreement.c.status.in_(wanted.status)
    if wanted.date_from or wanted.date_to:
        yield dated_within(wanted)
    if wanted.domain:
        yield has_domain(wanted.domain)
    if wanted.topic:
        yield is_about(wanted.topic)
    if wanted.q:
        yield matches(func.to_tsvector("english", agreement.c.title), wanted.q)


def not_doubted() -> ColumnElement[bool]:
    """Leave out agreements of which every step awaits review or was rejected."""
    of_it = select(event.c.id).where(event.c.agreement == agreement.c.id, not_merged())
    fine = of_it.where(event.c.review_status.in_(SERVED_REVIEW_STATUSES))
    return or_(fine.exists(), ~of_it.exists())


def dated_within(wanted: AgreementFilter) -> ColumnElement[bool]:
    """Keep agreements whose dates share a day with the range, and the undated where asked."""
    bounds = []
    if wanted.date_from:
        bounds.append(agreement.c.date_end >= wanted.date_from)
    if wanted.date_to:
        bounds.append(agreement.c.date_start <= wanted.date_to)
    dated = and_(*bounds)
    return or_(dated, agreement.c.date_start.is_(None)) if wanted.include_undated else dated


def has_domain(topics: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep agreements whose own subject is one of the topics, or of their members."""
    return agreement.c.domain.in_([member for topic in topics for member in topics_within(topic)])


def is_about(topics: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep agreements that are about one of the topics, or whose events are."""
    told = select(event.c.id).where(event.c.agreement == agreement.c.id, not_merged(), has_topic(topics))
    return or_(has_domain(topics), told.exists())


async def _complete(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[FoundAgreement]:
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
        .where(agreement_step.c.agreement.in_(agreements))
        .order_by(
            agreement_step.c.agreement, agreement_step.c.date_start.asc().nulls_last(), agreement_step.c.id
        )
    )
    return await read_rows(session, statement)


async def find_agreements_by_id(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, FoundAgreement]:
    """Return agreements by their ids."""
    statement = select(*agreement.c).where(agreement.c.id.in_(ids))
    return {found.row.id: found for found in await _complete(session, await read_rows(session, statement))}
