"""Step 7, first half: frames, the data files that say which words tell of an event."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.domain.vocabulary import EventKind, EventStatus, Mode, PartyRole
from app.parsing.kinds import PARTICIPANT
from app.parsing.patterns import compile_filter, compile_pattern

_FOLDER: Final = Path(__file__).with_name("frames")
_PATTERNS: Final = {"trigger", "not_before", "not_after", "only_after", "joined_by"}
_LETTERS: Final = re.compile(r"\[[^\]]*\]|\\w")
_WORDS: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(unsafe_hash=True)
class Frame:
    """A way to tell of one kind of event, with sentences that show what it finds and what it leaves."""

    id: str
    kind: EventKind
    trigger: Any
    mode: Mode | None = None
    subject: PartyRole = PARTICIPANT
    object: PartyRole = PARTICIPANT
    strong: bool = True
    needs_object: bool = True
    object_is_place: bool = False
    object_with: bool = False
    place_of_article: bool = False
    subject_follows: bool = False
    takes_thing: bool = False
    thing_before: bool = False
    object_is_appointee: bool = False
    needs_person: bool = False
    exact_case: bool = False
    pair_of_article: bool = False
    only_if_new: bool = False
    city_of_post: bool = False
    by_the_way: bool = False
    noun: bool = False
    of_organization: bool = False
    """Whether whom it is done with must be an organization: a summit is that of one."""
    gathers: bool = False
    """Whether the sentences around tell who took part: a summit of an organization."""
    of_known_talks: bool = False
    """Whether the words speak of talks told before: only `with` and `between` name who else took part."""
    least_parties: int = 2
    status: EventStatus | None = None
    not_before: Any = None
    not_after: Any = None
    only_after: Any = None
    joined_by: Any = None
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


@cache
def read_frames() -> tuple[Frame, ...]:
    """Read every frame, a file for each kind of event."""
    return tuple(frame for path in sorted(_FOLDER.glob("*.toml")) for frame in _read_file(path))


def _read_file(path: Path) -> Iterator[Frame]:
    """Yield the frames of one kind; `{name}` in a pattern stands for the words of the file's `[words]`."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    words: dict[str, str] = told.get("words", {})

    def _spelled_out(found: re.Match[str]) -> str:
        return f"(?:{words[found.group(1)]})"

    for values in told["frame"]:
        for name in _PATTERNS & values.keys():
            # An apostrophe stands in sets of characters alone, and is as often straight as it is curly.
            words_in = _WORDS.sub(_spelled_out, values[name]).replace("’", "’'")
            values[name] = _LETTERS.sub(_with_accents, words_in)
        yield _frame(path.stem, values)


def _with_accents(found: re.Match[str]) -> str:
    """Return letters with those of Latin names that have accents, which RE2 does not count among `\\w`."""
    letters = found.group()
    if not letters.startswith("["):
        return r"[\wÀ-ɏ]"
    return letters.replace(r"\w", r"\wÀ-ɏ").replace("A-Z", "A-ZÀ-Þ")


@cache
def frame_finder() -> Callable[[str], list[int]]:
    """Return a function that tells which frames' words a sentence may have, by their numbers."""
    return compile_filter([_told_by(frame) for frame in read_frames()])


def _told_by(frame: Frame) -> str:
    """Return a pattern of all words that a frame needs: `is` alone would be in most sentences."""
    if frame.only_after is None:
        return str(frame.trigger.pattern)
    return f"{frame.trigger.pattern}(?s:.*)(?:{frame.only_after.pattern})"


def _frame(kind: str, values: dict[str, Any]) -> Frame:
    """Read a frame, its patterns compiled and its roles as words of the vocabulary."""
    made: dict[str, Any] = {**values, "kind": EventKind(kind)}
    case = "-i" if values.get("exact_case", False) else "i"
    made["trigger"] = compile_pattern(rf"(?{case}:\b(?:{values['trigger']})\b)")
    for name in (_PATTERNS - {"trigger"}) & values.keys():
        made[name] = compile_pattern(values[name], ignore_case=True)
    for name in {"subject", "object"} & values.keys():
        made[name] = PartyRole(values[name])
    if "mode" in values:
        made["mode"] = Mode(values["mode"])
    if "status" in values:
        made["status"] = EventStatus(values["status"])
    return Frame(**{**made, "good": tuple(values["good"]), "bad": tuple(values["bad"])})
