"""Answers kept by idempotency key, written in the transaction whose answer they are."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import IdempotencyMismatch, RequestInFlight
from app.storage.tables import KeptAnswer, kept_answer

KEPT_FOR = timedelta(days=7)
_TWIN_SECONDS = 2  # less than a statement may take, or the wait would end as a fault of the database
_LOCK_NOT_AVAILABLE = "55P03"


async def find_kept_answer(
    session: AsyncSession, key: UUID, idempotency_key: str, request_sha256: str
) -> KeptAnswer | None:
    """Return the answer that this request got before; its twins wait here until it is known."""
    await _lock(session, f"{key.hex} {idempotency_key}")
    statement = select(KeptAnswer).where(
        kept_answer.c.key == key, kept_answer.c.idempotency_key == idempotency_key
    )
    found = (await session.execute(statement)).scalar_one_or_none()
    if found is not None and found.request_sha256 != request_sha256:
        raise IdempotencyMismatch
    return found


async def keep_answer(session: AsyncSession, answer: KeptAnswer) -> None:
    """Keep an answer, and forget this key's old ones."""
    old = kept_answer.c.created_at < func.now() - KEPT_FOR
    await session.execute(delete(kept_answer).where(kept_answer.c.key == answer.key, old))
    session.add(answer)
    await session.flush()


async def forget_answers_about(session: AsyncSession, public_id: str) -> None:
    """Forget the answers that name something whose words must not be told again."""
    await session.execute(delete(kept_answer).where(kept_answer.c.body.contains(public_id, autoescape=True)))


async def _lock(session: AsyncSession, name: str) -> None:
    """Wait for a twin, longer than one waits for other locks: it may be storing ten articles."""
    usual = (await session.execute(text("SHOW lock_timeout"))).scalar_one()
    await session.execute(text(f"SET LOCAL lock_timeout = '{_TWIN_SECONDS}s'"))
    try:
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 1))))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            raise RequestInFlight from error
        raise
    await session.execute(select(func.set_config("lock_timeout", usual, True)))
