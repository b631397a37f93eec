"""Lines on their way into the database, and the articles that tell of their events."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.event_line import EventLine
from app.domain.vocabulary import ChangeAction
from app.storage.among import among
from app.storage.changes import Changed
from app.storage.copying import copy_rows
from app.storage.event_lines.accounts import LineAccount
from app.storage.outlets import find_or_add_outlet
from app.storage.tables import article


@dataclass(slots=True)
class Batch:
    """Lines on their way into the database, each with its event's id and its accounts."""

    session: AsyncSession
    origin: str
    lines: list[tuple[UUID, EventLine, list[LineAccount]]]
    now: datetime
    names: dict[str, str]
    people: dict[tuple[str, str], UUID] = field(default_factory=dict)
    changes: list[Changed] = field(default_factory=list)


async def restore_articles(batch: Batch) -> None:
    """Add the articles that are not held."""
    told = {one.article["id"]: one.article for _, _, accounts in batch.lines for one in accounts}
    known = await batch.session.execute(select(article.c.id).where(among(article.c.id, list(told))))
    for key in known.scalars():
        del told[key]
    outlets = {row["outlet"] for row in told.values() if row["outlet"]}
    ids = {name: await find_or_add_outlet(batch.session, name) for name in sorted(outlets)}
    rows = ({**row, "outlet": ids[row["outlet"]] if row["outlet"] else None} for row in told.values())
    await copy_rows(batch.session, article, rows)
    for row in told.values():
        kept = ("title", "url", "language", "dateline", "dataset", "record_id")
        facts = {name: row[name] for name in kept}
        batch.changes.append(Changed(ChangeAction.CREATE, "article", str(row["id"]), None, facts))
