"""A bare connection whose statements can be noted."""

from collections.abc import Callable
from typing import Any

Note = Callable[[str, tuple[Any, ...]], None]
"""Told a statement and its values."""


class BareConnection:
    """A driver's connection, as far as readers use it."""

    def __init__(self, driver: Any, note: Note | None = None) -> None:
        self.driver = driver
        self.note = note or (lambda *_: None)

    async def fetchrow(self, statement: str, *values: Any) -> Any:
        """Note a statement, and return its first row."""
        self.note(statement, values)
        return await self.driver.fetchrow(statement, *values)

    async def fetchval(self, statement: str, *values: Any) -> Any:
        """Note a statement, and return its first value."""
        self.note(statement, values)
        return await self.driver.fetchval(statement, *values)
