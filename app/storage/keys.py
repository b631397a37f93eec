"""Keys: made, rotated, revoked, and told from what is none."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.keys import Scope, Token, hash_secret, is_secret, new_token
from app.errors import ExpiryNotAhead, KeyIsRevoked, NotFound
from app.storage.audit import Actor, log_deed
from app.storage.tables import ApiKey, api_key
from app.storage.tables.columns import new_id

_NO_KEY = Token(UUID(int=0), "0" * 64)
_NO_HASH = hash_secret("")
_USED = text("interval '1 minute'")  # how exact `last_used_at` is: a row written at every request would cost


async def create_key(
    session: AsyncSession, actor: Actor, name: str, scopes: Collection[Scope], expires_at: datetime | None
) -> tuple[ApiKey, Token]:
    """Store a new key; its token is shown once and cannot be had again."""
    now = await _now(session)
    if expires_at is not None and expires_at <= now:
        raise ExpiryNotAhead
    token = new_token(new_id())
    key = ApiKey(
        id=token.key,
        name=name,
        scopes=sorted(set(scopes)),
        secret_sha256=hash_secret(token.secret),
        created_at=now,
        expires_at=expires_at,
    )
    session.add(key)
    await session.flush()
    expiry = expires_at.isoformat() if expires_at else None
    await _log(session, actor, "create", key, name=name, scopes=key.scopes, expires_at=expiry)
    return key, token


async def rotate_key(session: AsyncSession, actor: Actor, key_id: UUID | None) -> tuple[ApiKey, Token]:
    """Give a key a new secret; the old one is worth nothing from now on."""
    key = await _get_key(session, key_id)
    if key.revoked_at is not None:
        raise KeyIsRevoked
    token = new_token(key.id)
    key.secret_sha256 = hash_secret(token.secret)
    key.rotated_at = await _now(session)
    await session.flush()
    await _log(session, actor, "rotate", key)
    return key, token


async def revoke_key(session: AsyncSession, actor: Actor, key_id: UUID | None) -> ApiKey:
    """End a key at once; ending it again changes nothing."""
    key = await _get_key(session, key_id)
    if key.revoked_at is None:
        key.revoked_at = await _now(session)
        await session.flush()
        await _log(session, actor, "revoke", key)
    return key


async def find_valid_key(session: AsyncSession, token: Token | None) -> ApiKey | None:
    """Return the key that a token opens, if it may be used now; a wrong one costs the same work."""
    asked = token or _NO_KEY
    statement = select(ApiKey, func.now().label("now")).where(api_key.c.id == asked.key)
    found = (await session.execute(statement)).one_or_none()
    right = is_secret(asked.secret, found[0].secret_sha256 if found else _NO_HASH)
    if found is None or not right:
        return None
    key, now = found
    if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now):
        return None
    await _note_use(session, key.id)
    return key


async def _note_use(session: AsyncSession, key_id: UUID) -> None:
    """Note that a key is used; where another request is noting it, that one's word is enough."""
    seldom = or_(api_key.c.last_used_at.is_(None), api_key.c.last_used_at < func.now() - _USED)
    due = (
        select(api_key.c.id)
        .where(api_key.c.id == key_id, seldom)
        .with_for_update(skip_locked=True, key_share=True)
    )
    await session.execute(
        update(api_key).where(api_key.c.id.in_(due)).values(last_used_at=func.now()),
        execution_options={"synchronize_session": False},
    )


async def _get_key(session: AsyncSession, key_id: UUID | None) -> ApiKey:
    statement = select(ApiKey).where(api_key.c.id == key_id).with_for_update()
    key = (await session.execute(statement)).scalar_one_or_none()
    if key is None:
        raise NotFound
    return key


async def _now(session: AsyncSession) -> datetime:
    now: datetime = (await session.execute(select(func.now()))).scalar_one()
    return now


async def _log(session: AsyncSession, actor: Actor, action: str, key: ApiKey, **details: object) -> None:
    await log_deed(session, actor, f"key.{action}", "key", public_id(Prefix.KEY, key.id), **details)
