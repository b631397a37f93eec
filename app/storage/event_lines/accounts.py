"""The accounts of a line of a file: its reports as they are or, without any, what it says by each source."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.domain.dates import DateSpan, ReportedDate
from app.domain.event_line import EventLine, ReportLine, SourceLine
from app.domain.identifiers import Prefix, public_id
from app.domain.record import (
    EventRecord,
    Evidence,
    ReportedAgreement,
    ReportedDelegation,
    ReportedParticipant,
    ReportedParty,
    ReportedPlace,
)
from app.storage.resolution import Account
from app.storage.search_text import WORDED, Told
from app.storage.tables.columns import new_id

FILE_VERSION = "file-1"
"""In the place of a parser's version, for accounts that a file states without their reports."""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody in a record, the party acted for, and who it is where that is known."""

    name: str
    party: str
    official: UUID | None


@dataclass(frozen=True, slots=True)
class LineAccount:
    """What one article says of a line's event; `officials` is None where names are still to be looked up."""

    id: UUID
    article: dict[str, Any]
    ordinal: int
    parser_version: str
    record: EventRecord
    officials: tuple[UUID | None, ...] | None
    may_be: tuple[UUID, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def people(self) -> Iterator[NamedPerson]:
        """Yield who is named."""
        known = self.officials or (None,) * len(self.record.participants)
        for person, who in zip(self.record.participants, known, strict=True):
            if person.name:
                yield NamedPerson(person.name, person.party, who)

    def account(self, people: dict[tuple[str, str], UUID]) -> Account:
        """Return it as it is resolved."""
        day = self.article["published_on"] or self.article["updated_on"] or self.article["created_at"].date()
        return Account(self.record, self._officials(people), self.article["id"], day, self.may_be)

    def told(self) -> Told:
        """Return its words."""
        quotes = [span.quote for span in self.evidence if span.quote]
        return self.article["title"], self.record.model_dump(include=WORDED), quotes

    def report_row(self, event: UUID, now: datetime, people: dict[tuple[str, str], UUID]) -> dict[str, Any]:
        """Return its row."""
        return {
            "id": self.id,
            "event": event,
            "article": self.article["id"],
            "ordinal": self.ordinal,
            "parser_version": self.parser_version,
            "record": self.record.model_dump_json(exclude={"evidence"}),
            "officials": list(self._officials(people)),
            "may_be": list(self.may_be),
            "confidence": self.record.confidence,
            "main": self.record.main,
            "active": True,
            "created_at": now,
        }

    def evidence_rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of the words that it rests on."""
        for ordinal, span in enumerate(self.evidence):
            place = {"field": span.field, "start_at": span.start, "end_at": span.end, "quote": span.quote}
            yield {"report": self.id, "ordinal": ordinal, **place}

    def _officials(self, people: dict[tuple[str, str], UUID]) -> tuple[UUID | None, ...]:
        if self.officials is not None:
            return self.officials
        return tuple(people.get((one.name or "", one.party)) for one in self.record.participants)


def accounts_of(line: EventLine, origin: str, now: datetime, counts: Counter[UUID]) -> list[LineAccount]:
    """Return the accounts of a line; one that is new and names no source is its own.

    `counts` numbers the accounts of an article that tells of several lines.
    """
    came = line.created or now
    if line.reports:
        return [_of_report(one, came) for one in line.reports]
    sources = line.sources or (() if line.id else (SourceLine(title=f"A line of {origin}"),))
    facts = b"" if line.id else line.model_dump_json(exclude={"created_at", "updated_at"}).encode()
    return [_of_source(line, source, facts, came, counts) for source in sources]


def _of_report(told: ReportLine, came: datetime) -> LineAccount:
    facts = told.article.model_dump()
    row = {**facts, "parser_version": told.parser_version, "created_at": came}
    return LineAccount(
        told.id,
        row,
        told.ordinal,
        told.parser_version,
        told.record,
        told.officials,
        told.may_be,
        told.evidence,
    )


def _of_source(
    line: EventLine, source: SourceLine, facts: bytes, came: datetime, counts: Counter[UUID]
) -> LineAccount:
    article = source.article or new_id()
    counts[article] += 1
    row = {
        "id": article,
        **source.model_dump(include={"outlet", "url", "title", "updated_on"}),
        # The API shows the day of an update where only that is known.
        "published_on": None if source.published_on == source.updated_on else source.published_on,
        "dataset": None,
        "record_id": None,
        "language": "en",
        "dateline": None,
        "text_sha256": source.sha256(facts),
        "parser_version": FILE_VERSION,
        "created_at": came,
    }
    known = tuple(one.official.id if one.official else None for one in line.participants)
    named = all(one.official is None or one.official.id for one in line.participants)
    record = _record_of(line, public_id(Prefix.ARTICLE, source.article) if source.article else None)
    return LineAccount(new_id(), row, counts[article] - 1, FILE_VERSION, record, known if named else None)


def _record_of(line: EventLine, article: str | None) -> EventRecord:
    """Return what a line says, but where an article is known to say otherwise."""
    other = {
        one["field"]: told["value"]
        for one in line.differences
        for told in one["accounts"]
        if told["article"] == article and told["value"]
    }
    span = _read_span(other["date"]) if "date" in other else line.span
    place = line.place.model_dump() | {k: v for k, v in other.items() if k in ("venue", "city", "country")}
    return EventRecord(
        kind=line.kind,
        mode=other.get("mode", line.mode),
        status=other.get("status", line.status),
        main=not line.background,
        date=ReportedDate(**span.model_dump()),
        place=ReportedPlace(**place),
        parties=tuple(ReportedParty(party=one.id, role=one.role) for one in line.parties),
        participants=tuple(
            ReportedParticipant(
                name=one.official.name if one.official else None,
                rank=one.rank,
                title=one.title_as_reported,
                party=one.party,
                role=one.role,
            )
            for one in line.participants
        ),
        delegation=_delegation(line),
        agreement=ReportedAgreement(title=line.agreement.title) if line.agreement else None,
        object=other.get("object", line.object),
        topics=line.topics,
        confidence=line.confidence,
        confidence_reasons=line.confidence_reasons,
    )


def _delegation(line: EventLine) -> ReportedDelegation | None:
    group = line.delegation
    if group is None:
        return None
    head = group.head.name if group.head else None
    return ReportedDelegation(party=group.party, head=head, size=group.size, complete=group.complete)


def _read_span(value: str) -> DateSpan:
    first, _, last = value.partition("/")
    return DateSpan.of_range(date.fromisoformat(first), date.fromisoformat(last or first))
