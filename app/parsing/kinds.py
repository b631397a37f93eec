"""The members of the vocabularies that the steps ask for, each by a name of its own.

There are some five hundred such questions an article, and to look a member up in its enumeration takes ten
times as long as to look up a name of a module.
"""

from app.domain.vocabulary import EventKind, EventStatus, Mode, PartyRole
from app.parsing.spans import Section

MEETING = EventKind.MEETING
CALL = EventKind.CALL
VISIT = EventKind.VISIT
AGREEMENT = EventKind.AGREEMENT
EXERCISE = EventKind.EXERCISE
APPOINTMENT = EventKind.APPOINTMENT
TRANSFER = EventKind.TRANSFER
OTHER = EventKind.OTHER
TALKS = (MEETING, CALL)
BETWEEN_SIDES = (*TALKS, AGREEMENT)

OCCURRED = EventStatus.OCCURRED
PLANNED = EventStatus.PLANNED
POSTPONED = EventStatus.POSTPONED
CANCELLED = EventStatus.CANCELLED

CALL_ON = Mode.CALL_ON
DELEGATION = Mode.DELEGATION
SIGNED = Mode.SIGNED
CREDENTIALS = Mode.CREDENTIALS
POST = Mode.POST
PERSONS = Mode.PERSONS

KINDS = tuple(EventKind)

HOST = PartyRole.HOST
VISITOR = PartyRole.VISITOR
PARTICIPANT = PartyRole.PARTICIPANT
SUPPLIER = PartyRole.SUPPLIER

HEADLINE = Section.HEADLINE
STANDFIRST = Section.STANDFIRST
CAPTION = Section.CAPTION
BYLINE = Section.BYLINE
BODY = Section.BODY
BOILERPLATE = Section.BOILERPLATE
