"""The kinds of value that bodies hold."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from app.queries.values import refuse_unprintable

MAX_MARKS = 8
"""Most combining marks on one letter; no script's own spelling has more."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they let a line read otherwise than it is stored
_UNSEEN = re.compile(r"[\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff]*")


class Body(BaseModel):
    """What every body is: strict, and without fields that nobody asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _one_line(text: str) -> str:
    plain = refuse_unprintable(text)
    if _TURNING.search(plain):
        raise PydanticCustomError(
            "text", "Characters that turn the direction of writing are not allowed here"
        )
    if _UNSEEN.fullmatch(plain):
        raise PydanticCustomError("text", "Something that can be seen is needed")
    marks = 0
    for char in plain:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MAX_MARKS:
            raise PydanticCustomError("text", "There are too many marks on one letter")
    return plain.strip()


def _instant(value: Any) -> Any:
    """Take an instant as RFC 3339 writes it, between 1800 and 2200; numbers are no instants."""
    if not isinstance(value, str):
        return value
    try:
        instant = datetime.fromisoformat(value) if re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:", value) else None
    except ValueError:
        instant = None
    if instant is None or not 1800 < instant.year < 2200:
        raise PydanticCustomError("instant", "An instant is written 2027-01-31T12:00:00Z")
    return instant


Line = Annotated[str, AfterValidator(_one_line)]
"""One line of text that people read; its limit goes beside it, such as `Field(max_length=500)`."""
Instant = Annotated[AwareDatetime, BeforeValidator(_instant)]
