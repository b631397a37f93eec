"""Keys: one's own, all of them for administrators, and who did what."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from app.api.authorization import authenticate, require
from app.api.bodies import StrictRoute
from app.api.dependencies import Listing, WriteSession
from app.api.problems import (
    CONFLICT,
    FORBIDDEN,
    MALFORMED,
    NOT_FOUND,
    TOO_LARGE,
    UNAUTHENTICATED,
    UNSUPPORTED_MEDIA,
    VALIDATION,
    documented,
)
from app.api.requests.keys import KeyRequest
from app.api.responses.keys import (
    DeedList,
    KeyList,
    KeyResponse,
    NewKeyResponse,
    deed_response,
    key_response,
    new_key_response,
)
from app.api.routes.parameters import OF_LISTS, KeyId
from app.domain.identifiers import Prefix, row_id
from app.domain.keys import Scope
from app.queries.keys import AuditFilter, KeyFilter, find_deeds, find_keys
from app.storage.audit import Actor
from app.storage.keys import create_key, revoke_key, rotate_key
from app.storage.tables import ApiKey

router = APIRouter(tags=["keys"], route_class=StrictRoute, responses=documented(UNAUTHENTICATED, VALIDATION))
_OF_ADMINISTRATORS = documented(FORBIDDEN)
_OF_ONE = documented(FORBIDDEN, NOT_FOUND)

Administrator = Annotated[Actor, require(Scope.KEYS_ADMIN)]


@router.get("/me", summary="Show your key", operation_id="get_me", dependencies=[require()])
async def read_me(key: Annotated[ApiKey, Depends(authenticate)]) -> KeyResponse:
    """Return the key that you send, what it may do, and until when."""
    return key_response(key)


@router.get(
    "/keys", summary="List keys", operation_id="list_keys", responses={**OF_LISTS, **_OF_ADMINISTRATORS}
)
async def list_keys(
    _: Administrator, wanted: Annotated[KeyFilter, Query()], session: WriteSession, lists: Listing
) -> KeyList:
    """Return all keys, the oldest first, those that ended too."""
    return lists.page(KeyList, await find_keys(session, wanted), key_response)


@router.post(
    "/keys",
    status_code=201,
    summary="Make a key",
    operation_id="create_key",
    responses={**_OF_ADMINISTRATORS, **documented(MALFORMED, TOO_LARGE, UNSUPPORTED_MEDIA)},
)
async def make_key(administrator: Administrator, wanted: KeyRequest, session: WriteSession) -> NewKeyResponse:
    """Make a key and return its token, which is shown this once."""
    made = await create_key(session, administrator, wanted.name, wanted.scopes, wanted.expires_at)
    return new_key_response(made)


@router.post(
    "/keys/{id}/rotate",
    summary="Rotate a key",
    operation_id="rotate_key",
    responses={**_OF_ONE, **documented(CONFLICT)},
)
async def give_new_secret(
    key_id: KeyId, administrator: Administrator, session: WriteSession
) -> NewKeyResponse:
    """Give a key a new token; the old one ends at once. Its id, scopes and expiry stay."""
    return new_key_response(await rotate_key(session, administrator, row_id(Prefix.KEY, key_id)))


@router.post("/keys/{id}/revoke", summary="Revoke a key", operation_id="revoke_key", responses=_OF_ONE)
async def end_key(key_id: KeyId, administrator: Administrator, session: WriteSession) -> KeyResponse:
    """End a key at once and for good; ending it again changes nothing."""
    return key_response(await revoke_key(session, administrator, row_id(Prefix.KEY, key_id)))


@router.get(
    "/audit",
    summary="List who did what",
    operation_id="list_audit",
    responses={**OF_LISTS, **_OF_ADMINISTRATORS},
    dependencies=[require(Scope.AUDIT_READ)],
)
async def list_audit(
    wanted: Annotated[AuditFilter, Query()], session: WriteSession, lists: Listing
) -> DeedList:
    """Return who did what to which thing, the latest first; the log only grows."""
    return lists.page(DeedList, await find_deeds(session, wanted), deed_response)
