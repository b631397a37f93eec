"""Access paths: what readers find events by, what they count, and events as JSON.

They say nothing that the plain tables do not say: each is what its `.sql` file makes of them. `log_changes`
keeps them in the transaction that changes an event or an agreement, and nothing else writes them.
"""

import hashlib
from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Result, TextClause, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.access_paths.acts import ADD_ACTS, mend_acts, take_acts
from app.storage.access_paths.counts import (
    ADD_COUNTS,
    ADD_OFFICIAL_COUNTS,
    take_counts,
    take_from_officials,
)
from app.storage.access_paths.filling import emptied
from app.storage.access_paths.statements import read_statement
from app.storage.seed_loads import find_seed_load, note_seed_load

_NAME = "access paths"
_ARTICLES = "SELECT article FROM report WHERE event = ANY(:ids)"
_SOME = {
    "event": "e.id = ANY(:ids)",
    "agreement": "g.id = ANY(:ids)",
    "article": f"a.id IN ({_ARTICLES})",
}
"""By what a statement tells some of the rows that it is about."""
_DELETE_TERMS = (
    f"DELETE FROM article_terms held WHERE article IN ({_ARTICLES}) AND NOT EXISTS (SELECT FROM report r "
    "JOIN event e ON e.id = r.event AND e.merged_into IS NULL WHERE r.article = held.article AND r.active)"
)
_COLUMNS = {
    "event_dyad": "a, b, sort_date, event, kind, date_start, date_end, listed",
    "event_official": "official, sort_date, event, kind, date_start, date_end, listed",
    "official_count": "official, kind, events",
    "event_act": "official, party, event, sort_date, date_start, date_end, listed, title, rank",
    "official_act": "official, party, events, first_date, last_date, title, rank",
    "event_term": "term, sort_date, event, kind, date_start, date_end, listed",
    "article_terms": "article, day, terms",
    "event_doc": "event, doc",
    "dyad_count": "a, b, grain, period, kind, events, first_date, last_date",
    "agreement_doc": "agreement, doc",
    "agreement_term": "term, day, agreement, date_start, date_end, confidence, listed",
}
"""The tables in the order in which writers come to them, so that a rebuild and they wait at the first."""


async def keep_access_paths(
    session: AsyncSession, events: Collection[UUID], new: Collection[UUID] = ()
) -> None:
    """Bring the access paths of some events up to date, of which `new` have none yet; the caller commits."""
    if not events:
        return
    await session.flush()
    if changed := set(events).difference(new):
        await _delete_former(session, changed)
    await _run(session, _add_all(), events)


async def keep_agreement_paths(
    session: AsyncSession, agreements: Collection[UUID], new: Collection[UUID] = ()
) -> None:
    """Do the same for the access paths of agreements."""
    if not agreements:
        return
    await session.flush()
    if changed := set(agreements).difference(new):
        await _run(session, _delete_agreements(), changed)
    await _run(session, _add_agreements(), agreements)


async def _delete_former(session: AsyncSession, events: Collection[UUID]) -> None:
    """Delete what is not any more as it was made, and take it out of the counts."""
    if gone := (await _run(session, _delete_all(), events)).all():
        await take_counts(session, gone)
    if ended := (await _run(session, take_acts(_delete_changed("event_act")), events)).all():
        await mend_acts(session, ended)


async def rebuild_access_paths(session: AsyncSession) -> None:
    """Make all access paths anew from the plain tables; the caller commits."""
    for table, columns in _COLUMNS.items():
        async with emptied(session, table):
            await session.execute(text(f"INSERT INTO {table} ({columns}) {read_statement(table)}"))
        await session.execute(text(f"ANALYZE {table}"))
    await note_seed_load(session, _NAME, _hash_statements())


async def renew_access_paths(session: AsyncSession) -> bool:
    """Rebuild the access paths where older statements made them; tell whether that was so."""
    if await find_seed_load(session, _NAME) == _hash_statements():
        return False
    await rebuild_access_paths(session)
    return True


def _hash_statements() -> str:
    whole = "".join(read_statement(table) for table in _COLUMNS)
    return hashlib.sha256(whole.encode()).hexdigest()


