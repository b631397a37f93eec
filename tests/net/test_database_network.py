"""What the network to Postgres does wrong: no request hangs, each failure is a 503, and it passes."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import make_url

from app.domain.keys import Scope
from tests.authorization.holders import stored_holder
from tests.ingestion.texts import meeting
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


Ask = Callable[[int], tuple[int, float]]


def _read(served: Serving, number: int) -> tuple[int, float]:
    return _timed(lambda: httpx.get(served.url + PATHS[number % len(PATHS)], timeout=30))


def _timed(send: Callable[[], httpx.Response]) -> tuple[int, float]:
    start = time.monotonic()
    try:
        status = send().status_code
    except httpx.TransportError:
        status = 0
    return status, time.monotonic() - start


@pytest.fixture
def read(behind_proxy: Serving) -> Ask:
    return partial(_read, behind_proxy)


@pytest.fixture(scope="module")
def hand_in(behind_proxy: Serving, durable_url: str) -> Ask:
    key = asyncio.run(stored_holder(durable_url, Scope.ARTICLES_WRITE))
    numbers = count()

    def ask(_: int) -> tuple[int, float]:
        article = {"text": meeting(next(numbers)), "outlet": "daily.example", "published_on": "2024-01-03"}
        address = behind_proxy.url + "/v1/articles"
        return _timed(lambda: httpx.post(address, json=article, headers=key, timeout=30))

    return ask


def assert_fault_is_borne(ask: Ask, proxy: FaultProxy, fault: Fault, seconds: float) -> None:
    whole = {ask(number)[0] for number in range(len(PATHS))}
    assert whole <= {200, 201}
    proxy.plant(fault)
    end = time.monotonic() + seconds
    asked: list[tuple[int, float]] = []
    try:
        with ThreadPoolExecutor(12) as pool:
            while time.monotonic() < end:
                asked += pool.map(ask, range(12))
    finally:
        proxy.plant("none")
    ended = time.monotonic()
    while {ask(number)[0] for number in range(len(PATHS))} != whole:
        assert time.monotonic() < ended + 30, "never recovered"
    recovered = time.monotonic() - ended
    slowest = max(took for _, took in asked)
    statuses = {status for status, _ in asked}
    note(f"{fault}: {len(asked)} asked, {statuses}, slowest {slowest:.1f} s, well after {recovered:.1f} s")
    assert statuses <= {*whole, 503}
    assert slowest < WORST_SECONDS
    assert recovered < RECOVERY_SECONDS


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_of_the_network_is_a_503_soon_and_passes(read: Ask, proxy: FaultProxy, fault: Fault) -> None:
    twice(lambda: assert_fault_is_borne(read, proxy, fault, length(1, 30)))


# A fifth of a second more for each statement makes an article slow, yet it goes on: nothing there hangs.
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "delay"])
def test_fault_of_the_network_is_a_503_soon_for_writers_too(
    hand_in: Ask, proxy: FaultProxy, fault: Fault
) -> None:
    twice(lambda: assert_fault_is_borne(hand_in, proxy, fault, length(1, 30)))


@pytest.mark.teeth
def test_blackhole_is_not_borne_without_timeouts(durable_url: str, tmp_path: Path) -> None:
    with (
        fault_proxy(_socket(durable_url)) as proxy,
        serving(_url(durable_url, proxy), tmp_path, fault="no_connect_timeout") as served,
        pytest.raises(AssertionError),
    ):
        assert_fault_is_borne(partial(_read, served), proxy, "blackhole", 6)
