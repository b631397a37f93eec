"""Copies of the database: made while others write, restored elsewhere, equal table by table."""

import asyncio
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.errors import BackupDiffers, BackupFailed, DatabaseNotEmpty
from app.storage.backup import back_up_server, dump, find_fingerprint, restore, verify
from app.storage.reading import create_reading_engine
from app.storage.writing import create_writing_engine
from tests.cli.running import Here
from tests.conftest import new_database
from tests.storage.server_processes import ask


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    with new_database(server_url, f"bilateral_empty_{secrets.token_hex(4)}") as url:
        yield url


def test_a_dump_restores_to_equal_tables_and_to_before_a_bad_delete(
    own_database_url: str, empty_url: str, tmp_path: Path
) -> None:
    before = asyncio.run(find_fingerprint(own_database_url))
    assert asyncio.run(dump(own_database_url, tmp_path / "copy")) == before
    ask(own_database_url, "DELETE FROM membership")
    assert asyncio.run(find_fingerprint(own_database_url)) != before
    assert asyncio.run(restore(empty_url, tmp_path / "copy")) == before
    assert asyncio.run(_count_parties(create_reading_engine(empty_url))) > 200
    assert asyncio.run(_count_parties(create_writing_engine(empty_url))) > 200
    with pytest.raises(DatabaseNotEmpty):
        asyncio.run(restore(empty_url, tmp_path / "copy"))


def test_the_commands_copy_check_and_put_back(
    own_database_url: str, empty_url: str, tmp_path: Path, here: Here
) -> None:
    copied = here("backup", tmp_path / "copy", database_url=own_database_url)
    assert json.loads(copied.stdout)["party"][0] > 200
    checked = here("verify", tmp_path / "copy")
    restored = here("restore", tmp_path / "copy", database_url=empty_url)
    assert checked.stdout == restored.stdout == copied.stdout
    again = here("restore", tmp_path / "copy", database_url=empty_url)
    assert again.returncode == 1
    assert "empty" in again.stderr


async def _count_parties(engine: AsyncEngine) -> int:
    """Count on a connection that acts as the role of those who read, or write."""
    async with engine.connect() as connection:
        counted: int = (await connection.execute(text("SELECT count(*) FROM party"))).scalar_one()
    await engine.dispose()
    return counted


def test_a_dump_that_is_not_what_was_copied_is_refused(
    own_database_url: str, empty_url: str, tmp_path: Path
) -> None:
    asyncio.run(dump(own_database_url, tmp_path / "copy"))
    told = tmp_path / "copy.json"
    told.write_text(told.read_text().replace('"party": [\n', '"party": [\n  0,\n', 1))
    with pytest.raises(BackupDiffers, match="party"):
        asyncio.run(restore(empty_url, tmp_path / "copy"))


def test_a_base_backup_starts_and_has_equal_tables(durable_url: str, tmp_path: Path) -> None:
    back_up_server(durable_url, tmp_path / "base")
    assert verify(tmp_path / "base") == asyncio.run(find_fingerprint(durable_url))


def test_a_base_backup_that_lacks_a_segment_of_the_log_is_refused(durable_url: str, tmp_path: Path) -> None:
    back_up_server(durable_url, tmp_path / "base")
    segments = sorted((tmp_path / "base" / "pg_wal").glob("0000*"))
    assert segments
    for segment in segments:
        segment.unlink()
    with pytest.raises(BackupFailed):
        verify(tmp_path / "base")
