"""What waits for editors, and their decisions."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.authorization import require
from app.api.bodies import StrictRoute
from app.api.dependencies import Listing, WriteSession
from app.api.editing import edit_of
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
from app.api.requests.editing import DecisionRequest
from app.api.responses.reviews import ReviewList, ReviewResponse, review_response
from app.api.routes.editing import Reviewer
from app.api.routes.parameters import MOVED, OF_LISTS, ReviewId
from app.domain.identifiers import Prefix
from app.domain.keys import Scope
from app.queries.reviews import ReviewFilter, find_reviews, get_review
from app.queries.rows import require_row_id
from app.storage.decisions import decide

router = APIRouter(
    tags=["reviews"], route_class=StrictRoute, responses=documented(UNAUTHENTICATED, FORBIDDEN, VALIDATION)
)


@router.get(
    "/reviews",
    summary="List reviews",
    operation_id="list_reviews",
    responses=OF_LISTS,
    dependencies=[require(Scope.EVENTS_REVIEW)],
)
async def list_reviews(
    wanted: Annotated[ReviewFilter, Query()], session: WriteSession, lists: Listing
) -> ReviewList:
    """Return what the machine is not sure of and what readers report, the oldest first."""
    return lists.page(ReviewList, await find_reviews(session, wanted), review_response)


@router.post(
    "/reviews/{id}/decision",
    summary="Decide a review",
    operation_id="decide_review",
    responses={
        **MOVED,
        **documented(MALFORMED, NOT_FOUND, CONFLICT, TOO_LARGE, UNSUPPORTED_MEDIA),
    },
)
async def decide_review(
    review_id: ReviewId, reviewer: Reviewer, wanted: DecisionRequest, session: WriteSession
) -> ReviewResponse:
    """Accept, correct, reject, merge or split what a review asks about; a review is decided once."""
    row_id = require_row_id(Prefix.REVIEW, review_id)
    await decide(session, row_id, wanted.decision_made(), edit_of(reviewer, wanted.reason))
    return review_response(await get_review(session, row_id))
