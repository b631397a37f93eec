"""What commands print: data on stdout, progress and messages on stderr."""

from collections.abc import Callable
from typing import Any

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.errors import BilateralError

screen = Console(stderr=True)


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def print_error(error: BilateralError) -> None:
    """Print an error that we raise on purpose."""
    screen.print("error:", style="bold red", end=" ")
    screen.print(str(error), markup=False, highlight=False, soft_wrap=True)


def progress_bar() -> Progress:
    """Return a progress bar that vanishes when it is done; where nobody watches, there is none."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )


def told_to(bar: Progress) -> Callable[[str, int, int], None]:
    """Return what shows on a bar which step is under way, how much is done, and how much there is."""
    task = bar.add_task("", total=None)

    def show(what: str, done: int, total: int) -> None:
        bar.update(task, description=what, completed=done, total=total)

    return show
