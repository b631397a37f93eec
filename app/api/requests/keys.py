"""What makes a key."""

from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from app.api.requests.values import Body, Instant, Line
from app.domain.keys import MAX_NAME, Scope
from app.errors import NameNotValid

Name = Annotated[Line, Field(max_length=MAX_NAME)]


def check_name(text: str) -> str:
    """Return a key's name as it is stored, or refuse it, for whoever does not send a body."""
    try:
        return TypeAdapter(Name).validate_python(text)
    except ValidationError as error:
        raise NameNotValid(error.errors()[0]["msg"]) from None


class KeyRequest(Body):
    """A key to make."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "newsroom", "scopes": ["articles:write"], "expires_at": "2027-01-31T00:00:00Z"}
            ]
        }
    )

    name: Name = Field(description="Whose it is, or what for.")
    scopes: Annotated[list[Annotated[Scope, Field(strict=False)]], Field(max_length=len(Scope))] = Field(
        description="What it may do; with none it only shows who you are."
    )
    expires_at: Instant | None = Field(default=None, description="When it ends by itself; null for never.")
