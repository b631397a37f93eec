"""How routes document what they take and answer."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import Field

from app.api.problems import MALFORMED, NOT_FOUND, VALIDATION, documented
from app.queries.event_filter import Expansion
from app.queries.paging import Filter
from app.queries.values import Several

EventId = Annotated[
    str, Path(alias="id", description="An event's id.", examples=["evt_0191684e8a9c7d5c9d6f0b1a2c3d4e5f"])
]
AgreementId = Annotated[
    str, Path(alias="id", description="An agreement's id.", examples=["agr_0191684e8a9c7d5c9d6f0b1a2c3d4e5f"])
]
OfficialId = Annotated[
    str, Path(alias="id", description="An official's id.", examples=["off_0191684e8a9c7d5c9d6f0b1a2c3d4e5f"])
]
ArticleId = Annotated[
    str, Path(alias="id", description="An article's id.", examples=["art_0191684e8a9c7d5c9d6f0b1a2c3d4e60"])
]
ReviewId = Annotated[
    str, Path(alias="id", description="A review's id.", examples=["rev_0191684e8a9c7d5c9d6f0b1a2c3d4e62"])
]
KeyId = Annotated[
    str, Path(alias="id", description="A key's id.", examples=["key_0191684e8a9c7d5c9d6f0b1a2c3d4e61"])
]
JobId = Annotated[
    str, Path(alias="id", description="A job's id.", examples=["job_0191684e8a9c7d5c9d6f0b1a2c3d4e64"])
]
PartyWord = Annotated[str, Path(alias="id", description="An id, any code or any name.", examples=["PAK"])]
Pair = Annotated[
    str,
    Path(
        description="Two ids in alphabetical order; other orders and names are redirected.",
        examples=["IRQ-PAK"],
    ),
]


class Shown(Filter):
    """How one event is shown."""

    expand: Several[Expansion] = Field(
        default=(),
        description="What to show whole, one level deep.\n\n- `participants`: each official.\n"
        "- `reports`: each source's own account.\n- `agreement`: the agreement it is a step of.",
    )


FACETS = "Counts by value in `facets`; each facet ignores the filter of its own name."

_NEXT = {"Link": {"description": 'The next page, `rel="next"`.', "schema": {"type": "string"}}}

OF_LISTS: dict[int | str, dict[str, Any]] = {
    200: {"headers": _NEXT},
    **documented(VALIDATION, MALFORMED),
}
OF_QUERIES = documented(VALIDATION)
OF_ONE = documented(NOT_FOUND, VALIDATION)
OF_ONE_LISTS: dict[int | str, dict[str, Any]] = {**OF_LISTS, **OF_ONE}
MOVED: dict[int | str, dict[str, Any]] = {
    308: {
        "description": "It is found under another id now.",
        "headers": {"Location": {"description": "The new address.", "schema": {"type": "string"}}},
    },
}
OF_MOVED: dict[int | str, dict[str, Any]] = {**MOVED, **OF_ONE}
OF_MOVED_LISTS: dict[int | str, dict[str, Any]] = {**OF_LISTS, **OF_MOVED}
