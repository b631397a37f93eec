"""iCalendar: an all-day entry for each event that has a day (RFC 5545)."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel

from app.api.exports.formats import About
from app.api.responses.events import EventResponse
from app.domain.vocabulary import DatePrecision, EventStatus

if TYPE_CHECKING:
    from icalendar import Event

_STATUS = {EventStatus.OCCURRED: "CONFIRMED", EventStatus.PLANNED: "TENTATIVE"}
_VAGUE = {DatePrecision.MONTH: "some day this month", DatePrecision.YEAR: "some day this year"}


async def write_calendar(batches: AsyncIterator[Sequence[BaseModel]], about: About) -> AsyncIterator[bytes]:
    """Yield a calendar; undated events are not in it."""
    from icalendar import Calendar  # slow to load: only where it is needed

    calendar = Calendar({"VERSION": "2.0", "PRODID": "-//Bilateral//Events//EN"})
    calendar.add("X-WR-CALNAME", f"Bilateral: {about.name}")
    calendar.add("X-WR-CALDESC", "Undated events are left out.")
    begin, _, end = calendar.to_ical().rpartition(b"END:VCALENDAR")
    yield begin
    async for rows in batches:
        dated = (row for row in rows if isinstance(row, EventResponse) and row.date_start)
        yield b"".join(_entry(row, about.root).to_ical() for row in dated)
    yield b"END:VCALENDAR" + end


def _entry(row: EventResponse, root: str) -> "Event":
    from icalendar import Event

    assert row.date_start is not None
    assert row.date_end is not None
    vague = _VAGUE.get(row.date_precision)
    entry = Event()
    entry.add("UID", f"{row.id}@bilateral")
    entry.add("DTSTAMP", row.updated_at)
    entry.add("CREATED", row.created_at)
    entry.add("LAST-MODIFIED", row.updated_at)
    entry.add("SEQUENCE", row.version - 1)
    entry.add("DTSTART", row.date_start)
    entry.add("DTEND", row.date_end + timedelta(days=1))
    entry.add("SUMMARY", f"{row.title} ({vague})" if vague else row.title)
    entry.add("DESCRIPTION", "\n".join([row.summary, *_source_lines(row)]))
    entry.add("STATUS", _STATUS.get(row.status, "CANCELLED"))
    entry.add("TRANSP", "TRANSPARENT")
    entry.add("URL", f"{root}/v1/events/{row.id}")
    if place := ", ".join(filter(None, (row.place.venue, row.place.city, row.place.country))):
        entry.add("LOCATION", place)
    entry.add("CATEGORIES", [row.kind.value, *row.topics])
    return entry


def _source_lines(row: EventResponse) -> list[str]:
    return [
        ", ".join(filter(None, (source.outlet, str(source.published_on or ""), source.url)))
        for source in row.sources
    ]
