"""The parser still gives the seed from the real articles, where these are at hand."""

import os
from pathlib import Path

import pytest

from app.ingestion.files import read_file
from app.parsing.pipeline import parse_article
from app.seeding.articles import articles_folder, read_seed_articles


def test_the_real_articles_give_what_the_seed_holds() -> None:
    folder = os.environ.get("BILATERAL_TEST_ARTICLES")
    if not folder:
        pytest.skip("set BILATERAL_TEST_ARTICLES to the folder of the real articles")
    texts = [article for path in sorted(Path(folder).glob("*.txt")) for article in read_file(path)]
    parsed = {
        article.text_sha256: [
            record.model_dump(mode="json", exclude={"evidence": {"__all__": {"quote"}}})
            for record in parse_article(article)
        ]
        for article in texts
    }
    seeds = read_seed_articles(articles_folder())
    held = {
        seed.article.text_sha256: [
            row.record.model_dump(mode="json", exclude={"evidence": {"__all__": {"quote"}}})
            for row in seed.records
        ]
        for seed in seeds
    }
    assert parsed == held
    assert len(parsed) >= 2
