"""From a row to what it reports: the visit, and each meeting in it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.datasets.us_state_historian.americans import find_american
from app.datasets.us_state_historian.names import full_name
from app.datasets.us_state_historian.people import Sighting
from app.datasets.us_state_historian.places import meeting_place, visit_place
from app.datasets.us_state_historian.remarks import Meeting, Remarks
from app.datasets.us_state_historian.rows import NAME, Row
from app.datasets.us_state_historian.visitors import read_visitors
from app.domain.article import Article
from app.domain.dates import DateSpan, ReportedDate
from app.domain.record import EventRecord, ReportedParticipant, ReportedParty
from app.domain.vocabulary import EventKind, PartyRole
from app.parsing.spans import Section, Sentence
from app.parsing.topics import find_topics

OUTLET = "history.state.gov"
_SURE, _READ, _DAY_UNKNOWN = 0.95, 0.9, 0.75
_ELECTED = "President-elect"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who takes part for a party: a sighting, or only an office."""

    sighting: Sighting | None
    title: str | None
    party: str
    rank: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A row, read: the parties of the visit, the travelers, and what the remark says."""

    row: Row
    home: str
    host: str
    travelers: tuple[Actor, ...]
    remarks: Remarks


def find_travelers(row: Row, home: str) -> tuple[Actor, ...]:
    """Return who came, or which American went."""
    if not row.abroad:
        return tuple(_actor(row, home, one.name, one.title) for one in read_visitors(row.person))
    office = "Secretary of State" if row.list.startswith("secretary") else "President"
    known = find_american(row.person, office, row.first)
    if known is None:
        return ()
    title = _ELECTED if office == "President" and row.first < known.first else office
    return (_actor(row, home, known.name, title),)


def find_actor(row: Row, party: str, name: str | None, title: str | None, rank: str | None) -> Actor:
    """Return somebody whom a remark names."""
    if name is None:
        return Actor(None, title, party, rank)
    known = find_american(name, title, row.first) if party == "USA" else None
    return _actor(row, party, known.name if known else name, title, rank)


def _actor(row: Row, party: str, name: str, title: str | None, rank: str | None = None) -> Actor:
    sighting = Sighting(party, full_name(party, name, row.first), title, row.first, row.last)
    return Actor(sighting, title, party, rank)


def actors_met(row: Row, meeting: Meeting) -> tuple[Actor, ...]:
    """Return whom the traveler met."""
    return tuple(find_actor(row, party, one.name, one.title, one.rank) for party, one in meeting.people)


def company_of(row: Row, told: Remarks | Meeting) -> tuple[Actor, ...]:
    """Return the Americans with whom the traveler went."""
    return tuple(find_actor(row, "USA", one.name, one.title, None) for one in told.company)


def make_records(
    story: Story, name_of: Callable[[Sighting], str]
) -> Iterator[tuple[EventRecord, tuple[Sighting | None, ...]]]:
    """Yield the row's records with their people: the visit, then its meetings; `name_of` gives full names."""
    row, told = story.row, story.remarks
    team = _once([*story.travelers, *company_of(row, told)])
    roles = {story.home: PartyRole.VISITOR, story.host: PartyRole.HOST}
    yield _record(
        EventKind.VISIT,
        team,
        roles,
        name_of,
        mode=told.mode,
        date=_span(row),
        place=visit_place(row, story.host),
        topics=_topics(row.remarks),
        confidence=_SURE,
        confidence_reasons=("a row of an official list",),
    )
    for meeting in _joined(told.meetings):
        actors = _once([*story.travelers, *company_of(row, meeting), *actors_met(row, meeting)])
        roles_here = {
            party: roles.get(party, PartyRole.PARTICIPANT) for party in (story.home, *meeting.parties)
        }
        if story.host not in meeting.parties:
            roles_here = dict.fromkeys(roles_here, PartyRole.PARTICIPANT)
        day = _span(row) if meeting.day is None else DateSpan.of_day(meeting.day)
        vague = day.start != day.end
        reason = (
            "the day within the visit is not given" if vague else "read from a remark of an official list"
        )
        yield _record(
            EventKind.MEETING,
            actors,
            roles_here,
            name_of,
            mode=meeting.mode,
            date=day,
            place=meeting_place(row, meeting.words, story.host),
            topics=_topics(meeting.words),
            parent=0,
            confidence=_DAY_UNKNOWN if vague else _READ,
            confidence_reasons=(reason,),
        )


def _joined(meetings: list[Meeting]) -> list[Meeting]:
    """Return the meetings with those of the same parties on the same day as one."""
    joined: dict[tuple[frozenset[str], date | None], Meeting] = {}
    for one in meetings:
        key = frozenset(one.parties), one.day
        known = joined.get(key)
        joined[key] = one if known is None else _both(known, one)
    return list(joined.values())


def _both(one: Meeting, other: Meeting) -> Meeting:
    return Meeting(
        one.parties,
        (*one.people, *other.people),
        (*one.company, *other.company),
        one.day,
        one.mode or other.mode,
        f"{one.words}; {other.words}",
    )


def _once(actors: list[Actor]) -> list[Actor]:
    """Return everybody once, by name or office; mere offices that a named person holds are left out."""
    named = {(actor.party, actor.title) for actor in actors if actor.sighting}
    kept = [actor for actor in actors if actor.sighting or (actor.party, actor.title) not in named]
    return list({(a.party, a.sighting.name if a.sighting else a.title): a for a in reversed(kept)}.values())[
        ::-1
    ]


def _record(
    kind: EventKind,
    actors: list[Actor],
    roles: dict[str, PartyRole],
    name_of: Callable[[Sighting], str],
    **facts: object,
) -> tuple[EventRecord, tuple[Sighting | None, ...]]:
    people: dict[tuple[str, str | None], Actor] = {}
    for actor in actors:
        name = name_of(actor.sighting) if actor.sighting else None
        people.setdefault((actor.party, name or actor.title), actor)
    span = facts.pop("date")
    assert isinstance(span, DateSpan)
    record = EventRecord.model_validate(
        {
            "kind": kind,
            "date": ReportedDate(**span.model_dump()),
            "parties": [ReportedParty(party=party, role=role) for party, role in roles.items()],
            "participants": [
                ReportedParticipant(
                    name=name_of(actor.sighting) if actor.sighting else None,
                    rank=actor.rank,
                    title=actor.title,
                    party=actor.party,
                    role=roles[actor.party],
                )
                for actor in people.values()
            ],
            **facts,
        }
    )
    return record, tuple(actor.sighting for actor in people.values())


def _span(row: Row) -> DateSpan:
    return DateSpan.of_range(row.first, row.last)


def _topics(words: str) -> tuple[str, ...]:
    return tuple(find_topics(words, [Sentence(0, len(words), Section.BODY)], ()))


def make_source(row: Row) -> Article:
    """Return the row as a source: known by its number, and by the hash of what it says."""
    cells = [row.first.isoformat(), row.last.isoformat(), row.person, row.country, row.place, row.remarks]
    content = json.dumps([row.list, row.id, *cells], ensure_ascii=False)
    return Article(
        dataset=f"{NAME}/{row.list}",
        record_id=row.id,
        text_sha256=hashlib.sha256(content.encode()).hexdigest(),
        outlet=OUTLET,
    )
