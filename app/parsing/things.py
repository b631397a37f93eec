"""What kind of thing changed hands, by a list of such things, or as something that was counted."""

from typing import Final

from app.domain.vocabulary import Mode
from app.parsing.candidates import Candidate
from app.parsing.patterns import compile_pattern, read_lexicon
from app.parsing.spans import Span

_THINGS: Final = tuple(
    (Mode(row["mode"]), compile_pattern(rf"(?:^|\b)(?:{row['words']})(?:\b|$)", ignore_case=True))
    for row in read_lexicon("things")
)
_HANDED: Final = compile_pattern(r"^(?:(?:to|will) )?(?:hand|donat|gift|turn)", ignore_case=True)
_COUNTED: Final = compile_pattern(
    r"^(?:[0-9][0-9.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|"
    r"(?:dozens|hundreds|thousands|batch|consignment|set|shipment|fleet|pair) of) (?:[\w\-]+ ){0,4}[\w\-]+s$",
    ignore_case=True,
)
"""What no list has, but is counted: `handed over 200,000 tree seedlings`."""
_DETERMINER: Final = compile_pattern(
    r"^(?:(?:the|a|an|some|its|their|his|her|over|back)\s+)+", ignore_case=True
)


def find_thing(text: str, candidate: Candidate) -> tuple[Span | None, Mode | None]:
    """Return what changed hands without its article, and what kind of thing it is."""
    if candidate.thing is None:
        return None, None
    start, end = candidate.thing
    if article := _DETERMINER.search(text[start:end]):
        start += article.end()
    words = text[start:end]
    mode = next((mode for mode, pattern in _THINGS if pattern.search(words)), None)
    if mode is None and _COUNTED.match(words) and _HANDED.match(text[candidate.start : candidate.end]):
        mode = Mode.GOODS
    return (Span(start, end), mode) if words else (None, None)
