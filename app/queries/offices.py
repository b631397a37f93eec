"""Events in which the holder of an office took part."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, any_, func, or_, select

from app.storage.tables import participation, tenure


def is_office(words: str) -> Select[Any]:
    """Return the events where an office, as reported or as held that day, has every one of the words."""
    # The offices held are looked up first, as an array, so that both sides of the `or` have an index.
    held = select(tenure.c.id).where(*has_words(tenure.c.title, words))
    reported = and_(*has_words(participation.c.title_as_reported, words))
    return select(participation.c.event).where(
        or_(reported, participation.c.tenure == any_(func.array(held.scalar_subquery())))
    )


def has_words(column: ColumnElement[Any], words: str) -> Iterator[ColumnElement[bool]]:
    """Yield that a text holds each word, whatever its case; the wildcards of SQL stand for themselves."""
    for word in words.split():
        escaped = re.sub(r"([\\%_])", r"\\\1", word)
        yield column.ilike(f"%{escaped}%")
