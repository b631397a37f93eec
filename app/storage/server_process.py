"""The embedded server's process: made, started, asked, stopped."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from app.errors import DataFolderNotUsable, DataFolderOfAnotherMajor, ServerDidNotStart
from app.storage.binaries import clean_environment, find_binaries, major_version, run_as, run_client
from app.storage.server_folder import (
    DATABASE,
    PORT,
    Server,
    end_of_log,
    forget_dead_server,
    held,
    keep_last_log,
)

_START_SECONDS = 300  # after a crash Postgres replays its log first, and cutting that short helps nobody
_LOCK_SECONDS = 15
_STOP_SECONDS = 10
_OPTIONS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "100",
    "log_checkpoints": "off",
}
_LEAST_BUFFERS, _MOST_BUFFERS = 128 << 20, 1 << 30
_CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")
_UNSAFE_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_ON_LINUX = sys.platform == "linux"
_LIBC = ctypes.CDLL(None) if _ON_LINUX else None  # loaded here, as between fork and exec it might deadlock


def is_ready(server: Server) -> bool:
    """Ask the server itself; a process id may belong to anybody by now."""
    return run_client("pg_isready", "-q", *_address(server)).returncode == 0


def _address(server: Server) -> list[str]:
    return ["-h", str(server.socket_folder), "-p", str(PORT), "-U", "postgres", "-d", "postgres"]


def start_server(server: Server, durable: bool) -> subprocess.Popen[bytes]:
    """Start the server, on new data where there are none, and return its process once it answers."""
    folder = server.folder
    with held(folder, _LOCK_SECONDS) as hold:
        if not (folder / "data").exists():
            _initialize(folder, durable)
        _check_major(folder / "data")
        keep_last_log(folder)
        process = _launch_until_ready(server, durable, hold)
    threading.Thread(target=_collect, args=(process,), daemon=True).start()
    return process


def _collect(process: subprocess.Popen[bytes]) -> None:
    """Collect the server at once if it dies: as long as its id is taken, no other one starts."""
    # A signal that this thread took would not wake the main one, and Ctrl-C would do nothing.
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    process.wait()


def _launch_until_ready(server: Server, durable: bool, hold: int) -> subprocess.Popen[bytes]:
    last_try_at = time.monotonic() + _LOCK_SECONDS
    while True:
        forget_dead_server(server)
        process = _launch(server, durable, hold)
        try:
            if _wait_until_ready(server, process):
                _create_database(server)
                return process
        except BaseException:  # Ctrl-C among them
            stop_server(process)
            raise
        # A server that somebody started by hand may be about to end: only its files tell of it.
        if time.monotonic() > last_try_at or not _told_of_a_lock(server.folder):
            raise ServerDidNotStart(server.folder, server.folder / "log", end_of_log(server.folder))
        time.sleep(0.2)


def _initialize(folder: Path, durable: bool) -> None:
    """Make the data folder beside its place and rename it, so that a half-made one is never used."""
    new = folder / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    if major_version(find_binaries()) < 17:  # the builtin provider came with 17
        locale = ["--locale=C.UTF-8"]
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--data-checksums"]
    options += ["--no-instructions", *locale, *([] if durable else ["--no-sync"])]
    done = subprocess.run(
        [*run_as().prefix, str(find_binaries() / "initdb"), f"--pgdata={new}", *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=clean_environment(),
        user=run_as().user,
        group=run_as().user,
        extra_groups=run_as().extra_groups,
    )
    if done.returncode != 0:
        with contextlib.suppress(OSError):  # the disk may be full
            (folder / "log").write_text(done.stdout + done.stderr)
        raise ServerDidNotStart(folder, folder / "log", done.stderr.strip()[-1000:])
    new.rename(folder / "data")
    _sync(folder)


def _sync(folder: Path) -> None:
    """Write a rename down: after a power cut the data must not be found under the leftover's name."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _check_major(data: Path) -> None:
    try:
        found = int((data / "PG_VERSION").read_text().split(".")[0])
    except (OSError, ValueError) as error:
        raise DataFolderNotUsable(data, "it holds no database of Postgres") from error
    expected = major_version(find_binaries())
    if found != expected:
        raise DataFolderOfAnotherMajor(data, found, expected)


def choose_buffers(memory: int) -> int:
    """Return the bytes that Postgres may keep pages in: an eighth of the memory, taken as it is needed."""
    return max(_LEAST_BUFFERS, min(memory // 8, _MOST_BUFFERS))


def _memory() -> int:
    """Return the bytes of memory that there are, or that a container may take."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _CONTAINER_LIMIT.read_text().strip() if _CONTAINER_LIMIT.exists() else ""
    return min(memory, int(limit)) if limit.isdigit() else memory


def _launch(server: Server, durable: bool, hold: int) -> subprocess.Popen[bytes]:
    options = {
        **_OPTIONS,
        "shared_buffers": f"{choose_buffers(_memory()) >> 20}MB",
        "unix_socket_directories": str(server.socket_folder),
        "unix_socket_permissions": "0700",
        **({} if durable else _UNSAFE_OPTIONS),
    }
    command = [*run_as().prefix, str(find_binaries() / "postgres"), "-D", str(server.folder / "data")]
    command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with (server.folder / "log").open("wb") as log:
        # A session of its own, so that Ctrl-C reaches us alone and we stop the server in order.
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=server.folder,
            env=clean_environment(),
            start_new_session=True,
            pass_fds=(hold,),
            user=run_as().user,
            group=run_as().user,
            extra_groups=run_as().extra_groups,
            preexec_fn=_end_with(os.getpid()) if _ON_LINUX else None,
        )


def _end_with(owner: int) -> Callable[[], None]:
    """Return what asks the kernel, in the new process, to stop it when its owner ends, even by kill -9.

    It must run after the change of user, which clears the request; Popen sees to that.
    """

    def ask() -> None:
        pr_set_pdeathsig = 1
        if _LIBC is not None:
            _LIBC.prctl(pr_set_pdeathsig, signal.SIGINT)
        if os.getppid() != owner:  # it ended before the request
            os._exit(1)

    return ask


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> bool:
    give_up_at = time.monotonic() + _START_SECONDS
    while process.poll() is None:
        if is_ready(server):
            return True
        if time.monotonic() > give_up_at:
            raise ServerDidNotStart(server.folder, server.folder / "log", end_of_log(server.folder))
        time.sleep(0.05)
    return False


def _told_of_a_lock(folder: Path) -> bool:
    log = end_of_log(folder)
    return any(word in log for word in ("postmaster.pid", "lock file", "shared memory block", "is another"))


def _create_database(server: Server) -> None:
    """Create the product's database where it is missing."""
    for statement in (
        f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'",
        f"CREATE DATABASE {DATABASE}",
    ):
        done = run_client("psql", "-X", *_address(server), "-Atqc", statement)
        if done.returncode != 0:
            raise ServerDidNotStart(server.folder, server.folder / "log", done.stderr.strip()[-1000:])
        if done.stdout.strip():
            return


def stop_server(process: subprocess.Popen[bytes]) -> None:
    """Stop the server and wait; SIGINT ends its clients' sessions and keeps every commit."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait()
