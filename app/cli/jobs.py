"""What the commands do with files and the database; it loads both the database and the parser."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import orjson
import typer
from sqlalchemy.ext.asyncio import AsyncSession

from app.cli.explaining import explain_lines
from app.cli.output import print_error, progress_bar, screen, told_to
from app.corpus import (
    ReadArticle,
    SkippedArticle,
    find_articles,
    find_clusters,
    parse_articles,
    write_events,
)
from app.errors import BadInput
from app.ingestion.articles import find_outdated, ingest_articles, reparse_article
from app.ingestion.files import read_file
from app.parsing.pipeline import parse_article, read_article
from app.seeding import load_seed
from app.seeding.articles import articles_folder, write_seed_articles
from app.settings import Settings
from app.storage import embedded
from app.storage.access_paths import rebuild_access_paths, renew_access_paths
from app.storage.database import check_server, create_engine, migrate, open_session
from app.storage.reference_rows import load_reference

_Done = TypeVar("_Done")


@contextmanager
def ready_database() -> Iterator[str]:
    """Yield the URL of a database whose schema is up to date."""
    with embedded.database(Settings()) as url:
        asyncio.run(check(url))
        prepare(url)
        yield url


def in_transaction(work: Callable[[AsyncSession], Awaitable[_Done]]) -> _Done:
    """Do something in one transaction on the database, and return what it returns."""

    async def run(url: str) -> _Done:
        async with open_session(url) as session:
            return await work(session)

    with ready_database() as url:
        return asyncio.run(run(url))


@contextmanager
def thrown_away_database() -> Iterator[str]:
    """Yield the URL of an empty database on an embedded server that is deleted afterwards."""
    with TemporaryDirectory(prefix="bilateral-") as folder:
        settings = Settings(data_dir=Path(folder), database_url=None)
        with embedded.database(settings) as url:
            prepare(url)
            yield url


def prepare(url: str) -> None:
    """Bring a database's schema up to date, and its access paths where an older version made them."""
    migrate(url)
    asyncio.run(_renew(url))


async def _renew(url: str) -> None:
    async with open_session(url) as session:
        await renew_access_paths(session)


async def rebuild(url: str) -> None:
    """Make the access paths anew."""
    async with open_session(url) as session:
        await rebuild_access_paths(session)


async def check(url: str) -> None:
    """Refuse a server that we must not write to."""
    engine = create_engine(url, pool_size=1)
    try:
        await check_server(engine)
    finally:
        await engine.dispose()


def add_to_seed(paths: list[Path], outlet: str | None) -> None:
    """Parse text files and write their facts to the seed."""
    for path in paths:
        for written in write_seed_articles(read_file(path, outlet=outlet), articles_folder()):
            screen.print(f"Wrote {written}")


async def load_seed_with_progress(url: str) -> dict[str, int]:
    """Load the seed under a progress bar."""
    with progress_bar() as bar:
        async with open_session(url) as session:
            return await load_seed(session, told_to(bar), with_datasets=Settings().seed_datasets)


async def load_reference_only(url: str) -> None:
    """Load the parties, without which no event can be stored."""
    async with open_session(url) as session:
        await load_reference(session)


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


async def reparse_outdated(url: str) -> int:
    """Read the articles again that another parser read last, each in a transaction; return how many."""
    async with open_session(url) as session:
        outdated = await find_outdated(session)
    with progress_bar() as bar:
        for article_id in bar.track(outdated, description="articles"):
            try:
                async with open_session(url) as session:
                    await reparse_article(session, article_id)
            except BadInput as error:  # what an older parser read keeps its events
                print_error(error)
    return len(outdated)


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
