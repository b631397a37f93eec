"""Texts made to be slow or to break a reader: each is read within the bounds, or refused by name.

The bound is generous for a slow machine, yet far below what a quadratic step would take.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.article import Article
from app.errors import TooMuchTold
from app.parsing.pipeline import parse_article
from tests.parsing.monotonous import MONOTONOUS, SIZE

_SECONDS, _MEBIBYTES = 2, 256
_TOO_MUCH = {"names", "meetings", "visits", "offices met", "strangers", "days"}


def _word(number: int) -> str:
    """Return a name of its own for each number."""
    return "".join(chr(97 + number // 26**place % 26) for place in range(4)).capitalize()


_TEXTS = {
    **MONOTONOUS,
    "initials": "A. " * (SIZE // 3),
    "mixed scripts": "Ministerминистр大臣وزير " * (SIZE // 24),
    "surrogates of emoji": "👩‍👩‍👧‍👦" * (SIZE // 7),
    "lines": "and then\n" * (SIZE // 9),
    "one long sentence": "minister " * 100_000,
    "countries": "Peru, Chile and " * (SIZE // 16),
    "offices": "Foreign Minister of Peru " * (SIZE // 25),
    "names": "Minister Ana Solis of Peru met Minister Rosa Vidal of Chile and " * (SIZE // 64),
    "dates": "on Monday 19 August 2024 and " * (SIZE // 29),
    "meetings": "Peru's President Ana Solis met Chile's President Rosa Vidal in Lima on Monday. "
    * (SIZE // 80),
    "possessives": "Peru's " * (SIZE // 7),
    "offices met": "Peru's President met Chile's President in Lima. " * (SIZE // 48),
    "strangers": "".join(f"Minister Ana {_word(n)} of Peru spoke. " for n in range(SIZE // 35)),
    "days": "".join(
        f"Peru's President Ana Solis met Chile's President Rosa Vidal on {n % 28 + 1} March {1950 + n % 70}. "
        for n in range(SIZE // 85)
    ),
    "most days": "".join(
        f"Peru's President Ana Solis met Chile's President Rosa Vidal on {n % 28 + 1} March {1950 + n % 70}. "
        for n in range(990)
    ),
    "most people": "".join(f"Minister Ana {_word(n)} of Peru spoke. " for n in range(490)),
    "visits": "received Peru's Ana Solis on his visit to the country and " * (SIZE // 58),
}
_READ_EACH = """
import json, multiprocessing, pathlib, sys, time
from app.errors import TooMuchTold
from app.parsing.pipeline import parse_article
from app.parsing.split import read_articles
def read(text):
    try:
        for article in read_articles(text):
            parse_article(article)
    except TooMuchTold:
        return True
    return False
def measure(name, text):
    before = time.process_time()
    refused = read(text)
    seconds = time.process_time() - before
    status = pathlib.Path("/proc/self/status").read_text()
    print(json.dumps([name, seconds, int(status.split("VmHWM:")[1].split()[0]) / 1024, refused]), flush=True)
texts = json.load(sys.stdin)
read("Peru's President Ana Solis met Chile's President Rosa Vidal.")
for one in texts.items():
    process = multiprocessing.get_context("fork").Process(target=measure, args=one)
    process.start()
    process.join()
"""


Reading = tuple[float, float, bool]
"""Seconds of work, peak mebibytes, and whether it was refused."""


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Read each text in a fork of one warm process."""
    run = subprocess.run(
        [sys.executable, "-c", _READ_EACH],
        input=json.dumps(_TEXTS),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    sys.stderr.write(run.stderr)  # pytest shows it with the text that could not be read
    return {name: (*told,) for name, *told in map(json.loads, run.stdout.split("\n")[:-1])}


@pytest.mark.parametrize("name", sorted(_TEXTS))
def test_99_a_hostile_text_is_read_within_bounds(name: str, readings: dict[str, Reading]) -> None:
    assert name in readings, "reading it failed"
    seconds, mebibytes, refused = readings[name]
    assert seconds < _SECONDS
    assert mebibytes < _MEBIBYTES
    assert refused == (name in _TOO_MUCH)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Peru's President Ana Solis met Chile's President Rosa Vidal in Lima. " * 1_001, "1,000 events"),
        ("".join(f"Minister Ana {_word(n)} of Peru spoke. " for n in range(501)), "500 people"),
    ],
    ids=["events", "people"],
)
def test_99_a_text_that_tells_of_too_much_is_refused(text: str, told: str) -> None:
    with pytest.raises(TooMuchTold, match=f"more than {told}"):
        parse_article(Article(text=text))
