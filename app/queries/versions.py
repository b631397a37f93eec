"""What tells a reader's copy from what is stored now, at the cost of one statement."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.storage.tables import agreement, change, event

_ONE = re.compile(r"/v1/(?:events|meetings|agreements)/(evt|agr)_[0-9a-f]{32}")
_VERSIONED = {Prefix.EVENT: event, Prefix.AGREEMENT: agreement}


@dataclass(frozen=True, slots=True)
class Version:
    """The version of one resource (`own`), or the number of the last change of any."""

    number: int
    own: bool


async def find_version(session: AsyncSession, path: str) -> Version | None:
    """Return the version of what is at an address; None where nothing is."""
    match = _ONE.fullmatch(path)
    number = (await session.execute(_select_own(match) if match else _select_last())).scalar_one_or_none()
    return None if number is None else Version(number, match is not None)


async def last_change_at(session: AsyncSession) -> datetime:
    """Return when anything changed last; the epoch where nothing has."""
    last = select(change.c.at).order_by(change.c.seq.desc()).limit(1)
    found: datetime | None = (await session.execute(last)).scalar_one_or_none()
    return found or datetime(1970, 1, 1, tzinfo=UTC)


def _select_own(match: re.Match[str]) -> Select[Any]:
    prefix = Prefix(match[1])
    table = _VERSIONED[prefix]
    text = match[0].rsplit("/", 1)[1]
    statement = select(table.c.version).where(table.c.id == row_id(prefix, text))
    return statement.where(event.c.merged_into.is_(None)) if table is event else statement


def _select_last() -> Select[Any]:
    return select(func.coalesce(func.max(change.c.seq), 0))
