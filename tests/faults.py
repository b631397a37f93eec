"""Faults to plant in a process of the service: most take one safeguard away, and a test must notice.

`python -m tests.faults FAULT serve --port …` runs the command without the safeguard.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any, get_args

_FAULTS: dict[str, Callable[[], None]] = {}
_leaked: list[object] = []


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
    from app.storage import database, reading

    deadlines.ANSWER_SECONDS = database._MORE_SECONDS = 600
    database.CONNECT_SECONDS = reading.CONNECT_SECONDS = 600  # type: ignore[attr-defined]


@fault
def no_readiness_flip() -> None:
    from uvicorn import Server

    from app.api import server

    server.Server.handle_exit = Server.handle_exit  # type: ignore[method-assign]


@fault
def killed_after_commit() -> None:
    """End the process as kill -9 does, between the COMMIT of what was first written and its answer."""
    from sqlalchemy import event
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import Session

    commit = AsyncSession.commit
    event.listen(Session, "after_flush", lambda session, _: session.info.update(wrote=True))

    async def commit_and_die(self: AsyncSession) -> None:
        await commit(self)
        if self.sync_session.info.get("wrote"):
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


@fault
def leaked_sessions() -> None:
    """Leave every twentieth session open."""
    from sqlalchemy.ext.asyncio import AsyncSession

    close = AsyncSession.__aexit__
    numbers = count()

    async def close_most(self: AsyncSession, *error: Any) -> None:
        if next(numbers) % 20:
            await close(self, *error)
        else:
            _leaked.append(self)

    AsyncSession.__aexit__ = close_most  # type: ignore[assignment,method-assign]


@fault
def leaked_handles() -> None:
    _leak_at_each_request(lambda: os.open(os.devnull, os.O_RDONLY))


@fault
def leaked_memory() -> None:
    _leak_at_each_request(lambda: b"a" * 512 * 1024)


def _leak_at_each_request(make: Callable[[], object]) -> None:
    from app.api.load import Gate

    pass_on = Gate.__call__

    async def leak_and_pass_on(self: Gate, scope: Any, receive: Any, send: Any) -> None:
        _leaked.append(make())
        await pass_on(self, scope, receive, send)

    Gate.__call__ = leak_and_pass_on  # type: ignore[method-assign]


def main() -> None:
    """Plant the fault that is named first, and run the rest as a command."""
    name = sys.argv.pop(1)
    if name != "none":
        _FAULTS[name]()
    from app.cli import main as run

    run()


if __name__ == "__main__":
    main()
