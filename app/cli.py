"""`bilateral …`: arguments in, one call, output. Data goes to stdout, progress and messages to stderr."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Annotated, Any, NoReturn

import orjson
import typer
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.errors import BadInput, BilateralError, NoDatabaseUrl, NotEmbedded, PortInUse, Unavailable
from app.ingestion import count_outdated, ingest_article, read_file, reparse_articles
from app.logs import set_up_logs
from app.main import create_app
from app.parsing.pipeline import PARSER_VERSION, parse_article
from app.seeding import articles_folder, load_seed, write_seed_articles
from app.settings import Settings
from app.storage import embedded
from app.storage.database import check_server, create_engine, migrate, open_session
from app.storage.reference_rows import load_reference

EXIT_FAILED, EXIT_BAD_INPUT, EXIT_UNAVAILABLE = 1, 2, 3
_SHUTDOWN_SECONDS = 3

cli = typer.Typer(
    name="bilateral",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="Who met whom, when, where and about what, read from articles and served over a REST API.\n\n"
    "Start with `bilateral up`, then open the address that it prints.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong input, 3 the database cannot be used. "
    "Settings come from BILATERAL_DATABASE_URL, BILATERAL_DATA_DIR and BILATERAL_LOG_LEVEL.",
)
db = typer.Typer(no_args_is_help=True, help="Look after the database: its folder, a prompt, a fresh start.")
cli.add_typer(db, name="db")

screen = Console(stderr=True)

Files = Annotated[
    list[Path],
    typer.Argument(help="Text files in UTF-8; one file may hold several articles.", metavar="FILE…"),
]
Outlet = Annotated[
    str | None, typer.Option(help="Who published it: a name or a domain, such as arabnews.com.")
]
PublishedOn = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day of publication, where the text does not give it."),
]
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")]
Port = Annotated[int, typer.Option(min=1, max=65535, envvar="PORT", help="Port to listen on.")]


@cli.command()
def up(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Start Postgres, migrate, load the seed and serve the API: everything in one.

    Without BILATERAL_DATABASE_URL an embedded Postgres runs under BILATERAL_DATA_DIR (`./var`). Ctrl-C stops
    all of it; the data stay.
    """
    settings = Settings()
    with _listening_socket(host, port) as listener, embedded.database(settings) as url:
        screen.print("Postgres is ready.")
        migrate(url)
        written = asyncio.run(_load_seed(url))
        screen.print(f"The seed is loaded ({sum(written.values())} rows new or changed).")
        _serve(settings, url, listener)


@cli.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the API alone, on a database that is migrated already (BILATERAL_DATABASE_URL)."""
    settings = Settings()
    if settings.database_url is None:
        raise NoDatabaseUrl
    with _listening_socket(host, port) as listener, embedded.database(settings) as url:
        asyncio.run(_check(url))
        _serve(settings, url, listener)


@cli.command()
def seed(
    add: Annotated[
        list[Path] | None,
        typer.Option(
            help="For maintainers: parse this text file and write its facts to seed/articles first."
        ),
    ] = None,
    outlet: Outlet = None,
) -> None:
    """Load the reference data and the parsed articles that ship with the project.

    A second run changes nothing. Prints how many rows of each kind are new or changed.
    """
    for path in add or []:
        for written in write_seed_articles(read_file(path, outlet=outlet), articles_folder()):
            screen.print(f"Wrote {written}")
    with _database() as url:
        _print_json(asyncio.run(_load_seed(url)))


@cli.command()
def ingest(files: Files, outlet: Outlet = None, published_on: PublishedOn = None) -> None:
    """Read articles from text files and store the events that they report.

    Prints a line of JSON for each article: its id, what was done (added, known, completed) and its events.
    Each file is stored whole or not at all; a file that cannot be read stops nothing but itself.
    """
    with _database() as url:
        asyncio.run(_load_reference(url))
        failed = asyncio.run(_ingest_files(url, files, outlet, _day(published_on)))
    if failed:
        raise typer.Exit(EXIT_BAD_INPUT)


@cli.command()
def reparse() -> None:
    """Read held articles again that an older version of the parser read last.

    Event ids stay, and older reports are kept as superseded.
    """
    with _database() as url:
        _print_json({"parser_version": PARSER_VERSION, "reread": asyncio.run(_reparse(url))})


@cli.command()
def parse(files: Files, outlet: Outlet = None, published_on: PublishedOn = None) -> None:
    """Show the records that the parser reads in text files; nothing is stored.

    Prints a JSON array with each article's facts and its records. Every record carries evidence: the field,
    and the characters of the article's text that it rests on.
    """
    found = [
        {
            "file": str(path),
            "article": article.model_dump(mode="json", exclude={"text"}),
            "records": [record.model_dump(mode="json") for record in parse_article(article)],
        }
        for path in files
        for article in read_file(path, outlet=outlet, published_on=_day(published_on))
    ]
    _print_json(found)


@db.command("path")
def db_path() -> None:
    """Print the folder that holds the embedded server's data."""
    typer.echo(embedded.server_folder(Settings().data_dir))


