"""What surrounds every request. Pure ASGI: anything else loses the context that log lines are bound to."""

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import problems
from app.api.problems import problem_response

_log = structlog.get_logger(__name__)
_READING = ("GET", "HEAD", "OPTIONS")
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_EXPOSED = (
    b"Content-Disposition, Deprecation, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Sunset, "
    b"X-Request-ID"
)
_ANY_ORIGIN = ((b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", _EXPOSED))
_NO_SNIFFING = (b"x-content-type-options", b"nosniff")


class RequestIds:
    """Give each request an id, bind it to the log lines, and write a line when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under its id; a proxy's id is kept where it is plain."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _PLAIN_ID.fullmatch(given) else uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0
        started = time.perf_counter()

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, (b"x-request-id", request_id.encode()), _NO_SNIFFING)
            await send(message)

        bound = structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self.app(scope, receive, send_on)
            took = round((time.perf_counter() - started) * 1000, 1)
            _log.info("request", method=scope["method"], path=scope["path"], status=status, took_ms=took)
        finally:
            structlog.contextvars.reset_contextvars(**bound)
        return None


class CrossOrigin:
    """Let pages of any origin read, without credentials.

    Every answer to a read has the header, as a shared cache may hand it to another origin than asked first;
    what writes answers no foreign page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, and mark every other answer."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["method"] in _READING:
                _add_headers(message, *_ANY_ORIGIN)
            await send(message)

        if scope["method"] == "OPTIONS" and _is_preflight(Headers(scope=scope)):
            answer = Response(
                status_code=204,
                headers={
                    "Access-Control-Allow-Methods": "GET, HEAD",
                    "Access-Control-Allow-Headers": "Accept, If-None-Match, X-Request-ID",
                    "Access-Control-Max-Age": "86400",
                },
            )
            return await answer(scope, receive, send_on)
        return await self.app(scope, receive, send_on)


def _is_preflight(asked: Headers) -> bool:
    return "origin" in asked and "access-control-request-method" in asked


class Failures:
    """Answer an error that nobody foresaw as a problem that does not show it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; where an answer has begun, the connection breaks."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except ClientDisconnect:
            _log.info("the client left")
        except Exception:
            _log.exception("unforeseen error")
            if begun:
                raise
            await problem_response(Request(scope), problems.INTERNAL)(scope, receive, send)
        return None


def _add_headers(message: Message, *headers: tuple[bytes, bytes]) -> None:
    """Add headers that nothing further inside sets."""
    message["headers"] = [*message["headers"], *headers]
