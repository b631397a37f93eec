"""The change feed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.dependencies import ReadSession
from app.api.links import changes_link
from app.api.problems import VALIDATION, documented
from app.api.responses.changes import ChangeList, change_list
from app.queries.changes import ChangePageFilter, find_changes

router = APIRouter(tags=["changes"])


@router.get(
    "/changes",
    summary="Read the change feed",
    operation_id="list_changes",
    response_model_exclude_unset=True,
    responses={
        200: {
            "headers": {"Link": {"description": 'The next page, `rel="next"`.', "schema": {"type": "string"}}}
        },
        **documented(VALIDATION),
    },
)
async def list_changes(
    wanted: Annotated[ChangePageFilter, Query()], session: ReadSession, request: Request, response: Response
) -> ChangeList:
    """Return every create, update, merge, unmerge and delete since a position, oldest first.

    Keep each line's `data` under its `id`, and drop what you keep there where `data` is null: read from 0,
    this gives all that is stored. Go on from `meta.next_after`; nothing ever appears behind it.
    """
    answer = change_list(await find_changes(session, wanted, wanted.limit), wanted)
    if answer.meta.next_after < answer.meta.last_seq:
        response.headers["Link"] = changes_link(request.url, answer.meta.next_after)
    return answer
