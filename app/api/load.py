"""How much is being done at once, and the gate in front of it."""

from dataclasses import dataclass
from uuid import uuid4

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import OVERLOADED, RETRY_SECONDS, problem_body

HEALTH = ("/livez", "/readyz", "/metrics")
MAX_HELD_BYTES = 64 * 1024 * 1024
"""Of bodies that are on their way in, all together: a thousand slow uploads must not fill the memory."""

_log = structlog.get_logger(__name__)
_ID = "0" * 32
_REFUSAL = problem_body(OVERLOADED, request_id=_ID)
_REFUSAL_HEADERS = [
    (b"content-type", b"application/problem+json"),
    (b"content-length", str(len(_REFUSAL)).encode()),
    (b"retry-after", str(RETRY_SECONDS).encode()),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(slots=True)
class Load:
    """What the process has in hand; `draining` is set when it is about to stop."""

    most: int
    working: int = 0
    held_bytes: int = 0
    turned_away: int = 0
    draining: bool = False


class Gate:
    """Let so many requests be worked on at once, and turn the others away at once, health excepted.

    A request that waits for its own client, to send a body or to take an answer, is not being worked on: slow
    clients take no places. Outermost and without a log line of its own for each refusal, as refusing must
    cost next to nothing.
    """

    def __init__(self, app: ASGIApp, load: Load) -> None:
        self.app = app
        self.load = load

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, or refuse it."""
        if scope["type"] != "http" or scope["path"] in HEALTH:
            return await self.app(scope, receive, _closing(send) if self.load.draining else send)
        if self.load.working >= self.load.most:
            return await self._turn_away(send)
        await _Admitted(self.load).run(self.app, scope, receive, send)
        return None

    async def _turn_away(self, send: Send) -> None:
        if self.load.turned_away % 1000 == 0:
            _log.warning("overloaded", turned_away=self.load.turned_away + 1, most=self.load.most)
        self.load.turned_away += 1
        request_id = uuid4().hex.encode()
        headers = [*_REFUSAL_HEADERS, (b"x-request-id", request_id)]
        await send({"type": "http.response.start", "status": OVERLOADED.status, "headers": headers})
        await send({"type": "http.response.body", "body": _REFUSAL.replace(_ID.encode(), request_id)})


class _Admitted:
    """A request that has a place, which it gives back while it waits for its client."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.held = 0

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_on() -> Message:
            self.load.working -= 1
            try:
                message = await receive()
            finally:
                self.load.working += 1
            self._hold(len(message.get("body", b"")))
            return message

        async def send_on(message: Message) -> None:
            self.load.working -= 1
            try:
                await send(message)
            finally:
                self.load.working += 1

        self.load.working += 1
        try:
            await app(scope, receive_on, _closing(send_on) if self.load.draining else send_on)
        finally:
            self.load.working -= 1
            self.load.held_bytes -= self.held

    def _hold(self, count: int) -> None:
        self.held += count
        self.load.held_bytes += count
        if self.load.held_bytes > MAX_HELD_BYTES:
            # FastAPI lets this error through where it reads a body, and makes a 400 of any other.
            raise HTTPException(OVERLOADED.status)


def _closing(send: Send) -> Send:
    """Return a `send` that ends the connection in order, so that no request follows on it."""

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
        await send(message)

    return send_on
