"""`bilateral …`: arguments in, one call, output. Data goes to stdout, progress and messages to stderr.

The commands load the database, the parser and the web framework when they run, so that help is there at once.
"""

import os
import signal
import sys
from importlib.metadata import version as package_version
from typing import NoReturn

import typer
from pydantic import ValidationError

from app.cli.articles import EXIT_BAD_INPUT, ingest, parse, reparse, seed
from app.cli.backups import backup, restore, verify
from app.cli.database import db
from app.cli.datasets import import_rows
from app.cli.exporting import export, query
from app.cli.keys import keys
from app.cli.output import print_error, print_json
from app.cli.queue import jobs, worker
from app.cli.review import review
from app.cli.serving import serve, up
from app.errors import BadInput, BilateralError, SettingNotValid, Unavailable
from app.logs import set_up_logs
from app.settings import Settings

EXIT_FAILED, EXIT_UNAVAILABLE = 1, 3

cli = typer.Typer(
    name="bilateral",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="Who met whom, when, where and about what, read from articles and served over a REST API.\n\n"
    "Start with `bilateral up`, then open the address that it prints.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong input, 3 the database cannot be used. "
    "Settings come from the environment, such as BILATERAL_DATABASE_URL; README.md and "
    "docs/reliability.md list them all.",
)
for command in (up, serve, seed, ingest, worker, reparse, parse, review, backup, restore, verify):
    cli.command()(command)
cli.command("import")(import_rows)
for name, group in (("db", db), ("export", export), ("query", query), ("keys", keys), ("jobs", jobs)):
    cli.add_typer(group, name=name)


@cli.command()
def openapi() -> None:
    """Print the API's OpenAPI document."""
    from app.main import create_app

    print_json(create_app(Settings(), "postgresql+asyncpg://").openapi())


@cli.command()
def version() -> None:
    """Print the version of Bilateral and of its parser."""
    from app.parsing.version import PARSER_VERSION

    print_json({"bilateral": package_version("bilateral"), "parser": PARSER_VERSION})


def _stop(*_: object) -> NoReturn:
    """Leave through every `with`, so that a server we started is stopped too."""
    raise SystemExit(0)


def main() -> None:
    """Run a command; an error that we raise on purpose is one clear message and an exit code."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        set_up_logs(_settings().log_level)
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


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        raise SettingNotValid(f"BILATERAL_{wrong['loc'][0]}".upper(), wrong["msg"]) from None


def _fail(error: BilateralError, code: int) -> NoReturn:
    print_error(error)
    raise SystemExit(code)
