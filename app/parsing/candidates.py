"""Step 7, second half: the places that may tell of an event, and who is who around the words of a frame."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.vocabulary import Mode
from app.parsing.appointments import find_appointment, find_credentials
from app.parsing.frames import Frame, frame_finder, read_frames
from app.parsing.linking import Actor, Analysis
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Section

_JOINED = compile_pattern(
    r"^(?:\s*\([^()]{1,30}\))?[\s,]*"
    r"(?:,|;|and|&|along with|together with|accompanied by|as well as)[\s,]*"
    r"(?:the |his |her |their |visiting |[Mm]r\.? )*$"
)
_CLAUSE_END = compile_pattern(
    r"[;:]|\b(?:while|where|to discuss|who|which|after|before|following|said|on the sidelines)\b"
)
_FIRST_LINES = 3
_NEAR = 25
"""Most characters between the word that joins a party and the party."""
_OPENING_WORDS = 2
_TO_A_PLACE = (" to", " of", " in")
_JOINS = compile_pattern(r"\b(?:with|between|by|and)\b[^,;]{0,40}$", ignore_case=True)
_PRONOUN = compile_pattern(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Bb]oth (?:sides|leaders|countries)"
    r"|[Tt]he (?:two )?(?:sides|leaders|ministers|officials|chiefs|generals|countries|delegation)"
    r"|[Tt]he (?:delegation|visiting|visitors?|guests?|team|mission|group)|[Hh]is|[Hh]er|[Tt]heir)\b"
)
_AND_THEN = compile_pattern(r"(?:\band|\bbefore|\bwhere|\bthen|,)\s+(?:\w+ ){0,2}$", ignore_case=True)
_KNOWN = compile_pattern(r"\b(?:the|this|these)\b[^,;.]*$", ignore_case=True)
_TO_BE = compile_pattern(r"\b(?:was|were|is|are|been|being|be)(?: (?:also|later|then|\w+ly))* ?$")
_BY = compile_pattern(r"^(?: \w+){0,3} by\b")
_HYPOTHETICAL = compile_pattern(
    r"\b(?:could|(?-i:may)|might|if|should|would like to|hopes? to|hoped to|wants? to|refused to|declined to|"
    r"unless|call(?:ed|s)? for|urged|ready to|willing to|proposed|offered to|need to|must|likely to)\b",
    ignore_case=True,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may tell of an event: the frame, its words, and who is around them."""

    frame: Frame
    analysis: Analysis
    start: int
    end: int
    subjects: tuple[Actor, ...]
    objects: tuple[Actor, ...]
    thing: tuple[int, int] | None = None


@dataclass(slots=True)
class _Told:
    """Who acted last, and the last actors of each party, for the pronouns of the next sentence."""

    home: str | None = None
    last: tuple[Actor, ...] = ()
    by_party: dict[str, tuple[Actor, ...]] = field(default_factory=dict)

    def note(self, actors: tuple[Actor, ...]) -> None:
        for party in {actor.party for actor in actors} - {None}:
            self.by_party.pop(str(party), None)
            self.by_party[str(party)] = tuple(actor for actor in actors if actor.party == party)

    def other_than(self, actors: Sequence[Actor]) -> tuple[Actor, ...]:
        """Return the last actors of another party: `the delegation called on Governor X`."""
        parties = {actor.party for actor in actors}
        return next((held for party, held in reversed(self.by_party.items()) if party not in parties), ())


def find_candidates(text: str, analyses: tuple[Analysis, ...], home: str | None) -> list[Candidate]:
    """Return the candidates of every sentence; a pronoun takes the subject of the one before."""
    candidates: list[Candidate] = []
    told = _Told(home)
    pair = find_pair(analyses)
    for analysis in analyses:
        found = _in_sentence(text, analysis, told, pair)
        candidates.extend(found)
        if analysis.sentence.section is Section.BODY:
            told.last = (
                next((c.subjects for c in found if c.subjects), told.last)
                if found
                else _first_actors(text, analysis) or told.last
            )
            told.note(tuple(actor for actor in analysis.actors if _is_somebody(actor)))
    return candidates


