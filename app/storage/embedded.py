"""The embedded server: a real Postgres under a folder of ours, without network.

`<data_dir>/postgres/` holds `data`, `log`, the `lock` that starting takes, and the socket's folder. The
command that starts the server owns it; a second one adopts it. When the owner ends, however it ends, the
server ends too.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from app.errors import DataFolderNotUsable, DataFolderOfAnotherMajor, ServerDidNotStart, ServerIsRunning
from app.settings import Settings
from app.storage.binaries import (
    as_allowed_user,
    drops_privileges,
    find_binaries,
    give_to_nobody,
    major_version,
)

_DATABASE = "bilateral"
_LONGEST_SOCKET_FOLDER = 80  # a socket's path may have about 107 bytes, its own name included
_START_SECONDS = 30
_STOP_SECONDS = 10
_OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "log_checkpoints": "off",
}
_UNSAFE_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and where its socket is."""

    folder: Path
    socket_folder: Path

    @property
    def url(self) -> str:
        """Return the address of the product's database for asyncpg."""
        return self.url_of(_DATABASE)

    def url_of(self, database: str) -> str:
        """Return the address of one of the server's databases for asyncpg."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.socket_folder}"


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Yield the address of the database: the one that is set, else the embedded server's."""
    if settings.database_url is not None:
        yield make_url(settings.database_url).set(drivername="postgresql+asyncpg").render_as_string(False)
        return
    with running_server(settings.data_dir) as server:
        yield server.url


@contextmanager
def running_server(data_dir: Path, *, durable: bool = True) -> Iterator[Server]:
    """Start the server of a data folder, or adopt the one that runs; stop it at the end if it is ours.

    Without `durable` a crash may lose data: for tests only.
    """
    server = _prepare_folder(data_dir)
    with _lock(server):
        process = None if _is_ready(server) else _start(server, durable)
    try:
        yield server
    finally:
        if process is not None:
            _stop(process)


def server_folder(data_dir: Path) -> Path:
    """Return the folder that holds everything of the embedded server."""
    return data_dir.absolute() / "postgres"


def reset(data_dir: Path) -> None:
    """Delete the data of a data folder's server, which must not run."""
    folder = server_folder(data_dir)
    if not folder.exists():
        return
    server = _prepare_folder(data_dir)
    with _lock(server):
        if _is_ready(server):
            raise ServerIsRunning(folder)
        for part in ("data", "data.new"):
            shutil.rmtree(folder / part, ignore_errors=True)
        (folder / "log").unlink(missing_ok=True)


def psql() -> Path:
    """Return the psql that belongs to the server."""
    return find_binaries() / "psql"


def libpq_url(url: str) -> str:
    """Return an asyncpg address as psql takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _prepare_folder(data_dir: Path) -> Server:
    folder = server_folder(data_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        socket_folder = _socket_folder(folder)
        if drops_privileges():
            give_to_nobody(folder)
            give_to_nobody(socket_folder)
        (folder / "lock").touch()
    except OSError as error:
        raise DataFolderNotUsable(folder, error.strerror or type(error).__name__) from error
    return Server(folder, socket_folder)


def _socket_folder(folder: Path) -> Path:
    """Return a folder whose path is short enough for a socket, the same for every process."""
    inside = folder / "socket"
    if len(os.fsencode(inside)) <= _LONGEST_SOCKET_FOLDER:
        inside.mkdir(mode=0o700, exist_ok=True)
        return inside
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"bilateral-{os.getuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid != os.getuid():
        raise PermissionError(1, f"{short} belongs to somebody else")
    return short


@contextmanager
def _lock(server: Server) -> Iterator[None]:
    """Let one process at a time look for a server and start one."""
    with (server.folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_ready(server: Server) -> bool:
    """Ask the server itself; a process id may belong to anybody by now."""
    program = str(find_binaries() / "pg_isready")
    asked = [program, "-q", "-h", str(server.socket_folder), "-U", "postgres", "-d", "postgres"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def _start(server: Server, durable: bool) -> subprocess.Popen[bytes]:
    data = server.folder / "data"
    if not data.exists():
        _initialize(server)
    _check_major(data)
    deadline = time.monotonic() + _START_SECONDS
    while True:
        process = _launch(server, durable)
        if _wait_until_ready(server, process, deadline):
            # A server that dies is collected at once: as long as its id is taken, no other one starts.
            threading.Thread(target=process.wait, daemon=True).start()
            break
        # After a kill the old processes linger for a moment and hold the lock file and the shared memory.
        if time.monotonic() > deadline or not _told_of_a_lock(server):
            raise ServerDidNotStart(server.folder, server.folder / "log", _end_of_log(server))
        time.sleep(0.2)
    _create_database(server)
    return process


def _initialize(server: Server) -> None:
    """Make the data folder beside its place and rename it, so that a half-made one is never used."""
    new = server.folder / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    if major_version(find_binaries()) < 17:  # the builtin provider came with 17
        locale = ["--locale=C.UTF-8"]
    command = [
        *as_allowed_user(),
        str(find_binaries() / "initdb"),
        f"--pgdata={new}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--data-checksums",
        "--no-instructions",
        *locale,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=server.folder)
    if done.returncode != 0:
        (server.folder / "log").write_text(done.stdout + done.stderr)
        raise ServerDidNotStart(server.folder, server.folder / "log", done.stderr.strip()[-1000:])
    new.rename(server.folder / "data")


def _check_major(data: Path) -> None:
    found = int((data / "PG_VERSION").read_text().split(".")[0])
    expected = major_version(find_binaries())
    if found != expected:
        raise DataFolderOfAnotherMajor(data, found, expected)


def _launch(server: Server, durable: bool) -> subprocess.Popen[bytes]:
    options = {
        **_OPTIONS,
        "unix_socket_directories": str(server.socket_folder),
        "unix_socket_permissions": "0700",
        **({} if durable else _UNSAFE_OPTIONS),
    }
    command = [*as_allowed_user(), str(find_binaries() / "postgres"), "-D", str(server.folder / "data")]
    command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with (server.folder / "log").open("wb") as log:
        # A session of its own, so that Ctrl-C reaches us alone and we stop the server in order.
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=server.folder,
            start_new_session=True,
            preexec_fn=_end_with_owner if sys.platform == "linux" else None,
        )


def _end_with_owner() -> None:
    """Ask the kernel to stop the server when its owner ends, even by kill -9."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGINT)


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes], deadline: float) -> bool:
    while process.poll() is None:
        if _is_ready(server):
            return True
        if time.monotonic() > deadline:
            _stop(process)
            return False
        time.sleep(0.05)
    return False


def _told_of_a_lock(server: Server) -> bool:
    log = _end_of_log(server)
    return any(word in log for word in ("postmaster.pid", "lock file", "shared memory block", "is another"))


def _end_of_log(server: Server) -> str:
    with contextlib.suppress(OSError):
        return (server.folder / "log").read_text(errors="replace").strip()[-1000:]
    return ""


def _create_database(server: Server) -> None:
    """Create the product's database where it is missing."""
    asked = [str(psql()), "-h", str(server.socket_folder), "-U", "postgres", "-d", "postgres", "-Atqc"]
    there = f"SELECT 1 FROM pg_database WHERE datname = '{_DATABASE}'"
    if not subprocess.run([*asked, there], capture_output=True, check=True).stdout.strip():
        subprocess.run([*asked, f"CREATE DATABASE {_DATABASE}"], capture_output=True, check=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server and wait; SIGINT ends its clients' sessions and keeps every commit."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait()
