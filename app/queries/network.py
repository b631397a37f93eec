"""The network of parties: who acts together with whom, and how often."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import PartyRole
from app.queries.asked import resolve_parties
from app.queries.dimensions import match_events
from app.queries.event_filter import EventScope, event_clauses
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
    """Ties between two parties, strongest first, and how many there are beside those shown."""

    edges: Sequence[Row[Any]]
    edge_count: int


async def find_network(session: AsyncSession, wanted: NetworkFilter) -> Network:
    """Return the pairs that the events make, each once with both parties."""
    rows = await read_rows(session, await _select_edges(session, wanted))
    return Network(rows, rows[0].edge_count if rows else 0)


async def stream_ties(session: AsyncSession, wanted: TieFilter) -> AsyncIterator[Sequence[Row[Any]]]:
    """Yield the same in batches; memory does not grow with their number."""
    async for rows in stream_statement(session, await _select_edges(session, wanted)):
        yield rows


async def _select_edges(session: AsyncSession, wanted: TieFilter) -> Select[Any]:
    asked = await resolve_parties(session, wanted)
    matched = match_events(event_clauses(wanted, asked), "matched")
    acting = (
        select(event_party.c.event, event_party.c.party, matched.c.date_start)
        .join(matched, matched.c.id == event_party.c.event)
        .where(event_party.c.role != PartyRole.CONVENOR)
        .distinct()
        .cte("acting")
    )
    one, other = acting.alias("one"), acting.alias("other")
    pairs = (
        select(
            one.c.party.label("source"),
            other.c.party.label("target"),
            func.count().label("events"),
            func.min(one.c.date_start).label("first_date"),
            func.max(one.c.date_start).label("last_date"),
            func.count().over().label("edge_count"),
        )
        .join(other, and_(other.c.event == one.c.event, one.c.party < other.c.party))
        .group_by(one.c.party, other.c.party)
        .having(func.count() >= wanted.min_events)
        .order_by(func.count().desc(), one.c.party, other.c.party)
        .limit(wanted.limit)
        .subquery("pairs")
    )
    # How many events a party has in all, not only those of the ties shown.
    active = select(acting.c.party, func.count().label("events")).group_by(acting.c.party).cte("active")
    a, b, of_a, of_b = party.alias("a"), party.alias("b"), active.alias("of_a"), active.alias("of_b")
    return (
        select(
            *pairs.c,
            a.c.kind.label("source_kind"),
            a.c.name.label("source_name"),
            of_a.c.events.label("source_events"),
            b.c.kind.label("target_kind"),
            b.c.name.label("target_name"),
            of_b.c.events.label("target_events"),
        )
        .join(a, a.c.id == pairs.c.source)
        .join(b, b.c.id == pairs.c.target)
        .join(of_a, of_a.c.party == pairs.c.source)
        .join(of_b, of_b.c.party == pairs.c.target)
        .order_by(pairs.c.events.desc(), pairs.c.source, pairs.c.target)
    )
