"""How bodies are read: only JSON in UTF-8, not deep, no key twice, no text that cannot be stored.

Where a key is needed and none is sent, the body is not read at all.
"""

import json
import math
import re
from collections.abc import Callable, Coroutine, Iterator
from itertools import chain
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from app.api.authorization import needs_key
from app.errors import (
    BodyNotJson,
    BodyNotUtf8,
    BodyTooDeep,
    KeyTwice,
    MediaTypeNotTaken,
    Unauthenticated,
)

MAX_BODY_BYTES = 64 * 1024
MAX_DEPTH = 32
_JSON = re.compile(r"application/([a-z0-9.+-]+\+)?json *(; *charset=\"?utf-8\"? *)?", re.IGNORECASE)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class StrictRoute(APIRoute):
    """A route whose JSON body is read by the rules above before FastAPI checks its fields."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        # A body that comes without its length is counted as it comes.
        options["max_body_size"] = options.get("max_body_size") or MAX_BODY_BYTES
        super().__init__(*arguments, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the reading in front of it."""
        handle = super().get_route_handler()

        async def read_and_handle(request: Request) -> Response:
            if needs_key(self.dependant) and "authorization" not in request.headers:
                raise Unauthenticated
            if self.body_field is None:
                return await handle(request)
            check_media_type(request, _JSON)
            return await handle(_Read(request, read_json(await request.body())))

        return read_and_handle


class _Read(Request):
    """A request whose body was read already."""

    def __init__(self, request: Request, value: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._body = b"read"
        self.value = value

    async def json(self) -> Any:
        """Return what the body says."""
        return self.value


def check_media_type(request: Request, taken: re.Pattern[str]) -> None:
    """Refuse a body of another type, in another character set, or packed."""
    given = request.headers.get("content-type", "")
    packed = request.headers.get("content-encoding", "identity")
    if not taken.fullmatch(given) or packed != "identity":
        raise MediaTypeNotTaken


def read_json(content: bytes) -> Any:
    """Return what a JSON text in UTF-8 says."""
    if b"\0" in content:  # UTF-16 and UTF-32 have them, UTF-8 never does
        raise BodyNotUtf8
    try:
        value = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise BodyNotUtf8 from error
    except RecursionError as error:
        raise BodyTooDeep(MAX_DEPTH) from error
    except ValueError as error:  # a number of thousands of digits is one too
        raise BodyNotJson from error
    _check(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise KeyTwice
    return found


def _refuse_constant(_: str) -> None:
    raise RequestValidationError([_refusal("finite_number", "A number must be finite")])


def _check(value: Any) -> None:
    """Refuse what is nested too deep, numbers beyond all bounds, and text that Postgres cannot hold."""
    for depth, part in _parts(value):
        if depth > MAX_DEPTH:
            raise BodyTooDeep(MAX_DEPTH)
        if isinstance(part, float) and not math.isfinite(part):
            raise RequestValidationError([_refusal("finite_number", "A number must be finite")])
        if isinstance(part, str) and _UNSTORABLE.search(part):
            raise RequestValidationError([_refusal("text", "NUL and lone surrogates are not allowed")])


def _parts(value: Any) -> Iterator[tuple[int, Any]]:
    """Yield every value and every key inside, each with its depth; no recursion, however deep or long."""
    opened = [iter((value,))]
    while opened:
        for part in opened[-1]:
            yield len(opened) - 1, part
            if isinstance(part, (dict, list)):
                opened.append(iter(part) if isinstance(part, list) else chain.from_iterable(part.items()))
                break
        else:
            opened.pop()


def _refusal(code: str, detail: str) -> dict[str, Any]:
    return {"type": code, "loc": ("body",), "msg": detail}
