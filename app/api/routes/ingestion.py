"""Articles in: stored, or only read; and the jobs that many of them make."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.authorization import require
from app.api.bodies import StrictRoute
from app.api.dependencies import Listing, Parsers, WriteSession
from app.api.idempotency import Idempotent
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
from app.api.requests.articles import ArticleFacts
from app.api.responses.ingestion import (
    ExtractionResponse,
    HandedInResponse,
    extracted_article,
    handed_in_response,
)
from app.api.responses.jobs import JobItemList, JobResponse, item_response, job_response
from app.api.routes.parameters import OF_LISTS, JobId
from app.api.uploads import MAX_UPLOAD_BYTES, OF_HANDED_IN, read_handed_in
from app.domain.identifiers import Prefix, public_id
from app.domain.jobs import MAX_AT_ONCE
from app.domain.keys import Scope
from app.errors import TooManyArticles
from app.ingestion.articles import ingest_articles
from app.queries.jobs import ItemFilter, find_items, get_job
from app.storage.audit import Actor
from app.storage.jobs import add_to_job, open_job
from app.storage.reading import connect

router = APIRouter(
    tags=["articles"],
    route_class=StrictRoute,
    responses=documented(UNAUTHENTICATED, FORBIDDEN, VALIDATION),
)
_OF_UPLOADS = documented(MALFORMED, CONFLICT, TOO_LARGE, UNSUPPORTED_MEDIA)

Sender = Annotated[Actor, require(Scope.ARTICLES_WRITE)]


async def _let_go(sender: Sender, session: WriteSession) -> Actor:
    """Return the sender, with no transaction open while the body comes in and is parsed."""
    await session.commit()
    return sender


WaitingSender = Annotated[Actor, Depends(_let_go)]


@router.post(
    "/articles",
    status_code=201,
    summary="Hand in articles",
    operation_id="create_articles",
    response_model=HandedInResponse,
    responses={
        200: {"model": HandedInResponse, "description": "All of it was held already."},
        202: {"model": JobResponse, "description": f"More than {MAX_AT_ONCE} articles: workers read them."},
        **_OF_UPLOADS,
    },
    openapi_extra=OF_HANDED_IN,
    max_body_size=MAX_UPLOAD_BYTES,
)
async def hand_in(
    sender: WaitingSender,
    told: Annotated[ArticleFacts, Query()],
    once: Idempotent,
    session: WriteSession,
    parsers: Parsers,
    request: Request,
) -> Response:
    """Store articles and answer with the events that they tell of; the same text again changes nothing.

    Up to ten are read at once; for more, the answer is a job to ask for.
    """
    handed_in = await read_handed_in(request, told, parsers)
    at_once = len(handed_in.articles) <= MAX_AT_ONCE
    records = [await parsers.parse(article) for article in handed_in.articles] if at_once else []
    await connect(session)
    if kept := await once.find(sender, handed_in.sha256):
        return kept
    if at_once:
        recorded = await ingest_articles(session, handed_in.articles, records)
        answer, status, location = await handed_in_response(session, recorded)
        return await once.keep(sender, handed_in.sha256, status, answer, location)
    job_id = await open_job(session, sender)
    await add_to_job(session, job_id, handed_in.articles)
    made = job_response(await get_job(session, public_id(Prefix.JOB, job_id)))
    return await once.keep(sender, handed_in.sha256, 202, made, f"/v1/jobs/{made.id}")


@router.post(
    "/extractions",
    summary="Read articles without storing them",
    operation_id="create_extraction",
    responses=_OF_UPLOADS,
    openapi_extra=OF_HANDED_IN,
    max_body_size=MAX_UPLOAD_BYTES,
)
async def extract(
    _: WaitingSender, told: Annotated[ArticleFacts, Query()], parsers: Parsers, request: Request
) -> ExtractionResponse:
    """Show what the parser reads in up to ten articles, and what it looked at and left; nothing is stored."""
    handed_in = await read_handed_in(request, told, parsers)
    if len(handed_in.articles) > MAX_AT_ONCE:
        raise TooManyArticles(MAX_AT_ONCE)
    return ExtractionResponse(
        results=[extracted_article(article, await parsers.extract(article)) for article in handed_in.articles]
    )


@router.get(
    "/jobs/{id}", summary="Get a job", operation_id="get_job", responses=documented(NOT_FOUND), tags=["jobs"]
)
async def read_job(job_id: JobId, sender: Sender, session: WriteSession) -> JobResponse:
    """Return how far a job of your key is; another key's job is not there."""
    return job_response(await get_job(session, job_id, sender.key))


@router.get(
    "/jobs/{id}/articles",
    summary="List a job's articles",
    operation_id="list_job_articles",
    responses={**OF_LISTS, **documented(NOT_FOUND)},
    tags=["jobs"],
)
async def list_job_articles(
    job_id: JobId,
    sender: Sender,
    wanted: Annotated[ItemFilter, Query()],
    session: WriteSession,
    lists: Listing,
) -> JobItemList:
    """Return what became of each article, in the order in which they came; `state=dead` lists the failed."""
    return lists.page(JobItemList, await find_items(session, job_id, sender.key, wanted), item_response)
