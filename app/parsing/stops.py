"""Step 8: the town where a guest is, for what is told next: `arrived in Lima. The next day he met X.`

A town goes from a visit to what the guests did there, and from talks to what was signed or given on that day;
only the town of a country that takes part is given on, for what others did elsewhere is not known. What is
still to come may be anywhere.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from app.domain.vocabulary import EventKind
from app.parsing.attachments import start_of
from app.parsing.drafts import Draft
from app.parsing.kinds import AGREEMENT, BODY, MEETING, OCCURRED, TRANSFER, VISIT
from app.parsing.patterns import compile_pattern
from app.parsing.places import TOWN_STATES, Place

_TAKING: Final[tuple[EventKind, ...]] = (MEETING, AGREEMENT, TRANSFER)
_GIVING: Final[tuple[EventKind, ...]] = (MEETING, VISIT)
_LONGEST: Final = timedelta(days=2)
"""How long after somebody came to a town they may still be there, where no last day is told."""
_HOUSE: Final = compile_pattern(r"\b(?:Headquarters|HQ|Ministry|Palace|Academy|Base|College),? (?:in |at )?$")
_LONGEST_HOUSE: Final = 20
_OPENS_THERE: Final = compile_pattern(r"^(?:While |Whilst )?[Tt]here,? ")
_POINTS_BACK: Final = compile_pattern(
    r"\b(?:he|she|they|his|her|their|both|visiting|(?:the|two) (?:\w+ )?(?:guests?|visitors?|delegations?|"
    r"sides?|ministers?|presidents?|premiers?|leaders?|commanders?|envoys?|commanding officer|talks|"
    r"meeting|visit))\b",
    ignore_case=True,
)
"""Words that speak of those told of before, where no names tell that they are the same."""
_GONE: Final = compile_pattern(
    r"\b(?:[Bb]efore leaving|[Ee]arlier|returned|back home|in the (?:capital|north|south|east|west))\b"
)
_NEXT: Final = 3
"""Characters between a sentence and the next."""


def share_stops(records: Sequence[Draft]) -> None:
    """Give what is told of guests the town to which they came, or where they met on that day."""
    towns: list[tuple[Draft, Place]] = []
    for record in sorted(records, key=lambda one: start_of(one.best)):
        if not record.is_of_now:
            continue
        own = record.town()
        if own is None and record.best.kind in _TAKING and record.best.section is BODY:
            own = _find_there(record, towns) or _find_town(record, towns)
            if own is None or record.occasion or not record.can_be_in(own):
                continue
            record.occasion = own = Place(None, own.city, own.country, own.country_words)
        if own is not None and record.best.kind in _GIVING and own.country not in TOWN_STATES:
            towns.append((record, own))


def _find_there(record: Draft, towns: Sequence[tuple[Draft, Place]]) -> Place | None:
    """Return the town that the first words mean: `He goes to Lima today. There he will meet X.`"""
    sentence = record.best.candidate.analysis.sentence
    if not towns or not _OPENS_THERE.match(record.text[sentence.start : sentence.end]):
        return None
    last, town = towns[-1]
    near = sentence.start - last.best.candidate.analysis.sentence.end <= _NEXT
    return town if near and last.best.kind is VISIT and town.country in record.parties() else None


def _find_town(record: Draft, towns: Sequence[tuple[Draft, Place]]) -> Place | None:
    """Return the town of the talks that an event was part of, else that of the stay."""
    there = [
        (one.best.kind is not VISIT, town) for one, town in reversed(towns) if _was_there(record, one, town)
    ]
    return max(there, key=lambda item: item[0])[1] if there else None


def _was_there(record: Draft, other: Draft, town: Place) -> bool:
    """Tell whether an event must have been in the town of another that was told before it."""
    parties = record.parties()
    here = record.best.candidate.analysis.sentence
    if record.status() is not OCCURRED or other.status() is not OCCURRED:
        return False
    if _GONE.search(record.text[here.start : here.end]):
        return False
    elsewhere = town.country is not None and town.country not in parties
    if elsewhere or (town.city is not None and town.city.start > here.end):
        return False
    if other.best.kind is not VISIT:
        met = record.best.kind is not MEETING or start_of(record.best) == start_of(other.best)
        return met and parties == other.parties() and _on_one_day(record, other)
    # "came to the headquarters in Lima" tells of a house, and not where they stayed
    house = town.venue is not None or _is_of_house(record.text, town)
    beside = not house or start_of(record.best) == start_of(other.best)
    guests = other.visitors() & parties
    return beside and bool(guests) and _during(record, other) and _of_the_guests(record, other, guests)


def _is_of_house(text: str, town: Place) -> bool:
    """Tell whether a town stands behind the name of a house: `came to Naval Headquarters Lima`."""
    before = text[max(0, town.city.start - _LONGEST_HOUSE) : town.city.start] if town.city else ""
    return _HOUSE.search(before) is not None


def _on_one_day(record: Draft, other: Draft) -> bool:
    here, there = record.mention, other.mention
    if here is None or there is None:
        return here is there
    return here.date.start == there.date.start and here.date.end == there.date.end


def _during(record: Draft, stay: Draft) -> bool:
    """Tell whether an event was on a day of a stay, or has no day at all, as the stay."""
    here, there = record.mention, stay.mention
    if here is None or here.date.start is None or there is None or there.date.start is None:
        return here is None
    first, last = there.date.start, there.date.end or there.date.start
    return first <= here.date.start <= (last if last > first else first + _LONGEST)


def _of_the_guests(record: Draft, stay: Draft, guests: set[str]) -> bool:
    """Tell whether no others of the guests' side took part than those who came, as far as these are named."""
    others = {id(one) for one in record.named() if one.party in guests}
    came = {id(one) for one in stay.named() if one.party in guests}
    if others and came:
        return not others.isdisjoint(came)
    sentence = record.best.candidate.analysis.sentence
    return _POINTS_BACK.search(record.text[sentence.start : sentence.end]) is not None
