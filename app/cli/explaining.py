"""An article's reading as lines for a terminal."""

from collections.abc import Iterator

from app.domain.dates import DateSpan
from app.domain.record import EventRecord
from app.parsing.explain import Explained, explain_sentences
from app.parsing.pipeline import Reading
from app.parsing.sightings import Sighting


def explain_lines(reading: Reading) -> Iterator[str]:
    """Yield each sentence with what frames made of it, then the records with the words of each field."""
    anchor = reading.anchor
    yield f"relative dates count from {anchor.day} ({anchor.kind})" if anchor else "no date to count from"
    for analysis, found in explain_sentences(reading):
        sentence = analysis.sentence
        yield f"\n[{sentence.section}] {reading.text[sentence.start : sentence.end]}"
        for one in found:
            yield from _trigger_lines(reading, one)
    for number, record in enumerate(reading.records, start=1):
        yield from _record_lines(number, record)
    if not reading.records:
        yield "\nno records"


def _trigger_lines(reading: Reading, one: Explained) -> Iterator[str]:
    if one.rejected:
        yield f"  - {one.frame.id} “{one.words}” rejected: {one.rejected}"
    else:
        where = f"record {one.record + 1}" if one.record is not None else "one more account of a record"
        yield f"  + {one.frame.id} “{one.words}” gives {where}"
    for sighting in one.sightings:
        yield from _sighting_lines(reading.text, sighting)


def _sighting_lines(text: str, sighting: Sighting) -> Iterator[str]:
    yield f"      {sighting.kind}{f' ({sighting.mode})' if sighting.mode else ''}, {sighting.status}"
    for party, role in sorted(sighting.roles.items()):
        words = sighting.words.get(party)
        people = ", ".join(person.name or "unnamed" for person in sighting.people if person.party == party)
        source = f" from “{text[words.start : words.end]}”" if words else ""
        yield f"      {role} {party}{source}{f': {people}' if people else ''}"
    for mention in sighting.dates:
        told, words_of = mention.date, text[mention.start : mention.end]
        yield f"      date “{words_of}”: {_days(told)} ({told.precision}, rule {told.rule})"
    place = sighting.place
    spans = [("venue", place.venue), ("city", place.city), ("country", place.country_words)]
    for name, span in spans:
        if span:
            code = f" ({place.country})" if name == "country" else ""
            yield f"      {name} “{text[span.start : span.end]}”{code}"


def _record_lines(number: int, record: EventRecord) -> Iterator[str]:
    parties = ", ".join(f"{party.party} ({party.role})" for party in record.parties)
    day = record.date
    yield f"\nrecord {number}: {record.kind}, {record.status}, {'main' if record.main else 'background'}"
    yield f"  {_days(day)} ({day.precision}{f', rule {day.rule}' if day.rule else ''}); {parties}"
    yield f"  confidence {record.confidence}: {'; '.join(record.confidence_reasons) or 'no feature holds'}"
    for span in record.evidence:
        if span.field:
            yield f"  {span.field}: “{' '.join((span.quote or '').split())}”"


def _days(span: DateSpan) -> str:
    if span.start is None:
        return "day unknown"
    return f"{span.start}" if span.start == span.end else f"{span.start} to {span.end}"
