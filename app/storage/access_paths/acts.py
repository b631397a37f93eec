"""What officials did for parties: added to with each event, and taken from when it goes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.access_paths.statements import read_statement

ADD_ACTS = """ON CONFLICT (official, party) DO UPDATE SET
    events = official_act.events + excluded.events,
    first_date = least(official_act.first_date, excluded.first_date),
    last_date = greatest(official_act.last_date, excluded.last_date),
    title = greatest(official_act.title, excluded.title),
    rank = greatest(official_act.rank, excluded.rank)"""
_TAKE = """WITH gone AS ({delete} RETURNING held.*), lost AS ({acts}),
    taken AS (
        UPDATE official_act act SET events = act.events - lost.events FROM lost
        WHERE act.official = lost.official AND act.party = lost.party
        RETURNING act.official, act.party, act.events = 0 OR act.first_date >= lost.first_date
            OR act.last_date <= lost.last_date OR act.title <= lost.title OR act.rank <= lost.rank AS ended)
    SELECT official, party FROM taken WHERE ended"""
_THESE = """(act.official, act.party) IN (
    SELECT * FROM unnest(CAST(:officials AS uuid[]), CAST(:parties AS text[])))"""
_DROP_EMPTY = f"DELETE FROM official_act act WHERE act.events = 0 AND {_THESE}"
_OWN = "(SELECT * FROM event_act own WHERE own.official = act.official AND own.party = act.party)"
_FIND_ENDS = f"""UPDATE official_act act SET (first_date, last_date, title, rank) = (
        SELECT made.first_date, made.last_date, made.title, made.rank FROM ({{acts}}) made)
    WHERE {_THESE}"""


def take_acts(delete: str) -> str:
    """Return what takes deleted rows out of the acts, and gives back those acts that lost an end."""
    return _TAKE.format(delete=delete, acts=read_statement("official_act", events="gone"))


async def mend_acts(session: AsyncSession, ended: Sequence[Any]) -> None:
    """Find the days, title and rank of acts anew from the events that are left of them."""
    told = {"officials": [row.official for row in ended], "parties": [row.party for row in ended]}
    for statement in (_DROP_EMPTY, _FIND_ENDS.format(acts=read_statement("official_act", events=_OWN))):
        typed = text(statement).bindparams(
            bindparam("officials", type_=ARRAY(Uuid)), bindparam("parties", type_=ARRAY(Text))
        )
        await session.execute(typed, told)
