"""The change feed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import ReadSession
from app.api.links import changes_link
from app.api.problems import VALIDATION, documented
from app.api.responses.changes import ChangeList, change_list_body, change_meta
from app.queries.changes import ChangePageFilter, find_changes
from app.queries.event_docs import find_event_docs_by_id

router = APIRouter(tags=["changes"])


@router.get(
    "/changes",
    summary="Read the change feed",
    operation_id="list_changes",
    response_model=ChangeList,
    responses={
        200: {
            "headers": {"Link": {"description": 'The next page, `rel="next"`.', "schema": {"type": "string"}}}
        },
        **documented(VALIDATION),
    },
)
async def list_changes(
    wanted: Annotated[ChangePageFilter, Query()], session: ReadSession, request: Request
) -> Response:
    """Return every create, update, merge, unmerge and delete since a position, oldest first.

    Keep each line's `data` under its `id`, and drop what you keep there where `data` is null: read from 0,
    this gives all that is stored. Go on from `meta.next_after`; nothing ever appears behind it.
    """
    page = await find_changes(session, wanted, wanted.limit, find_event_docs_by_id)
    meta = change_meta(page, wanted)
    more = meta.next_after < meta.last_seq
    links = {"Link": changes_link(request.url, meta.next_after)} if more else {}
    return Response(change_list_body(meta, page.changes), media_type="application/json", headers=links)
