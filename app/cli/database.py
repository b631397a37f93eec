"""`bilateral db …`, and the database that the other commands work on."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.cli.output import screen
from app.errors import NotEmbedded
from app.settings import Settings
from app.storage import embedded
from app.storage.database import check_server, create_engine, migrate, open_session
from app.storage.reference_rows import load_reference

db = typer.Typer(no_args_is_help=True, help="Look after the database: its folder, a prompt, a fresh start.")


@contextmanager
def ready_database() -> Iterator[str]:
    """Yield the URL of a database whose schema is up to date."""
    with embedded.database(Settings()) as url:
        asyncio.run(check(url))
        migrate(url)
        yield url


@contextmanager
def thrown_away_database() -> Iterator[str]:
    """Yield the URL of an empty database on an embedded server that is deleted afterwards."""
    with TemporaryDirectory(prefix="bilateral-") as folder:
        settings = Settings(data_dir=Path(folder), database_url=None)
        with embedded.database(settings) as url:
            migrate(url)
            yield url


async def check(url: str) -> None:
    """Refuse a server that we must not write to."""
    engine = create_engine(url, pool_size=1)
    try:
        await check_server(engine)
    finally:
        await engine.dispose()


async def load_reference_only(url: str) -> None:
    """Load the parties, without which no event can be stored."""
    async with open_session(url) as session:
        await load_reference(session)


@db.command("path")
def db_path() -> None:
    """Print the folder that holds the embedded server's data."""
    typer.echo(embedded.server_folder(Settings().data_dir))


@db.command("migrate")
def db_migrate() -> None:
    """Bring the database's schema up to date; a second run changes nothing."""
    with ready_database():
        screen.print("The schema is up to date.")


@db.command("psql", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def db_psql(context: typer.Context) -> None:
    """Open psql on the database; further arguments go to psql, such as `-c 'select 1'`."""
    with embedded.database(Settings()) as url:
        command = [str(embedded.psql()), embedded.libpq_url(url), *context.args]
        raise typer.Exit(subprocess.call(command))


@db.command("reset")
def db_reset(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete the embedded server's data, for a fresh start. There is no way back."""
    settings = Settings()
    if settings.database_url is not None:
        raise NotEmbedded
    folder = embedded.server_folder(settings.data_dir)
    if not yes:
        typer.confirm(f"Delete everything in {folder}?", abort=True, err=True)
    embedded.reset(settings.data_dir)
    screen.print(f"Deleted {folder}")
