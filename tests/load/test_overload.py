"""Ten times more requests than can be answered: as many as can be are, and the others hear no at once."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.lengths import length, note, twice
from tests.load.offering import BROKEN, Offering
from tests.serving import Serving, serving

PATH = "/v1/countries/PAK"


def assert_overload_is_borne(served: Serving) -> None:
    capacity = asyncio.run(Offering(served.port, PATH).by_clients(8, length(2, 10))).useful_rate
    before = served.memory_mib()
    flooded = asyncio.run(Offering(served.port, PATH).at_rate(10 * capacity, length(4, 60)))
    ended = time.monotonic()
    note(
        f"capacity {capacity:.0f}/s; at ten times it {flooded.useful_rate:.0f}/s, {dict(flooded.statuses)}, "
        f"p99 {flooded.slowest():.2f} s; memory {before:.0f} to {served.memory_mib():.0f} MiB"
    )
    assert set(flooded.statuses) <= {200, 429, 503, BROKEN}
    assert flooded.statuses[BROKEN] == 0
    assert flooded.statuses[503] > 0
    assert flooded.useful_rate >= capacity / 2
    assert flooded.slowest() < 4
    assert served.memory_mib() - before < 64
    assert _is_normal(served, capacity, within=5 - (time.monotonic() - ended))


def _is_normal(served: Serving, capacity: float, within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        calm = asyncio.run(Offering(served.port, PATH).at_rate(capacity / 4, 1))
        if calm.statuses.keys() == {200} and calm.slowest() < 1:
            return True
    return False


def test_overload_leaves_half_of_the_capacity_and_is_over_when_it_ends(load_target: Serving) -> None:
    twice(lambda: assert_overload_is_borne(load_target))


def test_health_is_answered_while_work_is_turned_away(load_target: Serving) -> None:
    async def flood_and_ask() -> tuple[int, set[int]]:
        flood = asyncio.create_task(Offering(load_target.port, PATH).at_rate(500, 2))
        await asyncio.sleep(0.5)
        health = await Offering(load_target.port, "/livez").at_rate(10, 1)
        return (await flood).statuses[503], set(health.statuses)

    refused, health = asyncio.run(flood_and_ask())
    assert refused > 0
    assert health == {200}


@pytest.mark.teeth
def test_overload_is_not_borne_without_the_gate(durable_url: str, tmp_path: Path) -> None:
    with (
        serving(durable_url, tmp_path, fault="no_admission_gate", answer_cache_mib=0) as served,
        pytest.raises(AssertionError),
    ):
        assert_overload_is_borne(served)
