"""Agreements and their life."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import List, ReadSession
from app.api.explanations import in_words
from app.api.responses.agreements import AgreementList, AgreementResponse, agreement_response
from app.api.routes.parameters import OF_LISTS, OF_ONE, AgreementId
from app.queries.agreements import AgreementFilter, find_agreements, get_agreement

router = APIRouter(tags=["agreements"])

_ABOUT = f"""Pacts, treaties, memoranda, …, with the steps of their life.

Forms:

{in_words("agreement_kind")}

Statuses, each the last step taken:

{in_words("agreement_status")}"""


@router.get(
    "/agreements",
    summary="List agreements",
    operation_id="list_agreements",
    responses=OF_LISTS,
    description=_ABOUT,
)
async def list_agreements(
    wanted: Annotated[AgreementFilter, Query()], session: ReadSession, lists: List
) -> AgreementList:
    """Answer with one page of agreements."""
    return lists.page(AgreementList, await find_agreements(session, wanted), agreement_response)


@router.get("/agreements/{id}", summary="Get an agreement", operation_id="get_agreement", responses=OF_ONE)
async def read_agreement(agreement_id: AgreementId, session: ReadSession) -> AgreementResponse:
    """One agreement by id."""
    return agreement_response(await get_agreement(session, agreement_id))
