"""The lists that can be had whole: how each is found, shown and named."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.exports.atom import write_atom
from app.api.exports.calendar import write_calendar
from app.api.exports.csv_file import write_csv
from app.api.exports.formats import Format, Writer
from app.api.exports.ndjson import write_ndjson
from app.api.exports.parquet import write_parquet
from app.api.exports.plover import write_plover
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
from app.queries.agreements import AgreementFilter, find_agreements
from app.queries.articles import ArticleFilter, find_articles
from app.queries.changes import ChangeFilter, stream_changes
from app.queries.dyads import DyadFilter, find_dyads
from app.queries.event_filter import EventFilter, MeetingFilter
from app.queries.events import find_events
from app.queries.officials import OfficialFilter, find_officials, find_tenures
from app.queries.paging import Page
from app.queries.parties import (
    CountryFilter,
    MemberFilter,
    OrganizationFilter,
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
_TABLES = (Format.CSV, Format.NDJSON, Format.PARQUET)


@dataclass(frozen=True, slots=True)
class ExportList:
    """A list by its name in addresses: the filter it takes, what finds its rows, and what shows one."""

    name: str
    takes: type[BaseModel]
    find: Find | None
    model: type[BaseModel]
    show: Callable[[Any], BaseModel]
    formats: tuple[Format, ...] = _TABLES
    stream: Callable[[AsyncSession, Any], AsyncIterator[Sequence[Any]]] | None = None

    def rows(self, session: AsyncSession, wanted: Any) -> AsyncIterator[Sequence[Any]]:
        """Yield every row that a filter finds: by pages, where no stream of the list's own is there."""
        if self.stream is not None:
            return self.stream(session, wanted)
        assert self.find is not None
        return stream_rows(session, self.find, wanted)


EVENTS = ExportList("events", EventFilter, find_events, EventResponse, event_response, tuple(Format))
MEETINGS = ExportList("meetings", MeetingFilter, find_events, EventResponse, event_response, tuple(Format))
AGREEMENTS = ExportList(
    "agreements",
    AgreementFilter,
    find_agreements,
    AgreementResponse,
    agreement_response,
    (*_TABLES, Format.ATOM),
)
OFFICIALS = ExportList("officials", OfficialFilter, find_officials, OfficialResponse, official_response)
COUNTRIES = ExportList("countries", CountryFilter, find_countries, CountryResponse, country_response)
ORGANIZATIONS = ExportList(
    "organizations", OrganizationFilter, find_organizations, OrganizationResponse, organization_response
)
DYADS = ExportList("dyads", DyadFilter, find_dyads, DyadResponse, dyad_response)
ARTICLES = ExportList("articles", ArticleFilter, find_articles, ArticleResponse, article_response)
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


def members_of(word: str) -> ExportList:
    """Return the list of an organization's members."""

    async def find(session: AsyncSession, wanted: MemberFilter) -> Page[Any]:
        return _on_one_page(await find_members(session, word, wanted))

    return ExportList("members", MemberFilter, find, Member, member_response)


def tenures_of(official_id: str) -> ExportList:
    """Return the list of an official's offices."""

    async def find(session: AsyncSession, _: BaseModel) -> Page[Any]:
        return _on_one_page(await find_tenures(session, official_id))

    return ExportList("tenures", BaseModel, find, TenureResponse, tenure_response)


def _on_one_page(rows: Sequence[Any]) -> Page[Any]:
    return Page(rows, len(rows), max(len(rows), 1), None)
