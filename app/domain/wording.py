"""The title and the summary of an event: sentences of our own, made from its fields alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.dates import DateSpan
from app.domain.record import ReportedPlace
from app.domain.vocabulary import (
    AgreementKind,
    DatePrecision,
    EventKind,
    EventStatus,
    Mode,
    PartyRole,
    Pledge,
    topics,
)

_NAMED = 2
"""Most people named for one party in a title."""

_STATUS = {
    EventStatus.PLANNED: "Planned: ",
    EventStatus.POSTPONED: "Postponed: ",
    EventStatus.CANCELLED: "Cancelled: ",
    EventStatus.DENIED: "Denied: ",
}
_AGREEMENT_VERB = {
    Mode.ANNOUNCED: "announce",
    Mode.INITIALLED: "initial",
    Mode.SIGNED: "sign",
    Mode.RATIFIED: "ratify",
    Mode.IN_FORCE: "bring into force",
    Mode.SUSPENDED: "suspend",
    Mode.ENDED: "end",
}
_PAIR_VERB = {
    EventKind.MEETING: "meet",
    EventKind.CALL: "hold a call",
    EventKind.EXERCISE: "hold an exercise",
    EventKind.OTHER: "deal with each other",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who took part, as the wording needs it."""

    name: str | None
    title: str | None
    party: str
    role: PartyRole


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event's fields, as the wording needs them."""

    kind: EventKind
    mode: Mode | None
    status: EventStatus
    date: DateSpan
    place: ReportedPlace
    parties: Sequence[tuple[str, PartyRole]]
    people: Sequence[Person]
    delegation_size: int | None
    object: str | None
    instrument: str | None
    topics: Sequence[str]


def instrument_words(kind: AgreementKind, pledges: Iterable[Pledge], domain: str | None) -> str:
    """Return what kind of agreement it is, in lower case: `mutual defense pact`."""
    form = "agreement" if kind is AgreementKind.OTHER else kind.value
    subject = next(iter(pledges), None) or domain
    return f"{subject or ''} {form}".replace("_", " ").strip()


def agreement_title(instrument: str, parties: Sequence[str]) -> str:
    """Return a title for an agreement that has none in print, from its parties' names."""
    return f"{'–'.join(parties)} {instrument}"


def event_title(event: EventFacts, names: Mapping[str, str]) -> str:
    """Return one line that says who did what; `names` gives the parties' names by id."""
    place = event.place.city or event.place.venue
    where = f" in {event.place.city}" if event.place.city else f" at {place}" if place else ""
    return _STATUS.get(event.status, "") + _deed(event, names) + where


def event_summary(event: EventFacts, names: Mapping[str, str]) -> str:
    """Return the event in two or three plain sentences."""
    sentences = [f"{event_title(event, names)}, {date_words(event.date)}."]
    if event.place.venue and event.place.city:
        sentences.append(f"Venue: {event.place.venue}.")
    if event.people:
        people = "; ".join(_person(person, names) for person in event.people)
        sentences.append(f"Participants: {people}.")
    if event.topics:
        labels = [topics()[topic].label for topic in event.topics]
        sentences.append(f"Topics: {'; '.join(labels)}.")
    return " ".join(sentences)


def date_words(date: DateSpan) -> str:
    """Return a date in words: `19 August 2024`, `2 to 6 February 2026`, `September 2025`, `date unknown`."""
    if date.start is None or date.end is None:
        return "date unknown"
    match date.precision:
        case DatePrecision.YEAR:
            return str(date.start.year)
        case DatePrecision.MONTH:
            return f"{date.start:%B} {date.start.year}"
        case DatePrecision.RANGE:
            first = f"{date.start.day}"
            if date.start.month != date.end.month or date.start.year != date.end.year:
                first += f" {date.start:%B}"
            if date.start.year != date.end.year:
                first += f" {date.start.year}"
            return f"{first} to {date.end.day} {date.end:%B} {date.end.year}"
    return f"{date.start.day} {date.start:%B} {date.start.year}"


def _person(person: Person, names: Mapping[str, str]) -> str:
    details = [person.title, names[person.party]] if person.name and person.title else [names[person.party]]
    return f"{person.name or person.title} ({', '.join(details)})"


def _deed(event: EventFacts, names: Mapping[str, str]) -> str:
    match event.kind:
        case EventKind.VISIT:
            return _visit(event, names)
        case EventKind.AGREEMENT:
            verb = _AGREEMENT_VERB[event.mode or Mode.SIGNED]
            return f"{_everyone(event, names)} {verb} {event.instrument or 'an agreement'}"
        case EventKind.TRANSFER:
            return _transfer(event, names)
        case EventKind.APPOINTMENT:
            return _appointment(event, names)
        case EventKind.MEETING if event.mode is Mode.CALL_ON:
            caller, called = _sides(event, PartyRole.VISITOR)
            return f"{_group(event, caller, names)} calls on {_group(event, called, names)}"
    verb = _PAIR_VERB[event.kind] + (f" ({event.object})" if event.object else "")
    groups = [_group(event, [party], names) for party in _party_ids(event)]
    return f"{_listed(groups)} {verb}"


def _visit(event: EventFacts, names: Mapping[str, str]) -> str:
    visitors, hosts = _sides(event, PartyRole.VISITOR)
    who = _group(event, visitors, names)
    if not any(person.name for person in event.people if person.party in visitors):
        size = f"{event.delegation_size}-member " if event.delegation_size else ""
        who = f"{who} {size}delegation"
    return f"{who} visits {_listed([names[party] for party in hosts])}"


def _transfer(event: EventFacts, names: Mapping[str, str]) -> str:
    suppliers, recipients = _sides(event, PartyRole.SUPPLIER)
    thing = event.object or (event.mode.value if event.mode else "goods")
    giver = _listed([names[party] for party in suppliers])
    return f"{giver} transfers {thing} to {_listed([names[party] for party in recipients])}"


def _appointment(event: EventFacts, names: Mapping[str, str]) -> str:
    recipients, senders = _sides(event, PartyRole.RECIPIENT)
    person = next((person for person in event.people if person.party in senders), None)
    receiver = _listed([names[party] for party in recipients])
    who = (person.name or person.title) if person else _listed([names[party] for party in senders])
    if event.mode is Mode.CREDENTIALS:
        return f"{who} presents credentials to {receiver}"
    post = f" as {person.title}" if person and person.name and person.title else ""
    return f"{who} ({_listed([names[party] for party in senders])}) appointed{post}, {receiver}"


def _sides(event: EventFacts, role: PartyRole) -> tuple[list[str], list[str]]:
    """Split the parties into those in a role and the rest; where nobody has it, the first is taken."""
    ids = _party_ids(event)
    first = [party for party, held in event.parties if held is role] or ids[:1]
    return first, [party for party in ids if party not in first] or first


def _everyone(event: EventFacts, names: Mapping[str, str]) -> str:
    return _listed([names[party] for party in _party_ids(event)])


def _party_ids(event: EventFacts) -> list[str]:
    return list(dict.fromkeys(party for party, role in event.parties if role is not PartyRole.CONVENOR))


def _group(event: EventFacts, parties: Sequence[str], names: Mapping[str, str]) -> str:
    """Name a party's people, or the party where nobody is named."""
    groups = []
    for party in parties:
        people = [person.name for person in event.people if person.party == party and person.name]
        more = len(people) - _NAMED
        shown = people[:_NAMED] + ([f"{more} other{'s' if more > 1 else ''}"] if more > 0 else [])
        groups.append(f"{_listed(shown)} ({names[party]})" if shown else names[party])
    return _listed(groups)


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
