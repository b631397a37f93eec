"""The migrations, up and down, and the schema against the tables."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.settings import bundled_folder
from app.storage.access_paths import renew_access_paths
from app.storage.database import open_session
from app.storage.migrating import alembic_config, migrate
from app.storage.tables import metadata
from tests.conftest import new_database
from tests.factories import make_person, make_record, store
from tests.storage.test_access_paths import assert_true


@pytest.fixture
def empty_database_url(server_url: str) -> Iterator[str]:
    with new_database(server_url, f"bilateral_empty_{secrets.token_hex(4)}") as url:
        yield url


def test_the_tables_are_what_the_migrations_make(empty_database_url: str) -> None:
    migrate(empty_database_url)
    command.check(alembic_config(empty_database_url))


def test_every_migration_goes_down_and_up_again(empty_database_url: str) -> None:
    config = alembic_config(empty_database_url)
    for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        command.upgrade(config, script.revision)
        command.downgrade(config, "-1")
        command.upgrade(config, script.revision)
    command.downgrade(config, "base")
    migrate(empty_database_url)
    command.check(config)


async def test_what_is_kept_beside_the_tables_is_made_anew_after_going_down_and_up(
    own_database_url: str,
) -> None:
    async with open_session(own_database_url) as session:
        await store(session, make_record(people=[make_person("Ana Solis", "IRQ")]))
        await renew_access_paths(session)
    config = alembic_config(own_database_url)
    await asyncio.to_thread(command.downgrade, config, "-1")
    await asyncio.to_thread(command.upgrade, config, "head")
    async with open_session(own_database_url) as session:
        assert await renew_access_paths(session)
        await assert_true(session)


def test_a_migration_that_was_interrupted_runs_again(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a migration does outside of its transaction stays when the rest of it fails."""
    config, parts = alembic_config(empty_database_url), MigrationContext.autocommit_block

    @contextmanager
    def interrupted(context: MigrationContext) -> Iterator[None]:
        with parts(context):
            yield
        raise InterruptedError

    for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        with monkeypatch.context() as patch:
            patch.setattr(MigrationContext, "autocommit_block", interrupted)
            with suppress(InterruptedError):
                command.upgrade(config, script.revision)
        command.upgrade(config, script.revision)
    command.check(config)


def test_migrating_twice_changes_nothing(empty_database_url: str) -> None:
    migrate(empty_database_url)
    migrate(empty_database_url)


def test_migrations_know_nothing_of_the_program() -> None:
    versions = list((bundled_folder("alembic") / "versions").glob("*.py"))
    assert versions
    for path in versions:
        source = Path(path).read_text(encoding="utf-8")
        assert "import app" not in source, path
        assert "from app" not in source, path


async def test_every_check_in_the_database_is_the_one_that_the_tables_state(database_url: str) -> None:
    # Alembic does not compare CHECKs, so a new word of a vocabulary would go unseen.
    engine = create_async_engine(database_url)
    async with engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'")
        )
        held = {name: set(_words(definition)) for name, definition in rows}
    await engine.dispose()
    stated = {
        str(constraint.name): set(_words(str(constraint.sqltext)))
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert {name: held.get(name) for name in stated} == stated


def _words(condition: str) -> list[str]:
    return condition.split("'")[1::2]
