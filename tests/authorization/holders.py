"""Keys of every sort, as headers to send."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.keys import Scope, Token, new_token
from app.storage.audit import COMMAND_LINE
from app.storage.database import open_session
from app.storage.keys import create_key, revoke_key
from app.storage.tables import api_key

Headers = dict[str, str]


async def holder(session: AsyncSession, *scopes: Scope, name: str = "someone") -> Headers:
    """Make a key with these scopes."""
    return bearer((await create_key(session, COMMAND_LINE, name, scopes, None))[1])


async def stored_holder(url: str, *scopes: Scope) -> Headers:
    """Make a key with these scopes in a database that a process of its own serves."""
    async with open_session(url) as session:
        return await holder(session, *scopes)


async def revoked_holder(session: AsyncSession, *scopes: Scope) -> Headers:
    """Make a key that was revoked."""
    key, token = await create_key(session, COMMAND_LINE, "left", scopes, None)
    await revoke_key(session, COMMAND_LINE, key.id)
    return bearer(token)


async def expired_holder(session: AsyncSession, *scopes: Scope) -> Headers:
    """Make a key whose time is over."""
    key, token = await create_key(session, COMMAND_LINE, "late", scopes, None)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    await session.execute(update(api_key).where(api_key.c.id == key.id).values(expires_at=yesterday))
    return bearer(token)


def stranger() -> Headers:
    """Return a token of the right form that opens nothing."""
    return bearer(new_token(UUID(int=7)))


def bearer(token: Token | str) -> Headers:
    """Return the header that carries a token."""
    return {"Authorization": f"Bearer {token}"}
