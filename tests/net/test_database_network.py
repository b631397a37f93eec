"""What the network to Postgres does wrong: no request hangs, each failure is a 503, and it passes."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import make_url

from tests.lengths import length, note, twice
from tests.net.proxy import Fault, FaultProxy, fault_proxy
from tests.serving import Serving, serving

PATHS = ("/v1/countries/PAK", "/v1/events", "/v1/parties/resolve?q=Iraq", "/readyz")
WORST_SECONDS, RECOVERY_SECONDS = 5, 2
FAULTS: tuple[Fault, ...] = ("reset", "blackhole", "delay", "truncate", "trickle")


@pytest.fixture(scope="module")
def proxy(durable_url: str) -> Iterator[FaultProxy]:
    with fault_proxy(_socket(durable_url)) as running:
        yield running


@pytest.fixture(scope="module")
def behind_proxy(
    proxy: FaultProxy, durable_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    with serving(_url(durable_url, proxy), tmp_path_factory.mktemp("net")) as served:
        yield served


def _socket(url: str) -> str:
    query = make_url(url).query
    return f"{query['host']}/.s.PGSQL.{query['port']}"


def _url(url: str, proxy: FaultProxy) -> str:
    given = make_url(url)
    return f"postgresql://{given.username}@127.0.0.1:{proxy.port}/{given.database}"


def _ask(served: Serving, path: str) -> tuple[int, float]:
    start = time.monotonic()
    try:
        status = httpx.get(served.url + path, timeout=30).status_code
    except httpx.TransportError:
        status = 0
    return status, time.monotonic() - start


def assert_fault_is_borne(served: Serving, proxy: FaultProxy, fault: Fault, seconds: float) -> None:
    assert {_ask(served, path)[0] for path in PATHS} == {200}
    proxy.plant(fault)
    end = time.monotonic() + seconds
    asked: list[tuple[int, float]] = []
    try:
        with ThreadPoolExecutor(12) as pool:
            while time.monotonic() < end:
                asked += pool.map(lambda number: _ask(served, PATHS[number % len(PATHS)]), range(12))
    finally:
        proxy.plant("none")
    ended = time.monotonic()
    while not all(_ask(served, path)[0] == 200 for path in PATHS):
        assert time.monotonic() < ended + 30, "never recovered"
    recovered = time.monotonic() - ended
    slowest = max(took for _, took in asked)
    statuses = {status for status, _ in asked}
    note(f"{fault}: {len(asked)} asked, {statuses}, slowest {slowest:.1f} s, well after {recovered:.1f} s")
    assert statuses <= {200, 503}
    assert slowest < WORST_SECONDS
    assert recovered < RECOVERY_SECONDS


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_of_the_network_is_a_503_soon_and_passes(
    behind_proxy: Serving, proxy: FaultProxy, fault: Fault
) -> None:
    twice(lambda: assert_fault_is_borne(behind_proxy, proxy, fault, length(1, 30)))


@pytest.mark.teeth
def test_blackhole_is_not_borne_without_timeouts(durable_url: str, tmp_path: Path) -> None:
    with (
        fault_proxy(_socket(durable_url)) as proxy,
        serving(_url(durable_url, proxy), tmp_path, fault="no_connect_timeout") as served,
        pytest.raises(AssertionError),
    ):
        assert_fault_is_borne(served, proxy, "blackhole", 6)
