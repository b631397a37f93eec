"""kill -9 of the API at any moment while articles are handed in: each is there once, and whole.

Every second kill is at the worst moment of all, after COMMIT and before the answer. Clients send what got no
answer again, with the same Idempotency-Key.
"""

import asyncio
import random
import secrets
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import pytest

from app.domain.keys import Scope
from tests.authorization.holders import Headers, stored_holder
from tests.ingestion.texts import MEETING, day_in_week
from tests.lengths import length, note
from tests.serving import free_port, serving
from tests.storage.server_processes import ask

KILLS = length(2, 200)
CLIENTS = 4
PATIENCE_SECONDS = 60

# Each counts what must not be, whoever wrote it.
HALF_WRITTEN = {
    "articles without a report": "article a WHERE text IS NOT NULL "
    "AND NOT EXISTS (SELECT FROM report r WHERE r.article = a.id AND r.active)",
    "articles without a change": "article a WHERE text IS NOT NULL AND NOT EXISTS "
    "(SELECT FROM change c WHERE (c.entity, c.entity_id, c.action) = ('article', a.id::text, 'create'))",
    "reports without an event": "report r WHERE NOT EXISTS (SELECT FROM event e WHERE e.id = r.event)",
    "reports without evidence": "report r WHERE NOT EXISTS (SELECT FROM evidence v WHERE v.report = r.id)",
    "events with other reports than they count": "event e WHERE report_count <> "
    "(SELECT count(*) FROM report r WHERE r.event = e.id AND r.active)",
    "events without a change": "event e WHERE NOT EXISTS "
    "(SELECT FROM change c WHERE (c.entity, c.entity_id, c.action) = ('event', e.id::text, 'create'))",
    "events without parties": "event e WHERE NOT EXISTS (SELECT FROM event_party p WHERE p.event = e.id)",
    "events without a place in the lists": "event e WHERE merged_into IS NULL "
    "AND NOT EXISTS (SELECT FROM event_dyad d WHERE d.event = e.id)",
    "events without a document that tells of every report": "event e WHERE merged_into IS NULL "
    "AND NOT EXISTS (SELECT FROM event_doc d WHERE d.event = e.id "
    "AND json_array_length(convert_from(d.doc, 'UTF8')::json->'sources') = e.report_count)",
    "agreements without a document that tells of every party": "agreement g WHERE merged_into IS NULL "
    "AND NOT EXISTS (SELECT FROM agreement_doc d WHERE d.agreement = g.id "
    "AND json_array_length(convert_from(d.doc, 'UTF8')::json->'parties') = "
    "(SELECT count(*) FROM agreement_party p WHERE p.agreement = g.id))",
    "gaps in the changes": "(SELECT seq - lag(seq) OVER (ORDER BY seq) AS step FROM change) WHERE step <> 1",
}


@dataclass(slots=True)
class Clients:
    """Hand in articles one after the other, and insist on an answer to each."""

    port: int
    headers: Headers
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    served: threading.Event = field(default_factory=threading.Event)
    enough: threading.Event = field(default_factory=threading.Event)
    numbers: Iterator[int] = field(default_factory=count)
    acknowledged: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    replayed: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Be one of them."""
        while not self.enough.is_set():
            number = next(self.numbers)
            word = f"{self.name}-{number}"
            # Three articles tell of the meeting of a week.
            day = day_in_week(number // 3)
            article = {"text": f"{MEETING}\n\nNote {word}", "published_on": day.isoformat()}
            answer = self._insist(article, {**self.headers, "Idempotency-Key": word})
            assert answer.status_code == 201, answer.text
            kept = self.replayed if "idempotency-replayed" in answer.headers else self.stored
            kept.append(word)
            self.acknowledged.append(word)

    def _insist(self, article: dict[str, str], headers: Headers) -> httpx.Response:
        while True:  # an unlucky one is killed again and again, so patience is for the next service only
            assert self.served.wait(PATIENCE_SECONDS), "nobody serves any more"
            try:
                return httpx.post(
                    f"http://127.0.0.1:{self.port}/v1/articles", json=article, headers=headers, timeout=30
                )
            except httpx.TransportError:
                time.sleep(0.01)

    def wait_for_answer(self) -> None:
        """Wait until one more article is acknowledged by the service that stored it."""
        before, end = len(self.stored), time.monotonic() + PATIENCE_SECONDS
        while len(self.stored) == before:
            assert time.monotonic() < end, "no answer any more"
            time.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the articles that were acknowledged."""

    acknowledged: int
    replayed: int
    lost: int
    doubled: int
    half_written: dict[str, int]


def kill_again_and_again(url: str, folder: Path, kills: int, fault: str = "none") -> Outcome:
    """Kill the API so often, let it end well once, and look at what is stored."""
    clients = Clients(free_port(), asyncio.run(stored_holder(url, Scope.ARTICLES_WRITE)))
    chance = random.Random(7)
    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(clients.run) for _ in range(CLIENTS)]
        try:
            for number in range(kills):
                point = "killed_after_commit" if number % 2 and fault == "none" else fault
                with serving(url, folder, fault=point, port=clients.port, parser_processes=1) as served:
                    clients.served.set()
                    if point == "killed_after_commit":
                        served.process.wait(PATIENCE_SECONDS)
                    else:
                        clients.wait_for_answer()
                        time.sleep(chance.uniform(0, 0.3))
                        served.process.kill()
                    clients.served.clear()
            with serving(url, folder, fault=fault, port=clients.port, parser_processes=1):
                clients.served.set()
                clients.wait_for_answer()
                clients.enough.set()
                for one in running:
                    one.result()
        finally:
            clients.enough.set()
    return _look(url, clients)


def _look(url: str, clients: Clients) -> Outcome:
    word = "substring(text FROM 'Note (.*)')"
    asked = f"SELECT {word}, count(*) FROM article WHERE text LIKE '%Note {clients.name}-%' GROUP BY 1"
    held = dict(line.split("|") for line in ask(url, asked).splitlines())
    counts = {what: int(ask(url, f"SELECT count(*) FROM {rows}")) for what, rows in HALF_WRITTEN.items()}
    return Outcome(
        len(clients.acknowledged),
        len(clients.replayed),
        sum(word not in held for word in clients.acknowledged),
        sum(int(number) > 1 for number in held.values()),
        {what: number for what, number in counts.items() if number},
    )


@pytest.mark.timeout(60 + 20 * KILLS)
def test_killed_api_loses_doubles_and_halves_nothing(durable_url: str, tmp_path: Path) -> None:
    outcome = kill_again_and_again(durable_url, tmp_path, KILLS)
    note(f"{KILLS} kills of the API: {outcome}")
    assert outcome.acknowledged >= KILLS
    assert outcome.replayed >= KILLS // 2, (
        "the kill between COMMIT and answer leaves its answer to be replayed"
    )
    assert (outcome.lost, outcome.doubled, outcome.half_written) == (0, 0, {})


@pytest.mark.teeth
def test_articles_are_lost_where_the_answer_goes_out_before_commit(durable_url: str, tmp_path: Path) -> None:
    assert kill_again_and_again(durable_url, tmp_path, 2, "commit_after_answer").lost > 0
