"""kill -9 of Postgres at any moment while articles are stored: what was acknowledged is there, once."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.storage.embedded import running_server
from tests.lengths import length, note
from tests.serving import durable_server
from tests.storage.server_processes import ask, server_pid

KILLS = length(3, 200)
_WRITER = """
import asyncio, sys
from app.storage.database import open_session
from tests.factories import make_article, make_record, store
async def write(url, name):
    for number in range(int(sys.argv[4]), 10**6):
        word = f"{name}-{number}"
        async with open_session(url) as session:
            if sys.argv[3] == "lax":
                from sqlalchemy import text
                await session.execute(text("SET LOCAL synchronous_commit = off"))
            await store(session, make_record(), article=make_article(f"The ministers met. ({word})"))
        print(word, flush=True)
asyncio.run(write(sys.argv[1], sys.argv[2]))
"""


def _write_until_killed(url: str, first: int, manner: str, kill: int, after: float) -> list[str]:
    """Store articles from a number on until Postgres is killed; return those that were acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, url, "w", manner, str(first)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert writer.stdout is not None
    word = writer.stdout.readline()
    time.sleep(after)
    _kill_all(kill)
    rest = writer.communicate()[0]
    return (word + rest).split()


def _kill_all(postmaster: int) -> None:
    """Kill the server and every process of it at once, so that none of them writes anything any more."""
    os.kill(postmaster, signal.SIGSTOP)
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in [*map(int, children), postmaster]:
        os.kill(pid, signal.SIGKILL)


def lost_and_doubled(folder: Path, kills: int, manner: str = "strict") -> tuple[int, int, int]:
    """Kill the server so often; return how many were acknowledged, and of them lost and doubled.

    What was not acknowledged is stored again after the next start, as a client would do.
    """
    with durable_server(folder):
        pass
    chance = random.Random(7)
    acknowledged: list[str] = []
    for _ in range(kills):
        with running_server(folder) as server:
            after, first = chance.uniform(0, 0.5), len(acknowledged)
            acknowledged += _write_until_killed(server.url, first, manner, server_pid(folder), after)
    with running_server(folder) as server:
        word = r"substring(text FROM '\((.*)\)')"
        asked = f"SELECT {word}, count(r.id) FROM article a LEFT JOIN report r ON r.article = a.id GROUP BY 1"
        held = dict(line.split("|") for line in ask(server.url, asked).splitlines())
    lost = sum(word not in held for word in acknowledged)
    doubled = sum(int(count) > 1 for count in held.values())
    return len(acknowledged), lost, doubled


def test_nothing_acknowledged_is_lost_or_doubled_when_postgres_is_killed(tmp_path: Path) -> None:
    acknowledged, lost, doubled = lost_and_doubled(tmp_path, KILLS)
    note(f"{KILLS} kills of Postgres, {acknowledged} articles acknowledged, {lost} lost, {doubled} doubled")
    assert acknowledged >= KILLS
    assert (lost, doubled) == (0, 0)


@pytest.mark.teeth
def test_articles_are_lost_without_synchronous_commit(tmp_path: Path) -> None:
    _, lost, _ = lost_and_doubled(tmp_path, 3, "lax")
    assert lost > 0
