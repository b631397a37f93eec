"""What a request may be, before anybody reads it."""

import re
from collections.abc import Collection
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import problems
from app.api.bodies import MAX_BODY_BYTES
from app.api.load import HEALTH
from app.api.problems import problem_response
from app.api.uploads import MAX_UPLOAD_BYTES

MAX_URL_BYTES = 8 * 1024
_UPLOADS = ("/v1/articles", "/v1/extractions")
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")


class Limits:
    """Refuse what is too long, too large, not UTF-8, or meant for another host."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request that keeps within the limits; a body without a length is counted as it comes."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        kind = self._refusal(scope, headers)
        if kind is not None:
            return await problem_response(Request(scope), kind)(scope, receive, send)
        counted = "transfer-encoding" in headers
        return await self.app(scope, _counting(receive, _most(scope)) if counted else receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> problems.Kind | None:
        address = scope.get("raw_path") or scope["path"].encode()
        query = scope["query_string"]
        if len(address) + len(query) > MAX_URL_BYTES:
            return problems.URI_TOO_LONG
        if not self._is_meant(headers.get("host"), scope["path"]):
            return problems.MALFORMED
        length = headers.get("content-length", "0")
        if not re.fullmatch(r"[0-9]{1,19}", length):
            return problems.MALFORMED
        if int(length) > _most(scope):
            return problems.TOO_LARGE
        return None if _is_utf8(address) and _is_utf8(query) else problems.ENCODING

    def _is_meant(self, host: str | None, path: str) -> bool:
        """Tell whether a request names a host of ours; probes of health name whatever they reach."""
        if host is None or not _HOST.fullmatch(host):
            return host is None and not self.hosts
        return not self.hosts or path in HEALTH or re.sub(r":[0-9]+$", "", host).lower() in self.hosts


def _is_utf8(quoted: bytes) -> bool:
    try:
        (unquote_to_bytes(quoted) if b"%" in quoted else quoted).decode()
    except UnicodeDecodeError:
        return False
    return True


def _most(scope: Scope) -> int:
    """Return the most bytes that a body may have."""
    return MAX_UPLOAD_BYTES if scope["path"] in _UPLOADS else MAX_BODY_BYTES


def _counting(receive: Receive, most: int) -> Receive:
    """Return a `receive` that stops reading where a body grows too large."""
    count = 0

    async def receive_on() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > most:
            # FastAPI lets this error through where it reads a body, and makes a 400 of any other.
            raise HTTPException(problems.TOO_LARGE.status)
        return message

    return receive_on
