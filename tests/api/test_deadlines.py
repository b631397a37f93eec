"""An answer that begins in the very moment in which its time is up."""

import asyncio
import time
from typing import Any

import anyio
import pytest

from app.api import deadlines
from app.api.deadlines import Deadline


async def test_answer_that_begins_as_its_time_is_up_is_a_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "ANSWER_SECONDS", 0.05)

    async def late(scope: Any, receive: Any, send: Any) -> None:
        async def answer() -> None:
            time.sleep(0.1)  # noqa: ASYNC251 - nothing else may run before the time is up
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async with anyio.create_task_group() as group:
            group.start_soon(answer)

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "state": {"request_id": "0"}}
    await Deadline(late)(scope, receive, send)
    assert [one["status"] for one in sent if "status" in one] == [503]
