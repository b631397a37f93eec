"""Step 8: to which events the sentences belong that add a day, a place or people to what was told before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from app.domain.vocabulary import DatePrecision, EventKind
from app.parsing.kinds import (
    AGREEMENT,
    APPOINTMENT,
    CREDENTIALS,
    EXERCISE,
    KINDS,
    MEETING,
    OCCURRED,
    TRANSFER,
    VISIT,
    VISITOR,
)
from app.parsing.references import Reference
from app.parsing.sightings import Sighting

_FEW: Final = 8
"""How many meetings back somebody is looked for who is said to be joined by others."""
_LONGEST_LIST: Final = 12
"""How many envoys one ceremony receives."""
_ON_PAPER: Final = (AGREEMENT, TRANSFER)


def start_of(sighting: Sighting) -> int:
    """Return where the sentence of a sighting starts."""
    return sighting.candidate.analysis.sentence.start


def attach(
    references: Iterable[Reference], groups: Sequence[Sequence[Sighting]]
) -> dict[int, list[Reference]]:
    """Give each reference to the last event of its kind that was told before it."""
    added: dict[int, list[Reference]] = defaultdict(list)
    told = sorted((start_of(sighting), index) for index, group in enumerate(groups) for sighting in group)
    # The events of each kind that were told so far with where, the last one at the end; those that are over.
    recent: dict[EventKind, dict[int, int]] = {kind: {} for kind in KINDS}
    over: dict[EventKind, dict[int, int]] = {kind: {} for kind in KINDS}
    occurred = [_has_occurred(group) for group in groups]
    drills = [index for index, group in enumerate(groups) if group[0].kind is EXERCISE]
    position = 0
    long_past = {start_of(one) for group in groups for one in group if _is_long_past(one)}
    signed = {start for start, index in told if groups[index][0].kind is AGREEMENT}
    met: dict[int, set[int]] = defaultdict(set)
    for start, index in told:
        if groups[index][0].kind is MEETING:
            met[start].add(id(groups[index]))
    only_signed = signed - {start for start, index in told if groups[index][0].kind is not AGREEMENT}
    for reference in references:
        while position < len(told) and told[position][0] <= reference.start:
            start, index = told[position]
            kind = groups[index][0].kind
            for of_kind in (recent[kind], over[kind]) if occurred[index] else (recent[kind],):
                of_kind.pop(index, None)
                of_kind[index] = start
            position += 1
        if reference.start in only_signed and not reference.spoken:
            # "In the presence of both leaders, X and Y signed an accord": they did not meet.
            reference = replace(reference, kinds=(AGREEMENT,))
        if reference.start in long_past:
            continue  # "X led a team to Peru in May to prepare the talks"
        # Nobody was present at what is still to come, where something of its kind is over.
        present = bool(reference.people) and not reference.travelling
        told_before = {kind: over[kind] or recent[kind] for kind in KINDS} if present else recent
        for index in _fitting(reference, told_before, groups) or _drill_told_later(reference, drills):
            if not _is_of_another(groups[index], met.get(reference.start, ())):
                added[index].append(reference)
    return added


def _drill_told_later(reference: Reference, drills: list[int]) -> list[int]:
    """Return the only exercise: `He opened Exercise X in Lima on Monday. It brings together troops of …`"""
    return drills if EXERCISE in reference.kinds and len(drills) == 1 else []


def _is_of_another(group: Sequence[Sighting], met: Collection[int]) -> bool:
    """Tell whether a sentence is about another meeting: `X, accompanied by Y, later called on Z`.

    `met` holds the identities of the groups that it tells of itself.
    """
    return bool(met) and group[0].kind is MEETING and id(group) not in met


def _is_long_past(sighting: Sighting) -> bool:
    """Tell whether a sentence tells of what was long before, and so of no details of the news."""
    return any(one.date.precision in (DatePrecision.MONTH, DatePrecision.YEAR) for one in sighting.dates)


def _fitting(
    reference: Reference, recent: Mapping[EventKind, dict[int, int]], groups: Sequence[Sequence[Sighting]]
) -> list[int]:
    """Return the events that a reference is about: the last, or all that were told where it says so."""
    kinds = [kind for kind in reference.kinds if recent[kind]]
    if len(reference.kinds) == len(KINDS):
        # They were present where people came together, if such an event was told.
        kinds = [kind for kind in kinds if kind not in _ON_PAPER] or kinds
        if not reference.travelling:
            kinds = [kind for kind in kinds if kind is not VISIT] or kinds
    if reference.several:
        return [index for kind in kinds for index in recent[kind]]
    if (journey := _journey(reference, recent[VISIT], groups)) is not None:
        return [journey]
    joined = _joined(reference, recent[MEETING], groups)
    if joined is not None:
        return [joined]
    # In "received X, who is on a visit" people are present at the meeting.
    last = max(
        ((start, kind is not VISIT, index) for kind in kinds for index, start in (_last(recent[kind]),)),
        default=None,
    )
    if last is None:
        return []
    if reference.travelling and len(reference.kinds) > 1 and last[0] != reference.start:
        # Who came along came to what the article is about.
        told = [(len(groups[index]), start, index) for kind in kinds for index, start in recent[kind].items()]
        return [max(told)[2]]
    return _at_one_ceremony(last[2], recent[APPOINTMENT], groups)


def _at_one_ceremony(last: int, told: dict[int, int], groups: Sequence[Sequence[Sighting]]) -> list[int]:
    """Return an event with those of the other envoys who presented credentials beside its own."""
    first = groups[last][0]
    if first.mode is not CREDENTIALS:
        return [last]
    same = [index for index in islice(reversed(told), _LONGEST_LIST) if groups[index][0].mode is first.mode]
    return same or [last]


def _has_occurred(group: Sequence[Sighting]) -> bool:
    return any(sighting.status is OCCURRED for sighting in group)


def _journey(reference: Reference, told: Iterable[int], groups: Sequence[Sequence[Sighting]]) -> int | None:
    """Return the visit on which people came along, the one told most often; a resident envoy did not."""
    if not reference.travelling:
        return None
    came = {person.party for person in reference.people if person.sent_to is None}
    visits = [
        index
        for index in told
        if any(role is VISITOR and party in came for party, role in groups[index][0].roles.items())
    ]
    return max(visits, key=lambda index: len(groups[index]), default=None)


def _joined(reference: Reference, told: dict[int, int], groups: Sequence[Sequence[Sighting]]) -> int | None:
    """Return the meeting of those who were joined by others: `President X was joined by Minister Y`."""
    if MEETING not in reference.kinds:
        return None
    named = {id(person) for person in reference.people}
    met = [
        (len(named & {id(person) for sighting in groups[index] for person in sighting.people}), index)
        for index in islice(reversed(told), _FEW)
    ]
    most, index = max(met, default=(0, 0))
    return index if most else None


def _last(told: dict[int, int]) -> tuple[int, int]:
    """Return the event that was told last, and where."""
    return next(reversed(told.items()))
