"""The embedded server: a real Postgres under a folder of ours, without network.

`<data_dir>/postgres/` holds `data`, `log`, the `lock` that starting takes, and the socket's folder. The
command that starts the server owns it; a second one adopts it. When the owner ends, however it ends, the
server ends too, and an adopter's connections with it: no commit is lost, and the next start is anybody's.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.errors import DatabaseUrlNotValid, DataFolderNotUsable, ServerIsRunning
from app.settings import Settings
from app.storage.binaries import find_binaries
from app.storage.database import check_password
from app.storage.server_folder import (
    Server,
    held,
    is_noted_server_alive,
    locked,
    prepare_server,
    server_folder,
)
from app.storage.server_process import is_ready, start_server, stop_server

__all__ = [
    "Server",
    "asyncpg_url",
    "database",
    "libpq_url",
    "psql",
    "reset",
    "running_server",
    "server_folder",
]

_LAST_PROCESS_SECONDS = 1  # a killed server's processes end within it; a running server's do not


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Yield the address of the database: the one that is set, else the embedded server's.

    In production it is refused where everybody knows its password.
    """
    if settings.database_url:
        if settings.production:
            check_password(settings.database_url)
        yield asyncpg_url(settings.database_url)
        return
    with running_server(settings.data_dir) as server:
        yield server.url


def asyncpg_url(url: str) -> str:
    """Return an address as SQLAlchemy and asyncpg take it, whatever driver it names."""
    try:
        given = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUrlNotValid from None  # its message would hold the password
    if given.get_backend_name() not in ("postgresql", "postgres"):
        raise DatabaseUrlNotValid
    query = {"ssl" if name == "sslmode" else name: value for name, value in given.query.items()}
    return given.set(drivername="postgresql+asyncpg", query=query).render_as_string(hide_password=False)


def libpq_url(url: str) -> str:
    """Return an asyncpg address as psql takes it."""
    given = make_url(url)
    query = {"sslmode" if name == "ssl" else name: value for name, value in given.query.items()}
    return given.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


@contextmanager
def running_server(data_dir: Path, *, durable: bool = True) -> Iterator[Server]:
    """Start the server of a data folder, or adopt the one that runs; stop it at the end if it is ours.

    Call it from a thread that lives as long as the server shall: Linux takes that thread's end for the
    owner's. Without `durable` a crash may lose data: for tests only.
    """
    server = prepare_server(data_dir)
    with locked(server.folder):
        process = None if is_ready(server) else start_server(server, durable)
    try:
        yield server
    finally:
        if process is not None:
            stop_server(process)


def reset(data_dir: Path) -> None:
    """Delete the data of a data folder's server, which must not run."""
    folder = server_folder(data_dir)
    if not folder.exists():
        return
    server = prepare_server(data_dir)
    with locked(folder), held(folder, _LAST_PROCESS_SECONDS):
        if is_noted_server_alive(folder):
            raise ServerIsRunning(folder)
        try:
            for part in ("data", "data.new"):
                if (folder / part).exists():
                    shutil.rmtree(folder / part)
            for part in ("log", "log.old"):
                (folder / part).unlink(missing_ok=True)
        except OSError as error:
            raise DataFolderNotUsable(folder, error.strerror or type(error).__name__) from error
        shutil.rmtree(server.socket_folder, ignore_errors=True)


def psql() -> Path:
    """Return the psql that belongs to the server."""
    return find_binaries() / "psql"