def find_pair(analyses: tuple[Analysis, ...]) -> tuple[Actor, ...]:
    """Return the two parties that an article is about, if its first lines name two: `the two countries`."""
    for analysis in analyses[:_FIRST_LINES]:
        named = {actor.party: actor for actor in reversed(analysis.actors) if actor.party}
        if len(named) == 2:
            return tuple(sorted(named.values(), key=lambda actor: actor.start))
    return ()


def _first_actors(text: str, analysis: Analysis) -> tuple[Actor, ...]:
    actors = [actor for actor in analysis.actors if not actor.is_place]
    return _group(text, actors, 0, 1) if actors else ()


def _in_sentence(text: str, analysis: Analysis, told: _Told, pair: tuple[Actor, ...]) -> list[Candidate]:
    """Return a sentence's candidates from left to right; a later verb may share an earlier one's subject."""
    candidates: list[Candidate] = []
    for start, end, frame in _find_triggers(text, analysis):
        if candidates and start < candidates[-1].end:
            continue
        candidate = _candidate(text, frame, analysis, (start, end), told, candidates)
        if candidate is None and frame.pair_of_article and _is_known(text, analysis, start):
            candidate = Candidate(frame, analysis, start, end, pair, ()) if pair else None
        if candidate is not None:
            candidates.append(candidate)
    return candidates


def _is_known(text: str, analysis: Analysis, start: int) -> bool:
    """Tell whether the words are about a thing that the reader knows: `The agreement was signed …`."""
    return _KNOWN.search(text[max(analysis.sentence.start, start - 60) : start]) is not None


def _find_triggers(text: str, analysis: Analysis) -> list[tuple[int, int, Frame]]:
    """Return the words that may tell of events, from left to right."""
    offset = analysis.sentence.start
    words = text[offset : analysis.sentence.end]
    triggers = [
        (offset + found.start(), offset + found.end(), frame)
        for frame in (read_frames()[index] for index in frame_finder()(words))
        for found in frame.trigger.finditer(words)
        if not _is_negative(frame, words, found)
    ]
    return sorted(triggers, key=lambda trigger: trigger[0])


def _is_negative(frame: Frame, words: str, found: Any) -> bool:
    before, after = words[: found.start()], words[found.end() :]
    if frame.not_before is not None and frame.not_before.search(before):
        return True
    if frame.not_after is not None and frame.not_after.search(after):
        return True
    if frame.only_after is not None and not frame.only_after.search(after):
        return True
    clause = before[max(before.rfind(mark) for mark in ',;:“"') + 1 :]
    return _HYPOTHETICAL.search(clause) is not None or _inside_quotes(before)


