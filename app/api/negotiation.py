"""Which format a list is sent in: the suffix of the address, else what Accept likes best."""

import re
from collections.abc import Mapping
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.exports.formats import MEDIA_TYPES
from app.api.exports.lists import LISTS, NETWORK, ExportList
from app.api.exports.nested import NESTED
from app.api.responses.network import GRAPHML

_JSON = ("application/json", "application/*", "*/*")
_Formats = Mapping[str, str]
"""Suffixes, each with its media type."""
_PARSED = dict[str, float]


class Negotiation:
    """Send a list in the format that Accept asks for, as if the address had its suffix.

    `.json` asks for the page whatever Accept says. What Accept knows no format for is sent as JSON.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under the address of its format."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        plain = scope["path"].removesuffix(".json")
        formats = _formats_of(plain)
        if not formats:
            return await self.app(scope, receive, send)
        chosen = None
        if plain == scope["path"]:
            chosen = choose_format(Headers(scope=scope).get("accept", ""), formats)
        path = f"{plain}.{chosen}" if chosen else plain
        return await self.app({**scope, "path": path, "raw_path": path.encode()}, receive, send)


def choose_format(accept: str, formats: _Formats) -> str | None:
    """Return the suffix, of those with their media types, that a reader likes best.

    None is for JSON, which wins where it is liked as well.
    """
    liked = _read(accept)
    json = max((liked.get(name, 0.0) for name in _JSON), default=0.0)
    quality, chosen = max(
        ((liked.get(media_type, 0.0), suffix) for suffix, media_type in formats.items()),
        key=lambda pair: pair[0],
    )
    return chosen if quality > json else None


def _suffixes(listed: ExportList) -> _Formats:
    more = {"graphml": GRAPHML} if listed is NETWORK else {}
    return {form.value: MEDIA_TYPES[form] for form in listed.formats} | more


_NAMED = {listed.address: _suffixes(listed) for listed in LISTS.values()}
_NESTED = [(re.compile(re.sub(r"{\w+}", "[^/]+", one.address)), _suffixes(one)) for one in NESTED]


@lru_cache(maxsize=1024)
def _formats_of(path: str) -> _Formats:
    """Return the formats at an address; none where only JSON is."""
    if path in _NAMED:
        return _NAMED[path]
    return next((formats for address, formats in _NESTED if address.fullmatch(path)), {})


def _read(accept: str) -> _PARSED:
    """Return how much each media type is liked, from 0 to 1."""
    liked: _PARSED = {}
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        told = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        liked[name] = float(told) if re.fullmatch(r"[01](?:\.[0-9]{0,3})?", told) else 0.0
    return liked
