"""Agreements and their life."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from app.api.dependencies import Listing, ReadSession
from app.api.fields import FIELDS, FieldOf, only
from app.api.responses.agreements import AgreementList, AgreementResponse, agreement_response
from app.api.responses.history import AgreementVersionList, agreement_versions
from app.api.routes.parameters import FACETS, OF_LISTS, OF_ONE, AgreementId
from app.queries.agreement_dimensions import AgreementDimension
from app.queries.agreement_docs import find_agreement_doc, find_agreement_docs
from app.queries.agreement_filter import AgreementFilter
from app.queries.agreements import find_agreements, get_agreement
from app.queries.changes import ChangedEntity
from app.queries.history import find_history
from app.queries.paging import Filter
from app.queries.values import Several

router = APIRouter(tags=["agreements"])


class AgreementQuery(AgreementFilter):
    """What `/v1/agreements` can be asked for."""

    facet: Several[AgreementDimension] = Field(default=(), description=FACETS)
    fields: tuple[Annotated[str, FieldOf(AgreementResponse)], ...] = FIELDS


class OneAgreement(Filter):
    """How one of them is shown."""

    fields: tuple[Annotated[str, FieldOf(AgreementResponse)], ...] = FIELDS


@router.get(
    "/agreements",
    summary="List agreements",
    operation_id="list_agreements",
    responses=OF_LISTS,
    response_model=AgreementList,
    response_model_exclude_unset=True,
)
async def list_agreements(
    wanted: Annotated[AgreementQuery, Query()], session: ReadSession, lists: Listing
) -> AgreementList | Response:
    """Return pacts, treaties, memoranda, …, each with the steps of its life."""
    if not (wanted.fields or wanted.facet):
        return lists.documents(await find_agreement_docs(session, wanted))
    found = await find_agreements(session, wanted, wanted.facet)
    return lists.page(AgreementList, found, agreement_response, wanted.fields)


@router.get(
    "/agreements/{id}",
    summary="Get an agreement",
    operation_id="get_agreement",
    responses=OF_ONE,
    response_model=AgreementResponse,
    response_model_exclude_unset=True,
)
async def read_agreement(
    agreement_id: AgreementId, wanted: Annotated[OneAgreement, Query()], session: ReadSession, lists: Listing
) -> AgreementResponse | Response:
    """Return one agreement by id."""
    if not wanted.fields and (doc := await find_agreement_doc(session, agreement_id)) is not None:
        return lists.document(doc)
    return only(agreement_response(await get_agreement(session, agreement_id)), wanted.fields)


@router.get(
    "/agreements/{id}/history",
    summary="List an agreement's versions",
    operation_id="list_agreement_versions",
    responses=OF_ONE,
)
async def list_agreement_versions(
    agreement_id: AgreementId, session: ReadSession, lists: Listing
) -> AgreementVersionList:
    """Return every past version of an agreement, and what each one changed, the first one first."""
    rows = await find_history(session, ChangedEntity.AGREEMENT, agreement_id)
    return lists.whole(AgreementVersionList, agreement_versions(rows), lambda one: one)
