"""The log of who did what: a line in the same transaction as the deed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.storage.tables import audit
from app.storage.tables.columns import new_id


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a key, in a request."""

    key: UUID | None
    request_id: str | None


COMMAND_LINE = Actor(None, None)
"""Whoever can run commands on the database; no key is asked of them."""


async def log_deed(
    session: AsyncSession, actor: Actor, action: str, entity: str, entity_id: str, **details: Any
) -> None:
    """Write down what an actor did to an entity, such as `key.revoke`; the caller commits."""
    await session.execute(
        insert(audit).values(
            id=new_id(),
            key=actor.key,
            request_id=actor.request_id,
            action=action,
            entity=entity,
            entity_id=entity_id,
            details=details,
        )
    )
