"""Step 1: say what each line of a page is; nothing is deleted and nothing is changed."""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

from app.parsing.kinds import BODY, HEADLINE, STANDFIRST
from app.parsing.patterns import Match, compile_pattern, compile_set, read_lexicon
from app.parsing.spans import Line, Section

_BULLETS: Final = "•●▪◦‣·*–-— \t\u00a0"
_LONGEST_HEADLINE: Final = 200
_LONGEST_STANDFIRST: Final = 280
_NARROWEST, _WIDEST = 50, 110
"""Characters of a line in a text that was broken at a fixed width."""
_CUT_SHORT: Final = compile_pattern(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Maj|Col|Adm|Amb|Sen|Rep|U\.S|[A-Z])\.$")
_BLANKS: Final = "".join(map(chr, (*b"\t\n\v\f\r", 0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000)))
_LONGEST_FURNITURE: Final = 600


def tag_lines(text: str, title: str | None = None) -> tuple[Line, ...]:
    """Return every line that is not blank, with the part of the page that it belongs to."""
    lines = _unwrap(text, list(_lines(text)))
    headlines = _headlines(text, lines, title)
    tagged: list[Line] = []
    in_body = False
    for start, end, bulleted in lines:
        line = text[start:end]
        section = _furniture(line)
        if section is None and line in headlines:
            section = HEADLINE
        if section is None and not in_body and _is_standfirst(line, bulleted, len(lines)):
            section = STANDFIRST
        in_body = in_body or section is None
        tagged.append(Line(start, end, section or BODY))
    return tuple(tagged)


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end without surrounding blanks and bullets, and whether there was a bullet."""
    start = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            inner = bare.lstrip(_BULLETS)
            if inner:
                first = start + raw.index(bare) + len(bare) - len(inner)
                yield first, first + len(inner.rstrip()), len(inner) < len(bare)
        start += len(raw) + 1


def _unwrap(text: str, lines: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Join the lines of paragraphs that were broken at a fixed width, as mail and plain-text pages do."""
    joined: list[tuple[int, int, bool]] = []
    for index, (start, end, bulleted) in enumerate(lines):
        if index > 1 and not bulleted and _goes_on(text, lines[index - 1], start):
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, bulleted))
    return joined


def _goes_on(text: str, last: tuple[int, int, bool], start: int) -> bool:
    """Tell whether a line is the rest of the one above it."""
    first, end, _ = last
    if text.count("\n", end, start) != 1 or not _NARROWEST <= end - first <= _WIDEST:
        return False
    if text[start].islower():
        return True
    return (
        not text[first:end].endswith((".", "!", "?", ":", "”", '"', "’"))
        or _CUT_SHORT.search(text[first:end]) is not None
    )


def flatten(text: str) -> str:
    """Return a text of the same length in which every blank is one plain space, for patterns to read."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text


def _headlines(text: str, lines: list[tuple[int, int, bool]], title: str | None) -> set[str]:
    """Return the page's headline, wherever it is repeated."""
    if not lines:
        return set()
    found = {title} if title else set()
    start, end, bulleted = lines[0]
    first = text[start:end]
    ends_like_prose = first.endswith((".", "”", '"')) or has_dateline(first)
    if len(lines) > 1 and not bulleted and not ends_like_prose and len(first) <= _LONGEST_HEADLINE:
        found.add(first)
    return found


def _is_standfirst(line: str, bulleted: bool, count: int) -> bool:
    """Tell whether a line before the body is a summary: a bullet, or a short line that is no sentence."""
    if count == 1 or has_dateline(line) or len(line) > _LONGEST_STANDFIRST:
        return False
    return bulleted or not line.endswith((".", "”", '"', "!", "?"))


@cache
def _furniture_patterns() -> Callable[[str], list[int]]:
    return compile_set([f"(?i:{row['pattern']})" for row in read_lexicon("boilerplate")], whole=True)


def _furniture(line: str) -> Section | None:
    """Return what kind of page furniture a line is, if any."""
    if len(line) > _LONGEST_FURNITURE:
        return None
    fitting = _furniture_patterns()(line)
    return Section(read_lexicon("boilerplate")[fitting[0]]["kind"]) if fitting else None


_CITY: Final = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+){0,3}"
_REST: Final = r"(?:(?:, ?| ?/ ?)[^:–—\n]{1,40}?)?"
_AGENCY: Final = r"(?: ?\([A-Za-z][A-Za-z .&/\-]{1,30}\))?"
_TOWN: Final = r"[A-ZÀ-Þ][\pL'’.\-]+(?: [A-ZÀ-Þ][\pL'’.\-]+){0,2}"
_DAY: Final = (
    r"(?:[\pL.]{3,9}day,? )?"
    r"(?:[0-9]{1,2}(?:st|nd|rd|th)? [\pL.]{3,9}(?:,? [0-9]{4})?|[\pL.]{3,9} [0-9]{1,2}(?:,? [0-9]{4})?)"
)
_BREAK: Final = r" ?(?:: |:|–|—| - |-- )\s*"
_NAMED_AGENCY: Final = r" ?\([A-Za-z0-9][A-Za-z0-9 .&/\-]{1,30}\)"
_AGENCY_BEHIND_DAY: Final = r"(?:[,.]{0,2} ?/? ?[A-Z][A-Za-z]{1,19} ?/?)?"
_BY_AGENCY: Final = r" ?\([A-Za-z][A-Za-z .&/\-]{1,30}\) ?[-–—:]+\s*"
DATELINE: Final = compile_pattern(
    rf"({_CITY})({_REST}){_AGENCY}{_BREAK}|({_TOWN})(?:, |: | ?/ ?| \()({_DAY})\)?{_AGENCY}{_BREAK}"
    rf"|({_TOWN})(?:(?:, ?| ?/ ?| )({_DAY}))?{_BY_AGENCY}"
)
TOWN_AHEAD: Final = compile_pattern(
    rf"({_TOWN})(?:, {_TOWN})?[,.]? {_DAY}(?:/[0-9]{{4}})?"
    rf"(?:{_AGENCY_BEHIND_DAY}(?:\.(?: |$)| ?[-–—]+ |$)|{_NAMED_AGENCY} )"
    rf"|({_TOWN}),? [A-Z]{{2,8}} ?[-–—]{{1,2}} "
    rf"|(?:{_DAY}(?:,? [0-9]{{4}})?,? )?({_TOWN})(?:, ?\(?[A-Z][\pL. ]{{1,25}}\)?)?(?:{_NAMED_AGENCY})?"
    r"(?:,? ?[-–—]{1,2} ?| ?: |$)"
    rf"|({_TOWN})(?:, {_TOWN})? \([A-Z]{{2,8}}\) ?"
)
"""What is a dateline only if its town is known: `Rabat - The …`, `Accra, Nov. 10, GNA - …`, `Bonn (DW)A`."""


@lru_cache(maxsize=256)
def match_dateline(beginning: str) -> Match | None:
    """Return the dateline that a line begins with; several steps ask for that of the same line."""
    return DATELINE.match(beginning)


@lru_cache(maxsize=256)
def match_town_ahead(beginning: str) -> Match | None:
    """Return what a line begins with that is a dateline if its town is known."""
    return TOWN_AHEAD.match(beginning)


def has_dateline(line: str) -> bool:
    """Tell whether a line begins with a dateline, such as `ISLAMABAD:` or `MOMBASA, Kenya, 21 November:`."""
    return match_dateline(line[:120]) is not None
