"""What tells a reader's copy from what is stored now, at the cost of one statement."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.tables import change

_ONE = re.compile(r"/v1/(events|meetings|agreements|officials|articles)/(evt|agr|off|art)_([0-9a-f]{32})")
_ENTITIES = {"evt": "event", "agr": "agreement", "off": "official", "art": "article"}


@dataclass(frozen=True, slots=True)
class Version:
    """The number of the last change of one resource (`own`), or of any.

    The log names all that is shown otherwise, so that a resource is the same as long as its number is: a
    row's own version does not tell of a party's new name.
    """

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
    entity = change.c.entity == _ENTITIES[match[2]]
    # `max` would give a row where there is none.
    own = select(change.c.seq).where(entity, change.c.entity_id == str(UUID(match[3])))
    return own.order_by(change.c.seq.desc()).limit(1)


def _select_last() -> Select[Any]:
    return select(func.coalesce(func.max(change.c.seq), 0))
