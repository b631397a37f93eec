"""Full-text search as people type it."""

import re

from sqlalchemy import ColumnElement, func


def matches(document: ColumnElement[object], words: str) -> ColumnElement[bool]:
    """Keep what holds the words, in the syntax of web searches: "a phrase", or, and a minus for without."""
    # Each minus nests the query deeper, and Postgres fails at the thirty-second.
    once = re.sub(r"(?:-\s*){2,}", "-", words)
    return document.bool_op("@@")(func.websearch_to_tsquery("english", once))
