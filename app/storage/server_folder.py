"""The folder of the embedded server: whose it is, where its socket is, and which process holds it."""

import contextlib
import fcntl
import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.errors import DataFolderNotUsable, ServerIsRunning
from app.storage.binaries import give_to_server, run_as

DATABASE = "bilateral"
PORT = 5432  # part of the socket's name; nothing listens on a network
_LONGEST_SOCKET_FOLDER = 80  # a socket's path may have about 104 bytes, its own name included
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and where its socket is."""

    folder: Path
    socket_folder: Path

    @property
    def url(self) -> str:
        """Return the address of the product's database for asyncpg."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """Return the address of one of the server's databases for asyncpg."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.socket_folder}&port={PORT}"


def prepare_server(data_dir: Path) -> Server:
    """Make the folder of a data folder's server, and the one for its socket."""
    folder = server_folder(data_dir)
    socket_folder = _socket_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _check_owner(folder)
        socket_folder.mkdir(exist_ok=True, mode=0o700)
        _check_owner(socket_folder)
        socket_folder.chmod(0o700)
        give_to_server(folder, socket_folder)
        (folder / "lock").touch()
    except OSError as error:
        raise DataFolderNotUsable(folder, error.strerror or type(error).__name__) from error
    return Server(folder, socket_folder)


def server_folder(data_dir: Path) -> Path:
    """Return the folder that holds everything of the embedded server, the same by whichever link."""
    return Path(os.path.realpath(data_dir)) / "postgres"


def _check_owner(folder: Path) -> None:
    # Not following links: in a temporary folder anybody may have put one there.
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise DataFolderNotUsable(folder, "it is not a folder")
    if found.st_uid not in (os.geteuid(), run_as().user):
        raise DataFolderNotUsable(folder, f"it belongs to another user ({found.st_uid})")


def _socket_folder(folder: Path) -> Path:
    """Return where the socket is, the same for every process.

    A long path does not fit a socket's address, and libpq, SQLAlchemy and Postgres each read some of the
    characters , : % + and " in their own way.
    """
    inside = folder / "socket"
    if len(os.fsencode(inside)) <= _LONGEST_SOCKET_FOLDER and _PLAIN_PATH.fullmatch(str(inside)):
        return inside
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    # Not TMPDIR, which may differ between the processes that are to meet here.
    return Path("/tmp") / f"bilateral-{os.geteuid()}-{name}"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time look for a server and start one."""
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def held(folder: Path, seconds: float) -> Iterator[int]:
    """Hold the data for one server, waiting so long for an earlier one's last process to end.

    Its processes inherit the yielded descriptor, and with it the hold: the kernel ends it with the last of
    them, in whichever container they run, where a noted process id tells nothing.
    """
    with (folder / "held").open("a") as file:
        give_up_at = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > give_up_at:
                    raise ServerIsRunning(folder) from None
                time.sleep(0.05)
        yield file.fileno()


def is_noted_server_alive(folder: Path) -> bool:
    """Tell whether a server runs on the folder's data that somebody may have started by hand."""
    pid = _noted_pid(folder / "data" / "postmaster.pid")
    return pid is not None and _is_postgres_on(pid, folder / "data")


def forget_dead_server(server: Server) -> None:
    """Remove the notes that a dead server left, where its process id is taken all the same.

    Postgres looks only whether the id is taken: after a reboot another program often has it, and in a
    container a dead process may stay for good. Notes whose id is free it removes itself. Call this while the
    data are held.
    """
    data = server.folder / "data"
    for note in (data / "postmaster.pid", server.socket_folder / f".s.PGSQL.{PORT}.lock"):
        pid = _noted_pid(note)
        if pid is not None and Path(f"/proc/{pid}").exists() and not _is_postgres_on(pid, data):
            note.unlink(missing_ok=True)


def _noted_pid(note: Path) -> int | None:
    try:
        return abs(int(note.read_text().split("\n", 1)[0]))
    except (FileNotFoundError, ValueError):
        return None


def _is_postgres_on(pid: int, data: Path) -> bool:
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return False
    if name not in ("postgres", "postmaster"):
        return False
    try:
        return Path(f"/proc/{pid}/cwd").samefile(data)  # Postgres always works in its data folder
    except FileNotFoundError:
        return False  # dead, and not collected by its parent, which may never happen
    except OSError:
        return True


def keep_last_log(folder: Path) -> None:
    """Move the log of the last run aside, so that a start does not delete why it ended."""
    with contextlib.suppress(FileNotFoundError):
        (folder / "log").replace(folder / "log.old")


def end_of_log(folder: Path) -> str:
    """Return the last lines of the log, as many as fit a message."""
    with contextlib.suppress(OSError):
        return (folder / "log").read_text(errors="replace").strip()[-1000:]
    return ""
