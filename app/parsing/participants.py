"""Who took part in an event: for whom, in which role, named here or meant by `they` and `the two`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.domain.vocabulary import PartyRole
from app.parsing.arguments import names_guest
from app.parsing.candidates import Candidate
from app.parsing.kinds import AGREEMENT, APPOINTMENT, BODY, CALL, EXERCISE, MEETING, POST, VISIT
from app.parsing.linking import FEW_TITLES, Actor, Person
from app.parsing.patterns import compile_pattern
from app.parsing.visitors import is_private

_THEY: Final = compile_pattern(
    r"\b(?:they|the (?:two|three|four)|both)(?: (?:leaders|ministers|presidents|premiers|officials|chiefs))?"
    r" (?:\w+ )?$",
    ignore_case=True,
)
_HE: Final = compile_pattern(
    r"^(?:(?:Later|Earlier|Then|Afterwards|Separately),? )?"
    r"(?:[Hh]e|[Ss]he|(?:His|Her) (?:Excellency|Majesty|(?:Royal )?Highness)) "
)
_AND_HIS: Final = compile_pattern(
    r"^(?:He|She) and (?:his|her) |"
    r"^(?:(?:In|At|During) (?:another|a|his|her|their) (?:[\w\-]+ ){0,3}?"
    r"(?:meeting|talks|encounter|conversation)\b[^;]{0,60}?,? |Separately, )(?:he|she) and "
)
_THE_TWO_LEADERS: Final = compile_pattern(
    r"\bthe two (?:leaders|presidents|prime ministers|premiers|heads of (?:state|government)|"
    r"(?:[a-z]+ )?ministers|(?:[a-z]+ )?chiefs|generals|commanders|diplomats|dignitaries|officials) "
    r"(?:(?:also|then|had|have|\w+ly) )*$",
    ignore_case=True,
)
_TALKED: Final = compile_pattern(
    r"^(?:discussed|reviewed|exchanged|explored|talked|went over|compared|ironed|hashed|thrashed)"
)
_STATES: Final = compile_pattern(
    r"\b(?:countries|nations|states|governments|neighbou?rs|navies|armies|forces|militaries|fleets|"
    r"coast ?guards) (?:\w+ )?$",
    ignore_case=True,
)
_HEAD: Final = compile_pattern(
    r"\b(?:(?:vice|deputy)[- ])?(?:president|prime minister|speaker|king|queen|sultan|crown prince|"
    r"chancellor|minister|chairman|chairperson|chief|commander|secretary|governor|mayor)\b",
    ignore_case=True,
)
"""What sets offices apart: who called on the President and then on the Speaker was received twice."""
_HEAD_OF_STATE: Final = compile_pattern(
    r"^(?:(?:His|Her) (?:Majesty|Highness|Excellency)(?: the)? )?"
    r"(?:(?:Vice )?President(?: of the (?:Republic|Government|State))?|"
    r"Prime Minister|Premier|King|Queen|Sultan|Emir|Amir|Crown Prince|Chancellor|"
    r"Head of State|Pope)$",
    ignore_case=True,
)
"""Offices that one person holds: whoever else is named is somebody else."""
_HEADS: Final = compile_pattern(
    r"\b(?:president|prime minister|premier|king|queen|sultan|emir|amir|prince|chancellor|head of|pope|ruler|"
    r"leader)\b",
    ignore_case=True,
)
_NEAR: Final = 60
"""Most characters from the words for two leaders to their verb."""


def find_roles(candidate: Candidate) -> dict[str, PartyRole]:
    """Return the role of each party that takes part."""
    roles = {actor.party: candidate.frame.object for actor in candidate.objects if actor.party}
    for actor in candidate.subjects:
        if actor.party:
            roles[actor.party] = candidate.frame.subject
    return roles


def find_people(text: str, candidate: Candidate) -> Iterator[Person]:
    """Yield the people who took part, once each, and no one without name who was appointed."""
    seen: list[int] = []
    for actor in _taking_part(text, candidate):
        person = actor.person
        if person is None or person.party is None or id(person) in seen:
            continue
        if candidate.frame.kind is APPOINTMENT and actor in candidate.objects and person.name is None:
            continue
        seen.append(id(person))
        yield person


def find_offices(text: str, people: Sequence[Person]) -> frozenset[tuple[str, str]]:
    """Return parties with what those are by office who are not named, so far as words tell them apart."""
    told = (
        (person.party, _HEAD.search(text[words.start : words.end]))
        for person in people
        if person.name is None
        for _, words in person.titles[:1]
    )
    return frozenset((party, head[0].lower()) for party, head in told if party and head)


def find_heads(text: str, people: Iterable[Person]) -> Iterator[Person]:
    """Yield the heads of state and government told of by their office alone: `called on the Sultan`."""
    for person in people:
        titles = (text[title.start : title.end] for _, title in person.titles[:FEW_TITLES])
        if person.name is None and any(_HEAD_OF_STATE.match(title) for title in titles):
            yield person


def find_lesser(text: str, people: Iterable[Person]) -> Iterator[Person]:
    """Yield those named who hold an office, and none that a head of state or government may be called by."""
    for person in people:
        titles = [text[title.start : title.end] for _, title in person.titles[:FEW_TITLES]]
        if person.name and titles and not any(_HEADS.search(title) for title in titles):
            yield person


def names_both(text: str, candidate: Candidate) -> bool:
    """Tell whether a sentence names people of two sides, or one told of before and whom they did it with."""
    actors = (*candidate.subjects, *candidate.objects)
    return _did_with(text, candidate) or len(_named_sides(actors, candidate.analysis.actors)) > 1


def was_by_the_two(text: str, candidate: Candidate) -> bool:
    """Tell whether words for two of their office say that they talked: `The two presidents discussed …`."""
    sentence, start = candidate.analysis.sentence, candidate.start
    if sentence.section is not BODY or not _TALKED.match(text[start : candidate.end]):
        return False
    return _THE_TWO_LEADERS.search(text[max(sentence.start, start - _NEAR) : start]) is not None


def is_of_private_people(text: str, candidate: Candidate) -> bool:
    """Tell whether those of a party who travelled or met are nobody whom it sent: `refugees from Peru`."""
    if candidate.frame.kind not in (VISIT, MEETING, CALL):
        return False
    sides: dict[str | None, list[bool]] = defaultdict(list)
    for actor in (*candidate.subjects, *(() if candidate.frame.kind is VISIT else candidate.objects)):
        sides[actor.party].append(is_private(text, actor))
    nobody = {party for party, private in sides.items() if all(private)}
    people = candidate.analysis.people if nobody else ()
    return not nobody <= {actor.party for actor in people if not is_private(text, actor)}


def _taking_part(text: str, candidate: Candidate) -> tuple[Actor, ...]:
    """Return who took part: those who travel or are given a post do so alone."""
    frame = candidate.frame
    if frame.pair_of_article or frame.kind in (AGREEMENT, EXERCISE):
        return _meant_here(text, candidate)
    alone = frame.kind is VISIT or frame.mode is POST
    return candidate.subjects if alone else (*candidate.subjects, *candidate.objects)


def _meant_here(text: str, candidate: Candidate) -> tuple[Actor, ...]:
    """Return who took part; of those told of before, only whom `they` or `the three ministers` means."""
    sentence = candidate.analysis.sentence
    actors = (*candidate.subjects, *candidate.objects)
    they = _THEY.search(text[sentence.start : candidate.start])
    if they and not _STATES.search(text[sentence.start : candidate.start]):
        return actors
    meant = candidate.objects if names_guest(text, (candidate.start, candidate.end)) else ()
    if len({actor.party for actor in candidate.subjects}) == 1 and _HE.match(text[sentence.start :][:_NEAR]):
        meant = (*meant, *candidate.subjects)
    return tuple(actor for actor in actors if actor in candidate.analysis.actors or actor in meant)


def _did_with(text: str, candidate: Candidate) -> bool:
    """Tell whether someone told of before did it with another: `He and his host, Minister X, discussed …`."""
    before = text[candidate.analysis.sentence.start : candidate.start]
    several = len({actor.party for actor in candidate.subjects if actor.party}) > 1
    return several and _AND_HIS.match(before) is not None


def _named_sides(actors: Sequence[Actor], here: Sequence[Actor]) -> set[str]:
    """Return the parties of which a sentence names a person, or tells one by an office."""
    return {actor.party for actor in actors if actor.party and actor.person and actor in here}
