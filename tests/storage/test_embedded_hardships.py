"""The embedded server in hardship: kills, other users, awkward folders and a misleading environment."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import DataFolderNotUsable
from app.storage.binaries import NOBODY, find_binaries
from app.storage.embedded import running_server
from tests.storage.server_processes import IS_ROOT, REPOSITORY, ask, lives, owner, server_pid, wait_until_gone

only_root = pytest.mark.skipif(not IS_ROOT, reason="only root needs another user for Postgres")
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its owner's end")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that other users may enter; pytest's own is closed to them."""
    folder = Path(tempfile.mkdtemp(prefix="bilateral-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def without_namespaces(open_folder: Path) -> dict[str, str]:
    """Return an environment in which `unshare` is forbidden, as in many containers."""
    program = open_folder / "bin" / "unshare"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(REPOSITORY)}


def run_as_nobody(command: list[str], environment: dict[str, str] | None = None) -> bool:
    """Tell whether the user nobody can run a command."""
    told = {**os.environ, **(environment or {})}
    try:
        done = subprocess.run(
            command,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            env=told,
            cwd="/",
            capture_output=True,
            check=False,
        )
    except PermissionError:
        return False
    return done.returncode == 0


def test_a_server_killed_outright_starts_again_with_its_commits(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        ask(server.url, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('committed')")
        os.kill(server_pid(tmp_path), signal.SIGKILL)
        with running_server(tmp_path) as again:
            assert ask(again.url, "SELECT word FROM kept") == "committed"


@only_linux
def test_killing_the_owner_leaves_no_server_behind(tmp_path: Path) -> None:
    with owner(tmp_path) as (process, url):
        ask(url, "CREATE TABLE kept (word text)")
        pid = server_pid(tmp_path)
        process.kill()
        assert wait_until_gone(pid)
    with running_server(tmp_path) as server:
        assert ask(server.url, "SELECT count(*) FROM kept") == "0"


@only_linux
def test_a_dead_server_that_nobody_collects_does_not_stand_in_the_way(tmp_path: Path) -> None:
    with owner(tmp_path) as (process, url):
        ask(url, "CREATE TABLE kept (word text)")
        pid = server_pid(tmp_path)
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)  # it cannot collect its child now
        try:
            os.kill(pid, signal.SIGKILL)
            assert wait_until_gone(pid)
            assert Path(f"/proc/{pid}").exists()
            with running_server(tmp_path) as server:
                assert ask(server.url, "SELECT count(*) FROM kept") == "0"
        finally:
            process.send_signal(signal.SIGCONT)


@only_linux
def test_a_process_id_that_another_program_has_by_now_does_not_stand_in_the_way(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        notes = [server.folder / "data" / "postmaster.pid", server.socket_folder / ".s.PGSQL.5432.lock"]
        texts = [note.read_text().split("\n", 1)[1] for note in notes]
    with subprocess.Popen(["sleep", "60"]) as other:
        for note, rest in zip(notes, texts, strict=True):
            note.write_text(f"{other.pid}\n{rest}")
        try:
            with running_server(tmp_path) as again:
                assert ask(again.url, "SELECT 1") == "1"
            assert lives(other.pid)
        finally:
            other.kill()


@only_root
def test_root_can_run_it_in_a_folder_that_only_root_may_enter(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with running_server(home / "deep" / "var") as server:
        assert ask(server.url, "SELECT 1") == "1"
    assert home.stat().st_mode & 0o777 == 0o700


@only_root
def test_root_without_namespaces_runs_it_as_nobody_and_leaves_no_server_behind(
    open_folder: Path, without_namespaces: dict[str, str]
) -> None:
    if not run_as_nobody([str(find_binaries() / "postgres"), "--version"]):
        pytest.skip("the user nobody may not come to the Postgres programs here")
    deep = open_folder / ("long-name-" * 12)  # its socket is elsewhere, and nobody's too
    for _ in range(2):
        with owner(deep, environment=without_namespaces) as (process, url):
            assert ask(url, "SELECT 1") == "1"
            pid = server_pid(deep)
            assert Path(f"/proc/{pid}").stat().st_uid == NOBODY
            process.kill()
            assert wait_until_gone(pid)


@only_root
def test_root_without_namespaces_is_told_when_nobody_may_not_come_to_the_data(
    tmp_path: Path, without_namespaces: dict[str, str]
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with owner(home / "var", environment=without_namespaces) as (_, told):
        assert "the user nobody may not come there" in told


def test_an_ordinary_user_can_run_it(open_folder: Path) -> None:
    if not IS_ROOT:
        with owner(open_folder / "var") as (_, url):
            assert ask(url, "SELECT 1") == "1"
        return
    packages = {
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *(p for p in sys.path if p.endswith("-packages"))])
    }
    pythons = [sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"]
    usable = [p for p in pythons if run_as_nobody([p, "-c", "import app.storage.embedded"], packages)]
    if not usable:
        pytest.skip("no Python here that the user nobody may run")
    data_dir = open_folder / "var"
    data_dir.mkdir()
    os.chown(data_dir, NOBODY, NOBODY)
    with owner(data_dir, python=usable[0], user=NOBODY, environment=packages) as (_, url):
        assert ask(url, "SELECT 1") == "1"
        pid = server_pid(data_dir)
        assert Path(f"/proc/{pid}").stat().st_uid == NOBODY
        with pytest.raises(DataFolderNotUsable, match="another user"), running_server(data_dir):
            pass  # root must not put files of its own among another user's


def test_a_path_too_long_for_a_socket_works(tmp_path: Path) -> None:
    deep = tmp_path / ("long-name-" * 8) / ("another-long-name-" * 6)
    with running_server(deep) as server:
        assert len(str(server.folder)) > 150
        assert ask(server.url, "SELECT 1") == "1"
        with owner(deep, environment={"TMPDIR": str(tmp_path)}) as (_, url):
            assert url == server.url
    server.socket_folder.rmdir()


def test_a_path_with_characters_that_addresses_use_works(tmp_path: Path) -> None:
    with running_server(tmp_path / 'My "100%25" files, a+b & c#d? ünï') as server:
        assert ask(server.url, "SELECT 1") == "1"
    server.socket_folder.rmdir()


def test_a_link_leads_to_the_same_server(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with running_server(tmp_path / "real") as server, running_server(tmp_path / "link") as adopted:
        assert adopted == server


def test_the_callers_own_postgres_settings_lead_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / ".psqlrc").write_text("\\timing on\n")
    misleading = {
        "HOME": str(tmp_path),
        "PGHOSTADDR": "127.0.0.1",
        "PGOPTIONS": "-c nonsense=1",
        "PGPORT": "6543",
        "PGSERVICE": "nowhere",
        "PGSSLMODE": "require",
    }
    with owner(tmp_path, environment=misleading) as (_, url):
        assert ask(url, "SELECT current_database()") == "bilateral"
