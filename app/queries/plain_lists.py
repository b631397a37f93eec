"""The plainest lists of events, and single events, each in one statement on a bare connection.

Plain is a list by one pair, party or official, of all or some kinds, by day: most of what is asked for. A
party is named by its id, which is what a word means before it means anything else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import asyncpg

from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import EventKind, PartyKind
from app.queries.event_filter import EventFilter, EventSort
from app.queries.paging import COUNTED, Page, hash_filters, read_cursor, read_day, read_uuid, write_cursor
from app.queries.versions import LAST_CHANGE, OWN_CHANGE

_NAMED = {"pair": None, "party": None, "country": PartyKind.COUNTRY, "organization": PartyKind.ORGANIZATION}
_ABOUT = {"kind", "sort", "limit", "cursor", "count"}
_ID = "[A-Za-z0-9]{1,20}"


@dataclass(frozen=True, slots=True)
class PlainList:
    """A plain list's statement with its values, and how many parties it must find."""

    statement: str
    values: tuple[Any, ...]
    filters: str
    parties: int


def plain_list(wanted: EventFilter, scope: str = "") -> PlainList | None:
    """Return how a list is read, where it is a plain one."""
    who = _asked_for(wanted)
    if who is None:
        return None
    ids, party_kind = who
    official = len(ids) == 1
    kinds: list[str] = [*(wanted.kind or wanted.served_kinds())]
    filters = hash_filters(wanted, scope)
    values: list[Any] = [*ids, kinds, wanted.limit]
    if wanted.cursor is not None:
        values += read_cursor(wanted.cursor, filters, read_day, read_uuid)
    if not official:
        values.append(party_kind)
    if wanted.count:
        values.append(kinds or ["any"])
    statement = _page(
        official=official,
        latest=wanted.sort is EventSort.LATEST,
        following=wanted.cursor is not None,
        counted=wanted.count,
    )
    return PlainList(statement, tuple(values), filters, 0 if official else len(set(ids)))


async def find_plain_page(
    connection: asyncpg.Connection, asked: PlainList, wanted: EventFilter
) -> tuple[Page[bytes], int] | None:
    """Return a page of events as JSON, and the number of the last change; None where an id names no party."""
    row = await connection.fetchrow(asked.statement, *asked.values)
    if row["parties"] < asked.parties:
        return None
    docs = row["docs"] or []
    more = len(docs) > wanted.limit
    count = row["count"] if wanted.count and row["count"] <= COUNTED else None
    cursor = write_cursor(row["last_day"], row["last_event"], asked.filters) if more else None
    return Page(docs[: wanted.limit], count, wanted.limit, cursor), row["version"]


def _asked_for(wanted: EventFilter) -> tuple[tuple[Any, ...], PartyKind | None] | None:
    """Return a pair a < b, a party as a = b with the kind that it must be of, or an official."""
    given = wanted.model_fields_set - _ABOUT
    if len(given) != 1 or wanted.sort not in (EventSort.LATEST, EventSort.EARLIEST):
        return None
    (name,) = given
    words = getattr(wanted, name)
    if name not in (*_NAMED, "official") or len(words) != 1:
        return None
    if name == "official":
        return (row_id(Prefix.OFFICIAL, words[0]),), None
    if not re.fullmatch(f"{_ID}-{_ID}" if name == "pair" else _ID, words[0]):
        return None
    ids = sorted(words[0].upper().split("-"))
    return None if name == "pair" and ids[0] == ids[1] else ((ids[0], ids[-1]), _NAMED[name])


async def find_plain_event(
    connection: asyncpg.Connection, text: str, kinds: Sequence[EventKind]
) -> tuple[bytes, int] | None:
    """Return an event as JSON, and the number of its last change; None where it is not found by this id."""
    event = row_id(Prefix.EVENT, text)
    if event is None:
        return None
    statement, values = (_EVENT_OF_KINDS, [list(kinds)]) if kinds else (_EVENT, [])
    row = await connection.fetchrow(statement, "event", str(event), event, *values)
    return (row["doc"], row["version"]) if row and row["version"] else None


# Two statements, as one that asks whether there are kinds would be planned anew each time.
_EVENT = f"SELECT d.doc, ({OWN_CHANGE}) AS version FROM event_doc d WHERE d.event = $3"
_EVENT_OF_KINDS = f"{_EVENT} AND EXISTS (SELECT FROM event e WHERE e.id = d.event AND e.kind = ANY($4))"


@cache
def _page(*, official: bool, latest: bool, following: bool, counted: bool) -> str:
    """Return the statement of a page; its values go in the order of `plain_list`."""
    values = iter(f"${number}" for number in range(1, 9))
    table = "event_official" if official else "event_dyad"
    who = f"official = {next(values)}" if official else f"a = {next(values)} AND b = {next(values)}"
    kinds, limit = next(values), next(values)
    rows = (
        f"FROM {table} WHERE {who} AND listed AND (cardinality({kinds}::text[]) = 0 OR kind = ANY({kinds}))"
    )
    beyond, way = "", "DESC" if latest else "ASC"
    if following:
        beyond = (
            f"AND (sort_date, event) {'<' if latest else '>'} ({next(values)}::date, {next(values)}::uuid)"
        )
    parties, counts = "SELECT 0", f"official_count WHERE {who}"
    if not official:
        kind = f"{next(values)}::text"
        parties = f"SELECT count(*) FROM party WHERE id IN ($1, $2) AND ({kind} IS NULL OR kind = {kind})"
        counts = f"dyad_count WHERE {who} AND grain = 'all'"
    count = (
        f"SELECT coalesce(sum(events), 0) FROM {counts} AND kind = ANY({next(values)})"
        if counted
        else "SELECT NULL"
    )
    return f"""
SELECT ({LAST_CHANGE}) AS version, ({parties}) AS parties, ({count}) AS count,
    array_agg(doc) AS docs,
    (array_agg(sort_date))[{limit}] AS last_day, (array_agg(event))[{limit}] AS last_event
FROM (
    SELECT k.sort_date, k.event, d.doc
    FROM (SELECT sort_date, event {rows} {beyond}
        ORDER BY sort_date {way}, event {way} LIMIT {limit}::int + 1) k
    JOIN event_doc d ON d.event = k.event
    ORDER BY k.sort_date {way}, k.event {way}) page
"""
