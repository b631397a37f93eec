"""Processes that parse, so that neither the event loop waits nor a hostile text takes the program down."""

import asyncio
import multiprocessing
import resource
from collections.abc import Callable
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from app.domain.article import Article
from app.domain.record import EventRecord, Extraction
from app.errors import ParserGaveUp

PARSE_SECONDS = 10
_MEMORY_BYTES = 1024**3
_Result = TypeVar("_Result")


class ParserPool:
    """A few processes, started when they are first needed; one that hangs, or dies, is replaced."""

    def __init__(self, processes: int, seconds: float = PARSE_SECONDS) -> None:
        # A fresh interpreter: a fork would take over the event loop and the connections.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPool(processes, context=context, initializer=_prepare)
        self._seconds = seconds

    async def parse(self, article: Article) -> tuple[EventRecord, ...]:
        """Return an article's records."""
        return await self.run(_parse, article)

    async def extract(self, article: Article) -> Extraction:
        """Return an article's records, and what the parser left."""
        return await self.run(_extract, article)

    async def run(self, function: Callable[..., _Result], *arguments: object) -> _Result:
        """Return what a function of a module returns there; an error of ours is raised here."""
        future = self._pool.schedule(function, args=arguments, timeout=self._seconds)
        try:
            result: _Result = await asyncio.wrap_future(future)
        except (TimeoutError, MemoryError, RecursionError, ProcessExpired) as error:
            raise ParserGaveUp(type(error).__name__) from error
        return result

    def close(self) -> None:
        """End the processes at once; what they were reading is not stored yet."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


# The parser is loaded in these processes alone: the server starts without it.
def _prepare() -> None:
    """Limit the process, and load the parser, so that no article's time goes for it."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    import app.parsing.explain
    import app.parsing.split  # noqa: F401


def _parse(article: Article) -> tuple[EventRecord, ...]:
    from app.parsing.pipeline import parse_article

    return parse_article(article)


def _extract(article: Article) -> Extraction:
    from app.parsing.explain import extract

    return extract(article)
