"""The commands that read articles: `parse` shows, `ingest` stores, `reparse` reads again, `seed` loads."""

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from app.cli.database import load_reference_only, ready_database
from app.cli.output import print_error, print_json, progress_bar, screen
from app.errors import BadInput
from app.ingestion import count_outdated, ingest_article, read_file, reparse_articles
from app.parsing.pipeline import PARSER_VERSION, parse_article
from app.seeding import articles_folder, load_seed, write_seed_articles
from app.storage.database import open_session

EXIT_BAD_INPUT = 2

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
    with ready_database() as url:
        print_json(asyncio.run(load_seed_with_progress(url)))


def ingest(files: Files, outlet: Outlet = None, published_on: PublishedOn = None) -> None:
    """Read articles from text files and store the events that they report.

    Prints a line of JSON for each article: its id, what was done (added, known, completed) and its events.
    Each file is stored whole or not at all; a file that cannot be read stops nothing but itself.
    """
    with ready_database() as url:
        asyncio.run(load_reference_only(url))
        failed = asyncio.run(_ingest_files(url, files, outlet, _day(published_on)))
    if failed:
        raise typer.Exit(EXIT_BAD_INPUT)


def reparse() -> None:
    """Read held articles again that an older version of the parser read last.

    Event ids stay, and older reports are kept as superseded.
    """
    with ready_database() as url:
        print_json({"parser_version": PARSER_VERSION, "reread": asyncio.run(_reparse(url))})


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
    print_json(found)


async def load_seed_with_progress(url: str) -> dict[str, int]:
    """Load the seed under a progress bar."""
    with progress_bar() as bar:
        task = bar.add_task("seed", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        async with open_session(url) as session:
            return await load_seed(session, show)


async def _ingest_files(url: str, files: list[Path], outlet: str | None, published_on: date | None) -> bool:
    """Store each file in a transaction of its own; tell whether one could not be read."""
    failed = False
    with progress_bar() as bar:
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
                print_error(error)
                failed = True
                continue
            for line in lines:
                typer.echo(orjson.dumps(line).decode())
    return failed


async def _reparse(url: str) -> int:
    done = 0
    async with open_session(url) as session:
        with progress_bar() as bar:
            task = bar.add_task("articles", total=await count_outdated(session))
            async for _ in reparse_articles(session):
                done += 1
                bar.update(task, completed=done)
    return done


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
