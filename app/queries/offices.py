"""Events in which the holder of an office took part."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, select

from app.storage.tables import participation, tenure


def is_office(words: str) -> CompoundSelect[Any]:
    """Return the events where an office, as reported or as held that day, has every one of the words."""
    reported = select(participation.c.event).where(*has_words(participation.c.title_as_reported, words))
    held = (
        select(participation.c.event)
        .join(tenure, tenure.c.id == participation.c.tenure)
        .where(*has_words(tenure.c.title, words))
    )
    return reported.union(held)


def has_words(column: ColumnElement[Any], words: str) -> Iterator[ColumnElement[bool]]:
    """Yield that a text holds each word, whatever its case; the wildcards of SQL stand for themselves."""
    for word in words.split():
        escaped = re.sub(r"([\\%_])", r"\\\1", word)
        yield column.ilike(f"%{escaped}%")