def _inside_quotes(before: str) -> bool:
    """Tell whether a position is in direct speech, where plans and hopes are told."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _candidate(
    text: str,
    frame: Frame,
    analysis: Analysis,
    span: tuple[int, int],
    told: _Told,
    earlier: Sequence[Candidate],
) -> Candidate | None:
    if frame.mode is Mode.POST:
        appointee, recipient = find_appointment(frame, analysis, span, told.home)
        return Candidate(frame, analysis, *span, appointee, recipient) if appointee else None
    if frame.subject_follows:
        described = _described(analysis, span)
        return Candidate(frame, analysis, *span, described, ()) if described else None
    before = [actor for actor in analysis.actors if actor.end <= span[0] + 1]
    after = [actor for actor in analysis.actors if actor.start >= span[0] and actor.end > span[1]]
    subjects = _subjects(text, frame, analysis, before, span, told.last, earlier)
    objects, thing = _objects(text, frame, analysis, after, span)
    if subjects == told.last and subjects and _sides_of(subjects) == _sides_of(objects):
        subjects = told.other_than(objects)
    if not subjects and frame.place_of_article:
        subjects = _opening(text, analysis, after, span)
    if frame.place_of_article and subjects and not objects:
        return Candidate(frame, analysis, *span, subjects, ())
    if not subjects and after:
        subjects = _after_comma(text, objects, after)
    if frame.mode is Mode.CREDENTIALS:
        envoys, receivers = (objects, subjects) if frame.object_is_appointee else (subjects, objects)
        subjects, objects = find_credentials(envoys, receivers, analysis)
    if _is_passive(text, analysis, span):
        subjects, objects = objects, subjects
    complete = _is_complete(frame, subjects, objects)
    return Candidate(frame, analysis, *span, subjects, objects, thing) if complete else None


def _is_complete(frame: Frame, subjects: tuple[Actor, ...], objects: tuple[Actor, ...]) -> bool:
    """Tell whether everyone is there whom the frame needs."""
    if frame.object_is_place and not subjects:
        return False
    if not objects and (frame.needs_object or len(_sides_of(subjects)) < 2):
        return False
    return not frame.needs_person or any(_is_somebody(actor) for actor in (*subjects, *objects))


def _described(analysis: Analysis, span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return the people whom a word describes: `the visiting Peruvian minister`."""
    return tuple(
        actor
        for actor in analysis.actors
        if actor.start <= span[1] + 1 and span[1] < actor.end and _is_somebody(actor)
    )


def _is_passive(text: str, analysis: Analysis, span: tuple[int, int]) -> bool:
    """Tell whether the one before the verb is acted upon: `X was welcomed by Y`."""
    before = text[max(analysis.sentence.start, span[0] - 40) : span[0]]
    after = text[span[1] : min(span[1] + 40, analysis.sentence.end)]
    return _TO_BE.search(before) is not None and _BY.match(after) is not None


def _is_somebody(actor: Actor) -> bool:
    """Tell whether an actor is a person or a group, not the bare name of a country, as teams have too."""
    return actor.person is not None or actor.is_group


def _subjects(
    text: str,
    frame: Frame,
    analysis: Analysis,
    before: list[Actor],
    span: tuple[int, int],
    last: tuple[Actor, ...],
    earlier: Sequence[Candidate],
) -> tuple[Actor, ...]:
    """Return who acts: the nearest actors before the words, else whom a pronoun or an earlier verb tells."""
    acting = [actor for actor in before if not actor.is_place or frame.thing_before]
    clause = text[analysis.sentence.start : span[0]] + text[span[0] : span[1]].split(" ")[0]
    pronoun = max((found.start() for found in _PRONOUN.finditer(clause)), default=None)
    if pronoun is not None and (not acting or analysis.sentence.start + pronoun > acting[-1].end):
        return _meant(text, acting, clause[pronoun:].lower()) or last
    shared = next((one.subjects for one in earlier if one.subjects and not one.frame.object_with), ())
    if shared and acting and _goes_on(text, acting[-1], shared, span):
        return shared
    if not acting:
        return ()
    return _group(text, acting, len(acting) - 1, -1)


def _meant(text: str, acting: list[Actor], pronoun: str) -> tuple[Actor, ...]:
    """Return whom a pronoun of the same sentence stands for: `they` the pair, `his` the first to act."""
    if pronoun.startswith("the") and acting:
        group = _group(text, acting, len(acting) - 1, -1)
        if len(_sides_of(group)) > 1:
            return group
    named = [actor for actor in acting if actor.person and actor.person.name]
    if pronoun.startswith(("his", "her", "their")):
        return tuple((named or acting)[:1])
    return (named[-1],) if named else ()


def _goes_on(text: str, nearest: Actor, shared: tuple[Actor, ...], span: tuple[int, int]) -> bool:
    """Tell whether a verb joined by `and` has the subject of the verb before it: `X visited Y and met Z`."""
    return nearest not in shared and _AND_THEN.search(text[nearest.end : span[0]]) is not None


