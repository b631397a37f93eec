"""What routes that edit ask for: who edits, and which version they read."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import Editable
from app.errors import VersionIsStale, VersionNotNamed
from app.queries.history import find_number
from app.storage.audit import Actor
from app.storage.edits import Edit

_TAG = re.compile(r'"([0-9]{1,18})(-[0-9a-z]+)*"')
"""The ETag of one resource: the number of its last change, and what its bytes depend on."""


def read_version(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match", description="The ETag of the version that you read.", examples=['"42-9f86d081"']
        ),
    ] = None,
) -> int:
    """Return the number of the last change that the sender knows of."""
    if if_match is None:
        raise VersionNotNamed
    match = _TAG.fullmatch(if_match.strip())
    if match is None:
        raise VersionIsStale
    return int(match[1])


Seen = Annotated[int, Depends(read_version)]


def edit_of(actor: Actor, reason: str | None = None) -> Edit:
    """Return an edit by whoever sends the request."""
    return Edit(actor.key, reason, actor.request_id)


async def name_version(session: AsyncSession, response: Response, entity: Editable, row_id: UUID) -> None:
    """Put into an answer what the next change of the same thing must send as If-Match."""
    response.headers["ETag"] = f'"{await find_number(session, entity, row_id)}"'
