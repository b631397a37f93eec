"""Whole lists as files: the suffix of the address, or Accept, names the format."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from app.api.exports.examples import documented_file
from app.api.exports.formats import MEDIA_TYPES, FeedFormat, Format, TableFormat, in_words
from app.api.exports.lists import (
    AGREEMENTS,
    ARTICLES,
    COUNTRIES,
    DYADS,
    EVENTS,
    MEETINGS,
    OFFICIALS,
    ORGANIZATIONS,
    ExportList,
    members_of,
    reports_of,
    tenures_of,
)
from app.api.exports.queries import (
    AgreementExport,
    ArticleExport,
    CountryExport,
    DyadExport,
    EventExport,
    MeetingExport,
    OfficialExport,
    OrganizationExport,
)
from app.api.exports.sending import Exporting
from app.api.problems import (
    EXPORT_TOO_LARGE,
    MALFORMED,
    NOT_FOUND,
    NOT_INSTALLED,
    VALIDATION,
    Kind,
    documented,
)
from app.api.responses.reports import ReportResponse
from app.api.routes.parameters import OF_MOVED, EventId, OfficialId, PartyWord
from app.queries.official_filter import TenureFilter
from app.queries.paging import Filter
from app.queries.parties import MemberFilter

router = APIRouter(tags=["exports"], default_response_class=Response)


def _suffix(formats: type[StrEnum]) -> Any:
    return Path(alias="format", description=f"The format of the file.{in_words(formats)}", examples=["csv"])


TableSuffix = Annotated[TableFormat, _suffix(TableFormat)]
FeedSuffix = Annotated[FeedFormat, _suffix(FeedFormat)]
AnySuffix = Annotated[Format, _suffix(Format)]


def _documented(listed: ExportList, *more: Kind) -> dict[str, Any]:
    """Return how an export is documented: every format with its type, and the problems it can end in."""
    files = {MEDIA_TYPES[form]: documented_file(listed.model, form) for form in listed.formats}
    answer = {
        "description": "The whole list, or one page of it where `limit` or `cursor` is given.",
        "content": files,
    }
    problems = documented(VALIDATION, MALFORMED, EXPORT_TOO_LARGE, NOT_INSTALLED, *more)
    return {
        "summary": f"Export {listed.name}",
        "operation_id": f"export_{listed.name}",
        "responses": {200: answer, **problems},
    }


@router.get("/events.{format}", **_documented(EVENTS))
async def export_events(
    form: AnySuffix, wanted: Annotated[EventExport, Query()], exports: Exporting
) -> Response:
    """Return every event that the filters of `/v1/events` find, from one snapshot."""
    return await exports.send(EVENTS, form, wanted)


@router.get("/meetings.{format}", **_documented(MEETINGS))
async def export_meetings(
    form: AnySuffix, wanted: Annotated[MeetingExport, Query()], exports: Exporting
) -> Response:
    """Return every meeting, call and visit that the filters of `/v1/meetings` find, from one snapshot."""
    return await exports.send(MEETINGS, form, wanted)


@router.get("/agreements.{format}", **_documented(AGREEMENTS))
async def export_agreements(
    form: FeedSuffix, wanted: Annotated[AgreementExport, Query()], exports: Exporting
) -> Response:
    """Return every agreement that the filters of `/v1/agreements` find, from one snapshot."""
    return await exports.send(AGREEMENTS, form, wanted)


@router.get("/officials.{format}", **_documented(OFFICIALS))
async def export_officials(
    form: TableSuffix, wanted: Annotated[OfficialExport, Query()], exports: Exporting
) -> Response:
    """Return every official that the filters of `/v1/officials` find, from one snapshot."""
    return await exports.send(OFFICIALS, form, wanted)


@router.get("/countries.{format}", **_documented(COUNTRIES))
async def export_countries(
    form: TableSuffix, wanted: Annotated[CountryExport, Query()], exports: Exporting
) -> Response:
    """Return every country that the filters of `/v1/countries` find, from one snapshot."""
    return await exports.send(COUNTRIES, form, wanted)


@router.get("/organizations.{format}", **_documented(ORGANIZATIONS))
async def export_organizations(
    form: TableSuffix, wanted: Annotated[OrganizationExport, Query()], exports: Exporting
) -> Response:
    """Return every organization that the filters of `/v1/organizations` find, from one snapshot."""
    return await exports.send(ORGANIZATIONS, form, wanted)


@router.get("/dyads.{format}", **_documented(DYADS))
async def export_dyads(
    form: TableSuffix, wanted: Annotated[DyadExport, Query()], exports: Exporting
) -> Response:
    """Return every dyad that the filters of `/v1/dyads` find, from one snapshot."""
    return await exports.send(DYADS, form, wanted)


@router.get("/articles.{format}", **_documented(ARTICLES))
async def export_articles(
    form: TableSuffix, wanted: Annotated[ArticleExport, Query()], exports: Exporting
) -> Response:
    """Return every article that the filters of `/v1/articles` find, from one snapshot; never the text."""
    return await exports.send(ARTICLES, form, wanted)


@router.get("/organizations/{id}/members.{format}", **_documented(members_of(""), NOT_FOUND))
async def export_members(
    word: PartyWord, form: TableSuffix, wanted: Annotated[MemberFilter, Query()], exports: Exporting
) -> Response:
    """Return the countries that belong or belonged to an organization, as what and when."""
    return await exports.send(members_of(word), form, wanted)


@router.get("/officials/{id}/tenures.{format}", **_documented(tenures_of(""), NOT_FOUND))
async def export_tenures(
    official_id: OfficialId, form: TableSuffix, wanted: Annotated[TenureFilter, Query()], exports: Exporting
) -> Response:
    """Return the offices that an official held, with first and last day."""
    return await exports.send(tenures_of(official_id), form, wanted)


@router.get(
    "/events/{id}/reports.ndjson",
    summary="Export reports",
    operation_id="export_reports",
    responses={
        200: {
            "description": "An account a line.",
            "content": {MEDIA_TYPES[Format.NDJSON]: documented_file(ReportResponse, Format.NDJSON)},
        },
        **OF_MOVED,
    },
)
async def export_reports(event_id: EventId, exports: Exporting) -> Response:
    """Return each article's own account of an event, a line each."""
    return await exports.send(reports_of(event_id), Format.NDJSON, Filter())
