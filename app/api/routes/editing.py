"""What editors change: it needs a key and the version that was read, and appends a version."""

from typing import Annotated

from fastapi import APIRouter, Response

from app.api.authorization import anyone, require
from app.api.bodies import StrictRoute
from app.api.dependencies import WriteSession
from app.api.editing import Seen, edit_of, name_version
from app.api.problems import (
    CONFLICT,
    FORBIDDEN,
    MALFORMED,
    NOT_FOUND,
    PRECONDITION,
    STALE,
    TOO_LARGE,
    UNAUTHENTICATED,
    UNSUPPORTED_MEDIA,
    VALIDATION,
    documented,
)
from app.api.requests.editing import (
    AgreementChange,
    ErrorReport,
    EventChange,
    EventMerge,
    OfficialChange,
    OfficialMerge,
)
from app.api.responses.agreements import AgreementResponse, agreement_response
from app.api.responses.articles import ArticleResponse, article_response
from app.api.responses.events import EventResponse, event_response
from app.api.responses.officials import OfficialResponse, official_response
from app.api.responses.reviews import ReportedErrorResponse, reported_error_response
from app.api.routes.parameters import MOVED, AgreementId, ArticleId, EventId, OfficialId
from app.domain.identifiers import Prefix
from app.domain.keys import Scope
from app.domain.vocabulary import Editable
from app.queries.agreements import get_agreement
from app.queries.articles import get_article
from app.queries.events import get_event
from app.queries.officials import get_official
from app.queries.rows import require_row_id
from app.storage.audit import Actor
from app.storage.editing import (
    correct_agreement,
    correct_event,
    correct_official,
    undo_agreement,
    undo_event,
    undo_official,
)
from app.storage.merging import merge_events, merge_officials, unmerge_event, unmerge_official
from app.storage.reviews import report_error
from app.storage.withdrawing import withdraw_text

router = APIRouter(
    route_class=StrictRoute,
    responses={
        **MOVED,
        **documented(MALFORMED, NOT_FOUND, CONFLICT, TOO_LARGE, UNSUPPORTED_MEDIA, VALIDATION),
    },
)
_OF_EDITORS = documented(UNAUTHENTICATED, FORBIDDEN, STALE, PRECONDITION)

Editor = Annotated[Actor, require(Scope.EVENTS_WRITE)]
Reviewer = Annotated[Actor, require(Scope.EVENTS_REVIEW)]
Administrator = Annotated[Actor, require(Scope.KEYS_ADMIN)]


@router.patch(
    "/events/{id}",
    tags=["events"],
    summary="Correct an event",
    operation_id="correct_event",
    responses=_OF_EDITORS,
    response_model_exclude_unset=True,
)
async def patch_event(
    event_id: EventId,
    editor: Editor,
    seen: Seen,
    change: EventChange,
    session: WriteSession,
    response: Response,
) -> EventResponse:
    """Set fields of an event; they win over every report, old or new, until they are undone."""
    row_id = require_row_id(Prefix.EVENT, event_id)
    await correct_event(session, row_id, change.values(), edit_of(editor, change.reason), seen)
    await name_version(session, response, Editable.EVENT, row_id)
    return event_response(await get_event(session, event_id))


@router.post(
    "/events/{id}/undo",
    tags=["events"],
    summary="Undo the last change of an event",
    operation_id="undo_event",
    responses=_OF_EDITORS,
    response_model_exclude_unset=True,
)
async def take_back_event(
    event_id: EventId, editor: Editor, seen: Seen, session: WriteSession, response: Response
) -> EventResponse:
    """Take back what an editor did last, as a new version; what the reports say comes back."""
    row_id = require_row_id(Prefix.EVENT, event_id)
    await undo_event(session, row_id, edit_of(editor), seen)
    await name_version(session, response, Editable.EVENT, row_id)
    return event_response(await get_event(session, event_id))


@router.patch(
    "/agreements/{id}",
    tags=["agreements"],
    summary="Correct an agreement",
    operation_id="correct_agreement",
    responses=_OF_EDITORS,
)
async def patch_agreement(
    agreement_id: AgreementId,
    editor: Editor,
    seen: Seen,
    change: AgreementChange,
    session: WriteSession,
    response: Response,
) -> AgreementResponse:
    """Set fields of an agreement; its dates and its status are those of its steps."""
    row_id = require_row_id(Prefix.AGREEMENT, agreement_id)
    await correct_agreement(session, row_id, change.values(), edit_of(editor, change.reason), seen)
    await name_version(session, response, Editable.AGREEMENT, row_id)
    return agreement_response(await get_agreement(session, agreement_id))


@router.post(
    "/agreements/{id}/undo",
    tags=["agreements"],
    summary="Undo the last change of an agreement",
    operation_id="undo_agreement",
    responses=_OF_EDITORS,
)
async def take_back_agreement(
    agreement_id: AgreementId, editor: Editor, seen: Seen, session: WriteSession, response: Response
) -> AgreementResponse:
    """Take back what an editor did last, as a new version; what the reports say comes back."""
    row_id = require_row_id(Prefix.AGREEMENT, agreement_id)
    await undo_agreement(session, row_id, edit_of(editor), seen)
    await name_version(session, response, Editable.AGREEMENT, row_id)
    return agreement_response(await get_agreement(session, agreement_id))


