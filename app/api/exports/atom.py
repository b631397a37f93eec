"""Atom: a feed of what a filter finds (RFC 4287)."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import escape

from pydantic import BaseModel

from app.api.exports.formats import About
from app.api.responses.agreements import AgreementResponse
from app.api.responses.events import EventResponse

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>{address}</id>
<title>Bilateral: {name}</title>
<updated>{updated}</updated>
<author><name>Bilateral</name></author>
<link rel="self" type="application/atom+xml" href="{address}"/>
"""


async def write_atom(batches: AsyncIterator[Sequence[BaseModel]], about: About) -> AsyncIterator[bytes]:
    """Yield a feed with an entry for each row."""
    address = escape(about.address, {'"': "&quot;"})
    yield _HEAD.format(address=address, name=about.name, updated=_instant(about.changed_at)).encode()
    async for rows in batches:
        entries = (row for row in rows if isinstance(row, EventResponse | AgreementResponse))
        yield b"".join(tostring(_entry(row, about)) + b"\n" for row in entries)
    yield b"</feed>\n"


def _entry(row: EventResponse | AgreementResponse, about: About) -> Element:
    entry = Element("entry")
    SubElement(entry, "id").text = f"urn:uuid:{UUID(row.id[4:])}"
    SubElement(entry, "title").text = row.title
    SubElement(entry, "updated").text = _instant(row.updated_at)
    SubElement(entry, "published").text = _instant(row.created_at)
    SubElement(entry, "link", rel="alternate", href=f"{about.root}/v1/{about.name}/{row.id}")
    for url in dict.fromkeys(source.url for source in row.sources if source.url):
        SubElement(entry, "link", rel="via", href=url)
    for term in (row.kind if isinstance(row, EventResponse) else row.agreement_kind, *row.topics):
        SubElement(entry, "category", term=term)
    SubElement(entry, "summary").text = _summary(row)
    return entry


def _summary(row: EventResponse | AgreementResponse) -> str:
    if isinstance(row, EventResponse):
        return row.summary
    parties = " and ".join(party.name for party in row.parties)
    return f"{row.title} of {parties}: {row.status.value}, {row.date_start or 'on an unknown day'}."


def _instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
