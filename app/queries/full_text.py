"""Full-text search as people type it, and the words that it found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Double, Row, Select, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries.rows import read_rows

# Control characters, which no text that we serve holds, stand around the words found.
_START, _STOP, _BETWEEN = "\x02", "\x03", "\x1e"
_HOW = (
    f'StartSel="{_START}", StopSel="{_STOP}", FragmentDelimiter="{_BETWEEN}", '
    "MaxFragments=3, MaxWords=25, MinWords=8"
)


@dataclass(frozen=True, slots=True)
class Highlight:
    """A piece of text, and the first code point of each word found in it with the one after its last."""

    text: str
    marks: list[tuple[int, int]]


def matches(document: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Keep what holds the words, in the syntax of web searches: "a phrase", or, and a minus for without."""
    return document.bool_op("@@")(_query(words))


def relevance(document: ColumnElement[Any], words: str | None) -> ColumnElement[float]:
    """Rank a document by how often and how near each other it holds the words; 0 without words."""
    if words is None:
        return literal(0.0, Double)
    # 1: a long document is not more relevant for its length. Double: a cursor holds what was compared.
    return cast(func.ts_rank_cd(document, _query(words), 1), Double)


async def find_highlights(
    session: AsyncSession,
    texts: Select[Any],
    id_column: ColumnElement[UUID],
    rows: Sequence[Row[Any]],
    words: str | None,
) -> dict[UUID, list[Highlight]]:
    """Return the pieces of text with the words found, by row; `texts` selects (id, text)."""
    if not words or not rows:
        return {}
    shown = texts.where(id_column.in_([row.id for row in rows])).subquery("shown")
    headline = func.ts_headline("english", shown.c.text, _query(words), _HOW).label("headline")
    found = await read_rows(session, select(shown.c.id, headline))
    return {row.id: _pieces(row.headline) for row in found}


def _query(words: str) -> ColumnElement[Any]:
    # Each minus nests the query deeper, and Postgres fails at the thirty-second.
    return func.websearch_to_tsquery("english", re.sub(r"(?:-\s*){2,}", "-", words))


def _pieces(headline: str) -> list[Highlight]:
    """Read the pieces that hold a word found; Postgres gives the beginning where none does."""
    pieces = [_read(piece) for piece in headline.split(_BETWEEN)]
    return [piece for piece in pieces if piece.marks]


def _read(piece: str) -> Highlight:
    text, marks = "", []
    for part in re.split(f"(?={_START})|(?<={_STOP})", piece):
        word = part.strip(_START + _STOP)
        if part.startswith(_START):
            marks.append((len(text), len(text) + len(word)))
        text += word
    return Highlight(text, marks)
