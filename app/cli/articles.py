"""The commands that read articles: `parse` shows, `ingest` stores, `reparse` reads again, `seed` loads."""

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import print_json
from app.errors import ParseWhat

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
    from app.cli.jobs import load_seed_with_progress, ready_database

    if add:
        from app.cli.reading import add_to_seed

        add_to_seed(add, outlet)
    with ready_database() as url:
        print_json(asyncio.run(load_seed_with_progress(url)))


def ingest(
    files: Files,
    outlet: Outlet = None,
    published_on: PublishedOn = None,
    queue: Annotated[
        bool,
        typer.Option(
            "--queue",
            help="Only queue them, for `bilateral worker`; takes .ndjson files (an article a line) too.",
        ),
    ] = False,
) -> None:
    """Read articles from text files and store the events that they report.

    Prints a line of JSON for each article: its id, what was done (added, known, completed) and its events.
    Each file is stored whole or not at all; a file that cannot be read stops nothing but itself. With
    `--queue` it prints the job that workers read; an archive is queued in thousands, up to the first line
    that is no article.
    """
    if queue:
        from app.cli.queue import queue_files

        if queue_files(files, outlet, _day(published_on)):
            raise typer.Exit(EXIT_BAD_INPUT)
        return
    from app.cli.jobs import ready_database
    from app.cli.reading import ingest_files

    with ready_database() as url:
        failed = asyncio.run(ingest_files(url, files, outlet, _day(published_on)))
    if failed:
        raise typer.Exit(EXIT_BAD_INPUT)


def reparse() -> None:
    """Read held articles again that an older version of the parser read last.

    Event ids stay, and older reports are kept as superseded. An article that is refused now keeps what an
    older version read in it.
    """
    from app.cli.jobs import ready_database
    from app.cli.reading import reparse_outdated
    from app.parsing.version import PARSER_VERSION

    with ready_database() as url:
        reread, refused = asyncio.run(reparse_outdated(url))
    print_json({"parser_version": PARSER_VERSION, "reread": reread, "refused": refused})
    if refused:
        raise typer.Exit(EXIT_BAD_INPUT)


def parse(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Text files in UTF-8; one file may hold several articles.", metavar="FILE…"),
    ] = None,
    outlet: Outlet = None,
    published_on: PublishedOn = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Tell in plain lines how the records came about, instead of JSON."),
    ] = False,
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

    With `--explain` it tells, for each sentence, which frame took which words and what came of it: parties
    and the words that name them, people, dates with their rule, place. Words that tell of no event are listed
    with the reason: hypothetical, inside a quotation, one side only, no counterpart. Then come the records,
    with their confidence and the words of every field.

    With `--articles DIR --out DIR` it reads a whole corpus and writes a file of events for each article.
    Accounts of one event in several articles get one `cluster`, by way of a database that is thrown away.
    An article that cannot be read is named with the reason, and stops nothing but itself.
    """
    if (articles is None) != (out is None) or bool(files) == bool(articles):
        raise ParseWhat
    from app.cli.reading import explain_files, parse_corpus, parse_files

    if articles is not None and out is not None:
        if parse_corpus(articles, out, processes):
            raise typer.Exit(EXIT_BAD_INPUT)
    elif explain:
        for line in explain_files(files or [], outlet, _day(published_on)):
            typer.echo(line)
    else:
        print_json(parse_files(files or [], outlet, _day(published_on)))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
