"""Names as people misspell them: what holds every word and, where nothing does, what looks alike."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    and_,
    cast,
    false,
    func,
    or_,
    select,
)

from app.domain.names import name_key

LIKENESS = 0.4
"""Least share of the trigrams of a misspelt word that the right name has too."""


def is_called(
    names: FromClause, owner: ColumnElement[Any], of: ColumnElement[Any], words: str
) -> ColumnElement[bool]:
    """Keep owners one of whose names holds every word; where nobody's does, looks like holding it.

    `of` is the column of `names` that says whose name it is.
    """
    key = name_key(words)
    if not key:
        return false()
    # A key holds letters, digits and blanks only, so that LIKE takes each character for itself.
    every = and_(*(names.c.name_key.like(f"%{word}%") for word in key.split()))
    holds = select(of).where(every).correlate(None)
    # The operators go by the index of trigrams: one by the whole name, the other by parts of it.
    whole, parts = names.c.name_key.bool_op("%")(key), names.c.name_key.bool_op("%>")(key)
    each = (func.word_similarity(word, names.c.name_key) >= LIKENESS for word in key.split())
    alike = select(of).where(~holds.exists(), or_(whole, and_(parts, *each)))
    alike = alike.correlate(None)
    return or_(owner.in_(holds), owner.in_(alike))


def closeness(
    names: FromClause, owner: ColumnElement[Any], of: ColumnElement[Any], words: str | None
) -> ColumnElement[int]:
    """Return how close the closest name comes to the words, in thousandths: what relevance sorts by."""
    name, key = names.c.name_key, name_key(words or "")
    # A name that is the words comes before one that also holds them.
    close = func.similarity(name, key) + func.word_similarity(key, name)
    best = select(func.max(close)).where(of == owner).scalar_subquery()
    return func.coalesce(cast(func.round(best * 500), Integer), 0)
