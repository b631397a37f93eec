"""The closed vocabularies. Code, tables, URLs and JSON use these words and no others."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class EventKind(StrEnum):
    """What happened."""

    MEETING = "meeting"
    CALL = "call"
    VISIT = "visit"
    AGREEMENT = "agreement"
    EXERCISE = "exercise"
    APPOINTMENT = "appointment"
    TRANSFER = "transfer"
    OTHER = "other"


MEETING_KINDS = (EventKind.MEETING, EventKind.CALL, EventKind.VISIT)
"""The kinds that `/meetings` serves."""


class Mode(StrEnum):
    """How it happened; each kind has its own modes (`MODES`)."""

    CALL_ON = "call_on"
    TALKS = "talks"
    DELEGATION_TALKS = "delegation_talks"
    SUMMIT = "summit"
    SIDELINE = "sideline"
    CEREMONY = "ceremony"
    PHONE = "phone"
    VIDEO = "video"
    OFFICIAL = "official"
    STATE = "state"
    WORKING = "working"
    PRIVATE = "private"
    TRANSIT = "transit"
    PORT_CALL = "port_call"
    DELEGATION = "delegation"
    ANNOUNCED = "announced"
    INITIALLED = "initialled"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    LAND = "land"
    AIR = "air"
    NAVAL = "naval"
    JOINT = "joint"
    ENVOY = "envoy"
    CREDENTIALS = "credentials"
    POST = "post"
    ARMS = "arms"
    AID = "aid"
    FUNDS = "funds"
    PERSONS = "persons"
    GOODS = "goods"


MODES: dict[EventKind, tuple[Mode, ...]] = {
    EventKind.MEETING: (
        Mode.CALL_ON,
        Mode.TALKS,
        Mode.DELEGATION_TALKS,
        Mode.SUMMIT,
        Mode.SIDELINE,
        Mode.CEREMONY,
    ),
    EventKind.CALL: (Mode.PHONE, Mode.VIDEO),
    EventKind.VISIT: (
        Mode.OFFICIAL,
        Mode.STATE,
        Mode.WORKING,
        Mode.PRIVATE,
        Mode.TRANSIT,
        Mode.PORT_CALL,
        Mode.DELEGATION,
    ),
    EventKind.AGREEMENT: (
        Mode.ANNOUNCED,
        Mode.INITIALLED,
        Mode.SIGNED,
        Mode.RATIFIED,
        Mode.IN_FORCE,
        Mode.SUSPENDED,
        Mode.ENDED,
    ),
    EventKind.EXERCISE: (Mode.LAND, Mode.AIR, Mode.NAVAL, Mode.JOINT),
    EventKind.APPOINTMENT: (Mode.ENVOY, Mode.CREDENTIALS, Mode.POST),
    EventKind.TRANSFER: (Mode.ARMS, Mode.AID, Mode.FUNDS, Mode.PERSONS, Mode.GOODS),
    EventKind.OTHER: (),
}


class EventStatus(StrEnum):
    """Whether it happened."""

    OCCURRED = "occurred"
    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DENIED = "denied"


class ReviewStatus(StrEnum):
    """What an editor said of it; lists hide needs_review and rejected unless asked."""

    UNREVIEWED = "unreviewed"
    NEEDS_REVIEW = "needs_review"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


SERVED_REVIEW_STATUSES = (ReviewStatus.UNREVIEWED, ReviewStatus.ACCEPTED, ReviewStatus.CORRECTED)


class ReviewKind(StrEnum):
    """What the machine is not sure of, or a reader says is wrong."""

    LOW_CONFIDENCE = "low_confidence"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    SOURCES_DIFFER = "sources_differ"
    UNSUPPORTED = "unsupported"
    UNSURE_IDENTITY = "unsure_identity"
    REPORTED_ERROR = "reported_error"


HIDING_REVIEWS = frozenset({ReviewKind.LOW_CONFIDENCE, ReviewKind.POSSIBLE_DUPLICATE, ReviewKind.UNSUPPORTED})
"""The open reviews that keep an event out of lists; what anybody can report hides nothing."""


class ReviewDecision(StrEnum):
    """How a review ended: an editor's decision, or lapsed where the question no longer arises."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    LAPSED = "lapsed"


class Editable(StrEnum):
    """What an editor can correct."""

    EVENT = "event"
    AGREEMENT = "agreement"
    OFFICIAL = "official"


class DatePrecision(StrEnum):
    """What an event's two dates mean."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class AnchorKind(StrEnum):
    """Which date of an article its relative days were counted from."""

    DATELINE = "dateline"
    PUBLISHED = "published"
    UPDATED = "updated"


class PartyKind(StrEnum):
    """What takes part."""

    COUNTRY = "country"
    ORGANIZATION = "organization"


class CountryStatus(StrEnum):
    """What kind of country a party is."""

    STATE = "state"
    TERRITORY = "territory"
    FORMER = "former"


class PartyRole(StrEnum):
    """As what a party, or an official for it, takes part."""

    HOST = "host"
    VISITOR = "visitor"
    PARTICIPANT = "participant"
    SIGNATORY = "signatory"
    CONVENOR = "convenor"
    RECIPIENT = "recipient"
    SUPPLIER = "supplier"


class PartyNameKind(StrEnum):
    """How a word names a party."""

    NAME = "name"
    OFFICIAL_NAME = "official_name"

    ALIAS = "alias"
    ABBREVIATION = "abbreviation"
    DEMONYM = "demonym"


class MembershipLevel(StrEnum):
    """As what a country belongs to an organization."""

    FULL = "full"
    ASSOCIATE = "associate"
    OBSERVER = "observer"
    SUSPENDED = "suspended"


class OutletKind(StrEnum):
    """What kind of publisher an outlet is."""

    WIRE = "wire"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    OFFICIAL_READOUT = "official_readout"
    MAGAZINE = "magazine"
    DATASET = "dataset"
    OTHER = "other"


class AgreementKind(StrEnum):
    """What form an agreement has."""

    TREATY = "treaty"
    PACT = "pact"
    MEMORANDUM = "memorandum"
    PROTOCOL = "protocol"
    JOINT_DECLARATION = "joint_declaration"
    EXCHANGE_OF_LETTERS = "exchange_of_letters"
    CONTRACT = "contract"
    OTHER = "other"


class AgreementStep(StrEnum):
    """A step in an agreement's life; its status is its last step."""

    ANNOUNCED = "announced"
    INITIALLED = "initialled"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Pledge(StrEnum):
    """What the parties of an agreement promise each other."""

    MUTUAL_DEFENSE = "mutual_defense"
    CONSULTATION = "consultation"
    NON_AGGRESSION = "non_aggression"


class ChangeAction(StrEnum):
    """What a line of the change log did."""

    CREATE = "create"
    UPDATE = "update"
    MERGE = "merge"
    UNMERGE = "unmerge"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of events, with the group it belongs to (`parent`) and its context in PLOVER."""

    id: str
    parent: str | None
    label: str
    plover_context: str | None


@cache
def topics() -> dict[str, Topic]:
    """Return every topic by its id, groups included."""
    with Path(__file__).with_name("topics.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Topic(row["id"], row["parent"] or None, row["label"], row["plover_context"] or None)
            for row in csv.DictReader(file)
        ]
    return {topic.id: topic for topic in rows}


def topics_within(topic: str) -> tuple[str, ...]:
    """Return a topic's id and, for a group, those of its members."""
    return (topic, *(other.id for other in topics().values() if other.parent == topic))
