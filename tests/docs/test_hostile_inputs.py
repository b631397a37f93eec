"""Each line of the list of hostile inputs has a test with its number in the name."""

import re
from pathlib import Path

from app.settings import bundled_folder

_LISTED = re.compile(r"^(\d+)\. .*$", re.MULTILINE)


def test_each_hostile_input_is_tested_by_its_number() -> None:
    text = (bundled_folder("docs") / "hostile-inputs.md").read_text(encoding="utf-8")
    listed = {int(number) for number in _LISTED.findall(text)}
    assert listed == set(range(1, 103))
    assert _tested_numbers() >= listed, sorted(listed - _tested_numbers())


def _tested_numbers() -> set[int]:
    names = re.compile(r"def test_((?:\d+_(?:and_|to_)?)+)")
    tests = Path(__file__).parents[1]
    found: set[int] = set()
    for path in tests.rglob("test_*.py"):
        for numbers in names.findall(path.read_text(encoding="utf-8")):
            found |= _spread(numbers.replace("_", " "))
    return found


def _spread(words: str) -> set[int]:
    """Return the numbers that words such as `2 and 3` or `24 to 28` name."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", words):
        found |= set(range(int(first), int(last or first) + 1))
    return found
