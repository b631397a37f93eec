"""Faults to plant in a process of the service: each takes one safeguard away, and a test must notice.

`python -m tests.faults FAULT serve --port …` runs the command without the safeguard.
"""

import sys
from collections.abc import Callable
from typing import Any

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


def main() -> None:
    """Plant the fault that is named first, and run the rest as a command."""
    name = sys.argv.pop(1)
    if name != "none":
        _FAULTS[name]()
    from app.cli import main as run

    run()


if __name__ == "__main__":
    main()
