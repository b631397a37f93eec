"""The seed: the reference data, articles that were parsed before, and whole datasets, all as facts.

An article goes through the same door as any other. A dataset is loaded in bulk, which a test proves equal to
the door. Everything brings its ids, so that its rows are the same on every machine.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from app.seeding.articles import articles_folder, read_seed_articles
from app.seeding.datasets import load_dataset
from app.seeding.files import find_datasets
from app.seeding.progress import Progress, say_nothing
from app.storage.recording import Recorded, record_article
from app.storage.reference_rows import load_reference


async def load_seed(
    session: AsyncSession, progress: Progress = say_nothing, *, with_datasets: bool = True
) -> dict[str, int]:
    """Load what the seed folder holds; return how many rows, articles and dataset rows are new or changed."""
    progress("reference data", 0, 1)
    written = await load_reference(session)
    progress("reference data", 1, 1)
    written["articles"] = await _load_articles(session, progress)
    if with_datasets:
        for folder in find_datasets():
            written[folder.name] = await load_dataset(session, folder, progress)
    return written


async def _load_articles(session: AsyncSession, progress: Progress) -> int:
    articles = read_seed_articles(articles_folder())
    outcomes: list[Recorded] = []
    for number, seed in enumerate(articles):
        progress("articles", number, len(articles))
        outcomes.append(
            await record_article(
                session,
                seed.article,
                [row.record for row in seed.records],
                parser_version=seed.parser_version,
                ids=seed.ids(),
            )
        )
    progress("articles", len(articles), len(articles))
    return sum(recorded.outcome == "added" for recorded in outcomes)
