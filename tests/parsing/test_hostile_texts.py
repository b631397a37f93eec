"""Texts made to be slow or to break a reader: each is read within the bounds, or refused by name.

The bound is generous for a slow machine, yet far below what a quadratic step would take.
"""

import subprocess
import sys
from pathlib import Path

import pytest

_SIZE = 200_000
_SECONDS, _MEBIBYTES = 2, 256
_TEXTS = {
    "blanks": "x" + " " * _SIZE + "x",
    "dashes": "-" * _SIZE,
    "quotes": "“" * _SIZE,
    "straight quotes": '"' * _SIZE,
    "brackets": "(" * _SIZE,
    "closed brackets": "()" * (_SIZE // 2),
    "commas": "," * _SIZE,
    "full stops": "." * _SIZE,
    "capitals": "A" * _SIZE,
    "initials": "A. " * (_SIZE // 3),
    "mixed scripts": "Ministerминистр大臣وزير " * (_SIZE // 24),
    "combining marks": "e\u0301" * (_SIZE // 2),
    "surrogates of emoji": "👩‍👩‍👧‍👦" * (_SIZE // 7),
    "lines": "and then\n" * (_SIZE // 9),
    "one long sentence": "minister " * 100_000,
    "countries": "Peru, Chile and " * (_SIZE // 16),
    "offices": "Foreign Minister of Peru " * (_SIZE // 25),
    "names": "Minister Ana Solis of Peru met Minister Rosa Vidal of Chile and " * (_SIZE // 64),
    "dates": "on Monday 19 August 2024 and " * (_SIZE // 29),
    "meetings": "Peru's President Ana Solis met Chile's President Rosa Vidal in Lima on Monday. "
    * (_SIZE // 80),
    "possessives": "Peru's " * (_SIZE // 7),
}
_READ = """
import pathlib, sys, time
from app.parsing.pipeline import parse_article
from app.parsing.split import read_articles
def read(text):
    for article in read_articles(text):
        parse_article(article)
read("Peru's President Ana Solis met Chile's President Rosa Vidal.")
text = sys.stdin.read()
before = time.process_time()
read(text)
status = pathlib.Path("/proc/self/status").read_text()
print(time.process_time() - before, int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""


@pytest.mark.parametrize("name", sorted(_TEXTS))
def test_a_hostile_text_is_read_within_bounds(name: str) -> None:
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", _READ],
        input=_TEXTS[name],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    seconds, mebibytes = map(float, run.stdout.split())
    assert seconds < _SECONDS
    assert mebibytes < _MEBIBYTES
