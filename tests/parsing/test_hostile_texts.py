"""Texts made to be slow or to break a reader: each is read within the bounds, or refused by name.

The bound is generous for a slow machine, yet far below what a quadratic step would take.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.article import Article
from app.errors import TooManyStatements
from app.parsing.pipeline import parse_article
from tests.parsing.monotonous import MONOTONOUS, SIZE

_SECONDS, _MEBIBYTES = 2, 256
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
    "visits": "received Peru's Ana Solis on his visit to the country and " * 1_900,
}
_TOO_MUCH = "received Peru's Ana Solis on his visit to the country and " * (SIZE // 58)
_READ_EACH = """
import json, multiprocessing, pathlib, sys, time
from app.parsing.pipeline import parse_article
from app.parsing.split import read_articles
def read(text):
    for article in read_articles(text):
        parse_article(article)
def measure(name, text):
    before = time.process_time()
    read(text)
    seconds = time.process_time() - before
    status = pathlib.Path("/proc/self/status").read_text()
    print(json.dumps([name, seconds, int(status.split("VmHWM:")[1].split()[0]) / 1024]), flush=True)
texts = json.load(sys.stdin)
read("Peru's President Ana Solis met Chile's President Rosa Vidal.")
for one in texts.items():
    process = multiprocessing.get_context("fork").Process(target=measure, args=one)
    process.start()
    process.join()
"""


@pytest.fixture(scope="module")
def readings() -> dict[str, tuple[float, float]]:
    """Read each text in a fork of one warm process; return its seconds of work and its peak mebibytes."""
    run = subprocess.run(
        [sys.executable, "-c", _READ_EACH],
        input=json.dumps(_TEXTS),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    sys.stderr.write(run.stderr)  # pytest shows it with the text that could not be read
    return {
        name: (seconds, mebibytes)
        for name, seconds, mebibytes in map(json.loads, run.stdout.split("\n")[:-1])
    }


@pytest.mark.parametrize("name", sorted(_TEXTS))
def test_99_a_hostile_text_is_read_within_bounds(name: str, readings: dict[str, tuple[float, float]]) -> None:
    assert name in readings, "reading it failed"
    seconds, mebibytes = readings[name]
    assert seconds < _SECONDS
    assert mebibytes < _MEBIBYTES


def test_99_a_text_that_tells_of_thousands_of_events_is_refused() -> None:
    with pytest.raises(TooManyStatements, match="more than 4,000 times"):
        parse_article(Article(text=_TOO_MUCH))
