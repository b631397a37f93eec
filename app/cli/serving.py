"""The commands that serve the API: `up` brings its own database, `serve` needs one that is ready."""

import asyncio
import gc
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated

import typer

from app.cli.output import screen
from app.errors import NoDatabaseUrl, PortInUse
from app.settings import Settings

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")]
Port = Annotated[int, typer.Option(min=1, max=65535, envvar="PORT", help="Port to listen on.")]
_COLLECTED = 5_000, 10, 100
"""How seldom Python's collector looks at new, older and the oldest values: the statements that a server keeps
are among these, and now and then a request waited 40 ms for them."""


def up(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Start Postgres, migrate, load the seed and serve the API: everything in one.

    Without BILATERAL_DATABASE_URL an embedded Postgres runs under BILATERAL_DATA_DIR (`./var`). Ctrl-C stops
    all of it; the data stay.
    """
    from app.cli.jobs import check, load_seed_with_progress, prepare
    from app.storage import embedded

    settings = Settings()
    with _listening_socket(host, port) as listener, embedded.database(settings) as url:
        asyncio.run(check(url))
        screen.print("Postgres is ready.")
        prepare(url)
        written = asyncio.run(load_seed_with_progress(url))
        screen.print(f"The seed is loaded ({sum(written.values())} rows new or changed).")
        _serve(settings, url, listener)


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the API alone, on a database that is migrated already (BILATERAL_DATABASE_URL)."""
    settings = Settings()
    if settings.database_url is None:
        raise NoDatabaseUrl
    from app.cli.jobs import check
    from app.storage import embedded
    from app.storage.database import check_roles

    with _listening_socket(host, port) as listener, embedded.database(settings) as url:
        asyncio.run(check(url))
        asyncio.run(check_roles(url))
        _serve(settings, url, listener)


@contextmanager
def _listening_socket(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything else starts, so that a taken one is known at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise PortInUse(host, port, error.strerror or "") from error
        yield listener


def _serve(settings: Settings, url: str, listener: socket.socket) -> None:
    from app.api.server import create_server
    from app.main import create_app

    host, port = listener.getsockname()[:2]
    screen.print(
        f"Serving on http://{host}:{port} — documentation at http://{host}:{port}/docs — Ctrl-C stops."
    )
    server = create_server(create_app(settings, url), settings)
    # The server has stopped in order by the time it hands Ctrl-C on to us.
    with suppress(KeyboardInterrupt):
        # What is loaded by now stays, and the collector went over it again for a tenth of a second at a time.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECTED)
        server.run(sockets=[listener])
