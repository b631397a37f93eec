"""What `bilateral export …` and `bilateral query …` do; it loads the database and the web framework."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Annotated, Any

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.exports.formats import Format
from app.api.exports.lists import LISTS, WRITERS, ExportList, fields_asked
from app.api.exports.parquet import require_pyarrow
from app.cli.filters import with_filters
from app.cli.output import screen
from app.cli.tables import table_of
from app.errors import FileNotWritable, FormatNotThere, ScreenTakesText
from app.queries.coverage import check_schema
from app.queries.versions import last_change_at
from app.settings import Settings
from app.storage import embedded
from app.storage.database import session_factory
from app.storage.migrating import head_revision
from app.storage.reading import connect, create_reading_engine

export, query = typer.Typer(), typer.Typer()

FormatOption = Annotated[
    str | None,
    typer.Option("--format", "-f", help="The format; by default that of the file's name, else ndjson."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="The file to write, whole or not at all; by default stdout."),
]
BaseUrl = Annotated[
    str, typer.Option(help="The address of the API that links in calendars and feeds lead to.")
]


def _export(
    listed: ExportList,
    wanted: BaseModel,
    format: str | None,  # noqa: A002 - the option's name
    output: Path | None,
    base_url: str,
) -> None:
    form = _choose_format(listed, format, output)
    if output is None:
        if form is Format.PARQUET and sys.stdout.isatty():
            raise ScreenTakesText(form)
        rows = asyncio.run(_write(listed, form, wanted, base_url, sys.stdout.buffer))
    else:
        rows = _write_whole(listed, form, wanted, base_url, output)
    screen.print(f"{rows} {listed.name}" + (f" written to {output}" if output else ""), highlight=False)


def _choose_format(listed: ExportList, told: str | None, output: Path | None) -> Format:
    names = {form.value: form for form in listed.formats}
    if told is not None:
        if told not in names:
            raise FormatNotThere(told, listed.name, ", ".join(names))
        form = names[told]
    else:
        suffixes = ["".join(output.suffixes[-2:])[1:], output.suffix[1:]] if output else []
        form = next((names[suffix] for suffix in suffixes if suffix in names), Format.NDJSON)
    if form is Format.PARQUET:
        require_pyarrow()
    return form


def _write_whole(listed: ExportList, form: Format, wanted: BaseModel, base_url: str, output: Path) -> int:
    """Write a file beside the one meant, and put it in its place once it is whole."""
    try:
        with NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as file:
            made = Path(file.name)
            try:
                rows = asyncio.run(_write(listed, form, wanted, base_url, file))
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                made.unlink()
                raise
        made.chmod(0o644)
        made.replace(output)
    except OSError as error:
        raise FileNotWritable(output, error.strerror or type(error).__name__) from error
    return rows


async def _write(listed: ExportList, form: Format, wanted: BaseModel, base_url: str, file: IO[bytes]) -> int:
    count = 0
    fields = fields_asked(form, wanted)
    with Progress(
        TextColumn("{task.description}"), TimeElapsedColumn(), console=screen, transient=True
    ) as bar:
        task = bar.add_task(listed.name, total=None)
        async with _reading() as session:

            async def batches() -> AsyncIterator[Sequence[Any]]:
                nonlocal count
                async for rows in listed.shown(session, wanted, form, fields):
                    yield rows
                    count += len(rows)
                    bar.update(task, description=f"{count} {listed.name}")

            root = base_url.rstrip("/")
            address = f"{root}{listed.address}.{form}"
            about = listed.about(address, root, await last_change_at(session), fields)
            async for piece in WRITERS[form](batches(), about):
                file.write(piece)
    return count


def _query(listed: ExportList, wanted: Any) -> None:
    rows, count = asyncio.run(_find(listed, wanted))
    # A pipe has no width: there, nothing is cut off.
    width = None if sys.stdout.isatty() else 10_000
    table: Table = table_of(listed, rows)
    Console(width=width).print(table, soft_wrap=not sys.stdout.isatty())
    shown = f"{len(rows)} of {count if count is not None else 'more than 10,000'}"
    screen.print(f"{shown} {listed.name}", highlight=False)


async def _find(listed: ExportList, wanted: BaseModel) -> tuple[list[BaseModel], int | None]:
    assert listed.find is not None
    async with _reading() as session:
        page = await listed.find(session, wanted)
        return [listed.show(row) for row in page.rows], page.count


@asynccontextmanager
async def _reading() -> AsyncIterator[AsyncSession]:
    """Open one session that only reads, on a database that is ready."""
    with embedded.database(Settings()) as url:
        engine = create_reading_engine(url)
        try:
            async with session_factory(engine)() as session:
                await connect(session)
                await check_schema(session, head_revision())
                yield session
        finally:
            await engine.dispose()


def _export_command(listed: ExportList) -> Any:
    def run(
        wanted: BaseModel,
        format: FormatOption = None,  # noqa: A002 - the option's name
        output: Output = None,
        base_url: BaseUrl = "http://127.0.0.1:8000",
    ) -> None:
        _export(listed, wanted, format, output, base_url)

    run.__doc__ = f"Write {listed.name}: {', '.join(listed.formats)}."
    return with_filters(run, listed.takes, frozenset({"limit", "cursor", "count"}))


def _query_command(listed: ExportList) -> Any:
    def run(wanted: BaseModel) -> None:
        _query(listed, wanted)

    run.__doc__ = f"Show {listed.name} as a table."
    return with_filters(run, listed.takes, frozenset({"cursor", "count"}))


for one in LISTS.values():
    export.command(one.name)(_export_command(one))
    if one.find is not None:
        query.command(one.name)(_query_command(one))
