"""Step 2: the articles of a file, each with what its page says about itself."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, Final

from app.domain.article import Article
from app.errors import EmptyArticle
from app.parsing.calendar import read_day
from app.parsing.clean import tag_lines
from app.parsing.kinds import HEADLINE
from app.parsing.patterns import compile_pattern, read_lexicon
from app.parsing.sentences import find_dateline
from app.parsing.spans import Line

_NEAR: Final = 15
"""Lines that are not blank within which a page repeats its headline above the story."""
_SHORTEST_HEADLINE: Final = 20
_FIRST_LINES: Final = 25

_STAMP: Final = compile_pattern(
    r"(?:last )?(updated|published|posted|modified)?(?: on| at)?:?\s*(?:[a-z]{3,9},? )?(.{6,60})",
    ignore_case=True,
)


def read_articles(
    raw: str, *, url: str | None = None, outlet: str | None = None, published_on: date | None = None
) -> tuple[Article, ...]:
    """Split a file into its articles; what the caller knows wins over what the page says."""
    if not raw.strip():
        raise EmptyArticle
    pieces = [piece.strip() for piece in _pieces(raw)]
    return tuple(_read_article(piece, url, outlet, published_on) for piece in pieces if piece)


def _read_article(text: str, url: str | None, outlet: str | None, published_on: date | None) -> Article:
    lines = tag_lines(text)
    dateline = find_dateline(text, lines)
    stamps = dict(_stamps(text, lines))
    return Article(
        title=next((text[line.start : line.end] for line in lines if line.section is HEADLINE), None),
        text=text,
        url=url,
        outlet=outlet or _outlet(text, lines),
        dateline=dateline.city if dateline else None,
        published_on=published_on or stamps.get("published"),
        updated_on=stamps.get("updated"),
    )


def _pieces(raw: str) -> Iterator[str]:
    """Cut before every headline that a page repeats, with its day of publication between or below."""
    lines = [(number, line.strip()) for number, line in enumerate(raw.split("\n")) if line.strip()]
    borders = [0]
    last = -1
    for index, (number, line) in enumerate(lines):
        if index > last and len(line) >= _SHORTEST_HEADLINE and (repeated := _repeat(lines, index)):
            borders.append(number)
            last = repeated
    rows = raw.split("\n")
    for first, after in zip(borders, [*borders[1:], len(rows)], strict=True):
        yield "\n".join(rows[first:after])


def _repeat(lines: Sequence[tuple[int, str]], index: int) -> int | None:
    """Return where a headline is repeated close below, if a day of publication stands near."""
    headline = lines[index][1]
    for later in range(index + 1, min(index + _NEAR, len(lines))):
        if lines[later][1] == headline:
            near = lines[index + 1 : later + 4]
            return later if any(_stamp(line) for _, line in near) else None
    return None


def _stamps(text: str, lines: Sequence[Line]) -> Iterator[tuple[str, date]]:
    """Yield the days that the page's first lines give: `updated`, or `published` where no word says."""
    for line in reversed(lines[:_FIRST_LINES]):
        if stamp := _stamp(text[line.start : line.end]):
            yield stamp


def _stamp(line: str) -> tuple[str, date] | None:
    found = _STAMP.fullmatch(line) if len(line) <= 90 else None
    day = read_day(found.group(2)) if found else None
    if found is None or day is None:
        return None
    word = (found.group(1) or "published").lower()
    return ("updated" if word in ("updated", "modified") else "published"), day


@cache
def _templates() -> tuple[tuple[str, Any, Any], ...]:
    return tuple(
        (
            row["outlet"],
            compile_pattern(row["line"], ignore_case=True),
            compile_pattern(row["next_line"], ignore_case=True),
        )
        for row in read_lexicon("page_templates")
    )


def _outlet(text: str, lines: Sequence[Line]) -> str | None:
    """Return the outlet whose page furniture this is, where two lines together are its own."""
    words = [text[line.start : line.end] for line in lines[:_FIRST_LINES]]
    for one, following in pairwise(words):
        for outlet, first, second in _templates():
            if first.fullmatch(one) and second.fullmatch(following):
                return outlet
    return None
