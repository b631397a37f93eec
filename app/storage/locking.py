"""Writers of the same things take turns."""

from collections.abc import Collection, Iterable
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Select, Table, Text, bindparam, case, func, select, union
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.errors import Moved, NotFound
from app.storage.merged import find_survivors
from app.storage.tables import (
    Agreement,
    Event,
    Official,
    agreement,
    event,
    event_party,
    official,
    participation,
    report,
)

_Row = TypeVar("_Row", Event, Official, Agreement)
_ASKED = (
    func.unnest(bindparam("keys", type_=ARRAY(Text)), bindparam("alone", type_=ARRAY(Boolean)))
    .table_valued("key", "alone", name="asked")
    .render_derived()
)
_NUMBER = func.hashtextextended(_ASKED.c.key, 0)
# Postgres reads a list from its beginning, so that the locks are taken in the list's order.
_TAKE_TURNS = select(
    case(
        (_ASKED.c.alone, func.pg_advisory_xact_lock(_NUMBER)),
        else_=func.pg_advisory_xact_lock_shared(_NUMBER),
    )
)


async def take_turns(session: AsyncSession, keys: Iterable[str], shared: Iterable[str] = ()) -> None:
    """Wait for other writers of the same keys, in one order for all, until the transaction ends.

    Several may hold a key that they only share, as long as nobody holds it alone.
    """
    wanted = dict.fromkeys(shared, False) | dict.fromkeys(keys, True)
    if ordered := sorted(wanted):
        await session.execute(_TAKE_TURNS, {"keys": ordered, "alone": [wanted[key] for key in ordered]})


async def lock_events(
    session: AsyncSession, ids: Collection[UUID], parties: Collection[str] = ()
) -> dict[UUID, Event]:
    """Return events to write, none of them merged, when nobody else writes events of their parties.

    These are the parties that reports tell of too: an article may find what was corrected by those.
    """
    told = func.jsonb_array_elements(report.c.record["parties"], type_=JSONB)["party"].astext
    theirs = union(
        select(event_party.c.party).where(event_party.c.event.in_(ids)),
        select(told).where(report.c.event.in_(ids)),
    )
    await take_turns(session, [*(await session.execute(theirs)).scalars(), *parties])
    rows = await session.execute(_to_write(Event, event, ids))
    return await _unmerged(session, event, Prefix.EVENT, ids, {row.id: row for row in rows.scalars()})


async def lock_officials(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Official]:
    """Return officials to write, none of them merged, when nobody else writes events of theirs."""
    events = select(participation.c.event).where(participation.c.official.in_(ids))
    theirs = select(event_party.c.party).where(event_party.c.event.in_(events)).distinct()
    await take_turns(session, (await session.execute(theirs)).scalars())
    rows = await session.execute(_to_write(Official, official, ids))
    return await _unmerged(session, official, Prefix.OFFICIAL, ids, {row.id: row for row in rows.scalars()})


async def lock_agreement(session: AsyncSession, agreement_id: UUID) -> Agreement:
    """Return an agreement to write, not merged."""
    rows = await session.execute(_to_write(Agreement, agreement, [agreement_id]))
    held = {row.id: row for row in rows.scalars()}
    return (await _unmerged(session, agreement, Prefix.AGREEMENT, [agreement_id], held))[agreement_id]


def _to_write(cls: type[_Row], table: Table, ids: Collection[UUID]) -> Select[_Row]:
    statement = select(cls).where(table.c.id.in_(ids)).order_by(table.c.id).with_for_update()
    return statement.execution_options(populate_existing=True)


async def _unmerged(
    session: AsyncSession, table: Table, prefix: Prefix, ids: Collection[UUID], held: dict[UUID, _Row]
) -> dict[UUID, _Row]:
    """Refuse ids that nothing has, and say where those live on that were merged."""
    if len(held) < len(set(ids)):
        raise NotFound
    merged = [one for one, row in held.items() if row.merged_into]
    if merged:
        raise Moved(public_id(prefix, (await find_survivors(session, table, merged))[merged[0]]))
    return held
