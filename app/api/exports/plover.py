"""PLOVER: events as the records of event data, with CAMEO's codes beside PLOVER's types.

The fields are those of the manual's "PLOVER JSON". Where sides are told apart, the visitor is the source and
the host the recipient, the supplier the source of what the recipient gets; else all are sources.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

import orjson
from pydantic import BaseModel

from app.api.exports.formats import About
from app.api.responses.events import EventResponse
from app.domain.event_codes import EventCode, code_table
from app.domain.vocabulary import PartyKind, PartyRole, topics

_SOURCES = {PartyRole.VISITOR, PartyRole.SUPPLIER}
_RECIPIENTS = {PartyRole.HOST, PartyRole.RECIPIENT}


async def write_plover(batches: AsyncIterator[Sequence[BaseModel]], _: About) -> AsyncIterator[bytes]:
    """Yield a line for each event; a kind without a code has null for it."""
    async for rows in batches:
        events = (row for row in rows if isinstance(row, EventResponse))
        yield b"".join(orjson.dumps(plover_record(row)) + b"\n" for row in events)


def plover_record(row: EventResponse) -> dict[str, Any]:
    """Return an event as a PLOVER record."""
    table = code_table()
    code = table.find(row.kind, row.mode, row.status)
    sources, recipients = _sides(row)
    return {
        "id": row.id,
        "date": row.date_start,
        "enddate": row.date_end,
        "date_precision": row.date_precision,
        "source": sources,
        "recipient": recipients,
        "event": code.plover if code else None,
        "mode": code.plover_mode if code else None,
        "context": _contexts(row, code),
        "quad_code": table.quads[code.plover] if code else None,
        "cameo": code.actor if code else None,
        "cameo_recipient": code.recipient if code and recipients else None,
        "event_loc": {"name": row.place.city or row.place.venue, "cc3": row.place.country},
        "event_text": [row.title],
        "cite_info": [
            {"publication": source.outlet, "title": source.title, "url": source.url} for source in row.sources
        ],
        "coder": "bilateral",
        "codebook": f"plover-0.7b1 (table {table.version})",
        "coded_date": row.updated_at.date(),
    }


def _sides(row: EventResponse) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return source and recipient; without both, everybody is a source, as the manual has it."""
    sources = [party for party in row.parties if party.role in _SOURCES]
    recipients = [party for party in row.parties if party.role in _RECIPIENTS]
    if not sources or not recipients:
        acting = [party for party in row.parties if party.role is not PartyRole.CONVENOR]
        return _actors(row, acting or row.parties), []
    others = [party for party in row.parties if party.role not in {*_RECIPIENTS, PartyRole.CONVENOR}]
    return _actors(row, others), _actors(row, recipients)


def _actors(row: EventResponse, parties: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": party.id if party.kind is PartyKind.COUNTRY else "IGO",
            "identifier_id": party.id,
            "identifier_text": party.name,
            "role": party.role,
            "people": [
                {
                    "name": person.official.name if person.official else None,
                    "office": person.title_as_reported,
                }
                for person in row.participants
                if person.party == party.id
            ],
        }
        for party in {party.id: party for party in parties}.values()
    ]


def _contexts(row: EventResponse, code: EventCode | None) -> list[str]:
    """Return the contexts of the code and of the topics, each once."""
    known = topics()
    told = [known[topic].plover_context for topic in row.topics if topic in known]
    return list(dict.fromkeys([*(code.contexts if code else ()), *filter(None, told)]))
