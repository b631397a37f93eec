"""A stop under load: the balancer is told first, and what was accepted is answered."""

import asyncio
import signal
import time
from pathlib import Path

import httpx
import pytest

from tests.lengths import length, note
from tests.load.offering import BROKEN, REFUSED, Offering
from tests.serving import Serving, serving

PATH = "/v1/countries/PAK"
OUT_SECONDS = 15


def assert_stop_drops_nothing(served: Serving) -> float:
    async def run() -> tuple[dict[int, int], int]:
        readiness = 0
        offering = Offering(served.port, PATH)
        load = asyncio.create_task(offering.at_rate(20, 3))
        await asyncio.sleep(1)
        served.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.3)
        async with httpx.AsyncClient(timeout=5) as client:
            try:
                readiness = (await client.get(f"{served.url}/readyz")).status_code
            except httpx.TransportError:
                readiness = BROKEN
        outcome = await load
        # What cannot connect any more was never accepted: an open connection that breaks was.
        return dict(outcome.statuses), readiness

    started = time.monotonic()
    statuses, readiness = asyncio.run(run())
    served.process.wait(OUT_SECONDS)
    took = time.monotonic() - started - 1
    assert readiness == 503, f"readiness {readiness}"
    assert statuses.get(200, 0) > 20
    assert set(statuses) <= {200, REFUSED}, statuses
    assert served.process.returncode == 0
    assert took < OUT_SECONDS
    return took


@pytest.mark.parametrize("number", range(length(1, 50)))
def test_stop_under_load_drops_no_accepted_request(durable_url: str, tmp_path: Path, number: int) -> None:
    with serving(durable_url, tmp_path) as served:
        took = assert_stop_drops_nothing(served)
    note(f"out after {took:.1f} s")


@pytest.mark.teeth
def test_stop_is_not_told_beforehand_without_the_readiness_flip(durable_url: str, tmp_path: Path) -> None:
    with serving(durable_url, tmp_path, fault="no_readiness_flip") as served, pytest.raises(AssertionError):
        assert_stop_drops_nothing(served)
