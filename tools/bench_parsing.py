"""Print how many articles a second one core reads: `make bench-parsing`, or with CORPUS=folder.

Without a corpus the articles are those of the parser's tests. Each is repeated or cut to 170 words,
so that figures of different collections can be compared; the best of several runs counts.
"""

import argparse
import inspect
import json
import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.domain.article import Article
from app.parsing.pipeline import parse_article
from app.parsing.version import PARSER_VERSION

_CASES = Path(__file__).parents[1] / "tests" / "parsing" / "cases"
_WORDS = 170
_RUNS = 5


def main() -> None:
    """Read every article once to warm up, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "corpus", type=Path, nargs="?", help="folder with articles/; else the tests' articles"
    )
    corpus = parser.parse_args().corpus
    articles = [_sized(text) for text in (_corpus_texts(corpus) if corpus else _case_texts())]
    best = min(_measure(articles) for _ in range(_RUNS + 1))
    words = sum(len((article.text or "").split()) for article in articles) / len(articles)
    print(
        f"parser {PARSER_VERSION} {'compiled' if inspect.isbuiltin(parse_article) else 'as source'}"
        f"{', on large pages' if 'hugetlb=1' in os.environ.get('GLIBC_TUNABLES', '') else ''}: "
        f"{len(articles) / best:.0f} articles a second and core, "
        f"{len(articles)} articles of {words:.0f} words, best of {_RUNS} runs"
    )


def _measure(articles: list[Article]) -> float:
    start = time.process_time()
    for article in articles:
        parse_article(article)
    return time.process_time() - start


def _case_texts() -> Iterator[str]:
    for path in sorted(_CASES.glob("*/article.txt")):
        yield path.read_text(encoding="utf-8")


def _corpus_texts(corpus: Path) -> Iterator[str]:
    for path in sorted((corpus / "articles").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        yield f"{told.get('title') or ''}\n\n{told['text']}"


def _sized(text: str) -> Article:
    """Return an article of the text's lines, from the first again where they end, up to the length wanted."""
    lines = [line for line in text.splitlines() if line.strip()]
    taken: list[str] = []
    words = 0
    while words < _WORDS:
        line = " ".join(lines[len(taken) % len(lines)].split()[: _WORDS - words])
        taken.append(line)
        words += len(line.split())
    return Article(text="\n\n".join(taken), published_on=date(2025, 1, 15))


if __name__ == "__main__":
    main()
