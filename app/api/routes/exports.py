"""Whole lists as files: the suffix of the address, or Accept, names the format."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from app.api.exports.examples import documented_file
from app.api.exports.formats import MEDIA_TYPES, FeedFormat, Format, TableFormat, in_words
from app.api.exports.lists import (
    AGREEMENTS,
    ARTICLES,
    CHANGES,
    COUNTRIES,
    DYADS,
    EVENTS,
    MEETINGS,
    NETWORK,
    OFFICIALS,
    ORGANIZATIONS,
    TIMESERIES,
    ExportList,
)
from app.api.exports.nested import (
    agreement_history_of,
    events_of,
    history_of,
    members_of,
    official_history_of,
    reports_of,
    tenures_of,
    timeline_of,
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
    TimelineExport,
)
from app.api.exports.sending import Exporting
from app.api.problems import EXPORT_TOO_LARGE, MALFORMED, NOT_INSTALLED, VALIDATION, documented
from app.api.routes.parameters import OF_MOVED, OF_ONE, AgreementId, EventId, OfficialId, Pair, PartyWord
from app.queries.changes import ChangeFilter
from app.queries.network import TieFilter
from app.queries.official_filter import TenureFilter
from app.queries.paging import Filter
from app.queries.parties import MemberFilter
from app.queries.series_filter import SeriesFilter

router = APIRouter(tags=["exports"], default_response_class=Response)


def _suffix(formats: type[StrEnum]) -> Any:
    return Path(alias="format", description=f"The format of the file.{in_words(formats)}", examples=["csv"])


TableSuffix = Annotated[TableFormat, _suffix(TableFormat)]
FeedSuffix = Annotated[FeedFormat, _suffix(FeedFormat)]
AnySuffix = Annotated[Format, _suffix(Format)]


def _route(listed: ExportList, also: Mapping[int | str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """Return the address of an export, and how it is documented: every format, and what it can end in."""
    files = {MEDIA_TYPES[form]: documented_file(listed.model, form) for form in listed.formats}
    paged = "cursor" in listed.takes.model_fields
    told = "The whole list" + (", or one page of it where `limit` or `cursor` is given." if paged else ".")
    problems = documented(VALIDATION, MALFORMED, EXPORT_TOO_LARGE, NOT_INSTALLED)
    return {
        "path": f"{listed.address.removeprefix('/v1')}.{{format}}",
        "summary": f"Export {listed.title}",
        "operation_id": f"export_{listed.name}",
        "responses": {200: {"description": told, "content": files}, **problems, **also},
    }


@router.get(**_route(EVENTS))
async def export_events(
    form: AnySuffix, wanted: Annotated[EventExport, Query()], exports: Exporting
) -> Response:
    """Return every event that the filters of `/v1/events` find, from one snapshot."""
    return await exports.send(EVENTS, form, wanted)


@router.get(**_route(MEETINGS))
async def export_meetings(
    form: AnySuffix, wanted: Annotated[MeetingExport, Query()], exports: Exporting
) -> Response:
    """Return every meeting, call and visit that the filters of `/v1/meetings` find, from one snapshot."""
    return await exports.send(MEETINGS, form, wanted)


@router.get(**_route(AGREEMENTS))
async def export_agreements(
    form: FeedSuffix, wanted: Annotated[AgreementExport, Query()], exports: Exporting
) -> Response:
    """Return every agreement that the filters of `/v1/agreements` find, from one snapshot."""
    return await exports.send(AGREEMENTS, form, wanted)


@router.get(**_route(OFFICIALS))
async def export_officials(
    form: TableSuffix, wanted: Annotated[OfficialExport, Query()], exports: Exporting
) -> Response:
    """Return every official that the filters of `/v1/officials` find, from one snapshot."""
    return await exports.send(OFFICIALS, form, wanted)


@router.get(**_route(COUNTRIES))
async def export_countries(
    form: TableSuffix, wanted: Annotated[CountryExport, Query()], exports: Exporting
) -> Response:
    """Return every country that the filters of `/v1/countries` find, from one snapshot."""
    return await exports.send(COUNTRIES, form, wanted)


@router.get(**_route(ORGANIZATIONS))
async def export_organizations(
    form: TableSuffix, wanted: Annotated[OrganizationExport, Query()], exports: Exporting
) -> Response:
    """Return every organization that the filters of `/v1/organizations` find, from one snapshot."""
    return await exports.send(ORGANIZATIONS, form, wanted)


@router.get(**_route(DYADS))
async def export_dyads(
    form: TableSuffix, wanted: Annotated[DyadExport, Query()], exports: Exporting
) -> Response:
    """Return every dyad that the filters of `/v1/dyads` find, from one snapshot."""
    return await exports.send(DYADS, form, wanted)


@router.get(**_route(ARTICLES))
async def export_articles(
    form: FeedSuffix, wanted: Annotated[ArticleExport, Query()], exports: Exporting
) -> Response:
    """Return every article that the filters of `/v1/articles` find, from one snapshot; never the text."""
    return await exports.send(ARTICLES, form, wanted)


@router.get(**_route(members_of(""), OF_ONE))
async def export_members(
    word: PartyWord, form: TableSuffix, wanted: Annotated[MemberFilter, Query()], exports: Exporting
) -> Response:
    """Return the countries that belong or belonged to an organization, as what and when."""
    return await exports.send(members_of(word), form, wanted)


@router.get(**_route(tenures_of(""), OF_MOVED))
async def export_tenures(
    official_id: OfficialId, form: TableSuffix, wanted: Annotated[TenureFilter, Query()], exports: Exporting
) -> Response:
    """Return the offices that an official held, with first and last day."""
    return await exports.send(tenures_of(official_id), form, wanted)


@router.get(**_route(events_of(""), OF_MOVED))
async def export_official_events(
    official_id: OfficialId, form: AnySuffix, wanted: Annotated[EventExport, Query()], exports: Exporting
) -> Response:
    """Return the events that an official took part in, with the filters of `/v1/events`."""
    return await exports.send(events_of(official_id), form, wanted)


@router.get(**_route(timeline_of(""), OF_MOVED))
async def export_timeline(
    pair: Pair, form: AnySuffix, wanted: Annotated[TimelineExport, Query()], exports: Exporting
) -> Response:
    """Return the events in which both parties act, earliest first, with the filters of `/v1/events`."""
    return await exports.send(timeline_of(pair), form, wanted)


@router.get(**_route(reports_of(""), OF_MOVED))
async def export_reports(
    event_id: EventId, form: TableSuffix, wanted: Annotated[Filter, Query()], exports: Exporting
) -> Response:
    """Return each article's own account of an event."""
    return await exports.send(reports_of(event_id), form, wanted)


