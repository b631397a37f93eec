"""The network of parties: who acts together with whom, and how often."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row, Select, Subquery, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import PartyRole
from app.queries.asked import AskedParties, resolve_parties
from app.queries.dimensions import match_events
from app.queries.event_filter import EventScope, event_clauses
from app.queries.kept_network import find_kept_period, rank_kept_ties
from app.queries.paging import COUNTED
from app.queries.rows import read_rows
from app.queries.streaming import stream_statement
from app.queries.values import STRICT_NUMBER, Count
from app.storage.tables import event_party, party


class TieFilter(EventScope):
    """Which events make the ties, and which ties are meant."""

    min_events: Count = Field(default=1, ge=1, description="Least events of a tie.")
    limit: Annotated[int, Field(ge=1, le=5000), STRICT_NUMBER] | None = Field(
        default=None, description="Most ties, the strongest; all by default."
    )


class NetworkFilter(TieFilter):
    """What `/v1/network` can be asked for: which events make the ties, and which ties to show."""

    limit: Count = Field(
        default=500, ge=1, le=5000, description="Most ties, the strongest; `meta` says how many there are."
    )


@dataclass(frozen=True, slots=True)
class Network:
    """Ties between two parties, strongest first, and how many there are; None where too many to count."""

    edges: Sequence[Row[Any]]
    edge_count: int | None


async def find_network(session: AsyncSession, wanted: NetworkFilter) -> Network:
    """Return the pairs that the events make, each once with both parties."""
    rows = await read_rows(session, await _select_ties(session, wanted))
    count = rows[0].edge_count if rows else 0
    return Network(rows, count if count <= COUNTED else None)


async def stream_ties(session: AsyncSession, wanted: TieFilter) -> AsyncIterator[Sequence[Row[Any]]]:
    """Yield the same in batches; memory does not grow with their number."""
    async for rows in stream_statement(session, await _select_ties(session, wanted)):
        yield rows


async def _select_ties(session: AsyncSession, wanted: TieFilter) -> Select[Any]:
    asked = await resolve_parties(session, wanted)
    period = find_kept_period(wanted, asked)
    ties = rank_kept_ties(period, wanted.min_events, wanted.limit) if period else _count_ties(wanted, asked)
    a, b = party.alias("a"), party.alias("b")
    return (
        select(
            *ties.c,
            a.c.kind.label("source_kind"),
            a.c.name.label("source_name"),
            b.c.kind.label("target_kind"),
            b.c.name.label("target_name"),
        )
        .join(a, a.c.id == ties.c.source)
        .join(b, b.c.id == ties.c.target)
        .order_by(ties.c.events.desc(), ties.c.source, ties.c.target)
    )


def _count_ties(wanted: TieFilter, asked: AskedParties) -> Subquery:
    """Count event by event: pairs of those that act, and how many events each party has, in whatever role."""
    matched = match_events(event_clauses(wanted, asked), "matched")
    taking_part = (
        select(
            event_party.c.event,
            event_party.c.party,
            func.bool_or(event_party.c.role != PartyRole.CONVENOR).label("acts"),
            func.min(matched.c.date_start).label("date_start"),
            func.max(matched.c.date_end).label("date_end"),
        )
        .join(matched, matched.c.id == event_party.c.event)
        .group_by(event_party.c.event, event_party.c.party)
        .cte("taking_part")
    )
    one, other = taking_part.alias("one"), taking_part.alias("other")
    both = and_(other.c.event == one.c.event, one.c.acts, other.c.acts, one.c.party < other.c.party)
    pairs = (
        select(
            one.c.party.label("source"),
            other.c.party.label("target"),
            func.count().label("events"),
            func.min(one.c.date_start).label("first_date"),
            func.max(one.c.date_end).label("last_date"),
            func.count().over().label("edge_count"),
        )
        .join(other, both)
        .group_by(one.c.party, other.c.party)
        .having(func.count() >= wanted.min_events)
        .order_by(func.count().desc(), one.c.party, other.c.party)
        .limit(wanted.limit)
        .subquery("pairs")
    )
    every = func.count().label("events")
    active = select(taking_part.c.party, every).group_by(taking_part.c.party).cte("active")
    of_a, of_b = active.alias("of_a"), active.alias("of_b")
    return (
        select(*pairs.c, of_a.c.events.label("source_events"), of_b.c.events.label("target_events"))
        .join(of_a, of_a.c.party == pairs.c.source)
        .join(of_b, of_b.c.party == pairs.c.target)
        .subquery("ties")
    )
