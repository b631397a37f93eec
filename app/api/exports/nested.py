"""The lists that stand under the address of what they are of, and can be had whole too."""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.exports.formats import Format
from app.api.exports.lists import ExportList, find_exported
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
from app.domain.identifiers import Prefix
from app.domain.parties import dyad_id
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

    return ExportList(
        "official_events",
        EventExport,
        find,
        EventResponse,
        event_response,
        tuple(Format),
        path="officials/{id}/events",
        home="events",
    )


def timeline_of(pair: str) -> ExportList:
    """Return the list of a pair's events."""

    async def find(session: AsyncSession, wanted: TimelineExport) -> Page[Any]:
        both = await require_pair(session, pair)
        return await find_exported(session, wanted, in_pair(both), scope=dyad_id(*both))

    return ExportList(
        "timeline",
        TimelineExport,
        find,
        EventResponse,
        event_response,
        tuple(Format),
        path="dyads/{pair}/timeline",
        home="events",
    )


def reports_of(event_id: str) -> ExportList:
    """Return the list of an event's reports."""

    async def find(session: AsyncSession, _: Filter) -> Page[Any]:
        return Page.whole(await find_reports(session, event_id))

    return ExportList("reports", Filter, find, ReportResponse, report_response, path="events/{id}/reports")


def history_of(event_id: str) -> ExportList:
    """Return the list of an event's versions."""
    return _versions(Prefix.EVENT, event_id, "events", VersionResponse, versions_of)


def agreement_history_of(agreement_id: str) -> ExportList:
    """Return the list of an agreement's versions."""
    return _versions(Prefix.AGREEMENT, agreement_id, "agreements", AgreementVersion, agreement_versions)


def official_history_of(official_id: str) -> ExportList:
    """Return the list of an official's versions."""
    return _versions(Prefix.OFFICIAL, official_id, "officials", OfficialVersion, official_versions)


def _versions(
    prefix: Prefix,
    text: str,
    home: str,
    model: type[BaseModel],
    show_all: Callable[[Sequence[Any]], Sequence[Any]],
) -> ExportList:
    async def find(session: AsyncSession, _: Filter) -> Page[Any]:
        return Page.whole(show_all(await find_history(session, prefix, text)))

    name = "versions" if prefix is Prefix.EVENT else f"{home[:-1]}_versions"
    return ExportList(name, Filter, find, model, lambda one: one, path=f"{home}/{{id}}/history")


HISTORIES = (history_of, agreement_history_of, official_history_of)
NESTED = tuple(of("") for of in (members_of, tenures_of, events_of, timeline_of, reports_of, *HISTORIES))
"""The same lists of nobody, for their addresses and formats."""
