"""The lists that can be had whole: how each is found, shown and named."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.exports.atom import write_atom
from app.api.exports.calendar import write_calendar
from app.api.exports.csv_file import write_csv
from app.api.exports.formats import FEEDS, TABLES, About, Format, Writer
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
from app.api.fields import only
from app.api.responses.agreements import AgreementResponse, agreement_response
from app.api.responses.articles import ArticleResponse, article_response
from app.api.responses.changes import ChangeResponse, change_response
from app.api.responses.countries import CountryResponse, country_response
from app.api.responses.dyads import DyadResponse, dyad_response
from app.api.responses.events import EventResponse, event_response
from app.api.responses.network import NetworkEdge, edge_response
from app.api.responses.officials import OfficialResponse, official_response
from app.api.responses.organizations import OrganizationResponse, organization_response
from app.api.responses.timeseries import TimeseriesRow, period_response
from app.errors import FieldsNotInFormat, ReportsNotInFormat
from app.queries.agreements import find_agreements
from app.queries.articles import find_articles
from app.queries.changes import ChangeFilter, stream_changes
from app.queries.dyads import find_dyads
from app.queries.event_docs import stream_event_docs
from app.queries.event_filter import Expansion
from app.queries.events import find_events
from app.queries.network import TieFilter, stream_ties
from app.queries.officials import find_officials
from app.queries.paging import Page
from app.queries.parties import find_countries, find_organizations
from app.queries.series_filter import SeriesFilter
from app.queries.streaming import stream_rows
from app.queries.timeseries import stream_periods

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
    """A list by its name: the filter it takes, what finds its rows, and what shows one.

    `path` is its address under `/v1`, where that is not its name; `home` the list under which its rows have
    addresses of their own, where it is another. `documents` streams the JSON kept of its rows.
    """

    name: str
    takes: type[BaseModel]
    find: Find | None
    model: type[BaseModel]
    show: Callable[[Any], BaseModel]
    formats: tuple[Format, ...] = TABLES
    stream: Callable[[AsyncSession, Any], AsyncIterator[Sequence[Any]]] | None = None
    path: str = ""
    home: str = ""
    documents: Callable[[AsyncSession, Any], AsyncIterator[Sequence[bytes]]] | None = None

    @property
    def address(self) -> str:
        """Return its address, with the parameters of the path in braces."""
        return f"/v1/{self.path or self.name}"

    @property
    def title(self) -> str:
        """Return its name in words."""
        return self.name.replace("_", " ")

    def about(self, address: str, root: str, changed_at: datetime, fields: tuple[str, ...]) -> About:
        """Return what a file of it says of itself."""
        return About(self.title, self.model, address, root, changed_at, fields, self.home or self.name)

    def rows(self, session: AsyncSession, wanted: Any) -> AsyncIterator[Sequence[Any]]:
        """Yield every row that a filter finds: by pages, where no stream of the list's own is there."""
        if self.stream is not None:
            return self.stream(session, wanted)
        assert self.find is not None
        return stream_rows(session, self.find, wanted)

    async def shown(
        self, session: AsyncSession, wanted: Any, form: Format, fields: tuple[str, ...]
    ) -> AsyncIterator[Sequence[BaseModel | bytes]]:
        """Yield every row as a file shows it: as its JSON, where that is kept and all that the file needs."""
        whole = form is Format.CSV or (form is Format.NDJSON and not fields)
        if self.documents is not None and whole and not wanted.expand:
            async for documents in self.documents(session, wanted):
                yield documents
            return
        async for rows in self.rows(session, wanted):
            yield [only(self.show(row), fields) for row in rows]


async def find_exported(
    session: AsyncSession, wanted: Any, *also: ColumnElement[bool], scope: str = ""
) -> Page[Any]:
    """Return one page of the events of a file; `also` and `scope` are what an address adds to the filters."""
    expand = [Expansion(one) for one in wanted.expand]
    return await find_events(session, wanted, *also, scope=scope, expand=expand)


EVENTS, MEETINGS = (
    ExportList(
        name,
        takes,
        find_exported,
        EventResponse,
        event_response,
        tuple(Format),
        documents=stream_event_docs,
    )
    for name, takes in (("events", EventExport), ("meetings", MeetingExport))
)
AGREEMENTS = ExportList(
    "agreements",
    AgreementExport,
    find_agreements,
    AgreementResponse,
    agreement_response,
    FEEDS,
)
OFFICIALS = ExportList("officials", OfficialExport, find_officials, OfficialResponse, official_response)
COUNTRIES = ExportList("countries", CountryExport, find_countries, CountryResponse, country_response)
ORGANIZATIONS = ExportList(
    "organizations", OrganizationExport, find_organizations, OrganizationResponse, organization_response
)
DYADS = ExportList("dyads", DyadExport, find_dyads, DyadResponse, dyad_response)
ARTICLES = ExportList("articles", ArticleExport, find_articles, ArticleResponse, article_response, FEEDS)
CHANGES = ExportList("changes", ChangeFilter, None, ChangeResponse, change_response, stream=stream_changes)
NETWORK = ExportList("network", TieFilter, None, NetworkEdge, edge_response, stream=stream_ties)
TIMESERIES = ExportList(
    "timeseries",
    SeriesFilter,
    None,
    TimeseriesRow,
    period_response,
    stream=stream_periods,
    path="events/timeseries",
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
        NETWORK,
        TIMESERIES,
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
