"""The rows of lines: events, and what belongs to them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.domain.event_line import EventLine
from app.domain.vocabulary import ChangeAction
from app.storage.among import among
from app.storage.changes import Changed
from app.storage.copying import copy_rows
from app.storage.event_lines.accounts import LineAccount
from app.storage.event_lines.batch import Batch
from app.storage.event_lines.people import all_people, restore_offices, who_is
from app.storage.events import event_state, event_values, name_people
from app.storage.resolution import resolve_event
from app.storage.search_text import join_search_text
from app.storage.tables import delegation, event, event_party, evidence, official, participation, report
from app.storage.tables.columns import new_id


async def restore_events(batch: Batch, agreements: dict[UUID, UUID], orphans: dict[UUID, UUID]) -> None:
    """Add the events; those whose parents are not held yet go to the orphans."""
    session = batch.session
    offices = await restore_offices(batch)
    officials = {
        row.id: row.name
        for row in await session.execute(
            select(official.c.id, official.c.name).where(among(official.c.id, all_people(batch)))
        )
    }
    events, reports, spans, parties, people, groups = ([] for _ in range(6))  # type: ignore[var-annotated]
    parents = {line.parent for _, line, _ in batch.lines if line.parent}
    held = set((await session.execute(select(event.c.id).where(among(event.c.id, list(parents))))).scalars())
    for key, line, accounts in batch.lines:
        row, state = _event_row(batch, key, line, accounts, officials)
        row["agreement"] = agreements.get(key)
        row["parent"] = line.parent if line.parent in held else None
        if line.parent and line.parent not in held:
            orphans[key] = line.parent
        events.append(row)
        batch.changes.append(Changed(ChangeAction.CREATE, "event", str(key), None, state))
        reports += [one.report_row(key, batch.now, batch.people) for one in accounts]
        spans += [span for one in accounts for span in one.evidence_rows()]
        parties += [{"event": key, "party": one.id, "role": one.role} for one in line.parties]
        people += _participation_rows(batch, key, line, offices)
        groups += _delegation_rows(batch, key, line)
    for table, rows in (
        (report, reports),
        (evidence, spans),
        (event, events),
        (event_party, parties),
        (participation, people),
        (delegation, groups),
    ):
        await copy_rows(session, table, rows)


def _event_row(
    batch: Batch, key: UUID, line: EventLine, accounts: list[LineAccount], officials: dict[UUID, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an event's row, and its state for the log: what its reports resolve to."""
    told = [one.account(batch.people) for one in accounts]
    stated = {
        **line.model_dump(include={"kind", "mode", "status", "object", "background", "confidence"}),
        **line.place.model_dump(),
        "date_start": line.span.start,
        "date_end": line.span.end,
        "date_precision": line.span.precision,
        "topics": list(line.topics),
        "confidence_reasons": list(line.confidence_reasons),
        "title": line.title,
        "summary": line.summary,
        "report_count": len({one.article["id"] for one in accounts}),
    }
    resolved = resolve_event(told) if told else None
    if resolved is not None:
        made = event_values(resolved, name_people(resolved, officials), batch.names)
        stated["title"], stated["summary"] = line.title or made["title"], line.summary or made["summary"]
    row = {
        "id": key,
        **stated,
        "title": stated["title"] or line.kind.value,
        "summary": stated["summary"] or stated["title"] or line.kind.value,
        "sort_date": line.span.start or min((one.known_on for one in told), default=batch.now.date()),
        "review_status": line.review_status,
        "version": line.version,
        "created_at": line.created or batch.now,
        "updated_at": line.updated_at or batch.now,
    }
    row["search_text"] = join_search_text(row, [one.told() for one in accounts])
    return row, event_state(resolved, row) if resolved is not None else {"report_count": 0}


def _participation_rows(
    batch: Batch, key: UUID, line: EventLine, offices: dict[tuple[Any, ...], UUID]
) -> Iterator[dict[str, Any]]:
    for ordinal, person in enumerate(line.participants):
        who = who_is(batch, person.official, person.party)
        yield {
            "id": new_id(),
            "event": key,
            "ordinal": ordinal,
            "official": who,
            "party": person.party,
            "role": person.role,
            "rank": person.rank,
            "title_as_reported": person.title_as_reported,
            "tenure": offices.get(
                (who, person.party, person.office and person.office.title, line.span.start)
            ),
        }


def _delegation_rows(batch: Batch, key: UUID, line: EventLine) -> Iterator[dict[str, Any]]:
    if (group := line.delegation) is not None:
        yield {
            "event": key,
            "party": group.party,
            "head": who_is(batch, group.head, group.party),
            "stated_size": group.size,
            "complete": group.complete,
        }
