"""`bilateral db …`: look after the database."""

import asyncio
import subprocess
from typing import Annotated

import typer

from app.cli.output import screen
from app.errors import NotEmbedded
from app.settings import Settings

db = typer.Typer(no_args_is_help=True, help="Look after the database: its folder, a prompt, a fresh start.")


@db.command("path")
def db_path() -> None:
    """Print the folder that holds the embedded server's data."""
    from app.storage import embedded

    typer.echo(embedded.server_folder(Settings().data_dir))


@db.command("migrate")
def db_migrate() -> None:
    """Bring the database's schema up to date; a second run changes nothing."""
    from app.cli.jobs import ready_database

    with ready_database():
        screen.print("The schema is up to date.")


@db.command("rebuild")
def db_rebuild() -> None:
    """Make what readers find events by, and what they are shown, anew from the plain tables.

    Every write keeps both up to date, so this is for a database that was changed by hand.
    """
    from app.cli.jobs import ready_database, rebuild

    with ready_database() as url:
        asyncio.run(rebuild(url))
        screen.print("The access paths are rebuilt.")


@db.command("psql", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def db_psql(context: typer.Context) -> None:
    """Open psql on the database; further arguments go to psql, such as `-c 'select 1'`."""
    from app.storage import embedded

    with embedded.database(Settings()) as url:
        command = [str(embedded.psql()), embedded.libpq_url(url), *context.args]
        raise typer.Exit(subprocess.call(command))


@db.command("reset")
def db_reset(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete the embedded server's data, for a fresh start. There is no way back."""
    from app.storage import embedded

    settings = Settings()
    if settings.database_url is not None:
        raise NotEmbedded
    folder = embedded.server_folder(settings.data_dir)
    if not yes:
        typer.confirm(f"Delete everything in {folder}?", abort=True, err=True)
    embedded.reset(settings.data_dir)
    screen.print(f"Deleted {folder}")