@db.command("migrate")
def db_migrate() -> None:
    """Bring the database's schema up to date; a second run changes nothing."""
    with _database():
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


@cli.command()
def openapi() -> None:
    """Print the API's OpenAPI document."""
    _print_json(create_app(Settings(), "postgresql+asyncpg://").openapi())


@cli.command()
def version() -> None:
    """Print the version of Bilateral and of its parser."""
    _print_json({"bilateral": package_version("bilateral"), "parser": PARSER_VERSION})


@contextmanager
def _database() -> Iterator[str]:
    """Yield the URL of a database whose schema is up to date."""
    with embedded.database(Settings()) as url:
        asyncio.run(_check(url))
        migrate(url)
        yield url


async def _check(url: str) -> None:
    engine = create_engine(url, pool_size=1)
    try:
        await check_server(engine)
    finally:
        await engine.dispose()


async def _load_reference(url: str) -> None:
    async with open_session(url) as session:
        await load_reference(session)


async def _load_seed(url: str) -> dict[str, int]:
    with _progress() as bar:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            task = tasks.setdefault(what, bar.add_task(what, total=total) if what not in tasks else None)
            bar.update(task, completed=done, total=total)

        async with open_session(url) as session:
            return await load_seed(session, show)


async def _ingest_files(url: str, files: list[Path], outlet: str | None, published_on: date | None) -> bool:
    """Store each file in a transaction of its own; tell whether one could not be read."""
    failed = False
    with _progress() as bar:
        for path in bar.track(files, description="articles"):
            try:
                articles = read_file(path, outlet=outlet, published_on=published_on)
                async with open_session(url) as session:
                    lines = [
                        {
                            "file": str(path),
                            "article": f"art_{recorded.article.hex}",
                            "outcome": recorded.outcome,
                            "events": [f"evt_{event.hex}" for event in recorded.events],
                        }
                        for recorded in [await ingest_article(session, article) for article in articles]
                    ]
            except BadInput as error:
                _print_error(error)
                failed = True
                continue
            for line in lines:
                typer.echo(orjson.dumps(line).decode())
    return failed


async def _reparse(url: str) -> int:
    done = 0
    async with open_session(url) as session:
        with _progress() as bar:
            task = bar.add_task("articles", total=await count_outdated(session))
            async for _ in reparse_articles(session):
                done += 1
                bar.update(task, completed=done)
    return done


@contextmanager
def _listening_socket(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything else starts, so that a taken one is known at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise PortInUse(host, port, error.strerror or "") from error
        yield listener


def _serve(settings: Settings, url: str, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    screen.print(
        f"Serving on http://{host}:{port} — documentation at http://{host}:{port}/docs — Ctrl-C stops."
    )
    config = uvicorn.Config(
        create_app(settings, url), log_config=None, timeout_graceful_shutdown=_SHUTDOWN_SECONDS
    )
    uvicorn.Server(config).run(sockets=[listener])


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _print_json(value: Any) -> None:
    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def _stop(*_: object) -> NoReturn:
    """Leave through every `with`, so that a server we started is stopped too."""
    raise SystemExit(0)


def main() -> None:
    """Run a command; an error that we raise on purpose is one clear message and an exit code."""
    signal.signal(signal.SIGTERM, _stop)
    settings = Settings()
    set_up_logs(settings.log_level)
    try:
        cli(prog_name="bilateral")
    except BadInput as error:
        _fail(error, EXIT_BAD_INPUT)
    except Unavailable as error:
        _fail(error, EXIT_UNAVAILABLE)
    except BilateralError as error:
        _fail(error, EXIT_FAILED)
    except BrokenPipeError:
        # The reader of our output has left, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(EXIT_FAILED) from None


def _fail(error: BilateralError, code: int) -> NoReturn:
    _print_error(error)
    raise SystemExit(code)


def _print_error(error: BilateralError) -> None:
    screen.print("error:", style="bold red", end=" ")
    screen.print(str(error), markup=False, highlight=False, soft_wrap=True)
