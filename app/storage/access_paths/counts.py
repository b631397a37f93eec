"""Counts by pair and period, and by official: added to when an event comes, and taken from when it goes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.access_paths.statements import read_statement

ADD_COUNTS = """ON CONFLICT (a, b, grain, period, kind) DO UPDATE SET
    events = dyad_count.events + excluded.events,
    first_date = least(dyad_count.first_date, excluded.first_date),
    last_date = greatest(dyad_count.last_date, excluded.last_date)"""
ADD_OFFICIAL_COUNTS = """ON CONFLICT (official, kind) DO UPDATE SET
    events = official_count.events + excluded.events"""
_TAKE_FROM_OFFICIALS = """lost AS ({counts}),
    lowered AS (
        UPDATE official_count c SET events = c.events - lost.events FROM lost
        WHERE c.official = lost.official AND c.kind = lost.kind AND c.events > lost.events),
    emptied AS (
        DELETE FROM official_count c USING lost
        WHERE c.official = lost.official AND c.kind = lost.kind AND c.events = lost.events)"""
_GONE = """(SELECT * FROM unnest(CAST(:a AS text[]), CAST(:b AS text[]), CAST(:kind AS text[]),
    CAST(:date_start AS date[]), CAST(:date_end AS date[]), CAST(:listed AS boolean[]))
    gone (a, b, kind, date_start, date_end, listed))"""
_SAME = "(c.a, c.b, c.grain, c.period, c.kind) = (lost.a, lost.b, lost.grain, lost.period, lost.kind)"
_TAKE = f"""WITH lost AS ({{counts}}) UPDATE dyad_count c SET events = c.events - lost.events FROM lost
    WHERE {_SAME}"""
_DROP_EMPTY = f"""WITH lost AS ({{counts}}) DELETE FROM dyad_count c USING lost
    WHERE {_SAME}
        AND c.events = 0"""
_WAS_AN_END = f"""FROM lost
    WHERE {_SAME}
        AND (c.first_date >= lost.first_date OR c.last_date <= lost.last_date)"""
_FIND_ENDS_OF_MONTHS = f"""WITH lost AS ({{counts}}) UPDATE dyad_count c SET (first_date, last_date) = (
        SELECT min(d.date_start), max(d.date_end) FROM event_dyad d
        WHERE d.a = c.a AND d.b = c.b AND d.listed AND c.kind IN ('any', d.kind)
            AND d.sort_date >= c.period AND d.sort_date < c.period + interval '1 month')
    {_WAS_AN_END} AND c.grain = 'month'"""
_FIND_ENDS_OF_MORE = f"""WITH lost AS ({{counts}}) UPDATE dyad_count c SET (first_date, last_date) = (
        SELECT min(m.first_date), max(m.last_date) FROM dyad_count m
        WHERE (m.a, m.b, m.grain, m.kind) = (c.a, c.b, 'month', c.kind)
            AND (c.grain = 'all' OR date_trunc('year', m.period) = c.period))
    {_WAS_AN_END} AND c.grain <> 'month'"""
"""Longer periods are made of their months, as a party's events of all time may be millions."""


def take_from_officials(gone: str) -> str:
    """Return the parts of a statement that take rows, deleted by another of its parts, out of the counts.

    Nobody else writes a count between: writers wait for each other. Counts have no days here that would have
    to be looked for anew, as those of pairs have.
    """
    return _TAKE_FROM_OFFICIALS.format(counts=read_statement("official_count", events=gone))


async def take_counts(session: AsyncSession, gone: Sequence[Any]) -> None:
    """Take rows that are gone out of the counts, and find the new ends where they were one."""
    names = ("a", "b", "kind", "date_start", "date_end", "listed")
    told = {name: [getattr(row, name) for row in gone] for name in names}
    lost = read_statement("dyad_count", events=_GONE)
    for statement in (_TAKE, _DROP_EMPTY, _FIND_ENDS_OF_MONTHS, _FIND_ENDS_OF_MORE):
        await session.execute(text(statement.format(counts=lost)), told)
