"""Patterns on article text: RE2, so that no text can make one slow."""

import csv
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import re2

LEXICONS = Path(__file__).with_name("lexicons")
_SET_MEMORY = 64 << 20
"""Bytes; a set that ran out of memory would find nothing."""
QUOTES = "\"'“”‘’«»"


def compile_pattern(pattern: str, *, ignore_case: bool = False) -> Any:
    """Compile a pattern; RE2 has no lookaround and no backreference."""
    options = re2.Options()
    options.case_sensitive = not ignore_case
    options.never_nl = False
    options.log_errors = False
    return re2.compile(pattern, options)


def compile_set(patterns: Sequence[str], *, whole: bool = False) -> Callable[[str], list[int]]:
    """Return a function that tells in one pass which patterns a text has, or is if `whole`."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _SET_MEMORY
    chosen = re2.Set.FullMatchSet(options) if whole else re2.Set.SearchSet(options)
    for pattern in patterns:
        chosen.Add(pattern)
    chosen.Compile()
    return lambda text: sorted(chosen.Match(text) or ())


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Read a lexicon file, a dict for each row."""
    with (LEXICONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))