@cache
def _add_all() -> str:
    """Return what adds events to all access paths: one statement, as others wait for the end of the log."""
    counts = read_statement("dyad_count", events="came")
    return (
        f"WITH came AS ({_insert('event_dyad')} ON CONFLICT DO NOTHING RETURNING *), "
        f"officials AS ({_insert('event_official')} ON CONFLICT DO NOTHING RETURNING *), "
        f"official_counts AS (INSERT INTO official_count ({_COLUMNS['official_count']}) "
        f"{read_statement('official_count', events='officials')} {ADD_OFFICIAL_COUNTS}), "
        f"acted AS ({_insert('event_act')} ON CONFLICT DO NOTHING RETURNING *), "
        f"acts AS (INSERT INTO official_act ({_COLUMNS['official_act']}) "
        f"{read_statement('official_act', events='acted')} {ADD_ACTS}), "
        f"terms AS ({_insert('event_term')} ON CONFLICT DO NOTHING), "
        f"articles AS ({_insert('article_terms', 'article')} {_replace('article_terms')}), "
        f"docs AS ({_insert('event_doc')} {_replace('event_doc', 'revision = DEFAULT')}) "
        # In the order of their key, so that those in one block come one after the other.
        f"INSERT INTO dyad_count ({_COLUMNS['dyad_count']}) {counts} ORDER BY 1, 2, 3, 4, 5 {ADD_COUNTS}"
    )


@cache
def _delete_all() -> str:
    """Return what deletes former rows from all access paths, and gives back those that counts tell of."""
    return (
        f"WITH dyads AS ({_delete_changed('event_dyad')} RETURNING held.*), "
        f"officials AS ({_delete_changed('event_official')} RETURNING held.*), "
        f"{take_from_officials('officials')}, "
        f"terms AS ({_delete_changed('event_term')}), "
        f"articles AS ({_DELETE_TERMS}), "
        f"docs AS ({_delete_doc('event')}) "
        "SELECT * FROM dyads"
    )


@cache
def _add_agreements() -> str:
    return (
        f"WITH docs AS ({_insert('agreement_doc', 'agreement')} {_replace('agreement_doc')}) "
        f"{_insert('agreement_term', 'agreement')} ON CONFLICT DO NOTHING"
    )


@cache
def _delete_agreements() -> str:
    return f"WITH docs AS ({_delete_doc('agreement')}) {_delete_changed('agreement_term', 'agreement')}"


def _replace(table: str, *also: str) -> str:
    """Return what puts a document, or terms, of the same owner in the place of others that are held."""
    owner, held = table.split("_")
    changes = ", ".join((f"{held} = excluded.{held}", *also))
    return f"ON CONFLICT ({owner}) DO UPDATE SET {changes} WHERE {table}.{held} <> excluded.{held}"


def _delete_doc(owner: str) -> str:
    """Return what deletes the documents of owners that are merged into others."""
    living = f"SELECT FROM {owner} living WHERE living.id = doc.{owner} AND living.merged_into IS NULL"
    return f"DELETE FROM {owner}_doc doc WHERE {owner} = ANY(:ids) AND NOT EXISTS ({living})"


def _insert(table: str, owner: str = "event") -> str:
    return f"INSERT INTO {table} ({_COLUMNS[table]}) {read_statement(table, _SOME[owner])}"


def _delete_changed(table: str, owner: str = "event") -> str:
    """Return what deletes the rows of some owners that their statement would not make as they are."""
    made = read_statement(table, _SOME[owner])
    return (
        f"DELETE FROM {table} held WHERE held.{owner} = ANY(:ids) AND NOT EXISTS (SELECT FROM ({made}) made "
        f"WHERE made.{owner} = held.{owner} AND ROW(made.*) IS NOT DISTINCT FROM ROW(held.*))"
    )


async def _run(session: AsyncSession, statement: str, ids: Collection[UUID]) -> Result[Any]:
    return await session.execute(_of_some(statement), {"ids": sorted(ids)})


@cache
def _of_some(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("ids", type_=ARRAY(Uuid)))