@router.patch(
    "/officials/{id}",
    tags=["officials"],
    summary="Correct an official",
    operation_id="correct_official",
    responses=_OF_EDITORS,
)
async def patch_official(
    official_id: OfficialId,
    editor: Editor,
    seen: Seen,
    change: OfficialChange,
    session: WriteSession,
    response: Response,
) -> OfficialResponse:
    """Set an official's name or its other spellings; events are worded with the new name."""
    row_id = require_row_id(Prefix.OFFICIAL, official_id)
    await correct_official(session, row_id, change.values(), edit_of(editor, change.reason), seen)
    await name_version(session, response, Editable.OFFICIAL, row_id)
    return official_response(await get_official(session, official_id))


@router.post(
    "/officials/{id}/undo",
    tags=["officials"],
    summary="Undo the last change of an official",
    operation_id="undo_official",
    responses=_OF_EDITORS,
)
async def take_back_official(
    official_id: OfficialId, editor: Editor, seen: Seen, session: WriteSession, response: Response
) -> OfficialResponse:
    """Take back what an editor did last, as a new version; the former name comes back."""
    row_id = require_row_id(Prefix.OFFICIAL, official_id)
    await undo_official(session, row_id, edit_of(editor), seen)
    await name_version(session, response, Editable.OFFICIAL, row_id)
    return official_response(await get_official(session, official_id))


@router.post(
    "/events/{id}/merge",
    tags=["events"],
    summary="Merge an event into another",
    operation_id="merge_event",
    responses=_OF_EDITORS,
    response_model_exclude_unset=True,
)
async def make_event_one(
    event_id: EventId, reviewer: Reviewer, seen: Seen, wanted: EventMerge, session: WriteSession
) -> EventResponse:
    """Make it live on in another, which is returned; its id answers 308 from then on."""
    row_id, into = require_row_id(Prefix.EVENT, event_id), require_row_id(Prefix.EVENT, wanted.into)
    await merge_events(session, row_id, into, edit_of(reviewer, wanted.reason), seen)
    return event_response(await get_event(session, wanted.into))


@router.post(
    "/events/{id}/unmerge",
    tags=["events"],
    summary="Take an event out of a merge",
    operation_id="unmerge_event",
    responses=documented(UNAUTHENTICATED, FORBIDDEN),
    response_model_exclude_unset=True,
)
async def take_event_apart(
    event_id: EventId, reviewer: Reviewer, session: WriteSession, response: Response
) -> EventResponse:
    """Make it live by itself again, with the reports that it came with; its id is found again."""
    row_id = require_row_id(Prefix.EVENT, event_id)
    await unmerge_event(session, row_id, edit_of(reviewer))
    await name_version(session, response, Editable.EVENT, row_id)
    return event_response(await get_event(session, event_id))


@router.post(
    "/officials/{id}/merge",
    tags=["officials"],
    summary="Merge an official into another",
    operation_id="merge_official",
    responses=_OF_EDITORS,
)
async def make_official_one(
    official_id: OfficialId, reviewer: Reviewer, seen: Seen, wanted: OfficialMerge, session: WriteSession
) -> OfficialResponse:
    """Make it live on in another, which is returned; its id answers 308 from then on."""
    row_id, into = require_row_id(Prefix.OFFICIAL, official_id), require_row_id(Prefix.OFFICIAL, wanted.into)
    await merge_officials(session, row_id, into, edit_of(reviewer, wanted.reason), seen)
    return official_response(await get_official(session, wanted.into))


@router.post(
    "/officials/{id}/unmerge",
    tags=["officials"],
    summary="Take an official out of a merge",
    operation_id="unmerge_official",
    responses=documented(UNAUTHENTICATED, FORBIDDEN),
)
async def take_official_apart(
    official_id: OfficialId, reviewer: Reviewer, session: WriteSession, response: Response
) -> OfficialResponse:
    """Make it live by itself again; its id is found again."""
    row_id = require_row_id(Prefix.OFFICIAL, official_id)
    await unmerge_official(session, row_id, edit_of(reviewer))
    await name_version(session, response, Editable.OFFICIAL, row_id)
    return official_response(await get_official(session, official_id))


@router.post(
    "/events/{id}/error-reports",
    tags=["events"],
    status_code=201,
    summary="Report an error in an event",
    operation_id="report_error",
)
async def take_error_report(
    event_id: EventId, _: Annotated[Actor, anyone()], told: ErrorReport, session: WriteSession
) -> ReportedErrorResponse:
    """Tell editors what is wrong; nobody needs a key for it, and the event stays as it is until they look."""
    review = await report_error(session, require_row_id(Prefix.EVENT, event_id), told.message)
    return reported_error_response(review)


@router.delete(
    "/articles/{id}/text",
    tags=["articles"],
    summary="Withdraw an article's text",
    operation_id="withdraw_text",
    responses=_OF_EDITORS,
)
async def delete_text(
    article_id: ArticleId, administrator: Administrator, seen: Seen, session: WriteSession
) -> ArticleResponse:
    """Delete an article's text and every quote of it for good; its facts and its hash stay."""
    await withdraw_text(session, require_row_id(Prefix.ARTICLE, article_id), edit_of(administrator), seen)
    return article_response(await get_article(session, article_id))
