"""`bilateral worker` reads what is queued; `bilateral jobs …` shows how far it is."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import print_error, print_json, progress_bar
from app.errors import BadInput, FileLineNotValid

if TYPE_CHECKING:
    from app.domain.article import Article

_CHUNK = 1_000

jobs = typer.Typer(no_args_is_help=True, help="Articles that wait for workers: how far each job is.")


def worker(
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="End when nothing is queued any more.")
    ] = False,
    lease: Annotated[
        float, typer.Option(min=1, help="Seconds after which another worker takes a silent one's batch over.")
    ] = 30,
) -> None:
    """Read articles that were queued by `bilateral ingest --queue` or over HTTP; Ctrl-C stops.

    Run as many as there are cores, on any hosts that reach the database. One that is killed loses nothing.
    """
    from app.cli.jobs import ready_database
    from app.ingestion.worker import run_worker
    from app.storage import embedded

    with ready_database() as url, progress_bar() as bar:
        task = bar.add_task("articles read", total=None)
        asyncio.run(
            run_worker(
                url,
                embedded.libpq_url(url),
                until_empty=until_empty,
                lease_seconds=lease,
                note=lambda read: bar.advance(task, read),
            )
        )


@jobs.command("list")
def jobs_list() -> None:
    """Print the last jobs as lines of JSON, the latest first."""
    from app.api.responses.jobs import job_response
    from app.cli.jobs import in_transaction
    from app.queries.jobs import find_recent_jobs

    for found in in_transaction(lambda session: find_recent_jobs(session, 50)):
        typer.echo(job_response(found).model_dump_json())


@jobs.command("show")
def jobs_show(job: Annotated[str, typer.Argument(help="The job's id.", metavar="ID")]) -> None:
    """Print how far a job is, and which of its articles could not be read."""
    from app.api.responses.jobs import item_response, job_response
    from app.cli.jobs import in_transaction
    from app.domain.jobs import ItemState
    from app.queries.jobs import ItemFilter, find_items, get_job

    found = in_transaction(lambda session: get_job(session, job))
    wanted = ItemFilter(state=ItemState.DEAD, limit=200)
    dead = in_transaction(lambda session: find_items(session, job, None, wanted))
    print_json(
        {
            **job_response(found).model_dump(mode="json"),
            "dead_articles": [item_response(row).model_dump(mode="json") for row in dead.rows],
        }
    )


def queue_files(files: list[Path], outlet: str | None, published_on: date | None) -> bool:
    """Queue the articles of files as one job, a thousand in each transaction; tell whether a file failed."""
    from app.cli.jobs import ready_database
    from app.ingestion.files import check_readable

    for path in files:
        check_readable(path)
    with ready_database() as url:
        return asyncio.run(_queue(url, files, outlet, published_on))


async def _queue(url: str, files: list[Path], outlet: str | None, published_on: date | None) -> bool:
    from app.api.responses.jobs import job_response
    from app.domain.identifiers import Prefix, public_id
    from app.queries.jobs import get_job
    from app.storage.audit import COMMAND_LINE
    from app.storage.database import open_session
    from app.storage.jobs import add_to_job, open_job
    from app.storage.reference_rows import load_reference

    async with open_session(url) as session:
        await load_reference(session)  # the parties, without which no event can be stored
        job_id = await open_job(session, COMMAND_LINE)
    failed = False
    with progress_bar() as bar:
        task = bar.add_task("articles queued", total=None)
        for path in files:
            try:
                for chunk in _in_chunks(_articles_of(path, outlet, published_on)):
                    async with open_session(url) as session:
                        await add_to_job(session, job_id, chunk)
                    bar.advance(task, len(chunk))
            except BadInput as error:
                print_error(error)
                failed = True
    async with open_session(url) as session:
        print_json(
            job_response(await get_job(session, public_id(Prefix.JOB, job_id))).model_dump(mode="json")
        )
    return failed


def _articles_of(path: Path, outlet: str | None, published_on: date | None) -> "Iterator[Article]":
    """Yield the articles of a file: of an archive line by line, so that memory does not grow with it."""
    from app.api.uploads import read_line
    from app.ingestion.files import read_file
    from app.ingestion.handed_in import Facts

    if path.suffix not in (".ndjson", ".jsonl"):
        yield from read_file(path, outlet=outlet, published_on=published_on)
        return
    facts = Facts(outlet=outlet, published_on=published_on)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                article = read_line(line, number, facts)
            except BadInput as error:
                raise FileLineNotValid(path, str(error)) from error
            yield article


def _in_chunks(articles: "Iterator[Article]") -> "Iterator[list[Article]]":
    chunk: list[Article] = []
    for article in articles:
        chunk.append(article)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
