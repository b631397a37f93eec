"""The embedded server, started, killed and started again, with real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import DataFolderNotUsable, DataFolderOfAnotherMajor, ServerDidNotStart, ServerIsRunning
from app.settings import Settings
from app.storage.embedded import Server, database, libpq_url, psql, reset, running_server, server_folder

IS_ROOT = os.geteuid() == 0
OWNER = """
import sys, time
from pathlib import Path
from app.storage.embedded import running_server
with running_server(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    time.sleep(120)
"""


def ask(url: str, statement: str) -> str:
    command = [str(psql()), libpq_url(url), "-Atqc", statement]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def server_pid(data_dir: Path) -> int:
    return int((server_folder(data_dir) / "data" / "postmaster.pid").read_text().split()[0])


def lives(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while lives(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not lives(pid)


@contextmanager
def owner(data_dir: Path, as_user: tuple[str, ...] = ()) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run another process that owns the server, and yield it with the server's address."""
    process = subprocess.Popen(
        [*as_user, sys.executable, "-c", OWNER, str(data_dir)], stdout=subprocess.PIPE, text=True, cwd="/"
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def test_a_new_folder_becomes_a_server_and_its_data_stay(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        ask(server.url, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')")
        pid = server_pid(tmp_path)
    assert not lives(pid)
    with running_server(tmp_path) as server:
        assert ask(server.url, "SELECT word FROM kept") == "still here"


def test_the_server_is_safe_private_and_without_network(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        settings = "fsync", "full_page_writes", "synchronous_commit", "data_checksums"
        assert [ask(server.url, f"SHOW {name}") for name in settings] == ["on"] * 4
        assert ask(server.url, "SHOW listen_addresses") == ""
        assert ask(server.url, "SHOW server_encoding") == "UTF8"
        located = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'bilateral'"
        assert ask(server.url, located) == "b|C.UTF-8"
        assert server.socket_folder.stat().st_mode & 0o777 == 0o700
        assert server.folder.stat().st_mode & 0o777 == 0o700


def test_a_server_killed_outright_starts_again_with_its_commits(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        ask(server.url, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('committed')")
        os.kill(server_pid(tmp_path), signal.SIGKILL)
        with running_server(tmp_path) as again:
            assert ask(again.url, "SELECT word FROM kept") == "committed"


def test_killing_the_owner_leaves_no_server_behind(tmp_path: Path) -> None:
    with owner(tmp_path) as (process, url):
        ask(url, "CREATE TABLE kept (word text)")
        pid = server_pid(tmp_path)
        process.kill()
        assert wait_until_gone(pid)
    with running_server(tmp_path) as server:
        assert ask(server.url, "SELECT count(*) FROM kept") == "0"


def test_a_second_process_adopts_the_server_and_does_not_stop_it(tmp_path: Path) -> None:
    with owner(tmp_path) as (_, url):
        with running_server(tmp_path) as adopted:
            assert adopted.url == url
        assert ask(url, "SELECT 1") == "1"


def test_two_processes_that_start_at_once_share_one_server(tmp_path: Path) -> None:
    commands = [
        subprocess.Popen(
            [sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd="/"
        )
        for _ in range(2)
    ]
    urls = [process.stdout.readline().strip() for process in commands if process.stdout]
    try:
        assert urls[0] == urls[1]
        assert [ask(url, "SELECT 1") for url in urls] == ["1", "1"]
    finally:
        for process in commands:
            process.send_signal(signal.SIGINT)
            process.wait(20)
            assert process.stdout is not None
            process.stdout.close()


@pytest.mark.skipif(not IS_ROOT, reason="only root needs another user for Postgres")
def test_root_can_run_it_in_a_folder_that_only_root_may_enter(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with running_server(home / "deep" / "var") as server:
        assert ask(server.url, "SELECT 1") == "1"
    assert home.stat().st_mode & 0o777 == 0o700


def test_an_ordinary_user_can_run_it(tmp_path: Path) -> None:
    # Root becomes an ordinary user in a user namespace; anybody else is one already.
    ordinary = ("unshare", "--user", "--map-user=1000", "--map-group=1000") if IS_ROOT else ()
    with owner(tmp_path, ordinary) as (_, url):
        assert ask(url, "SELECT 1") == "1"
        command = Path(f"/proc/{server_pid(tmp_path)}/cmdline").read_bytes().split(b"\0")[0]
        assert command.endswith(b"/postgres")


def test_a_path_too_long_for_a_socket_works(tmp_path: Path) -> None:
    deep = tmp_path / ("long-name-" * 8) / ("another-long-name-" * 6)
    with running_server(deep) as server:
        assert len(str(server.folder)) > 150
        assert ask(server.url, "SELECT 1") == "1"
        with running_server(deep) as adopted:
            assert adopted == server


def test_a_half_made_data_folder_is_never_used(tmp_path: Path) -> None:
    leftover = server_folder(tmp_path) / "data.new"
    leftover.mkdir(parents=True)
    (leftover / "PG_VERSION").write_text("18")
    with running_server(tmp_path) as server:
        assert ask(server.url, "SELECT 1") == "1"
    assert not leftover.exists()


def test_a_data_folder_of_another_major_is_refused_with_the_way_out(tmp_path: Path) -> None:
    data = server_folder(tmp_path) / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n")
    with pytest.raises(DataFolderOfAnotherMajor, match="pg_dumpall"), running_server(tmp_path):
        pass


def test_a_file_where_the_folder_should_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(DataFolderNotUsable, match="BILATERAL_DATA_DIR"), running_server(tmp_path / "taken"):
        pass


def test_reset_refuses_a_running_server_and_empties_a_stopped_one(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        ask(server.url, "CREATE TABLE gone (word text)")
        with pytest.raises(ServerIsRunning):
            reset(tmp_path)
    reset(tmp_path)
    with running_server(tmp_path) as fresh:
        assert ask(fresh.url, "SELECT to_regclass('gone') IS NULL") == "t"


def test_an_address_that_is_set_is_used_and_nothing_embedded_runs(tmp_path: Path) -> None:
    settings = Settings(database_url="postgres://me@example.org:5432/mine", data_dir=tmp_path)
    with database(settings) as url:
        assert url == "postgresql+asyncpg://me@example.org:5432/mine"
    assert list(tmp_path.iterdir()) == []


def test_a_failed_start_shows_the_end_of_the_log(tmp_path: Path) -> None:
    with running_server(tmp_path):
        pass
    (server_folder(tmp_path) / "data" / "postgresql.conf").write_text("nonsense = 1\n")
    with pytest.raises(ServerDidNotStart, match="nonsense"), running_server(tmp_path):
        pass


def test_a_server_is_a_value(tmp_path: Path) -> None:
    assert Server(tmp_path, tmp_path).url_of("other").endswith(f"/other?host={tmp_path}&port=5432")
