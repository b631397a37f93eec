"""What the commands do with articles; it loads the parser."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import typer

from app.cli.explaining import explain_lines
from app.cli.jobs import load_reference_only, thrown_away_database
from app.cli.output import print_error, progress_bar, screen
from app.corpus import (
    ReadArticle,
    SkippedArticle,
    find_articles,
    find_clusters,
    parse_articles,
    write_events,
)
from app.errors import BadInput
from app.ingestion.articles import ingest_articles
from app.ingestion.files import read_file
from app.ingestion.reparsing import find_outdated, reparse_article
from app.parsing.pipeline import parse_article, read_article
from app.seeding.adding import write_seed_articles
from app.seeding.articles import articles_folder
from app.storage.database import open_session
from app.storage.reference_rows import load_reference


def add_to_seed(paths: list[Path], outlet: str | None) -> None:
    """Parse text files and write their facts to the seed."""
    for path in paths:
        for written in write_seed_articles(read_file(path, outlet=outlet), articles_folder()):
            screen.print(f"Wrote {written}")


async def ingest_files(url: str, files: list[Path], outlet: str | None, published_on: date | None) -> bool:
    """Store each file in a transaction of its own; tell whether one could not be read."""
    await load_reference_only(url)
    failed = False
    with progress_bar() as bar:
        for path in bar.track(files, description="articles"):
            try:
                articles = read_file(path, outlet=outlet, published_on=published_on)
                records = [parse_article(article) for article in articles]
                async with open_session(url) as session:
                    lines = [
                        {
                            "file": str(path),
                            "article": f"art_{recorded.article.hex}",
                            "outcome": recorded.outcome,
                            "events": [f"evt_{event.hex}" for event in recorded.events],
                        }
                        for recorded in await ingest_articles(session, articles, records)
                    ]
            except BadInput as error:
                print_error(error)
                failed = True
                continue
            for line in lines:
                typer.echo(orjson.dumps(line).decode())
    return failed


async def reparse_outdated(url: str) -> tuple[int, int]:
    """Read the articles again that another parser read last, each in a transaction.

    Return how many were, and how many are refused now: these keep the events of the older parser.
    """
    async with open_session(url) as session:
        outdated = await find_outdated(session)
    refused = 0
    with progress_bar() as bar:
        for article_id in bar.track(outdated, description="articles"):
            try:
                async with open_session(url) as session:
                    await reparse_article(session, article_id)
            except BadInput as error:
                print_error(error)
                refused += 1
    return len(outdated) - refused, refused


def parse_files(files: list[Path], outlet: str | None, published_on: date | None) -> list[dict[str, Any]]:
    """Return each article's facts and records as JSON values."""
    return [
        {
            "file": str(path),
            "article": article.model_dump(mode="json", exclude={"text"}),
            "records": [record.model_dump(mode="json") for record in parse_article(article)],
        }
        for path in files
        for article in read_file(path, outlet=outlet, published_on=published_on)
    ]


def explain_files(files: list[Path], outlet: str | None, published_on: date | None) -> Iterator[str]:
    """Yield lines that tell how each article's records came about."""
    for path in files:
        for article in read_file(path, outlet=outlet, published_on=published_on):
            yield f"== {path}: {article.title or 'untitled'}"
            yield from explain_lines(read_article(article))


def parse_corpus(articles: Path, out: Path, processes: int | None) -> int:
    """Write a file of events for each article of a corpus that can be read; return how many cannot."""
    paths = find_articles(articles)
    with progress_bar() as bar:
        told = bar.track(parse_articles(paths, processes), total=len(paths), description="reading")
        results = list(told)
    skipped = [one for one in results if isinstance(one, SkippedArticle)]
    for one in skipped:
        print_error(one.error)
    read = [one for one in results if isinstance(one, ReadArticle)]
    if read:
        out.mkdir(parents=True, exist_ok=True)
        with thrown_away_database() as url:
            asyncio.run(_write_with_clusters(url, read, out))
    left_out = f", left out {len(skipped)}" if skipped else ""
    screen.print(f"Wrote the events of {len(read)} articles to {out}{left_out}")
    return len(skipped)


async def _write_with_clusters(url: str, read: list[ReadArticle], out: Path) -> None:
    with progress_bar() as bar:
        task = bar.add_task("matching", total=len(read))
        async with open_session(url) as session:
            await load_reference(session)
            async for one, events in find_clusters(session, read):
                write_events(out, one, events)
                bar.advance(task)
