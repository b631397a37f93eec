"""Clients of every kind at once, which do one thing again and again and note how it is answered."""

import asyncio
import random
import time
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import httpx

from tests.authorization.holders import Headers
from tests.ingestion.texts import MEETING, day_in_week
from tests.lengths import length
from tests.load.offering import BROKEN

PAUSE_SECONDS = 0.05
READERS = 3
TOLD_BY = 3
"""How many articles tell of the meeting of a week, so that no event grows without end."""
HANDED_IN_FIRST = length(4, 4000)
"""Articles to begin with; in the long form lists are longer than what a file holds of them at a time."""
LISTS = (
    "/v1/events?limit=20",
    "/v1/events?party=IRQ&facet=kind&limit=5",
    "/v1/events?q=trade&limit=5",
    "/v1/dyads?limit=20",
    "/v1/dyads/IRQ-OMN",
    "/v1/countries/PAK",
    "/v1/officials?limit=20",
    "/v1/articles?limit=5",
    "/v1/changes?limit=20",
    "/v1/parties/resolve?q=Iraq",
)
EXPORTS = ("/v1/events.ndjson", "/v1/events.csv", "/v1/events.parquet", "/v1/articles.ndjson")


class Mix:
    """All of them, against one process; `statuses` counts the answers to each kind."""

    def __init__(self, url: str, port: int, key: Headers, name: str) -> None:
        self.port = port
        self.key = key
        self.name = name
        self.statuses: dict[str, Counter[int]] = defaultdict(Counter)
        self._chance = random.Random(7)
        self._numbers = count()
        self._events: deque[str] = deque(maxlen=20)
        self._tags: dict[str, str] = {}
        # Given up before the server closes an idle connection, so that no request meets its end.
        limits = httpx.Limits(keepalive_expiry=2)
        self.client = httpx.AsyncClient(base_url=url, timeout=30, limits=limits)

    async def warm_up(self) -> None:
        """Ask for everything once, so that what is loaded at its first use is there."""
        for _ in range(HANDED_IN_FIRST):
            await self._hand_in()
        for path in LISTS + EXPORTS:
            await self._ask("read", "GET", path)

    async def run(self, seconds: float) -> None:
        """Let them go on for so long."""
        end = time.monotonic() + seconds
        acts = [*[self._read] * READERS, self._export, self._hand_in, self._edit, self._hang_up]

        async def repeat(act: Callable[[], Awaitable[None]]) -> None:
            while time.monotonic() < end:
                await act()
                await asyncio.sleep(PAUSE_SECONDS)

        async with asyncio.TaskGroup() as group:
            for act in acts:
                group.create_task(repeat(act))

    async def _ask(self, kind: str, method: str, path: str, **options: Any) -> httpx.Response | None:
        try:
            answer = await self.client.request(method, path, **options)
        except httpx.TransportError:
            self.statuses[kind][BROKEN] += 1
            return None
        self.statuses[kind][answer.status_code] += 1
        return answer

    async def _read(self) -> None:
        """Read a list or an event, every second time only if it has changed."""
        path = self._chance.choice((*LISTS, *(f"/v1/events/{one}" for one in self._events)))
        held = self._tags.get(path) if self._chance.random() < 0.5 else None
        answer = await self._ask("read", "GET", path, headers={"If-None-Match": held} if held else {})
        if answer is not None and "etag" in answer.headers:
            self._tags[path] = answer.headers["etag"]

    async def _export(self) -> None:
        await self._ask("export", "GET", self._chance.choice(EXPORTS))

    async def _hand_in(self) -> None:
        number = next(self._numbers)
        day = day_in_week(number // TOLD_BY)
        article = {"text": f"{MEETING}\n\nNote {self.name}-{number}", "published_on": day.isoformat()}
        headers = {**self.key, "Idempotency-Key": f"{self.name}-{number}"}
        answer = await self._ask("hand in", "POST", "/v1/articles", json=article, headers=headers)
        if answer is not None and answer.status_code == 201:
            self._events.append(answer.json()["results"][0]["events"][0]["id"])

    async def _edit(self) -> None:
        """Correct an event, try the same with the version that is old then, and undo it."""
        path = f"/v1/events/{self._chance.choice(self._events)}"
        read = await self._ask("read", "GET", path)
        if read is None or read.status_code != 200:
            return
        change = {"object": f"aid {next(self._numbers)}"}
        old = {**self.key, "If-Match": read.headers["etag"]}
        corrected = await self._ask("edit", "PATCH", path, json=change, headers=old)
        if corrected is not None and corrected.status_code == 200:
            new = {**self.key, "If-Match": corrected.headers["etag"]}
            await self._ask("stale edit", "PATCH", path, json=change, headers=old)
            await self._ask("undo", "POST", f"{path}/undo", headers=new)

    async def _hang_up(self) -> None:
        """Leave in the middle of a request or of its answer."""
        asked = self._chance.choice(
            (
                f"GET {self._chance.choice(LISTS + EXPORTS)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
                f"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: {self.key['Authorization']}"
                "\r\nContent-Type: text/plain\r\nContent-Length: 900\r\n\r\nThe ministers",
            )
        )
        _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(asked.encode())
        await asyncio.sleep(self._chance.uniform(0, 0.1))
        writer.transport.abort()
