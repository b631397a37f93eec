"""The commands that copy the database, put a copy back, and prove that it can be."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import print_json, screen
from app.settings import Settings

Copy = Annotated[Path, typer.Argument(help="A file for a dump, a folder for a base backup.")]


def backup(
    to: Copy,
    base: Annotated[
        bool,
        typer.Option("--base", help="Copy the whole server into a folder."),
    ] = False,
) -> None:
    """Copy one moment of the database, while others read and write.

    A dump has beside it a file of JSON with each table's count and hash, to which a restore is held.
    """
    from app.storage import backup as copies
    from app.storage import embedded

    with embedded.database(Settings()) as url:
        if base:
            copies.back_up_server(url, to)
        else:
            print_json(asyncio.run(copies.dump(url, to)))


def restore(path: Annotated[Path, typer.Argument(help="The file of a dump.")]) -> None:
    """Restore a dump into an empty database, and check every table's count and hash."""
    from app.storage import backup as copies
    from app.storage import embedded

    with embedded.database(Settings()) as url:
        print_json(asyncio.run(copies.restore(url, path)))
    screen.print("Every table is as it was.")


def verify(path: Copy) -> None:
    """Restore a copy on a server of its own that is thrown away, and check it; nothing else is touched."""
    from app.storage import backup as copies

    print_json(copies.verify(path))
    screen.print("The copy restores.")
