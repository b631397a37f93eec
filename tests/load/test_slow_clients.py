"""Clients that send or take a byte at a time: they are let go, and nobody else notices them."""

import asyncio
import contextlib
import socket
import time
from pathlib import Path

import pytest

from tests.lengths import length, note, twice
from tests.load.offering import Offering
from tests.serving import Serving, serving

PATH = "/v1/countries/PAK"
LARGE = "/docs/assets/swagger-ui-bundle.js"
CLOSED_SECONDS = 15
ARRIVAL_SECONDS = 0.02


async def _send_slowly(port: int, start: bytes, number: int) -> float:
    """Send a byte a second after a start; return when the server hung up, or the limit."""
    await asyncio.sleep(number * ARRIVAL_SECONDS)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    with contextlib.suppress(ConnectionError):
        writer.write(start)
        while time.monotonic() - began < CLOSED_SECONDS + 2:
            writer.write(b"a")
            with contextlib.suppress(TimeoutError):
                # Told off and hung up on: the answer, if any, is followed by the end.
                await asyncio.wait_for(reader.read(), 1)
                break
    writer.close()
    return time.monotonic() - began


async def _take_slowly(port: int, number: int) -> None:
    """Ask for large answers and hardly read them, for longer than anybody may."""
    await asyncio.sleep(number * ARRIVAL_SECONDS)
    taker = socket.socket()
    taker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    taker.setblocking(False)
    await asyncio.get_running_loop().sock_connect(taker, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=taker, limit=1)
    try:
        writer.write(f"GET {LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 3)
        for _ in range(CLOSED_SECONDS + 2):
            await reader.read(1)
            await asyncio.sleep(1)
    except ConnectionError:
        pass
    finally:
        writer.transport.abort()


def assert_slow_clients_hold_nobody_up(served: Serving) -> None:
    before = served.open_sockets()
    each = length(20, 167)

    async def run() -> tuple[list[float], float, int]:
        head, body = b"GET /v1/events HTTP/1.1\r\nX-Slow: ", b"POST /v1/events HTTP/1.1\r\nHost: a\r\n"
        body += b"Content-Length: 900\r\n\r\n"
        senders = [_send_slowly(served.port, start, n) for n in range(each) for start in (head, body)]
        slow = asyncio.gather(*senders)
        takers = asyncio.gather(*(_take_slowly(served.port, n) for n in range(each)))
        await asyncio.sleep(1)
        quick = await Offering(served.port, PATH).at_rate(5, CLOSED_SECONDS - 1)
        held = served.open_sockets() - before
        closed_after = await slow
        takers.cancel()
        await asyncio.gather(takers, return_exceptions=True)
        assert set(quick.statuses) == {200}, quick.statuses
        return closed_after, quick.slowest(), held

    closed_after, slowest, held = asyncio.run(run())
    note(f"{3 * each} slow; p99 of others {slowest:.3f} s; last sender gone in {max(closed_after):.1f} s")
    assert slowest < 1
    assert max(closed_after) < CLOSED_SECONDS
    assert held < 10, "connections that the server still holds"


def test_slow_clients_hold_nobody_up_and_are_let_go(load_target: Serving) -> None:
    twice(lambda: assert_slow_clients_hold_nobody_up(load_target))


@pytest.mark.teeth
def test_slow_clients_stay_without_a_receipt_deadline(durable_url: str, tmp_path: Path) -> None:
    with (
        serving(durable_url, tmp_path, fault="no_receipt_deadline") as served,
        pytest.raises(AssertionError),
    ):
        assert_slow_clients_hold_nobody_up(served)
