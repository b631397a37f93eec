"""Requests that no client would send, byte by byte to a process; numbers as in docs/hostile-inputs.md."""

import socket
import time

import httpx
import pytest

from app.api.server import MAX_HEAD_BYTES, RECEIPT_SECONDS
from tests.serving import Serving

HOST = b"Host: localhost\r\n"


def send(served: Serving, content: bytes, seconds: float = 15) -> bytes:
    """Send bytes, and return everything that comes until the server hangs up."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=seconds) as opened:
        answer = b""
        try:
            opened.sendall(content)
            while data := opened.recv(65536):
                answer += data
        except ConnectionError:
            pass
        return answer


def assert_refused(answer: bytes, status: bytes) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status), answer[:200]
    assert b"connection: close" in head.lower()
    assert b"application/problem+json" in head
    assert b'"status":' + status in body


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 3\r\nContent-Length: 4\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
    ],
)
def test_80_framing_that_can_be_read_two_ways_is_a_400_and_the_end(
    load_target: Serving, framing: bytes
) -> None:
    answer = send(load_target, b"POST /v1/events HTTP/1.1\r\n" + HOST + framing + b"\r\nabc")
    assert_refused(answer, b"400")


def test_81_head_of_100_kb_is_a_400_and_the_end(load_target: Serving) -> None:
    whole = b"GET /livez HTTP/1.1\r\n" + HOST + b"X-Much: " + b"a" * 100_000 + b"\r\n\r\n"
    assert_refused(send(load_target, whole), b"400")


def test_81_many_small_headers_are_a_400_too(load_target: Serving) -> None:
    many = b"".join(b"X-%d: aaaaaaaaaa\r\n" % number for number in range(MAX_HEAD_BYTES // 10))
    assert_refused(send(load_target, b"GET /livez HTTP/1.1\r\n" + HOST + many + b"\r\n"), b"400")


def test_82_control_byte_in_the_host_is_a_400(load_target: Serving) -> None:
    assert_refused(send(load_target, b"GET /livez HTTP/1.1\r\nHost: a\x01b\r\n\r\n"), b"400")


def test_54_body_of_50_mb_is_a_413_before_it_is_read(load_target: Serving) -> None:
    head = b"POST /v1/events HTTP/1.1\r\n" + HOST + b"Content-Length: 50000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", load_target.port), timeout=5) as opened:
        opened.sendall(head)
        answer = opened.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"problem+json" in answer


def test_55_body_that_does_not_come_ends_the_connection_within_15_seconds(load_target: Serving) -> None:
    started = time.monotonic()
    head = b"GET /v1/events HTTP/1.1\r\n" + HOST + b"Content-Length: 900\r\n\r\nabc"
    send(load_target, head, seconds=20)
    assert time.monotonic() - started < RECEIPT_SECONDS + 5


def test_92_a_thousand_ranges_are_answered_at_once(load_target: Serving) -> None:
    ranges = ",".join(f"{start}-{start + 1}" for start in range(0, 4000, 4))
    url = f"{load_target.url}/docs/assets/swagger-ui.css"
    with httpx.Client() as client:
        client.get(url)
        took = []
        for _ in range(5):
            started = time.monotonic()
            answer = client.get(url, headers={"Range": f"bytes={ranges}"})
            took.append(time.monotonic() - started)
    assert answer.status_code in (200, 206, 400, 416)
    assert min(took) < 0.05
