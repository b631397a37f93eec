"""Step 7: frames, the data files that say which words tell of an event, and who is who around them."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.vocabulary import EventKind, Mode, PartyRole
from app.parsing.linking import Actor, Analysis
from app.parsing.patterns import compile_pattern, compile_set
from app.parsing.spans import Section

_FOLDER = Path(__file__).with_name("frames")
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
_PRONOUN = compile_pattern(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Bb]oth (?:sides|leaders|countries)"
    r"|[Tt]he (?:two )?(?:sides|leaders|ministers|officials|chiefs|generals|countries|delegation)"
    r"|[Tt]he visiting \w+)\b"
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
class Frame:
    """A way to tell of one kind of event, with sentences that show what it finds and what it leaves."""

    id: str
    kind: EventKind
    trigger: Any
    mode: Mode | None = None
    subject: PartyRole = PartyRole.PARTICIPANT
    object: PartyRole = PartyRole.PARTICIPANT
    strong: bool = True
    needs_object: bool = True
    object_is_place: bool = False
    takes_thing: bool = False
    needs_person: bool = False
    exact_case: bool = False
    pair_of_article: bool = False
    not_before: Any = None
    not_after: Any = None
    only_after: Any = None
    joined_by: Any = None
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


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


@cache
def read_frames() -> tuple[Frame, ...]:
    """Read every frame, a file for each kind of event."""
    return tuple(
        _frame(path.stem, values)
        for path in sorted(_FOLDER.glob("*.toml"))
        for values in tomllib.loads(path.read_text(encoding="utf-8"))["frame"]
    )


@cache
def _triggers() -> Callable[[str], list[int]]:
    return compile_set([frame.trigger.pattern for frame in read_frames()])


def _frame(kind: str, values: dict[str, Any]) -> Frame:
    """Read a frame, its patterns compiled and its roles as words of the vocabulary."""
    made: dict[str, Any] = {**values, "kind": EventKind(kind)}
    case = "-i" if values.get("exact_case", False) else "i"
    made["trigger"] = compile_pattern(rf"(?{case}:\b(?:{values['trigger']}))")
    for name in {"not_before", "not_after", "only_after", "joined_by"} & values.keys():
        made[name] = compile_pattern(values[name], ignore_case=True)
    for name in {"subject", "object"} & values.keys():
        made[name] = PartyRole(values[name])
    if "mode" in values:
        made["mode"] = Mode(values["mode"])
    return Frame(**{**made, "good": tuple(values["good"]), "bad": tuple(values["bad"])})


def find_candidates(text: str, analyses: tuple[Analysis, ...]) -> list[Candidate]:
    """Return the candidates of every sentence; a pronoun takes the subject of the one before."""
    candidates: list[Candidate] = []
    last: tuple[Actor, ...] = ()
    pair = _main_pair(analyses)
    for analysis in analyses:
        found = _in_sentence(text, analysis, last, pair)
        candidates.extend(found)
        if analysis.sentence.section is Section.BODY:
            last = (
                next((c.subjects for c in found if c.subjects), last)
                if found
                else _first_actors(text, analysis) or last
            )
    return candidates


def _main_pair(analyses: tuple[Analysis, ...]) -> tuple[Actor, ...]:
    """Return the two parties that an article is about, if its first lines name two: `the two countries`."""
    for analysis in analyses[:_FIRST_LINES]:
        named = {actor.party: actor for actor in reversed(analysis.actors) if actor.party}
        if len(named) == 2:
            return tuple(sorted(named.values(), key=lambda actor: actor.start))
    return ()


def _first_actors(text: str, analysis: Analysis) -> tuple[Actor, ...]:
    actors = [actor for actor in analysis.actors if not actor.is_place]
    return _group(text, actors, 0, 1) if actors else ()


def _in_sentence(
    text: str, analysis: Analysis, last: tuple[Actor, ...], pair: tuple[Actor, ...]
) -> list[Candidate]:
    """Return a sentence's candidates from left to right; a later verb may share an earlier one's subject."""
    candidates: list[Candidate] = []
    for start, end, frame in _find_triggers(text, analysis):
        if candidates and start < candidates[-1].end:
            continue
        candidate = _candidate(text, frame, analysis, (start, end), last, candidates)
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
        for frame in (read_frames()[index] for index in _triggers()(words))
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
    last: tuple[Actor, ...],
    earlier: Sequence[Candidate],
) -> Candidate | None:
    before = [actor for actor in analysis.actors if actor.end <= span[0] + 1]
    after = [actor for actor in analysis.actors if actor.start >= span[0] and actor.end > span[1]]
    subjects = _subjects(text, analysis, before, span, last, earlier)
    objects, thing = _objects(text, frame, analysis, after, span)
    if not subjects and after and not frame.object_is_place:
        subjects = _after_comma(text, objects, after)
    if _is_passive(text, analysis, span):
        subjects, objects = objects, subjects
    if not objects and (frame.needs_object or len(_sides_of(subjects)) < 2):
        return None
    if frame.needs_person and not any(_is_somebody(actor) for actor in (*subjects, *objects)):
        return None
    return Candidate(frame, analysis, *span, subjects, objects, thing)


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
    analysis: Analysis,
    before: list[Actor],
    span: tuple[int, int],
    last: tuple[Actor, ...],
    earlier: Sequence[Candidate],
) -> tuple[Actor, ...]:
    """Return who acts: the nearest actors before the words, else whom a pronoun or an earlier verb tells."""
    acting = [actor for actor in before if not actor.is_place]
    clause = text[analysis.sentence.start : span[0]]
    pronoun = max((found.start() for found in _PRONOUN.finditer(clause)), default=None)
    if pronoun is not None and (not acting or analysis.sentence.start + pronoun > acting[-1].end):
        named = [actor for actor in acting if actor.person and actor.person.name]
        return (named[-1],) if named else last
    shared = next((one.subjects for one in reversed(earlier) if one.subjects), ())
    if shared and acting and _goes_on(text, acting[-1], shared, span):
        return shared
    if not acting:
        return ()
    return _group(text, acting, len(acting) - 1, -1)


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
    if frame.takes_thing:
        return _given(text, frame, near, span)
    if frame.object_is_place:
        return (_group(text, near, 0, 1) if near else ()), None
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
