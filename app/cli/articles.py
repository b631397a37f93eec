"""The commands that read articles: `parse` shows, `ingest` stores, `reparse` reads again, `seed` loads."""

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import orjson
import typer

from app.cli.database import load_reference_only, ready_database, thrown_away_database
from app.cli.output import print_error, print_json, progress_bar, screen, told_to
from app.corpus import Parsed, find_articles, find_clusters, parse_articles, write_events
from app.errors import BadInput, ParseWhat
from app.ingestion import count_outdated, ingest_article, read_file, reparse_articles
from app.parsing.pipeline import PARSER_VERSION, parse_article
from app.seeding import load_seed
from app.seeding.articles import articles_folder, write_seed_articles
from app.settings import Settings
from app.storage.database import open_session
from app.storage.reference_rows import load_reference

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


def parse(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Text files in UTF-8; one file may hold several articles.", metavar="FILE…"),
    ] = None,
    outlet: Outlet = None,
    published_on: PublishedOn = None,
    articles: Annotated[
        Path | None,
        typer.Option(help="A corpus: a folder of articles as JSON, with id, title, text and published."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the corpus's events, an <id>.json for each article.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="How many processes read a corpus; all cores where unsaid.")
    ] = None,
) -> None:
    """Show the records that the parser reads in text files; nothing is stored.

    Prints a JSON array with each article's facts and its records. Every record carries evidence: the field,
    and the characters of the article's text that it rests on.

    With `--articles DIR --out DIR` it reads a whole corpus and writes a file of events for each article.
    Accounts of one event in several articles get one `cluster`, by way of a database that is thrown away.
    """
    if (articles is None) != (out is None) or bool(files) == bool(articles):
        raise ParseWhat
    if articles is not None and out is not None:
        _parse_corpus(articles, out, processes)
        return
    found = [
        {
            "file": str(path),
            "article": article.model_dump(mode="json", exclude={"text"}),
            "records": [record.model_dump(mode="json") for record in parse_article(article)],
        }
        for path in files or []
        for article in read_file(path, outlet=outlet, published_on=_day(published_on))
    ]
    print_json(found)


def _parse_corpus(articles: Path, out: Path, processes: int | None) -> None:
    paths = find_articles(articles)
    with progress_bar() as bar:
        parsed = list(bar.track(parse_articles(paths, processes), total=len(paths), description="articles"))
    with thrown_away_database() as url:
        events = asyncio.run(_clusters(url, parsed))
    out.mkdir(parents=True, exist_ok=True)
    for one, found in zip(parsed, events, strict=True):
        write_events(out, one, found)
    screen.print(f"Wrote the events of {len(parsed)} articles to {out}")


async def _clusters(url: str, parsed: list[Parsed]) -> list[tuple[UUID, ...]]:
    async with open_session(url) as session:
        await load_reference(session)
        return await find_clusters(session, parsed)


async def load_seed_with_progress(url: str) -> dict[str, int]:
    """Load the seed under a progress bar."""
    with progress_bar() as bar:
        async with open_session(url) as session:
            return await load_seed(session, told_to(bar), with_datasets=Settings().seed_datasets)


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
