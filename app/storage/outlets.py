"""Who published an article."""

from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.names import name_key
from app.domain.vocabulary import OutletKind
from app.storage.locking import take_turns
from app.storage.tables import outlet


async def lock_new_outlets(session: AsyncSession, names: Iterable[str | None]) -> None:
    """Wait for other writers of the outlets among these that are not held yet."""
    words = {name.strip() for name in names if name and name.strip()}
    new = [word for word in sorted(words) if await _find_outlet(session, word) is None]
    await take_turns(session, map(_turn, new))


async def find_or_add_outlet(session: AsyncSession, name: str | None) -> str | None:
    """Return the id of the outlet with this name or domain; an unknown one is added as `other`."""
    if name is None or not name.strip():
        return None
    word = name.strip()
    if known := await _find_outlet(session, word):
        return known
    await take_turns(session, [_turn(word)])
    row = {"id": _id_of(word), "name": word, "kind": OutletKind.OTHER}
    await session.execute(insert(outlet).values(row).on_conflict_do_nothing())
    return _id_of(word)


async def _find_outlet(session: AsyncSession, word: str) -> str | None:
    same = select(outlet.c.id).where(
        or_(outlet.c.id == word.lower(), func.lower(outlet.c.name) == word.lower())
    )
    return (await session.execute(same.limit(1))).scalar_one_or_none()


def _turn(word: str) -> str:
    return f"outlet {_id_of(word)}"


def _id_of(word: str) -> str:
    return word.lower() if "." in word else name_key(word).replace(" ", "-")
