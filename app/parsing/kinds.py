"""The members of the vocabularies that the steps ask for, each by a name of its own.

There are some five hundred such questions an article, and to look a member up in its enumeration takes ten
times as long as to look up a name of a module.
"""

from typing import Final

from app.domain.vocabulary import EventKind, EventStatus, Mode, PartyRole
from app.parsing.spans import Section

MEETING: Final = EventKind.MEETING
CALL: Final = EventKind.CALL
VISIT: Final = EventKind.VISIT
AGREEMENT: Final = EventKind.AGREEMENT
EXERCISE: Final = EventKind.EXERCISE
APPOINTMENT: Final = EventKind.APPOINTMENT
TRANSFER: Final = EventKind.TRANSFER
OTHER: Final = EventKind.OTHER
TALKS: Final = (MEETING, CALL)
BETWEEN_SIDES: Final = (*TALKS, AGREEMENT)

OCCURRED: Final = EventStatus.OCCURRED
PLANNED: Final = EventStatus.PLANNED
POSTPONED: Final = EventStatus.POSTPONED
CANCELLED: Final = EventStatus.CANCELLED

CALL_ON: Final = Mode.CALL_ON
DELEGATION: Final = Mode.DELEGATION
SIGNED: Final = Mode.SIGNED
CREDENTIALS: Final = Mode.CREDENTIALS
POST: Final = Mode.POST
PERSONS: Final = Mode.PERSONS

KINDS: Final = tuple(EventKind)

HOST: Final = PartyRole.HOST
VISITOR: Final = PartyRole.VISITOR
PARTICIPANT: Final = PartyRole.PARTICIPANT
SUPPLIER: Final = PartyRole.SUPPLIER

HEADLINE: Final = Section.HEADLINE
STANDFIRST: Final = Section.STANDFIRST
CAPTION: Final = Section.CAPTION
BYLINE: Final = Section.BYLINE
BODY: Final = Section.BODY
BOILERPLATE: Final = Section.BOILERPLATE