def _objects(
    text: str, frame: Frame, analysis: Analysis, after: list[Actor], span: tuple[int, int]
) -> tuple[tuple[Actor, ...], tuple[int, int] | None]:
    """Return who is acted upon, and what changed hands where the frame asks."""
    limit = analysis.sentence.end
    cut = _CLAUSE_END.search(text[span[1] : limit])
    if cut and not frame.takes_thing:
        limit = span[1] + cut.start()
    near = [actor for actor in after if actor.start < limit]
    if frame.thing_before:
        return _handed(text, analysis, near, span)
    if frame.takes_thing:
        return _given(text, frame, near, span)
    if frame.object_is_place:
        goal = not frame.place_of_article or text[span[0] : span[1]].endswith(_TO_A_PLACE)
        return (_group(text, near, 0, 1) if near and goal else ()), None
    if frame.object_with:
        near = [actor for actor in near if _JOINS.search(text[span[1] : actor.start])]
    acting = [actor for actor in near if not actor.is_place or _follows(text, span, actor)]
    return (_group(text, acting, 0, 1), None) if acting else ((), None)


def _follows(text: str, span: tuple[int, int], actor: Actor) -> bool:
    """Tell whether a party stands right behind `with` or `between`, and so is no place."""
    gap = text[span[1] : actor.start].strip().lower()
    return gap in ("", "the", "with", "between", "with the", "between the", "by")


def _given(
    text: str, frame: Frame, near: list[Actor], span: tuple[int, int]
) -> tuple[tuple[Actor, ...], tuple[int, int] | None]:
    for actor in near:
        gap = text[span[1] : actor.start]
        joints = [(found.start(), found.end()) for found in frame.joined_by.finditer(gap)]
        if joints and len(gap) - joints[-1][1] < _NEAR:
            thing = gap[: joints[-1][0]]
            first = span[1] + len(thing) - len(thing.lstrip())
            return (actor,), (first, span[1] + len(thing.rstrip()))
    return (), None


def _handed(
    text: str, analysis: Analysis, near: list[Actor], span: tuple[int, int]
) -> tuple[tuple[Actor, ...], tuple[int, int] | None]:
    """Return who got the thing that stands before the verb: `Two boats were handed over to X`."""
    clause = max(text.rfind(mark, analysis.sentence.start, span[0]) for mark in ",;:") + 1
    start = max(clause, analysis.sentence.start)
    start += len(text[start : span[0]]) - len(text[start : span[0]].lstrip())
    if not near or near[0].start - span[1] > _NEAR:
        return (), None
    return (near[0],), (start, span[0] - 1)


def _opening(text: str, analysis: Analysis, after: list[Actor], span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return the subject behind an opening phrase: `During his visit, Admiral X inspected …`."""
    opens = len(text[analysis.sentence.start : span[0]].split()) <= _OPENING_WORDS
    acting = [actor for actor in after if not actor.is_place]
    if not opens or not acting or "," not in text[span[1] : acting[0].start]:
        return ()
    return _group(text, acting, 0, 1)


def _after_comma(text: str, objects: tuple[Actor, ...], after: list[Actor]) -> tuple[Actor, ...]:
    """Return the subject that follows an opening phrase: `During talks with X, Y praised …`."""
    if not objects:
        return ()
    rest = [actor for actor in after if actor.start > objects[-1].end and not actor.is_place]
    if rest and "," in text[objects[-1].end : rest[0].start]:
        return _group(text, rest, 0, 1)
    return ()


def _group(text: str, actors: list[Actor], index: int, step: int) -> tuple[Actor, ...]:
    """Return an actor with those that `and` or a comma joins to it, in the order of the text."""
    group = [actors[index]]
    index += step
    while 0 <= index < len(actors):
        first, second = sorted((group[-1], actors[index]), key=lambda actor: actor.start)
        if not _JOINED.match(text[first.end : second.start]):
            break
        group.append(actors[index])
        index += step
    return tuple(sorted(group, key=lambda actor: actor.start))


def _sides_of(actors: tuple[Actor, ...]) -> set[str | int]:
    """Return the parties of actors; someone whose party is not known yet may be of one more."""
    return {actor.party or id(actor.person) for actor in actors}
