"""The embedded server: started, adopted, refused and emptied, with real processes."""

import time
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import (
    DatabaseUrlNotValid,
    DataFolderNotUsable,
    DataFolderOfAnotherMajor,
    ServerDidNotStart,
    ServerIsRunning,
)
from app.settings import Settings
from app.storage.database import create_engine
from app.storage.embedded import (
    Server,
    asyncpg_url,
    database,
    libpq_url,
    reset,
    running_server,
    server_folder,
)
from app.storage.server_process import choose_buffers
from tests.storage.server_processes import ask, end, lives, owner, read_address, server_pid, start_owner


def test_a_new_folder_becomes_a_server_and_its_data_stay(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        ask(server.url, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')")
        pid = server_pid(tmp_path)
    assert not lives(pid)
    started_at = time.monotonic()
    with running_server(tmp_path) as server:
        assert ask(server.url, "SELECT word FROM kept") == "still here"
        assert time.monotonic() - started_at < 2  # measured 0.1 s; the rest is for a busy machine


@pytest.mark.parametrize(("memory", "kept"), [(256, 128), (1024, 128), (4096, 512), (65_536, 1024)])
def test_postgres_keeps_pages_in_an_eighth_of_the_memory(memory: int, kept: int) -> None:
    assert choose_buffers(memory << 20) == kept << 20


def test_the_server_runs_with_what_was_chosen(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        kept = int(ask(server.url, "SELECT pg_size_bytes(current_setting('shared_buffers'))::text"))
    assert 128 << 20 <= kept <= 1 << 30


async def test_the_application_can_connect_over_the_socket(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        engine = create_engine(server.url, pool_size=1)
        async with engine.connect() as connection:
            assert (await connection.execute(text("SELECT current_database()"))).scalar_one() == "bilateral"
        await engine.dispose()


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


def test_a_second_process_adopts_the_server_and_does_not_stop_it(tmp_path: Path) -> None:
    with owner(tmp_path) as (_, url):
        with running_server(tmp_path) as adopted:
            assert adopted.url == url
        assert ask(url, "SELECT 1") == "1"


def test_two_processes_that_start_at_once_share_one_server(tmp_path: Path) -> None:
    processes = [start_owner(tmp_path) for _ in range(2)]
    try:
        urls = [read_address(process) for process in processes]
        assert urls[0] == urls[1]
        assert [ask(url, "SELECT 1") for url in urls] == ["1", "1"]
        parts = {part.name for part in server_folder(tmp_path).iterdir()}
        # No second try left anything; the socket is elsewhere where this path is too long for one.
        assert parts - {"socket"} == {"data", "held", "lock", "log"}
    finally:
        for process in processes:
            end(process)


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


def test_a_data_folder_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    (server_folder(tmp_path) / "data").mkdir(parents=True)
    with pytest.raises(DataFolderNotUsable, match="no database"), running_server(tmp_path):
        pass


def test_a_file_where_the_folder_should_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(DataFolderNotUsable, match="BILATERAL_DATA_DIR"), running_server(tmp_path / "taken"):
        pass


def test_a_failed_start_shows_the_end_of_the_log_and_keeps_the_one_before(tmp_path: Path) -> None:
    with running_server(tmp_path):
        pass
    (server_folder(tmp_path) / "data" / "postgresql.conf").write_text("nonsense = 1\n")
    with pytest.raises(ServerDidNotStart, match="nonsense"), running_server(tmp_path):
        pass
    assert "ready to accept connections" in (server_folder(tmp_path) / "log.old").read_text()


def test_reset_refuses_a_running_server_and_empties_a_stopped_one(tmp_path: Path) -> None:
    with owner(tmp_path) as (_, url):
        ask(url, "CREATE TABLE gone (word text)")
        with pytest.raises(ServerIsRunning):
            reset(tmp_path)
    reset(tmp_path)
    assert not (server_folder(tmp_path) / "data").exists()
    with running_server(tmp_path) as fresh:
        assert ask(fresh.url, "SELECT to_regclass('gone') IS NULL") == "t"


def test_an_address_that_is_set_is_used_and_nothing_embedded_runs(tmp_path: Path) -> None:
    settings = Settings(database_url="postgres://me@example.org:5432/mine", data_dir=tmp_path)
    with database(settings) as url:
        assert url == "postgresql+asyncpg://me@example.org:5432/mine"
    assert list(tmp_path.iterdir()) == []


def test_an_address_keeps_its_password_and_what_it_says_of_encryption() -> None:
    url = asyncpg_url("postgresql://me:p%40ss@example.org/mine?sslmode=require")
    assert url == "postgresql+asyncpg://me:p%40ss@example.org/mine?ssl=require"
    assert libpq_url(url) == "postgresql://me:p%40ss@example.org/mine?sslmode=require"


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://me:secret@example.org/mine", "postgresql://me:secret@h:x/m"]
)
def test_an_address_that_is_none_of_postgres_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(DatabaseUrlNotValid) as refusal:
        asyncpg_url(url)
    assert "secret" not in str(refusal.value)


def test_a_server_is_a_value(tmp_path: Path) -> None:
    assert Server(tmp_path, tmp_path).url_of("other").endswith(f"/other?host={tmp_path}&port=5432")
