"""Readers, writers, editors and clients that hang up, all at once and for long: nothing grows."""

import asyncio
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median

import asyncpg
import pytest

from app.domain.keys import Scope
from app.storage.embedded import libpq_url
from tests.authorization.holders import stored_holder
from tests.lengths import length, note, twice
from tests.load.mixing import HANDED_IN_FIRST, Mix
from tests.serving import Serving, serving

SECONDS = length(8, 1800)
WARM_UP_SECONDS = length(2, 300)
DOCUMENTED = {200, 201, 304, 409, 412, 429, 503}
LONGEST_IDLE_SECONDS = 5
MOST_MORE_FILES = 8
MOST_MORE_MIB = 64
MOST_MIB_A_MINUTE = 1
_IDLE = """
    SELECT coalesce(max(extract(epoch FROM now() - state_change)), 0)::float FROM pg_stat_activity
    WHERE datname = current_database() AND state LIKE 'idle in transaction%'
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process holds at a moment, and how long a transaction has been idle."""

    minutes: float
    mib: float
    parsers_mib: float
    files: int
    idle_seconds: float


async def watch(served: Serving, url: str, seconds: float) -> list[Sample]:
    """Look at a process from outside, four times a second."""
    start = time.monotonic()
    samples = []
    connection = await asyncpg.connect(libpq_url(url))
    try:
        while (now := time.monotonic() - start) < seconds:
            idle = await connection.fetchval(_IDLE)
            held = served.memory_mib(), served.parsers_memory_mib(), served.open_files()
            samples.append(Sample(now / 60, *held, idle))
            await asyncio.sleep(0.25)
    finally:
        await connection.close()
    return samples


def assert_nothing_grows(served: Serving, url: str) -> None:
    async def run() -> tuple[Mix, list[Sample]]:
        key = await stored_holder(url, Scope.ARTICLES_WRITE, Scope.EVENTS_WRITE)
        mix = Mix(served.url, served.port, key, secrets.token_hex(4))
        async with mix.client:
            await mix.warm_up()
            _, samples = await asyncio.gather(mix.run(SECONDS), watch(served, url, SECONDS))
        return mix, samples

    mix, samples = asyncio.run(run())
    warm = [sample for sample in samples if sample.minutes * 60 > WARM_UP_SECONDS]
    slopes = _slope(warm, [one.mib for one in warm]), _slope(warm, [one.parsers_mib for one in warm])
    more_files = _growth([one.files for one in warm])
    more_mib = _growth([one.mib for one in warm]), _growth([one.parsers_mib for one in warm])
    idle = max(sample.idle_seconds for sample in samples)
    note(
        f"{SECONDS} s: { ({kind: dict(counts) for kind, counts in mix.statuses.items()}) }; "
        f"memory {warm[0].mib:.0f} to {warm[-1].mib:.0f} MiB, {slopes[0]:+.2f} a minute; of parsers "
        f"{warm[0].parsers_mib:.0f} to {warm[-1].parsers_mib:.0f} MiB, {slopes[1]:+.2f} a minute; "
        f"files {warm[0].files} to {warm[-1].files}, {more_files:+.0f}; idle in transaction {idle:.2f} s"
    )
    assert idle < LONGEST_IDLE_SECONDS, "a transaction is idle"
    assert more_files <= MOST_MORE_FILES, "open files grow"
    assert max(more_mib) < MOST_MORE_MIB, "memory grows"
    assert max(slopes) < length(float("inf"), MOST_MIB_A_MINUTE), "memory grows slowly"
    assert_answers_are_documented(mix)


def assert_answers_are_documented(mix: Mix) -> None:
    told = {kind: set(counts) for kind, counts in mix.statuses.items()}
    assert set().union(*told.values()) <= DOCUMENTED, told
    assert {200, 304} <= told["read"]
    assert 201 in told["hand in"]
    assert all(200 in told[kind] for kind in ("export", "edit", "undo"))
    assert 412 in told["stale edit"]
    assert 200 not in told["stale edit"]
    refused = sum(counts[503] for counts in mix.statuses.values())
    assert refused < 0.05 * sum(counts.total() for counts in mix.statuses.values()), mix.statuses


def _slope(samples: list[Sample], values: list[float]) -> float:
    """Return how much is added a minute, by least squares."""
    return linear_regression([sample.minutes for sample in samples], values).slope


def _growth(values: list[int] | list[float]) -> float:
    """Return how much more the last third is than the first, by their medians."""
    third = len(values) // 3
    return median(values[-third:]) - median(values[:third])


@pytest.mark.timeout(120 + 2 * (SECONDS + HANDED_IN_FIRST))
def test_nothing_grows_under_mixed_load(durable_url: str, tmp_path: Path) -> None:
    # A small cache of answers is full after the warm-up: what grows then is something else.
    with serving(durable_url, tmp_path, answer_cache_mib=2) as served:
        twice(lambda: assert_nothing_grows(served, durable_url))


@pytest.mark.teeth
@pytest.mark.parametrize(
    ("fault", "noticed"),
    [
        ("leaked_sessions", "a transaction is idle"),
        ("leaked_handles", "open files grow"),
        ("leaked_memory", "memory grows"),
    ],
)
def test_leak_is_noticed(durable_url: str, tmp_path: Path, fault: str, noticed: str) -> None:
    with (
        serving(durable_url, tmp_path, fault=fault, answer_cache_mib=2) as served,
        pytest.raises(AssertionError, match=noticed),
    ):
        assert_nothing_grows(served, durable_url)
