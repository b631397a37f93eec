"""What Postgres itself refuses, whatever the program does."""

import secrets
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from app.storage.database import check_roles, create_engine
from app.storage.reading import create_reading_engine
from app.storage.roles import APP, HISTORY, HOW_TO_MAKE_ROLES, READER, set_up_roles
from app.storage.tables import metadata
from app.storage.writing import create_writing_engine

Opener = Callable[[str], AsyncEngine]


async def run(engine: AsyncEngine, statement: str) -> object:
    """Run a statement in a transaction that is rolled back."""
    try:
        async with engine.connect() as connection:
            result = await connection.execute(text(statement))
            return result.scalar() if result.returns_rows else None
    finally:
        await engine.dispose()


async def refusal(engine: AsyncEngine, statement: str) -> str:
    with pytest.raises(DBAPIError) as refused:
        await run(engine, statement)
    return str(getattr(refused.value.orig, "sqlstate", ""))


async def test_requests_act_as_the_roles_that_are_theirs(database_url: str) -> None:
    assert await run(create_writing_engine(database_url), "SELECT current_user") == APP
    assert await run(create_reading_engine(database_url), "SELECT current_user") == READER


@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize("deed", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
async def test_history_can_be_changed_neither_by_the_app_nor_by_the_owner(
    database_url: str, table: str, deed: str
) -> None:
    statement = deed.format(table)
    assert await refusal(create_writing_engine(database_url), statement) == "42501"
    assert await refusal(create_engine(database_url), statement) == "42501"


@pytest.mark.parametrize("table", ["api_key", "audit", "correction", "job", "kept_answer", "review"])
async def test_readers_see_nothing_of_keys_jobs_and_reviews(database_url: str, table: str) -> None:
    assert await refusal(create_reading_engine(database_url), f"SELECT FROM {table}") == "42501"


@pytest.mark.parametrize("table", sorted(metadata.tables))
async def test_the_app_may_read_and_add_to_every_table(database_url: str, table: str) -> None:
    may = f"SELECT has_table_privilege('{table}', 'SELECT') AND has_table_privilege('{table}', 'INSERT')"
    assert await run(create_writing_engine(database_url), may) is True


async def test_the_app_can_make_no_tables(database_url: str) -> None:
    assert await refusal(create_writing_engine(database_url), "CREATE TABLE mine ()") == "42501"


@pytest.fixture
async def plain_url(own_database_url: str) -> AsyncIterator[str]:
    """Return the address of a database whose owner may not make roles and is a member of none."""
    name = f"plain_{secrets.token_hex(4)}"
    url = make_url(own_database_url)
    admin = create_engine(own_database_url)
    async with admin.begin() as connection:
        await connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD 'test'"))
        await connection.execute(text(f"ALTER DATABASE {url.database} OWNER TO {name}"))
        for table in (*metadata.tables, "alembic_version"):
            await connection.execute(text(f"ALTER TABLE {table} OWNER TO {name}"))
    yield url.set(username=name, password="test").render_as_string(hide_password=False)
    async with admin.begin() as connection:
        await connection.execute(text(f"REASSIGN OWNED BY {name} TO CURRENT_USER"))
        await connection.execute(text(f"DROP OWNED BY {name}"))
        await connection.execute(text(f"DROP ROLE {name}"))
    await admin.dispose()


async def test_a_user_who_may_not_make_roles_is_told_how_an_administrator_does_it(
    plain_url: str, own_database_url: str
) -> None:
    with capture_logs() as warned:
        await check_roles(own_database_url)
        await check_roles(plain_url)
    assert [line["remedy"] for line in warned] == [HOW_TO_MAKE_ROLES]
    owner = create_engine(plain_url)
    async with owner.begin() as connection:
        assert not await set_up_roles(connection)
    assert await run(create_writing_engine(plain_url), "SELECT current_user") == make_url(plain_url).username

    grant = HOW_TO_MAKE_ROLES.splitlines()[1]
    admin = create_engine(own_database_url)
    async with admin.begin() as connection:
        name = str(make_url(plain_url).username)
        await connection.execute(text(grant.replace("<the user of BILATERAL_DATABASE_URL>", name)))
    async with owner.begin() as connection:
        assert await set_up_roles(connection)
    await admin.dispose()
    await owner.dispose()
    assert await run(create_writing_engine(plain_url), "SELECT current_user") == APP
    assert await run(create_reading_engine(plain_url), "SELECT count(*) FROM event") == 0
