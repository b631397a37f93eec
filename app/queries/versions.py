"""What tells a reader's copy from what is stored now, at the cost of one statement."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.tables import change

_ONE = re.compile(r"/v1/(events|meetings|agreements|officials|articles)/(evt|agr|off|art)_([0-9a-f]{32})")
# `max` would give a row where there is none.
_OWN = "SELECT seq FROM change WHERE entity = {} AND entity_id = {} ORDER BY seq DESC LIMIT 1"
OWN_CHANGE = _OWN.format("$1", "$2")
LAST_CHANGE = "SELECT coalesce(max(seq), 0) FROM change"
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
    asked = _entity_at(path)
    statement = text(_OWN.format(":entity", ":id")) if asked else text(LAST_CHANGE)
    told = {"entity": asked[0], "id": asked[1]} if asked else {}
    return _version((await session.execute(statement, told)).scalar_one_or_none(), own=asked is not None)


async def read_version(connection: asyncpg.Connection, path: str) -> Version | None:
    """Return the same by a bare connection."""
    asked = _entity_at(path)
    number = await connection.fetchval(*((OWN_CHANGE, *asked) if asked else (LAST_CHANGE,)))
    return _version(number, own=asked is not None)


async def last_change_at(session: AsyncSession) -> datetime:
    """Return when anything changed last; the epoch where nothing has."""
    last = select(change.c.at).order_by(change.c.seq.desc()).limit(1)
    found: datetime | None = (await session.execute(last)).scalar_one_or_none()
    return found or datetime(1970, 1, 1, tzinfo=UTC)


def _entity_at(path: str) -> tuple[str, str] | None:
    match = _ONE.fullmatch(path)
    return (_ENTITIES[match[2]], str(UUID(match[3]))) if match else None


def _version(number: int | None, *, own: bool) -> Version | None:
    return None if number is None else Version(number, own)
