"""What a key and a line of the log look like."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import ONE_PAGE, ListResponse, example
from app.domain.identifiers import Prefix, public_id
from app.domain.keys import Scope, Token

_KEY: dict[str, Any] = {
    "id": "key_0191684e8a9c7d5c9d6f0b1a2c3d4e61",
    "name": "newsroom",
    "scopes": ["articles:write"],
    "created_at": "2026-11-25T09:00:00Z",
    "expires_at": "2027-01-31T00:00:00Z",
    "rotated_at": None,
    "revoked_at": None,
    "last_used_at": "2026-11-25T09:30:00Z",
}
_DEED: dict[str, Any] = {
    "id": "aud_0191684e8a9c7d5c9d6f0b1a2c3d4e62",
    "at": "2026-11-25T09:00:00Z",
    "key": {"id": _KEY["id"], "name": "newsroom"},
    "request_id": "5f0c6f6d1b8e4c1f9a51f0d0c4f6a7b2",
    "action": "key.revoke",
    "entity": "key",
    "entity_id": "key_0191684e8a9c7d5c9d6f0b1a2c3d4e63",
    "details": {},
}


class KeyResponse(BaseModel):
    """A key, without what would open it."""

    model_config = example(_KEY)

    id: str
    name: str
    scopes: list[Scope] = Field(description="What it may do.")
    created_at: datetime
    expires_at: datetime | None = Field(description="When it ends by itself.")
    rotated_at: datetime | None = Field(description="When it got its present secret, if not at first.")
    revoked_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute.")


class NewKeyResponse(KeyResponse):
    """A key with its token, which is shown this once."""

    model_config = example({**_KEY, "last_used_at": None, "token": "bil_<id>_<secret>_<checksum>"})

    token: str = Field(description="What to send as `Authorization: Bearer …`. It cannot be shown again.")


class KeyList(ListResponse[KeyResponse]):
    """A page of keys."""

    model_config = example({"meta": ONE_PAGE, "results": [_KEY]})


class KeyBrief(BaseModel):
    """Which key it was."""

    model_config = example(_DEED["key"])

    id: str
    name: str


class DeedResponse(BaseModel):
    """Who did what, and when."""

    model_config = example(_DEED)

    id: str
    at: datetime
    key: KeyBrief | None = Field(description="Null where none was needed.")
    request_id: str | None = Field(description="Null where it was done at the command line.")
    action: str = Field(description="What was done, such as `key.revoke`.")
    entity: str = Field(description="To what kind of thing.")
    entity_id: str
    details: dict[str, Any] = Field(description="What belongs to this action.")


class DeedList(ListResponse[DeedResponse]):
    """A page of the log."""

    model_config = example({"meta": ONE_PAGE, "results": [_DEED]})


def key_response(row: Any) -> KeyResponse:
    """Show a key."""
    return KeyResponse(**_facts(row))


def new_key_response(made: tuple[Any, Token]) -> NewKeyResponse:
    """Show a key and its token."""
    row, token = made
    return NewKeyResponse(**_facts(row), token=str(token))


def deed_response(row: Any) -> DeedResponse:
    """Show a line of the log."""
    facts = {name: getattr(row, name) for name in DeedResponse.model_fields if name not in ("id", "key")}
    key = KeyBrief(id=public_id(Prefix.KEY, row.key), name=row.key_name) if row.key else None
    return DeedResponse(id=public_id(Prefix.AUDIT, row.id), key=key, **facts)


def _facts(row: Any) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in KeyResponse.model_fields if name != "id"}
    return {"id": public_id(Prefix.KEY, row.id), **facts}
