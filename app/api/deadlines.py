"""How long an answer may take, whatever the database or the network to it does."""

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import OVERLOADED, problem_response

ANSWER_SECONDS = 3
"""From the last of the request to the first of the answer; a statement's own limit is shorter for readers."""
WRITE_SECONDS = 30
"""The same for what writes: an article alone may be parsed for ten seconds."""
_READING = ("GET", "HEAD", "OPTIONS")


class Deadline:
    """Give up on an answer that has not begun in time; waiting for the client does not count."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer in its place when time is up."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun = False
        seconds = ANSWER_SECONDS if scope["method"] in _READING else WRITE_SECONDS
        limit = asyncio.timeout(seconds)

        async def receive_on() -> Message:
            if begun:
                return await receive()
            await _put_off(limit, None)
            message = await receive()
            if not begun:
                await _put_off(limit, asyncio.get_running_loop().time() + seconds)
            return message

        async def send_on(message: Message) -> None:
            nonlocal begun
            if not begun:
                await _put_off(limit, None)
                begun = True
            await send(message)

        try:
            async with limit:
                await self.app(scope, receive_on, send_on)
        except TimeoutError:
            if begun or not limit.expired():
                raise
            await problem_response(Request(scope), OVERLOADED)(scope, receive, send)
        return None


async def _put_off(limit: asyncio.Timeout, when: float | None) -> None:
    """Set another time, or none; where it is up at this moment, wait for the cancellation on its way."""
    if limit.expired():
        await asyncio.get_running_loop().create_future()
    limit.reschedule(when)
