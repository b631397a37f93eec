"""The kinds of value that filters take, each strict: what is not exactly right is refused."""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.domain.identifiers import Prefix, row_id
from app.domain.vocabulary import topics

MAX_WORDS = 50
"""Most values of one repeated parameter."""

_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_Item = TypeVar("_Item")


def refuse_unprintable(text: str) -> str:
    """Refuse control characters, surrogates and noncharacters; return the text in NFC."""
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cs") or ord(char) & 0xFFFE == 0xFFFE:
            raise PydanticCustomError("text", "Control characters are not allowed")
    return unicodedata.normalize("NFC", text)


def _strict_day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise PydanticCustomError("date", "A calendar day is written YYYY-MM-DD, such as 2024-08-19")
    return value


def _strict_instant(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if _INSTANT.fullmatch(value):
                return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise PydanticCustomError(
            "instant",
            "An instant is written with its offset, such as 2024-08-19T12:00:00Z; "
            "in an address, a + is written %2B",
        )
    return value


def _strict_share(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,20})?([eE]-?[0-9]{1,3})?", value):
        raise PydanticCustomError("float", "A number from 0 to 1 is needed, such as 0.8")
    return value


def _strict_number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise PydanticCustomError("int", "A whole number is needed, such as 50")
    return value


def _strict_flag(value: Any) -> Any:
    if isinstance(value, str) and value not in ("true", "false"):
        raise PydanticCustomError("bool", "true or false is needed")
    return value


def _known_topic(topic: str) -> str:
    if topic not in topics():
        expected = ", ".join(repr(known) for known in topics())
        raise PydanticCustomError("enum", "There is no such topic", {"expected": expected})
    return topic


def _event_id(text: str) -> str:
    if row_id(Prefix.EVENT, text) is None:
        raise PydanticCustomError("id", "An event's id is evt_ and 32 hexadecimal digits")
    return text


def _official_id(text: str) -> str:
    if row_id(Prefix.OFFICIAL, text) is None:
        raise PydanticCustomError("id", "An official's id is off_ and 32 hexadecimal digits")
    return text


Text = Annotated[str, AfterValidator(refuse_unprintable)]
Word = Annotated[Text, Field(min_length=1, max_length=200)]
SearchText = Annotated[Text, Field(min_length=1, max_length=200)]
Several = Annotated[tuple[_Item, ...], Field(max_length=MAX_WORDS)]
Words = Annotated[tuple[Word, ...], Field(max_length=MAX_WORDS)]
Day = Annotated[date, BeforeValidator(_strict_day)]
Instant = Annotated[datetime, BeforeValidator(_strict_instant)]
Share = Annotated[float, Field(ge=0, le=1), BeforeValidator(_strict_share)]
STRICT_NUMBER = BeforeValidator(_strict_number)
Count = Annotated[int, STRICT_NUMBER]
Position = Annotated[int, STRICT_NUMBER]
Flag = Annotated[bool, BeforeValidator(_strict_flag)]
TopicId = Annotated[
    str, AfterValidator(_known_topic), WithJsonSchema({"type": "string", "enum": sorted(topics())})
]
EventId = Annotated[
    str,
    AfterValidator(_event_id),
    WithJsonSchema({"type": "string", "pattern": "^evt_[0-9a-f]{32}$"}),
]
OfficialId = Annotated[
    str,
    AfterValidator(_official_id),
    WithJsonSchema({"type": "string", "pattern": "^off_[0-9a-f]{32}$"}),
]
