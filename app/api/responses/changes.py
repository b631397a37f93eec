"""What a change looks like."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, Field

from app.api.responses.agreements import AgreementResponse, agreement_response
from app.api.responses.articles import ArticleResponse, article_response
from app.api.responses.countries import CountryResponse, country_response
from app.api.responses.events import EXAMPLE as EVENT
from app.api.responses.events import EventResponse, event_response
from app.api.responses.officials import OfficialResponse, official_response
from app.api.responses.organizations import OrganizationResponse, organization_response
from app.api.responses.shared import JSON_TEXT, example
from app.domain.explanations import in_words
from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import ChangeAction, PartyKind
from app.queries.agreements import FoundAgreement
from app.queries.articles import FoundArticle
from app.queries.changes import PREFIXES, ChangedEntity, ChangePage, ChangePageFilter, Found, FoundChange
from app.queries.events import FoundEvent
from app.queries.officials import FoundOfficial

_EXAMPLE: dict[str, Any] = {
    "seq": 501,
    "at": "2026-11-24T09:00:00Z",
    "action": "create",
    "entity": "event",
    "id": EVENT["id"],
    "merged_into": None,
    "data": EVENT,
}

Shown = (
    EventResponse
    | AgreementResponse
    | OfficialResponse
    | ArticleResponse
    | CountryResponse
    | OrganizationResponse
)


class ChangeResponse(BaseModel):
    """A change: keep `data` under `id`, or drop what you keep there where it is null."""

    model_config = example(_EXAMPLE)

    seq: int = Field(description="Its number; `after` takes it.")
    at: datetime = Field(description="When its transaction began.")
    action: ChangeAction = Field(description=f"What was done.{in_words('change_action')}")
    entity: ChangedEntity = Field(description="What it was done to.")
    id: str
    merged_into: str | None = Field(description="Id of the event that it lives on in.")
    data: Annotated[Shown | None, JSON_TEXT] = Field(
        description="What it is now, as under its own address; null once it is merged or deleted."
    )


class ChangeMeta(BaseModel):
    """How to go on."""

    model_config = example({"limit": 200, "next_after": 501, "last_seq": 501})

    limit: int = Field(description="Most changes on a page.")
    next_after: int = Field(description="`after` of the next page, now or when there is more.")
    last_seq: int = Field(description="The number of the last change; where you are up to date.")


class ChangeList(BaseModel):
    """A page of the change feed."""

    model_config = example(
        {"meta": {"limit": 200, "next_after": 501, "last_seq": 501}, "results": [_EXAMPLE]}
    )

    meta: ChangeMeta
    results: list[ChangeResponse]


def change_meta(page: ChangePage, wanted: ChangePageFilter) -> ChangeMeta:
    """Say how to go on from a page of changes."""
    more = len(page.changes) == wanted.limit
    # With a filter, what was passed over is known too.
    reached = page.changes[-1].row.seq if more else max(page.last, wanted.after)
    return ChangeMeta(limit=wanted.limit, next_after=reached, last_seq=page.last)


def change_list_body(meta: ChangeMeta, changes: Sequence[FoundChange]) -> bytes:
    """Return a page of changes, of which the events are JSON already, in its envelope."""
    told = {"meta": meta.model_dump(), "results": [_line(one) for one in changes]}
    return orjson.dumps(told, option=orjson.OPT_UTC_Z)


def _line(found: FoundChange) -> dict[str, Any] | orjson.Fragment:
    if isinstance(found.subject, bytes):
        return {**_told(found), "data": orjson.Fragment(found.subject)}
    return orjson.Fragment(change_response(found).model_dump_json(exclude_unset=True))


def change_response(found: FoundChange) -> ChangeResponse:
    """Show a change of what was read as rows."""
    assert not isinstance(found.subject, bytes)
    return ChangeResponse(**_told(found), data=None if found.subject is None else _show(found.subject))


def _told(found: FoundChange) -> dict[str, Any]:
    """Return all but what the subject is now."""
    row = found.row
    prefix = PREFIXES.get(row.entity)
    return {
        "seq": row.seq,
        "at": row.at,
        "action": row.action,
        "entity": row.entity,
        "id": f"{prefix}_{row.entity_id.replace('-', '')}" if prefix else row.entity_id,
        "merged_into": public_id(Prefix.EVENT, found.merged_into) if found.merged_into else None,
    }


def _show(subject: Found) -> Shown:
    if isinstance(subject, FoundEvent):
        return event_response(subject)
    if isinstance(subject, FoundAgreement):
        return agreement_response(subject)
    if isinstance(subject, FoundOfficial):
        return official_response(subject)
    if isinstance(subject, FoundArticle):
        return article_response(subject)
    country = subject.row.kind == PartyKind.COUNTRY
    return country_response(subject) if country else organization_response(subject)
