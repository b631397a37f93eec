"""An article as it is handed in."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from app.api.requests.values import Body, Line
from app.ingestion.handed_in import MAX_TITLE, Facts
from app.queries.values import Day

_MAX_URL = 2000
Title = Annotated[Line, Field(max_length=MAX_TITLE)]
Url = Annotated[Line, StringConstraints(max_length=_MAX_URL, pattern=r"^https?://[^\s/?#]+[^\s]*$")]
Outlet = Annotated[Line, Field(max_length=200)]
PublicationDay = Annotated[
    Day,
    Field(ge=date(1800, 1, 1), lt=date(2200, 1, 1)),
    WithJsonSchema({"type": "string", "format": "date"}),  # JSON Schema has no bounds of days
]


class _Told(BaseModel):
    title: Title | None = Field(
        default=None, description="Its headline, where the text does not begin with it."
    )
    url: Url | None = Field(
        default=None, description="Where it was published, http or https. It is kept, and never fetched."
    )
    outlet: Outlet | None = Field(
        default=None, description="Who published it: a name or a domain, such as arabnews.com."
    )
    published_on: PublicationDay | None = Field(
        default=None, description="Its day of publication, which its relative dates count from."
    )
    updated_on: PublicationDay | None = Field(default=None, description="The day of its last update.")

    def facts(self) -> Facts:
        """Return what is told of the article."""
        return Facts(**{name: getattr(self, name) for name in Facts.model_fields})


class ArticleFacts(_Told):
    """What the address can say of the article in the body; a JSON article's own fields win."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleRequest(_Told, Body):
    """An article in JSON."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Oman, Iraq discuss trade",
                    "text": "BAGHDAD: Iraqi Foreign Minister Fuad Hussein met his Omani counterpart "
                    "Badr Albusaidi in Baghdad on Monday, the foreign ministry said.",
                    "outlet": "Arab News",
                    "published_on": "2024-08-20",
                }
            ]
        }
    )

    text: str = Field(min_length=1, description="The article's text, at most 2 MiB.")
