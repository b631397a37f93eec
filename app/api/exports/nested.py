"""The lists that stand under the address of what they are of, and can be had whole too."""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.exports.formats import Format
from app.api.exports.lists import ExportList, Find, find_exported
from app.api.exports.queries import EventExport, TimelineExport
from app.api.responses.events import EventResponse, event_response
from app.api.responses.history import (
    AgreementVersion,
    OfficialVersion,
    VersionResponse,
    agreement_versions,
    official_versions,
    versions_of,
)
from app.api.responses.officials import TenureResponse, tenure_response
from app.api.responses.organizations import Member, member_response
from app.api.responses.reports import ReportResponse, report_response
from app.domain.parties import dyad_id
from app.queries.changes import ChangedEntity
from app.queries.dyads import in_pair, require_pair
from app.queries.event_filter import has_official
from app.queries.events import find_reports
from app.queries.history import find_history
from app.queries.official_filter import TenureFilter
from app.queries.officials import find_tenures, require_official
from app.queries.paging import Filter, Page
from app.queries.parties import MemberFilter, find_members


def members_of(word: str) -> ExportList:
    """Return the list of an organization's members."""

    async def find(session: AsyncSession, wanted: MemberFilter) -> Page[Any]:
        return Page.whole(await find_members(session, word, wanted))

    path = "organizations/{id}/members"
    return ExportList("members", MemberFilter, find, Member, member_response, path=path)


def tenures_of(official_id: str) -> ExportList:
    """Return the list of an official's offices."""

    async def find(session: AsyncSession, wanted: TenureFilter) -> Page[Any]:
        return Page.whole(await find_tenures(session, official_id, wanted))

    path = "officials/{id}/tenures"
    return ExportList("tenures", TenureFilter, find, TenureResponse, tenure_response, path=path)


def events_of(official_id: str) -> ExportList:
    """Return the list of the events that an official took part in."""

    async def find(session: AsyncSession, wanted: EventExport) -> Page[Any]:
        await require_official(session, official_id)
        return await find_exported(session, wanted, has_official((official_id,)), scope=official_id)

    return _events("official_events", EventExport, find, "officials/{id}/events")


def timeline_of(pair: str) -> ExportList:
    """Return the list of a pair's events."""

    async def find(session: AsyncSession, wanted: TimelineExport) -> Page[Any]:
        both = await require_pair(session, pair)
        return await find_exported(session, wanted, in_pair(both), scope=dyad_id(*both))

    return _events("timeline", TimelineExport, find, "dyads/{pair}/timeline")


def _events(name: str, takes: type[EventExport], find: Find, path: str) -> ExportList:
    formats = tuple(Format)
    return ExportList(name, takes, find, EventResponse, event_response, formats, path=path, home="events")


def reports_of(event_id: str) -> ExportList:
    """Return the list of an event's reports."""

    async def find(session: AsyncSession, _: Filter) -> Page[Any]:
        return Page.whole(await find_reports(session, event_id))

    return ExportList("reports", Filter, find, ReportResponse, report_response, path="events/{id}/reports")


def history_of(event_id: str) -> ExportList:
    """Return the list of an event's versions."""
    find = _find_versions(ChangedEntity.EVENT, event_id, versions_of)
    return ExportList("versions", Filter, find, VersionResponse, _as_it_is, path="events/{id}/history")


def agreement_history_of(agreement_id: str) -> ExportList:
    """Return the list of an agreement's versions."""
    find = _find_versions(ChangedEntity.AGREEMENT, agreement_id, agreement_versions)
    path = "agreements/{id}/history"
    return ExportList("agreement_versions", Filter, find, AgreementVersion, _as_it_is, path=path)


def official_history_of(official_id: str) -> ExportList:
    """Return the list of an official's versions."""
    find = _find_versions(ChangedEntity.OFFICIAL, official_id, official_versions)
    path = "officials/{id}/history"
    return ExportList("official_versions", Filter, find, OfficialVersion, _as_it_is, path=path)


def _find_versions(
    entity: ChangedEntity, text: str, show: Callable[[Sequence[Any]], Sequence[BaseModel]]
) -> Find:
    async def find(session: AsyncSession, _: Filter) -> Page[Any]:
        return Page.whole(show(await find_history(session, entity, text)))

    return find


def _as_it_is(version: BaseModel) -> BaseModel:
    """Return a version, which is shown already: what it changed is told by the one before."""
    return version


NESTED = tuple(
    of("")
    for of in (
        members_of,
        tenures_of,
        events_of,
        timeline_of,
        reports_of,
        history_of,
        agreement_history_of,
        official_history_of,
    )
)
"""The same lists of nobody, for their addresses and formats."""
