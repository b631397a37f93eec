"""Plain functions that make domain values with sensible defaults, and store them by the one door."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.article import Article
from app.domain.dates import DateSpan, ReportedDate
from app.domain.record import EventRecord, Evidence, ReportedAgreement, ReportedParticipant, ReportedParty
from app.domain.vocabulary import AgreementKind, ChangeAction, EventKind, Mode, PartyRole
from app.storage.changes import Changed, log_changes
from app.storage.recording import ArticleIds, Recorded, record_article

PARSER_VERSION = "test-1"
_numbers = count(1)


def make_article(text: str | None = None, **facts: Any) -> Article:
    """Return an article; without a text, one that no other article has."""
    known = {
        "title": "Ministers meet",
        "outlet": "Arab News",
        "published_on": date(2024, 8, 20),
    }
    words = text or f"RAWALPINDI: The ministers met on Monday. ({next(_numbers)})"
    return Article(**{**known, "text": words, **facts})


def make_person(name: str | None, party: str, **facts: Any) -> ReportedParticipant:
    """Return someone who takes part for a party."""
    return ReportedParticipant(name=name, party=party, **facts)


def make_record(
    *parties: str | tuple[str, PartyRole],
    on: date | DateSpan | None = date(2024, 8, 19),
    people: Sequence[ReportedParticipant] = (),
    quote: tuple[str, str] | None = None,
    **facts: Any,
) -> EventRecord:
    """Return a record, of a meeting of Iraq and Pakistan unless told otherwise.

    `on` is a day, a span, or None for unknown. `quote` is a text and the words in it that state the event.
    """
    span = DateSpan.of_day(on) if isinstance(on, date) else on or DateSpan()
    listed = [(party, PartyRole.PARTICIPANT) if isinstance(party, str) else party for party in parties]
    known = {
        "kind": EventKind.MEETING,
        "date": ReportedDate(**span.model_dump()),
        "parties": tuple(
            ReportedParty(party=party, role=role)
            for party, role in listed or [("IRQ", PartyRole.VISITOR), ("PAK", PartyRole.HOST)]
        ),
        "participants": tuple(people),
        "confidence": 0.9,
        "confidence_reasons": ("both parties are named",),
        "evidence": (make_evidence(*quote),) if quote else (),
    }
    return EventRecord(**{**known, **facts})


def make_signing(*parties: str, people: Sequence[ReportedParticipant] = ()) -> EventRecord:
    """Return a record of the signing of a pact."""
    pact = ReportedAgreement(kind=AgreementKind.PACT)
    return make_record(*parties, people=people, kind=EventKind.AGREEMENT, mode=Mode.SIGNED, agreement=pact)


def make_evidence(text: str, words: str, field: str = "") -> Evidence:
    """Return evidence for a field, by default for the event itself, from words that a text holds."""
    start = text.index(words)
    return Evidence(field=field, start=start, end=start + len(words), quote=words)


async def store(
    session: AsyncSession,
    *records: EventRecord,
    article: Article | None = None,
    ids: ArticleIds | None = None,
) -> Recorded:
    """Record an article with what it reports, and write it to the test's transaction."""
    recorded = await record_article(
        session, article or make_article(), records, parser_version=PARSER_VERSION, ids=ids
    )
    await session.flush()
    return recorded


async def log_update(session: AsyncSession, entity: str, entity_id: str) -> None:
    """Log that something is shown otherwise, as whoever writes to its tables does."""
    await log_changes(session, [Changed(ChangeAction.UPDATE, entity, str(UUID(entity_id)), None, None)])