@router.get(**_route(history_of(""), OF_ONE))
async def export_versions(
    event_id: EventId, form: TableSuffix, wanted: Annotated[Filter, Query()], exports: Exporting
) -> Response:
    """Return every past version of an event, and what each one changed, the first one first."""
    return await exports.send(history_of(event_id), form, wanted)


@router.get(**_route(agreement_history_of(""), OF_ONE))
async def export_agreement_versions(
    agreement_id: AgreementId, form: TableSuffix, wanted: Annotated[Filter, Query()], exports: Exporting
) -> Response:
    """Return every past version of an agreement, and what each one changed, the first one first."""
    return await exports.send(agreement_history_of(agreement_id), form, wanted)


@router.get(**_route(official_history_of(""), OF_ONE))
async def export_official_versions(
    official_id: OfficialId, form: TableSuffix, wanted: Annotated[Filter, Query()], exports: Exporting
) -> Response:
    """Return every past version of an official, and what each one changed, the first one first."""
    return await exports.send(official_history_of(official_id), form, wanted)


@router.get(**_route(TIMESERIES))
async def export_timeseries(
    form: TableSuffix, wanted: Annotated[SeriesFilter, Query()], exports: Exporting
) -> Response:
    """Return a row for each period and group, zeros included; every group, where `limit` is not given."""
    return await exports.send(TIMESERIES, form, wanted)


@router.get(**_route(NETWORK))
async def export_network(
    form: TableSuffix, wanted: Annotated[TieFilter, Query()], exports: Exporting
) -> Response:
    """Return the ties of the network, the strongest first; every tie, where `limit` is not given."""
    return await exports.send(NETWORK, form, wanted)


@router.get(**_route(CHANGES))
async def export_changes(
    form: TableSuffix, wanted: Annotated[ChangeFilter, Query()], exports: Exporting
) -> Response:
    """Return every change since a position, from one snapshot, without a cap."""
    return await exports.send(CHANGES, form, wanted)
