"""Many articles at once, with their ids: the same rows as the door would write, by COPY.

What could meet an event that is held already goes through the door; so does what was read otherwise before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import ChangeAction
from app.storage.bulk_split import BulkArticle, split_articles
from app.storage.changes import Changed
from app.storage.copying import copy_rows, heap_set_aside
from app.storage.database import analyze_growth
from app.storage.dependents import log_with_dependents
from app.storage.events import event_state, event_values, name_people
from app.storage.outlets import find_or_add_outlet
from app.storage.questions import Question, questions_of, review_status_of
from app.storage.recording import record_article
from app.storage.resolution import Account, ResolvedEvent, resolve_event
from app.storage.search_text import WORDED, Told, join_search_text
from app.storage.tables import (
    article,
    event,
    event_party,
    official,
    participation,
    party,
    report,
    review,
    tenure,
)
from app.storage.tables.columns import new_id
from app.storage.turns import wait_for_everybody


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows of an event are made with."""

    known_on: date
    parties: Mapping[str, str]
    officials: Mapping[UUID, str]
    tenures: Mapping[tuple[UUID, str], list[tuple[date, date, UUID]]]


async def load_articles(session: AsyncSession, articles: Sequence[BulkArticle]) -> int:
    """Store what is not held yet, in bulk where that is safe; return how many articles were written."""
    await wait_for_everybody(session)
    fresh, others = await split_articles(session, articles)
    if fresh:
        with heap_set_aside():
            await _copy_articles(session, fresh)
    for one in others:
        await record_article(session, one.source, one.records, parser_version=one.parser_version, ids=one.ids)
    return len(fresh) + len(others)


async def _copy_articles(session: AsyncSession, articles: Sequence[BulkArticle]) -> None:
    outlets = {
        name: await find_or_add_outlet(session, name)
        for name in sorted({one.source.outlet for one in articles if one.source.outlet})
    }
    await copy_rows(session, article, (_article_row(one, outlets) for one in articles))
    await copy_rows(session, report, (row for one in articles for row in _report_rows(one)))
    known = await _read_known(session)
    accounts = _accounts_by_event(articles, known.known_on)
    resolved = {event_id: resolve_event(told) for event_id, told in accounts.items()}
    parents = _parents(articles)
    told = _told_by_event(articles)
    asked = {key: questions_of(one, accounts[key], {}) for key, one in resolved.items()}
    events: dict[UUID, dict[str, Any]] = {}
    # A parent is a visit, and no visit has one: so they go first.
    rows = (
        events.setdefault(key, _event_row(key, resolved[key], known, parents.get(key), told[key], asked[key]))
        for key in sorted(resolved, key=parents.__contains__)
    )
    await copy_rows(session, event, rows)
    await copy_rows(session, event_party, (row for item in resolved.items() for row in _party_rows(*item)))
    people = (row for item in resolved.items() for row in _participation_rows(*item, known))
    await copy_rows(session, participation, people)
    await copy_rows(session, review, (row for item in asked.items() for row in _review_rows(*item)))
    # The access paths are made of these rows.
    await analyze_growth(session, len(articles), article, report, event, event_party, participation)
    changes = [*_article_changes(articles), *_event_changes(resolved, events)]
    await log_with_dependents(session, changes)


def _article_row(one: BulkArticle, outlets: Mapping[str, str | None]) -> dict[str, Any]:
    facts = one.source.model_dump(exclude={"outlet"})
    outlet = outlets[one.source.outlet] if one.source.outlet else None
    return {"id": one.ids.article, "outlet": outlet, "parser_version": one.parser_version, **facts}


def _report_rows(one: BulkArticle) -> Iterator[dict[str, Any]]:
    told = zip(one.records, one.ids.records, one.may_be, strict=True)
    for ordinal, (record, ids, may_be) in enumerate(told):
        yield {
            "id": ids.report,
            "event": ids.event,
            "article": one.ids.article,
            "ordinal": ordinal,
            "parser_version": one.parser_version,
            "record": record.model_dump_json(exclude={"evidence"}),
            "officials": list(ids.officials),
            "may_be": list(may_be),
            "confidence": record.confidence,
            "main": record.main,
            "active": True,
        }


