"""Hostile inputs to a process of its own: it answers each with a problem, lives, and does not grow."""

import asyncio
import gzip
from pathlib import Path

import httpx

from app.domain.keys import Scope
from tests.authorization.holders import stored_holder
from tests.ingestion.texts import meeting
from tests.lengths import length, note
from tests.serving import serving

GROWTH_MIB = 50
ROUNDS = length(2, 50)
JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain"}
LARGEST = (TEXT, b"a b " * 2_000_000)
"""As large as a body may be; who hands in many articles at once makes the process as large."""
HOSTILE = {
    "50 MB of blanks": (JSON, b" " * 50_000_000),
    "900 arrays in each other": (JSON, b"[" * 900 + b"]" * 900),
    "ten thousand keys": (JSON, b"{" + b",".join(b'"k%d":1' % n for n in range(10_000)) + b"}"),
    "a million items": (JSON, b"[" + b"0," * 1_000_000 + b"0]"),
    "packed zeros": (JSON | {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 10_000_000)),
    "8 MB of text": LARGEST,
    "text that is none": (TEXT, b"\xff\x00" * 1_000_000),
    "a part without an end": ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\n" * 500_000),
}
ROUTES = ("/v1/articles", "/v1/extractions")


def test_hostile_inputs_leave_the_process_as_large_as_it_was(durable_url: str, tmp_path: Path) -> None:
    key = asyncio.run(stored_holder(durable_url, *Scope))
    with serving(durable_url, tmp_path) as served, httpx.Client(base_url=served.url, headers=key) as client:
        for number in range(10):
            article = {"text": meeting(90_000 + number), "published_on": "2024-01-03"}
            assert client.post("/v1/articles", json=article, timeout=30).status_code == 201
        _send(client, ROUTES[0], *LARGEST)
        before = served.memory_mib()
        for _ in range(ROUNDS):
            for route in ROUTES:
                for name, (headers, body) in HOSTILE.items():
                    status = _send(client, route, headers, body)
                    assert 400 <= status < 500, f"{name} to {route}: {status}"
        after = served.memory_mib()
        assert served.is_ready()
    note(f"memory {before:.0f} to {after:.0f} MiB")
    assert after - before < GROWTH_MIB


def _send(client: httpx.Client, route: str, headers: dict[str, str], body: bytes) -> int:
    """Return the answer's status; a body that is refused early may not be taken to its end."""
    try:
        return client.post(route, content=body, headers=headers, timeout=30).status_code
    except httpx.WriteError:
        return 413
