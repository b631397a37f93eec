"""Atom: a feed of what a filter finds (RFC 4287)."""

import re
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import escape

from pydantic import BaseModel

from app.api.exports.formats import About
from app.api.responses.agreements import AgreementResponse
from app.api.responses.articles import ArticleResponse
from app.api.responses.events import EventResponse

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>{address}</id>
<title>Bilateral: {name}</title>
<updated>{updated}</updated>
<author><name>Bilateral</name></author>
<link rel="self" type="application/atom+xml" href="{address}"/>
"""
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What a title may hold, and no XML can."""

_Listed = EventResponse | AgreementResponse | ArticleResponse


@dataclass(frozen=True, slots=True)
class _Told:
    """What an entry tells of a row."""

    title: str
    updated: datetime
    published: datetime | None
    urls: Iterable[str | None]
    terms: Iterable[str]
    summary: str


async def write_atom(batches: AsyncIterator[Sequence[BaseModel]], about: About) -> AsyncIterator[bytes]:
    """Yield a feed with an entry for each row."""
    address = escape(about.address, {'"': "&quot;"})
    yield _HEAD.format(address=address, name=about.name, updated=_instant(about.changed_at)).encode()
    async for rows in batches:
        listed = (row for row in rows if isinstance(row, _Listed))
        entries = "".join(f"{tostring(_entry(row, about), 'unicode')}\n" for row in listed)
        yield _NOT_XML.sub("", entries).encode()
    yield b"</feed>\n"


def _entry(row: _Listed, about: About) -> Element:
    told = _tell(row)
    entry = Element("entry")
    SubElement(entry, "id").text = f"urn:uuid:{UUID(row.id[4:])}"
    SubElement(entry, "title").text = told.title
    SubElement(entry, "updated").text = _instant(told.updated)
    if told.published is not None:
        SubElement(entry, "published").text = _instant(told.published)
    SubElement(entry, "link", rel="alternate", href=f"{about.root}/v1/{about.home}/{row.id}")
    for url in dict.fromkeys(filter(None, told.urls)):
        SubElement(entry, "link", rel="via", href=url)
    for term in dict.fromkeys(told.terms):
        SubElement(entry, "category", term=term)
    SubElement(entry, "summary").text = told.summary
    return entry


def _tell(row: _Listed) -> _Told:
    if isinstance(row, ArticleResponse):
        return _tell_article(row)
    urls = [source.url for source in row.sources]
    if isinstance(row, EventResponse):
        terms = (row.kind, *row.topics)
        return _Told(row.title, row.updated_at, row.created_at, urls, terms, row.summary)
    parties = " and ".join(party.name for party in row.parties)
    summary = f"{row.title} of {parties}: {row.status.value}, {row.date_start or 'on an unknown day'}."
    terms = (row.agreement_kind, *row.topics)
    return _Told(row.title, row.updated_at, row.created_at, urls, terms, summary)


def _tell_article(row: ArticleResponse) -> _Told:
    """Tell of an article by its day of publication; the day of a source has no hour."""
    outlet = row.outlet.name if row.outlet else "an unknown outlet"
    day = row.published_on
    return _Told(
        title=row.title or f"Article of {outlet}",
        updated=row.created_at,
        published=datetime.combine(day, time(), UTC) if day else None,
        urls=[row.url],
        terms=[event.kind for event in row.events],
        summary=". ".join(
            [f"{outlet}, {day or 'on an unknown day'}", *(event.title for event in row.events)]
        ),
    )


def _instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
