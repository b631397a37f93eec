"""What exports can be asked for: the filters of their lists, and which fields to show."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.api.fields import FIELDS, FieldOf
from app.api.responses.agreements import AgreementResponse
from app.api.responses.articles import ArticleResponse
from app.api.responses.countries import CountryResponse
from app.api.responses.dyads import DyadResponse
from app.api.responses.events import EventResponse
from app.api.responses.officials import OfficialResponse
from app.api.responses.organizations import OrganizationResponse
from app.queries.agreement_filter import AgreementFilter
from app.queries.articles import ArticleFilter
from app.queries.dyads import DyadFilter
from app.queries.event_filter import EventFilter, Expansion, MeetingFilter, TimelineFilter
from app.queries.official_filter import OfficialFilter
from app.queries.parties import CountryFilter, OrganizationFilter
from app.queries.values import Several


class ExportExpansion(StrEnum):
    """What events of a file can show whole."""

    REPORTS = Expansion.REPORTS.value


_WITH_REPORTS = Field(
    default=(),
    description="`reports`: each source's own account with each event, so that an import brings it too. For "
    "NDJSON only.",
)


class EventExport(EventFilter):
    """What a file of events can be asked for."""

    expand: Several[ExportExpansion] = _WITH_REPORTS
    fields: tuple[Annotated[str, FieldOf(EventResponse)], ...] = FIELDS


class TimelineExport(TimelineFilter, EventExport):
    """What a file of a pair's timeline can be asked for."""


class MeetingExport(MeetingFilter):
    """What a file of meetings can be asked for."""

    expand: Several[ExportExpansion] = _WITH_REPORTS
    fields: tuple[Annotated[str, FieldOf(EventResponse)], ...] = FIELDS


class AgreementExport(AgreementFilter):
    """What a file of agreements can be asked for."""

    fields: tuple[Annotated[str, FieldOf(AgreementResponse)], ...] = FIELDS


class OfficialExport(OfficialFilter):
    """What a file of officials can be asked for."""

    fields: tuple[Annotated[str, FieldOf(OfficialResponse)], ...] = FIELDS


class CountryExport(CountryFilter):
    """What a file of countries can be asked for."""

    fields: tuple[Annotated[str, FieldOf(CountryResponse)], ...] = FIELDS


class OrganizationExport(OrganizationFilter):
    """What a file of organizations can be asked for."""

    fields: tuple[Annotated[str, FieldOf(OrganizationResponse)], ...] = FIELDS


class DyadExport(DyadFilter):
    """What a file of dyads can be asked for."""

    fields: tuple[Annotated[str, FieldOf(DyadResponse)], ...] = FIELDS


class ArticleExport(ArticleFilter):
    """What a file of articles can be asked for."""

    fields: tuple[Annotated[str, FieldOf(ArticleResponse)], ...] = FIELDS