async def _read_known(session: AsyncSession) -> _Known:
    parties = await session.execute(select(party.c.id, party.c.name))
    officials = await session.execute(select(official.c.id, official.c.name))
    dated = select(tenure).where(tenure.c.valid_from.is_not(None), tenure.c.valid_to.is_not(None))
    tenures: dict[tuple[UUID, str], list[tuple[date, date, UUID]]] = defaultdict(list)
    for row in await session.execute(dated):
        tenures[row.official, row.party].append((row.valid_from, row.valid_to, row.id))
    today = (await session.execute(select(func.date(func.now())))).scalar_one()
    return _Known(today, {r.id: r.name for r in parties}, {r.id: r.name for r in officials}, tenures)


def _accounts_by_event(articles: Sequence[BulkArticle], today: date) -> dict[UUID, list[Account]]:
    """Return each event's accounts, in the order of their reports' ids."""
    told: dict[UUID, list[tuple[UUID, Account]]] = defaultdict(list)
    for one in articles:
        known_on = one.source.published_on or one.source.updated_on or today
        for record, ids, may_be in zip(one.records, one.ids.records, one.may_be, strict=True):
            account = Account(record, ids.officials, one.ids.article, known_on, may_be)
            told[ids.event].append((ids.report, account))
    return {key: [account for _, account in sorted(rows, key=lambda r: r[0])] for key, rows in told.items()}


def _parents(articles: Sequence[BulkArticle]) -> dict[UUID, UUID]:
    parents: dict[UUID, UUID] = {}
    for one in articles:
        for record, ids in zip(one.records, one.ids.records, strict=True):
            if record.parent is not None:
                parents.setdefault(ids.event, one.ids.records[record.parent].event)
    return parents


def _told_by_event(articles: Sequence[BulkArticle]) -> dict[UUID, list[Told]]:
    """Return what is told of each event, in the order of the reports' ids; a dataset has no quotes."""
    told: dict[UUID, list[tuple[UUID, Told]]] = defaultdict(list)
    for one in articles:
        for record, ids in zip(one.records, one.ids.records, strict=True):
            told[ids.event].append((ids.report, (one.source.title, record.model_dump(include=WORDED), ())))
    return {key: [words for _, words in sorted(rows, key=lambda r: r[0])] for key, rows in told.items()}


def _event_row(
    key: UUID,
    resolved: ResolvedEvent,
    known: _Known,
    parent: UUID | None,
    told: Sequence[Told],
    asked: Collection[Question],
) -> dict[str, Any]:
    values = event_values(resolved, name_people(resolved, known.officials), known.parties)
    return {
        "id": key,
        **values,
        "search_text": join_search_text(values, told),
        "review_status": review_status_of({}, {question.kind for question in asked}),
        "sort_date": resolved.date.start or known.known_on,
        "parent": parent,
        "version": 1,
    }


def _review_rows(key: UUID, asked: Collection[Question]) -> Iterator[dict[str, Any]]:
    for question in asked:
        yield {
            "id": new_id(),
            "kind": question.kind,
            "event": key,
            "other": question.other,
            "about": question.about,
        }


def _party_rows(key: UUID, resolved: ResolvedEvent) -> Iterator[dict[str, Any]]:
    for party_id, role in resolved.parties:
        yield {"event": key, "party": party_id, "role": role}


def _participation_rows(key: UUID, resolved: ResolvedEvent, known: _Known) -> Iterator[dict[str, Any]]:
    for ordinal, person in enumerate(resolved.participants):
        yield {
            "id": new_id(),
            "event": key,
            "ordinal": ordinal,
            "official": person.official,
            "party": person.party,
            "role": person.role,
            "rank": person.rank,
            "title_as_reported": person.title,
            "tenure": _find_tenure(person.official, person.party, resolved.date.start, known),
        }


def _find_tenure(who: UUID | None, party_id: str, day: date | None, known: _Known) -> UUID | None:
    if who is None or day is None:
        return None
    held = [one for first, last, one in known.tenures.get((who, party_id), ()) if first <= day <= last]
    return held[0] if len(held) == 1 else None


def _article_changes(articles: Sequence[BulkArticle]) -> Iterator[Changed]:
    for one in articles:
        facts = one.source.model_dump(mode="json", exclude={"text"})
        yield Changed(ChangeAction.CREATE, "article", str(one.ids.article), None, facts)


def _event_changes(
    resolved: Mapping[UUID, ResolvedEvent], events: Mapping[UUID, Mapping[str, Any]]
) -> Iterator[Changed]:
    for key, one in resolved.items():
        yield Changed(ChangeAction.CREATE, "event", str(key), None, event_state(one, events[key]))
