"""The lists that can be had whole: how each is found, shown and named."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.exports.atom import write_atom
from app.api.exports.calendar import write_calendar
from app.api.exports.csv_file import write_csv
from app.api.exports.formats import TABLES, Format, Writer
from app.api.exports.ndjson import write_ndjson
from app.api.exports.parquet import write_parquet
from app.api.exports.plover import write_plover
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
from app.api.responses.agreements import AgreementResponse, agreement_response
from app.api.responses.articles import ArticleResponse, article_response
from app.api.responses.changes import ChangeResponse, change_response
from app.api.responses.countries import CountryResponse, country_response
from app.api.responses.dyads import DyadResponse, dyad_response
from app.api.responses.events import EventResponse, event_response
from app.api.responses.officials import OfficialResponse, TenureResponse, official_response, tenure_response
from app.api.responses.organizations import (
    Member,
    OrganizationResponse,
    member_response,
    organization_response,
)
from app.api.responses.reports import ReportResponse, report_response
from app.errors import FieldsNotInFormat, ReportsNotInFormat
from app.queries.agreements import find_agreements
from app.queries.articles import find_articles
from app.queries.changes import ChangeFilter, stream_changes
from app.queries.dyads import find_dyads
from app.queries.event_filter import Expansion
from app.queries.events import find_events, find_reports
from app.queries.official_filter import TenureFilter
from app.queries.officials import find_officials, find_tenures
from app.queries.paging import Filter, Page
from app.queries.parties import (
    MemberFilter,
    find_countries,
    find_members,
    find_organizations,
)
from app.queries.streaming import stream_rows

WRITERS: dict[Format, Writer] = {
    Format.CSV: write_csv,
    Format.NDJSON: write_ndjson,
    Format.PARQUET: write_parquet,
    Format.ICS: write_calendar,
    Format.ATOM: write_atom,
    Format.PLOVER: write_plover,
}
Find = Callable[[AsyncSession, Any], Awaitable[Page[Any]]]


@dataclass(frozen=True, slots=True)
class ExportList:
    """A list by its name in addresses: the filter it takes, what finds its rows, and what shows one."""

    name: str
    takes: type[BaseModel]
    find: Find | None
    model: type[BaseModel]
    show: Callable[[Any], BaseModel]
    formats: tuple[Format, ...] = TABLES
    stream: Callable[[AsyncSession, Any], AsyncIterator[Sequence[Any]]] | None = None

    def rows(self, session: AsyncSession, wanted: Any) -> AsyncIterator[Sequence[Any]]:
        """Yield every row that a filter finds: by pages, where no stream of the list's own is there."""
        if self.stream is not None:
            return self.stream(session, wanted)
        assert self.find is not None
        return stream_rows(session, self.find, wanted)


async def _find_events(session: AsyncSession, wanted: Any) -> Page[Any]:
    return await find_events(session, wanted, expand=[Expansion(one) for one in wanted.expand])


EVENTS = ExportList("events", EventExport, _find_events, EventResponse, event_response, tuple(Format))
MEETINGS = ExportList("meetings", MeetingExport, _find_events, EventResponse, event_response, tuple(Format))
AGREEMENTS = ExportList(
    "agreements",
    AgreementExport,
    find_agreements,
    AgreementResponse,
    agreement_response,
    (*TABLES, Format.ATOM),
)
OFFICIALS = ExportList("officials", OfficialExport, find_officials, OfficialResponse, official_response)
COUNTRIES = ExportList("countries", CountryExport, find_countries, CountryResponse, country_response)
ORGANIZATIONS = ExportList(
    "organizations", OrganizationExport, find_organizations, OrganizationResponse, organization_response
)
DYADS = ExportList("dyads", DyadExport, find_dyads, DyadResponse, dyad_response)
ARTICLES = ExportList("articles", ArticleExport, find_articles, ArticleResponse, article_response)
CHANGES = ExportList(
    "changes",
    ChangeFilter,
    None,
    ChangeResponse,
    change_response,
    (Format.NDJSON,),
    stream_changes,
)

LISTS = {
    listed.name: listed
    for listed in (
        EVENTS,
        MEETINGS,
        AGREEMENTS,
        OFFICIALS,
        COUNTRIES,
        ORGANIZATIONS,
        DYADS,
        ARTICLES,
        CHANGES,
    )
}


def fields_asked(form: Format, wanted: BaseModel) -> tuple[str, ...]:
    """Return the only fields that a file is to show, none for all; a format may have fields of its own."""
    fields: tuple[str, ...] = getattr(wanted, "fields", ())
    if fields and form not in TABLES:
        raise FieldsNotInFormat(form)
    if getattr(wanted, "expand", ()) and form is not Format.NDJSON:
        raise ReportsNotInFormat(form)
    return fields


def members_of(word: str) -> ExportList:
    """Return the list of an organization's members."""

    async def find(session: AsyncSession, wanted: MemberFilter) -> Page[Any]:
        return Page.whole(await find_members(session, word, wanted))

    return ExportList("members", MemberFilter, find, Member, member_response)


def tenures_of(official_id: str) -> ExportList:
    """Return the list of an official's offices."""

    async def find(session: AsyncSession, wanted: TenureFilter) -> Page[Any]:
        return Page.whole(await find_tenures(session, official_id, wanted))

    return ExportList("tenures", TenureFilter, find, TenureResponse, tenure_response)


def reports_of(event_id: str) -> ExportList:
    """Return the list of an event's reports."""

    async def find(session: AsyncSession, _: Filter) -> Page[Any]:
        return Page.whole(await find_reports(session, event_id))

    return ExportList("reports", Filter, find, ReportResponse, report_response, (Format.NDJSON,))
