"""The HTTP server: uvicorn, but it lets go of clients that are too slow, and tells of a stop beforehand."""

import asyncio
import contextlib
import resource
import signal
import time
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.api.load import Load
from app.api.problems import MALFORMED, OVERLOADED, RETRY_SECONDS, TIMEOUT, Kind, problem_body
from app.settings import Settings

RECEIPT_SECONDS = 10
"""For the head of a request, and for each `PROGRESS_BYTES` of its body."""
TAKING_SECONDS = 10
"""For a client to take what waits for it."""
IDLE_SECONDS = 5
PROGRESS_BYTES = 64 * 1024
MAX_HEAD_BYTES = 64 * 1024
MAX_CONNECTIONS = 2000
FINISHING_SECONDS = 10

_FILES = 4096
_REASONS = {400: "Bad Request", 408: "Request Timeout", 503: "Service Unavailable"}


def create_server(app: FastAPI, settings: Settings) -> "Server":
    """Return the server for an application; it runs on sockets that are given to it."""
    config = uvicorn.Config(
        app,
        http=DeadlineProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=FINISHING_SECONDS,
        # A client could write any address into such a header; only a proxy that is named may.
        forwarded_allow_ips=[str(network) for network in settings.trusted_proxies],
    )
    _allow_files()
    return Server(config, app.state.load, settings.drain_seconds)


class Server(uvicorn.Server):
    """uvicorn's server; on SIGTERM it first says that it is not ready, and serves on for a while."""

    def __init__(self, config: uvicorn.Config, load: Load, drain_seconds: float) -> None:
        super().__init__(config)
        self.load = load
        self.drain_seconds = drain_seconds
        self._stop_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; a second signal, and Ctrl-C, do not wait."""
        if sig == signal.SIGTERM and self._stop_at is None:
            self.load.draining = True
            self._stop_at = time.monotonic() + self.drain_seconds
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Tell, ten times a second, whether to stop."""
        over = self._stop_at is not None and time.monotonic() >= self._stop_at
        return await super().on_tick(counter) or over


class DeadlineProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which waits for a client only so long, and reads only so much of a head."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request; where there are too many connections, none."""
        super().connection_made(transport)
        self._receipt: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None
        self._in_head = self._began = False
        self._head_bytes = self._body_bytes = 0
        if len(self.connections) > MAX_CONNECTIONS:
            self._refuse(OVERLOADED)
        else:
            self._wait_for_receipt()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was waited for."""
        self._cancel_receipt()
        self._cancel_taking()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless a head grows without end."""
        self._began = False
        super().data_received(data)
        if self._in_head and not self._began:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES and not self.transport.is_closing():
                self._refuse(MALFORMED)

    def on_message_begin(self) -> None:
        """Start the clock of a head."""
        super().on_message_begin()
        self._in_head = self._began = True
        self._head_bytes = 0
        self._wait_for_receipt()

    def on_url(self, url: bytes) -> None:
        """Count an address into the head."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header into the head."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Start the clock of a body."""
        self._in_head = False
        self._body_bytes = 0
        self._wait_for_receipt()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Give more time to a body that comes on well."""
        super().on_body(body)
        self._body_bytes += len(body)
        if self._body_bytes >= PROGRESS_BYTES:
            self._body_bytes = 0
            self._wait_for_receipt()

    def on_message_complete(self) -> None:
        """Stop the clock."""
        self._cancel_receipt()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Answer what is no HTTP."""
        self._refuse(MALFORMED)

    def pause_writing(self) -> None:
        """Start the clock of a client that does not take its answer."""
        super().pause_writing()
        self._wait_for_taking()

    def resume_writing(self) -> None:
        """Stop that clock: some of the answer was taken."""
        super().resume_writing()
        self._cancel_taking()

    def on_response_complete(self) -> None:
        """Watch the end of an answer too, where the connection closes with it."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._wait_for_taking()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection, even where its client never took the last answer."""
        super().timeout_keep_alive_handler()
        self._wait_for_taking(IDLE_SECONDS)

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MAX_HEAD_BYTES:
            raise ValueError("the head is too large")  # the parser makes it an error of its own: a 400

    def _wait_for_receipt(self) -> None:
        self._cancel_receipt()
        self._receipt = self.loop.call_later(RECEIPT_SECONDS, self._give_up_receipt)

    def _give_up_receipt(self) -> None:
        if self.flow.read_paused:  # it is we who do not read
            self._wait_for_receipt()
        elif self.cycle is None or self.cycle.response_complete or self._in_head:
            self._refuse(TIMEOUT)
        else:
            self.transport.close()

    def _cancel_receipt(self) -> None:
        if self._receipt is not None:
            self._receipt.cancel()

    def _wait_for_taking(self, seconds: float = TAKING_SECONDS) -> None:
        self._cancel_taking()
        self._taking = self.loop.call_later(seconds, self.transport.abort)

    def _cancel_taking(self) -> None:
        if self._taking is not None:
            self._taking.cancel()

    def _refuse(self, kind: Kind) -> None:
        """Answer below the application, where there is no request to speak of, and close."""
        body = problem_body(kind)
        head = (
            f"HTTP/1.1 {kind.status} {_REASONS[kind.status]}\r\ncontent-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\ncache-control: no-store\r\nconnection: close\r\n"
            + (f"retry-after: {RETRY_SECONDS}\r\n" if kind.status == 503 else "")
        )
        self.transport.write(head.encode() + b"\r\n" + body)
        self.transport.close()
        self._wait_for_taking(IDLE_SECONDS)


def _allow_files() -> None:
    """Allow as many open files as connections may be had; many systems start programs with 1024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
