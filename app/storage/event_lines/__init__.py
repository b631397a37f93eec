"""Events of a file, stored as its lines state them: under their ids, and not resolved again.

What is held already stays as it is. The reports come with them, so that a later report of the same event is
matched and resolved as anywhere else.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.event_line import EventLine
from app.storage.access_paths import keep_access_paths
from app.storage.among import among
from app.storage.dependents import log_with_dependents
from app.storage.event_lines.accounts import LineAccount, accounts_of
from app.storage.event_lines.agreements import restore_agreements, restore_steps
from app.storage.event_lines.batch import Batch, restore_articles
from app.storage.event_lines.people import restore_people
from app.storage.event_lines.rows import restore_events
from app.storage.tables import article, event, party
from app.storage.tables.columns import new_id

_Told = list[tuple[int, EventLine, list[LineAccount]]]
"""Lines with their numbers and accounts."""


@dataclass(frozen=True, slots=True)
class HeldOtherwise:
    """An article of a line that is held under another id; `field` says by what it is known."""

    line: int
    field: str


@dataclass(slots=True)
class Restored:
    """How many events were added and how many were held already, and what could not be stored."""

    added: int = 0
    known: int = 0
    clashes: list[HeldOtherwise] = field(default_factory=list)
    orphans: dict[UUID, UUID] = field(default_factory=dict)
    """Events whose parents come later in the file."""
    counts: Counter[UUID] = field(default_factory=Counter)
    """How many accounts there are of each article so far."""


async def restore_lines(
    session: AsyncSession, lines: Sequence[tuple[int, EventLine]], origin: str, restored: Restored
) -> None:
    """Store the events of some numbered lines that are not held yet; the caller commits."""
    now = (await session.execute(select(func.now()))).scalar_one().astimezone(UTC)
    told = [(number, line, accounts_of(line, origin, now, restored.counts)) for number, line in lines]
    fresh = await _only_new(session, told)
    restored.known += len(told) - len(fresh)
    restored.clashes += await _find_clashes(session, fresh)
    if restored.clashes or not fresh:
        return
    restored.added += len(fresh)
    names = {row.id: row.name for row in await session.execute(select(party.c.id, party.c.name))}
    batch = Batch(session, origin, [(line.id or new_id(), line, a) for _, line, a in fresh], now, names)
    await restore_articles(batch)
    await restore_people(batch)
    events = [(key, line) for key, line, _ in batch.lines]
    agreements = await restore_agreements(session, events)
    await restore_events(batch, agreements, restored.orphans)
    await restore_steps(session, events, agreements, batch.changes)
    await log_with_dependents(session, batch.changes)


async def adopt_orphans(session: AsyncSession, orphans: dict[UUID, UUID]) -> None:
    """Set the parents that came after their events; they must be held by now."""
    for child, parent in orphans.items():
        await session.execute(update(event).where(event.c.id == child).values(parent=parent))
    await keep_access_paths(session, list(orphans))


async def _only_new(session: AsyncSession, told: _Told) -> _Told:
    """Leave out events that are held: by their id or, without one, by what their articles' hashes say."""
    ids = [line.id for _, line, _ in told if line.id]
    hashes = [one.article["text_sha256"] for _, line, accounts in told if not line.id for one in accounts]
    by_id = set((await session.execute(select(event.c.id).where(among(event.c.id, ids)))).scalars())
    by_hash = select(article.c.text_sha256).where(among(article.c.text_sha256, hashes))
    held = set((await session.execute(by_hash)).scalars())
    return [
        (number, line, accounts)
        for number, line, accounts in told
        if line.id not in by_id
        and (line.id or not any(one.article["text_sha256"] in held for one in accounts))
    ]


async def _find_clashes(session: AsyncSession, told: _Told) -> list[HeldOtherwise]:
    """Return the articles that are held under other ids: one text, one address, one row of a dataset."""
    articles = [(number, one.article) for number, _, accounts in told for one in accounts]
    same = or_(
        among(article.c.text_sha256, [row["text_sha256"] for _, row in articles]),
        among(article.c.url, [row["url"] for _, row in articles if row["url"]]),
        tuple_(article.c.dataset, article.c.record_id).in_(
            [(row["dataset"], row["record_id"]) for _, row in articles if row["dataset"]]
        ),
    )
    rows = (await session.execute(select(article).where(same))).all()
    held: dict[tuple[str, Any], UUID] = {("text_sha256", row.text_sha256): row.id for row in rows}
    held |= {("url", row.url): row.id for row in rows if row.url}
    held |= {("record_id", (row.dataset, row.record_id)): row.id for row in rows if row.dataset}
    found = []
    for number, row in articles:
        for name, value in (
            ("text_sha256", row["text_sha256"]),
            ("url", row["url"]),
            ("record_id", (row["dataset"], row["record_id"])),
        ):
            if held.setdefault((name, value), row["id"]) != row["id"] and value not in (None, (None, None)):
                found.append(HeldOtherwise(number, name))
    return found
