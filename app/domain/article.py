"""An article as it came in."""

import hashlib
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Article(BaseModel):
    """A news story or an official readout. The text may be unknown while its hash is known.

    Offsets everywhere count code points in `text`, which is never changed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None = None
    text: str | None = Field(default=None, repr=False)
    text_sha256: str = ""
    url: str | None = None
    outlet: str | None = Field(default=None, description="An outlet's name or domain.")
    language: str = "en"
    dateline: str | None = None
    published_on: date | None = None
    updated_on: date | None = None
    dataset: str | None = Field(default=None, description="The list that it is a row of.")
    record_id: str | None = Field(default=None, description="Its number there: a row's only evidence.")

    @model_validator(mode="before")
    @classmethod
    def fill_hash(cls, values: dict[str, object]) -> dict[str, object]:
        """Take the hash from the text where a text is given."""
        text = values.get("text")
        if isinstance(text, str) and not values.get("text_sha256"):
            return {**values, "text_sha256": hash_text(text)}
        return values

    @model_validator(mode="after")
    def check_hash(self) -> Self:
        """Refuse a hash that is not the text's."""
        if self.text is not None and self.text_sha256 != hash_text(self.text):
            raise ValueError("text_sha256 is not the text's")
        if not self.text_sha256:
            raise ValueError("an article needs a text or the hash of one")
        if (self.dataset is None) != (self.record_id is None):
            raise ValueError("a row needs its dataset and its record id")
        return self
