"""Run the migrations over asyncpg, each in its own transaction, or print them."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from app.settings import Settings
from app.storage.tables import metadata


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Tell our tables from those of the queue, which procrastinate looks after."""
    return kind != "table" or not str(name).startswith("procrastinate_")


def run(connection: Connection) -> None:
    """Run what was asked for on one connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_server_default=True,
        include_name=is_ours,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def connect_and_run(url: str) -> None:
    """Open a connection of its own for the migrations."""
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run)
            await connection.commit()
    finally:
        await engine.dispose()


def print_statements() -> None:
    """Print what the migrations would run, for whoever reads it first (`--sql`)."""
    context.configure(dialect_name="postgresql", transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    print_statements()
else:
    asyncio.run(connect_and_run(context.config.attributes.get("url") or Settings().database_url or ""))
