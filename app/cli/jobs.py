"""What the commands do with the database."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from app.cli.output import progress_bar, told_to
from app.seeding import load_seed
from app.settings import Settings
from app.storage import embedded
from app.storage.access_paths import rebuild_access_paths, renew_access_paths
from app.storage.database import check_server, create_engine, open_session
from app.storage.migrating import migrate
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


async def load_seed_with_progress(url: str) -> dict[str, int]:
    """Load the seed under a progress bar."""
    with progress_bar() as bar:
        async with open_session(url) as session:
            return await load_seed(session, told_to(bar), with_datasets=Settings().seed_datasets)


async def load_reference_only(url: str) -> None:
    """Load the parties, without which no event can be stored."""
    async with open_session(url) as session:
        await load_reference(session)
