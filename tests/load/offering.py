"""Load at a rate that does not wait for answers, on connections that stay open."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """What came of the requests: how many of each status, and how long the useful ones took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    took: float = 0

    @property
    def useful(self) -> int:
        return self.statuses[200]

    @property
    def useful_rate(self) -> float:
        return self.useful / self.took

    def slowest(self, share: float = 0.99) -> float:
        """Return the time within which that share of the useful answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


BROKEN, REFUSED = 0, -1
"""Stand for a status where a connection ended without an answer, and where none came about."""


class _Client(asyncio.Protocol):
    """One connection: sends a request, reads its answer, and is free again."""

    def __init__(self, offering: "Offering") -> None:
        self.offering = offering
        self.answer = b""
        self.sent_at = 0.0
        self.busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def ask(self, request: bytes) -> None:
        self.busy, self.answer, self.sent_at = True, b"", time.perf_counter()
        self.transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.answer += data
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return
        lowered = head.lower()
        if b"content-length: " in lowered:
            whole = len(body) >= int(lowered.split(b"content-length: ")[1].split(b"\r\n")[0])
        else:
            whole = body.endswith(b"0\r\n\r\n")
        if whole:
            self.offering.note(self, int(head.split(b" ", 2)[1]))
            if b"connection: close" not in lowered:
                self.offering.free.append(self)

    def connection_lost(self, _: Exception | None) -> None:
        self.offering.open -= 1
        if self in self.offering.free:
            self.offering.free.remove(self)
        if self.busy:
            self.offering.note(self, BROKEN)


class Offering:
    """Offers requests to a port for some seconds."""

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        self.request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        self.free: list[_Client] = []
        self.open = 0
        self.clients: list[_Client] = []
        self.outcome = Outcome()

    def note(self, client: _Client, status: int) -> None:
        """Count an answer."""
        client.busy = False
        self.outcome.statuses[status] += 1
        if status == 200:
            self.outcome.seconds.append(time.perf_counter() - client.sent_at)

    async def at_rate(self, rate: float, seconds: float, most_open: int = 800) -> Outcome:
        """Send so many requests a second; what finds no free connection opens one, up to the most."""
        start = time.perf_counter()
        sent = 0
        while (now := time.perf_counter() - start) < seconds:
            due = int(now * rate) - sent
            sent += due
            for _ in range(due):
                await self._send(most_open)
            await asyncio.sleep(0.01)
        self.outcome.took = time.perf_counter() - start
        await self._settle(6)
        return self.outcome

    async def by_clients(self, clients: int, seconds: float) -> Outcome:
        """Let some clients ask one after the other: what comes of it is the capacity."""
        start = time.perf_counter()
        while time.perf_counter() - start < seconds:
            while self.open - len(self.free) < clients and (self.free or self.open < clients):
                await self._send(clients)
            await asyncio.sleep(0)
        self.outcome.took = time.perf_counter() - start
        await self._settle(6)
        return self.outcome

    async def _send(self, most_open: int) -> None:
        if self.free:
            self.free.pop().ask(self.request)
        elif self.open < most_open:
            self.open += 1
            try:
                _, client = await asyncio.get_running_loop().create_connection(
                    lambda: _Client(self), "127.0.0.1", self.port
                )
            except OSError:
                self.open -= 1
                self.outcome.statuses[REFUSED] += 1
            else:
                self.clients.append(client)
                client.ask(self.request)

    async def _settle(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while self.open > len(self.free) and time.perf_counter() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        for client in self.clients:
            client.busy = False
            client.transport.close()
        await asyncio.sleep(0)
