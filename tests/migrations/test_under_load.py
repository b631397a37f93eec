"""Each of the newer migrations, down and up, while the code of the version before it reads and writes.

Code cannot run on a schema that it does not know, so the load is statements of that older code: they name no
column that a newer migration brings, and all of them must go on.
"""

import asyncio
import random
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg
import pytest
from alembic import command
from sqlalchemy import text

from app.storage.access_paths import keep_access_paths
from app.storage.database import analyze, open_session
from app.storage.embedded import libpq_url
from app.storage.migrating import alembic_config, migrate
from app.storage.reference_rows import load_reference
from benchmarks.generator import generate
from tests.conftest import new_database
from tests.lengths import length, note, twice
from tests.migrations.newer import NEWER

EVENTS = length(1_000, 1_000_000)
READERS, WRITERS = 4, 2
WORST_SECONDS = 1
ASKED_FOR = "SELECT id FROM event ORDER BY id LIMIT 500"
READS = (
    "SELECT doc FROM event_doc WHERE event = $1",
    "SELECT d.doc FROM event_dyad k JOIN event_doc d ON d.event = k.event WHERE k.event = $1",
    "SELECT id, title, sort_date FROM event WHERE id <> $1 AND merged_into IS NULL "
    "ORDER BY sort_date DESC, id DESC LIMIT 20",
    "SELECT record, title FROM report r JOIN article a ON a.id = r.article WHERE event = $1 AND active",
    "SELECT o.name FROM participation p JOIN official o ON o.id = p.official WHERE p.event = $1",
    "SELECT seq, action FROM change WHERE (entity, entity_id) = ('event', $1::uuid::text)",
)


@dataclass(slots=True)
class Load:
    """Readers and writers on a database, each on a connection of its own."""

    url: str
    over: asyncio.Event = field(default_factory=asyncio.Event)
    events: list[UUID] = field(default_factory=list)
    done: int = 0
    slowest: float = 0
    failures: list[str] = field(default_factory=list)

    async def run(self, change: Callable[[], object]) -> None:
        """Read and write before, while and after the schema is changed."""
        connection = await asyncpg.connect(self.url)
        self.events = [row["id"] for row in await connection.fetch(ASKED_FOR)]
        await connection.close()
        async with asyncio.TaskGroup() as group:
            for act in [self._read] * READERS + [self._write] * WRITERS:
                group.create_task(self._repeat(act))
            await asyncio.sleep(0.3)
            try:
                await asyncio.to_thread(change)
                await asyncio.sleep(0.3)
            finally:
                self.over.set()

    async def _repeat(self, act: Callable[[asyncpg.Connection, UUID], Awaitable[None]]) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            while not self.over.is_set():
                start = time.monotonic()
                try:
                    await act(connection, random.choice(self.events))
                except asyncpg.PostgresError as error:
                    self.failures.append(f"{type(error).__name__}: {error}")
                self.done += 1
                self.slowest = max(self.slowest, time.monotonic() - start)
                await asyncio.sleep(0.005)
        finally:
            await connection.close()

    async def _read(self, connection: asyncpg.Connection, event: UUID) -> None:
        await connection.fetch(random.choice(READS), event)

    async def _write(self, connection: asyncpg.Connection, event: UUID) -> None:
        """Store an article that reports an event, in the order in which the program does."""
        article = uuid4()
        async with connection.transaction():
            await connection.execute(
                "INSERT INTO article (id, title, language, text, text_sha256, parser_version) "
                "VALUES ($1, 'A story', 'en', 'The ministers met.', $2, '1')",
                article,
                secrets.token_hex(32),
            )
            await connection.fetch("SELECT id FROM official LIMIT 1")
            await connection.fetch("SELECT id, title FROM event WHERE id = $1", event)
            await connection.execute(
                "INSERT INTO report (id, event, article, ordinal, parser_version, record, officials, may_be, "
                "confidence, main, active) VALUES ($1, $2, $1, 0, '1', '{}', '{}', '{}', 0.5, true, true)",
                article,
                event,
            )
            await connection.execute("UPDATE event SET report_count = report_count + 1 WHERE id = $1", event)
            await connection.execute("SELECT pg_advisory_xact_lock(7)")
            await connection.execute(
                "INSERT INTO change (seq, action, entity, entity_id) "
                "SELECT max(seq) + 1, 'update', 'event', $1::uuid::text FROM change",
                event,
            )


@pytest.fixture(scope="module")
def filled_url(server_url: str) -> Iterator[str]:
    """Return a database with many events; only those that are asked for are worth their documents."""
    with new_database(server_url, f"bilateral_filled_{secrets.token_hex(4)}") as url:
        migrate(url)
        asyncio.run(_fill(url))
        yield url


async def _fill(url: str) -> None:
    async with open_session(url) as session:
        await load_reference(session)
    await generate(libpq_url(url), EVENTS, lambda _made: None)
    async with open_session(url) as session:
        await keep_access_paths(session, (await session.execute(text(ASKED_FOR))).scalars().all())
        await analyze(session)


def assert_nobody_notices(url: str, what: str, change: Callable[[], object]) -> None:
    load = Load(libpq_url(url))
    asyncio.run(load.run(change))
    note(f"{what}: {load.done} requests, {len(load.failures)} failed, slowest {load.slowest:.2f} s")
    assert load.failures == []
    assert load.slowest < WORST_SECONDS, "a request had to wait"


@pytest.mark.parametrize("revision", [script.revision for script in NEWER])
@pytest.mark.timeout(length(120, 3600))
def test_migration_goes_down_and_up_while_others_read_and_write(filled_url: str, revision: str) -> None:
    config = alembic_config(filled_url)

    def go_down_and_up() -> None:
        command.upgrade(config, revision)
        assert_nobody_notices(filled_url, f"{revision} down", lambda: command.downgrade(config, "-1"))
        assert_nobody_notices(filled_url, f"{revision} up", lambda: command.upgrade(config, revision))

    command.downgrade(config, revision)
    try:
        twice(go_down_and_up)
    finally:
        command.upgrade(config, "head")


@pytest.mark.teeth
def test_column_that_must_have_a_value_and_has_no_default_is_noticed(filled_url: str) -> None:
    with pytest.raises(AssertionError, match="NotNullViolation"):
        assert_nobody_notices(filled_url, "NOT NULL", lambda: asyncio.run(_require_a_value(filled_url)))


async def _require_a_value(url: str) -> None:
    connection = await asyncpg.connect(libpq_url(url))
    await connection.execute("ALTER TABLE article ADD COLUMN more text NOT NULL DEFAULT ''")
    await connection.execute("ALTER TABLE article ALTER more DROP DEFAULT")
    await connection.close()
