"""Agreements and their life."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import Listing, ReadSession
from app.api.responses.agreements import AgreementList, AgreementResponse, agreement_response
from app.api.routes.parameters import OF_LISTS, OF_ONE, AgreementId
from app.queries.agreements import AgreementFilter, find_agreements, get_agreement

router = APIRouter(tags=["agreements"])


@router.get(
    "/agreements",
    summary="List agreements",
    operation_id="list_agreements",
    responses=OF_LISTS,
)
async def list_agreements(
    wanted: Annotated[AgreementFilter, Query()], session: ReadSession, lists: Listing
) -> AgreementList:
    """Return pacts, treaties, memoranda, …, each with the steps of its life."""
    return lists.page(AgreementList, await find_agreements(session, wanted), agreement_response)


@router.get("/agreements/{id}", summary="Get an agreement", operation_id="get_agreement", responses=OF_ONE)
async def read_agreement(agreement_id: AgreementId, session: ReadSession) -> AgreementResponse:
    """Return one agreement by id."""
    return agreement_response(await get_agreement(session, agreement_id))
