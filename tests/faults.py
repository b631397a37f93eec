"""Faults to plant in a process of the service: most take one safeguard away, and a test must notice.

`python -m tests.faults FAULT serve --port …` runs the command without the safeguard.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, get_args

_FAULTS: dict[str, Callable[[], None]] = {}


def fault(plant: Callable[[], None]) -> Callable[[], None]:
    """Name a fault after the function that plants it."""
    _FAULTS[plant.__name__] = plant
    return plant


@fault
def no_admission_gate() -> None:
    from app.api.load import Gate

    async def pass_all(self: Any, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)

    Gate.__call__ = pass_all  # type: ignore[method-assign]


@fault
def no_receipt_deadline() -> None:
    from app.api.server import DeadlineProtocol

    def wait_for_ever(self: Any, *_: Any) -> None:
        return None

    DeadlineProtocol._wait_for_receipt = wait_for_ever  # type: ignore[method-assign]
    DeadlineProtocol._wait_for_taking = wait_for_ever  # type: ignore[assignment,method-assign]


@fault
def no_connect_timeout() -> None:
    from app.api import deadlines
    from app.storage import database

    deadlines.ANSWER_SECONDS = database._CONNECT_SECONDS = database._MORE_SECONDS = 600


@fault
def no_readiness_flip() -> None:
    from uvicorn import Server

    from app.api import server

    server.Server.handle_exit = Server.handle_exit  # type: ignore[method-assign]


@fault
def killed_after_commit() -> None:
    """End the process as kill -9 does, between the first COMMIT of a write and its answer."""
    from sqlalchemy.ext.asyncio import AsyncSession

    commit = AsyncSession.commit

    async def commit_and_die(self: AsyncSession) -> None:
        await commit(self)
        os.kill(os.getpid(), signal.SIGKILL)

    AsyncSession.commit = commit_and_die  # type: ignore[method-assign]


@fault
def commit_after_answer() -> None:
    """Let the answer of a write go out first, and its COMMIT take a while."""
    from sqlalchemy.ext.asyncio import AsyncSession

    from app.api.dependencies import WriteSession

    commit = AsyncSession.commit

    async def commit_slowly(self: AsyncSession) -> None:
        await asyncio.sleep(0.1)
        await commit(self)

    AsyncSession.commit = commit_slowly  # type: ignore[method-assign]
    object.__setattr__(get_args(WriteSession)[1], "scope", "request")


def main() -> None:
    """Plant the fault that is named first, and run the rest as a command."""
    name = sys.argv.pop(1)
    if name != "none":
        _FAULTS[name]()
    from app.cli import main as run

    run()


if __name__ == "__main__":
    main()
