"""Keys, and who did what with them."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, row_id
from app.queries.paging import ListFilter, Order, Page, read_page, read_uuid
from app.queries.rows import read_rows
from app.queries.values import Word
from app.storage.tables import api_key, audit


def _key_id(text: str) -> str:
    if row_id(Prefix.KEY, text) is None:
        raise PydanticCustomError("id", "A key's id is key_ and 32 hexadecimal digits")
    return text


KeyId = Annotated[
    str, AfterValidator(_key_id), WithJsonSchema({"type": "string", "pattern": "^key_[0-9a-f]{32}$"})
]


class KeyFilter(ListFilter):
    """What `/v1/keys` can be asked for."""


class AuditFilter(ListFilter):
    """What `/v1/audit` can be asked for."""

    key: KeyId | None = Field(default=None, description="What this key did.")
    action: Word | None = Field(default=None, description="What was done, such as `key.revoke`.")
    entity: Word | None = Field(default=None, description="To what kind of thing, such as `event`.")
    entity_id: Word | None = Field(default=None, description="To which one, by its id.")


_SHOWN = [column for column in api_key.c if column.name != "secret_sha256"]


async def find_keys(session: AsyncSession, wanted: KeyFilter) -> Page[Row[Any]]:
    """Return one page of keys, the oldest first; never what would open one."""
    order = Order(api_key.c.id, api_key.c.id, False, read_uuid, read_uuid)
    return await read_page(session, select(*_SHOWN), order, wanted)


async def find_all_keys(session: AsyncSession) -> Sequence[Row[Any]]:
    """Return every key, the oldest first."""
    return await read_rows(session, select(*_SHOWN).order_by(api_key.c.id))


async def find_deeds(session: AsyncSession, wanted: AuditFilter) -> Page[Row[Any]]:
    """Return one page of the log, the latest first."""
    statement = select(audit, api_key.c.name.label("key_name")).outerjoin(
        api_key, api_key.c.id == audit.c.key
    )
    if wanted.key:
        statement = statement.where(audit.c.key == row_id(Prefix.KEY, wanted.key))
    for name in ("action", "entity", "entity_id"):
        if value := getattr(wanted, name):
            statement = statement.where(audit.c[name] == value)
    order = Order(audit.c.id, audit.c.id, True, read_uuid, read_uuid)
    return await read_page(session, statement, order, wanted)
