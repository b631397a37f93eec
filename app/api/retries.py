"""A write that lost against another one is tried again, so that the client need not."""

import asyncio
import random

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_TRIES = 4
_PAUSE_SECONDS = 0.05
_READING = ("GET", "HEAD", "OPTIONS")


class Retries:
    """Do a write again that the database ended for the sake of another (SQLSTATE 40…), up to three times.

    The handler of such an error marks the request as lost; what it would answer counts for the last try only.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as often as it takes, with the same body each time."""
        if scope["type"] != "http" or scope["method"] in _READING:
            return await self.app(scope, receive, send)
        read: list[Message] = []
        state = scope.setdefault("state", {})
        for number in range(1, MOST_TRIES + 1):
            state["lost"] = False
            last = number == MOST_TRIES
            await self.app(dict(scope), _again(read, receive), send if last else _unless_lost(state, send))
            if last or not state["lost"]:
                return None
            await asyncio.sleep(_PAUSE_SECONDS * number * (0.5 + random.random()))
        return None


def _again(read: list[Message], receive: Receive) -> Receive:
    """Return a `receive` that first gives what was read already."""
    given = 0

    async def receive_on() -> Message:
        nonlocal given
        if given == len(read):
            read.append(await receive())
        given += 1
        return read[given - 1]

    return receive_on


def _unless_lost(state: dict[str, object], send: Send) -> Send:
    async def send_on(message: Message) -> None:
        if not state["lost"]:
            await send(message)

    return send_on
