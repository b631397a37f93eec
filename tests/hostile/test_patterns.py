"""Each pattern that a request or an article can meet, on 200 kB made to be slow.

Slow is what takes more than its bound and also grows faster than the text: a busy machine can make any
pattern miss a bound, but only one that goes back again and again takes 64 times as long for a text eight
times as long. That is measured on pieces whose matches fit the processor's caches.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import app
from app.parsing.patterns import Pattern as ParsingPattern
from tests.parsing.monotonous import MONOTONOUS, SIZE

SECONDS, SECONDS_A_MATCH = 0.1, 1e-5
LARGE, SMALL = 8, 64
"""Which parts of a text its growth is told from."""
GROWTH = 24
"""Times as long for the larger of them: between 8, of a pattern that goes on, and 64."""
MET_BY_STRANGERS = ("app.api", "app.domain", "app.ingestion", "app.parsing", "app.queries", "app.storage")
TEXTS = {
    **MONOTONOUS,
    "lines": "x" + "\n" * SIZE + "x",
    "letters": "a" * SIZE,
    "digits": "1" * SIZE,
    "words": "ab " * (SIZE // 3),
    "controls": "\0" * SIZE,
    "hidden": "\u200b" * SIZE,
}
SHORT = {
    "app.parsing.split._STAMP": 90,
    "app.parsing.mentions._PERSON": 1_000,  # a letter for each word of a sentence, which is cut there
    **{
        f"app.parsing.{module}.{name}": 120
        for module in ("clean", "sentences")
        for name in ("DATELINE", "TOWN_AHEAD")
    },
}
"""Patterns that meet no text of more characters, by the code that uses them."""
Pattern = re.Pattern[str] | ParsingPattern


def patterns() -> Iterator[tuple[str, Pattern]]:
    """Yield the compiled patterns of the modules that strangers' text comes to, by module and name."""
    for found in pkgutil.walk_packages(app.__path__, "app."):
        if found.name.startswith(MET_BY_STRANGERS):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, (re.Pattern, ParsingPattern)):
                    yield f"{found.name}.{name}", value


def measure(pattern: Pattern, text: str) -> tuple[float, int]:
    """Return the seconds of work that going through a text takes, and the matches found there."""
    before = time.process_time()
    matches = sum(1 for _ in pattern.finditer(text))
    pattern.fullmatch(text)
    return time.process_time() - before, matches


def is_slow(pattern: Pattern, text: str) -> bool:
    """Tell whether a pattern takes too long and grows faster than the text."""
    seconds, matches = measure(pattern, text)
    if seconds < SECONDS + matches * SECONDS_A_MATCH:
        return False
    large, small = (
        min(measure(pattern, text[-len(text) // part :])[0] for _ in range(5)) for part in (LARGE, SMALL)
    )
    return large > GROWTH * small


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_99_no_pattern_takes_long_on_a_hostile_text(text: str) -> None:
    found = dict(patterns())
    assert len(found) > 50
    assert {name for name, pattern in found.items() if is_slow(pattern, text[: SHORT.get(name)])} == set()


@pytest.mark.teeth
def test_a_pattern_that_goes_back_again_and_again_is_noticed() -> None:
    assert is_slow(re.compile(r"\s+$"), TEXTS["blanks"][:20_000] + "x")


def test_a_pattern_that_goes_on_is_not_slow_however_long_it_takes() -> None:
    assert not is_slow(re.compile("(?:" + "|".join(f",{n}" for n in range(500)) + ")"), "," * 250_000)
