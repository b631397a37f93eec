"""Patterns on article text: RE2, so that no text can make one slow."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import re2

LEXICONS = Path(__file__).with_name("lexicons")
QUOTES = "\"'“”‘’«»"


def compile_pattern(pattern: str, *, ignore_case: bool = False) -> Any:
    """Compile a pattern; RE2 has no lookaround and no backreference."""
    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.never_nl = False
    options.log_errors = False
    return re2.compile(pattern, options)


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Read a lexicon file, a dict for each row."""
    with (LEXICONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))
