"""A TCP proxy in front of Postgres that does to the network what networks do."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Fault = Literal["none", "reset", "blackhole", "delay", "truncate", "trickle"]
_DELAY_SECONDS = 0.2
_KEPT_BYTES = 20


class FaultProxy:
    """Passes bytes between clients and a socket of Postgres; `fault` says what happens to them."""

    def __init__(self, socket_path: str) -> None:
        self.socket_path = socket_path
        self.port = 0
        self.fault: Fault = "none"
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()

    def plant(self, fault: Fault) -> None:
        """Let a fault begin, or end with "none"; a reset meets the connections that are open too."""
        self.fault = fault
        if fault == "reset":
            self._loop.call_soon_threadsafe(self._reset_all)

    def _reset_all(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, started: threading.Event) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        async with server:
            await server.serve_forever()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.fault == "reset":
            writer.transport.abort()
            return
        writers = {writer}
        self._writers |= writers
        try:
            behind, before = await asyncio.open_unix_connection(self.socket_path)
            writers.add(before)
            self._writers.add(before)
            with contextlib.suppress(asyncio.CancelledError):  # at the end of the proxy
                await asyncio.gather(self._pump(reader, before), self._pump(behind, writer, answers=True))
        finally:
            for one in writers:
                one.transport.abort()
            self._writers -= writers

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                while self.fault == "blackhole":  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
                if self.fault == "delay":
                    await asyncio.sleep(_DELAY_SECONDS)
                if self.fault == "trickle" and answers:
                    await self._trickle(data, writer)
                    continue
                if self.fault == "truncate" and answers:
                    writer.write(data[:_KEPT_BYTES])
                    await writer.drain()
                    break
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _trickle(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        """Pass on a byte a second, and the rest when the fault is over."""
        for number in range(len(data)):
            if self.fault != "trickle":
                writer.write(data[number:])
                return
            writer.write(data[number : number + 1])
            await asyncio.sleep(1)


@contextmanager
def fault_proxy(socket_path: str) -> Iterator[FaultProxy]:
    """Run a proxy in a thread of its own."""
    proxy = FaultProxy(socket_path)
    started = threading.Event()

    def run() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            proxy._loop.run_until_complete(task)

    task = proxy._loop.create_task(proxy._serve(started))
    thread = threading.Thread(target=run)
    thread.start()
    assert started.wait(5)
    try:
        yield proxy
    finally:
        proxy.fault = "none"
        proxy._loop.call_soon_threadsafe(task.cancel)
        thread.join()
        _end_rest(proxy._loop)


def _end_rest(loop: asyncio.AbstractEventLoop) -> None:
    async def end() -> None:
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    loop.run_until_complete(end())
    loop.close()
