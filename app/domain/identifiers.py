"""The ids that readers see: a prefix that says what it is of, and 32 hexadecimal digits."""

import re
from enum import StrEnum
from uuid import UUID


class Prefix(StrEnum):
    """What an id is of."""

    EVENT = "evt"
    OFFICIAL = "off"
    AGREEMENT = "agr"
    ARTICLE = "art"
    REPORT = "rep"
    REVIEW = "rev"
    KEY = "key"
    AUDIT = "aud"
    JOB = "job"


def public_id(prefix: Prefix, row_id: UUID) -> str:
    """Return the id that readers see: `evt_` and the row's UUID."""
    return f"{prefix}_{row_id.hex}"


def row_id(prefix: Prefix, text: str) -> UUID | None:
    """Return the UUID in an id, or None where the text is no such id."""
    match = re.fullmatch(rf"{prefix}_([0-9a-f]{{32}})", text)
    return UUID(match[1]) if match else None
