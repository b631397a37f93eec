"""Articles with pieces cut out, doubled, moved and strange characters put in: none is slow, or fails."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from app.domain.article import Article
from app.parsing.pipeline import parse_article
from tests.lengths import length, note

ARTICLES = length(100, 1_000)
SECONDS, MEBIBYTES = 2, 256
STRANGE = (
    "\u202e",
    "\u0301" * 9,
    "\u00ad",
    "\ufeff",
    "“",
    "(",
    "—",
    " ",
    "\n\n",
    "\t",
    "0" * 40,
    "A.",
    "ﷺ",
    "👩‍👩‍👧",
)
CASES = sorted(Path(__file__).parent.glob("cases/*/article.txt"))


def mutated(number: int) -> Iterator[str]:
    """Yield texts that were articles, the same every time."""
    chance = random.Random("mutated articles")
    texts = [path.read_text("utf-8") for path in CASES]
    for _ in range(number):
        pieces = chance.choice(texts).split(" ")
        for _ in range(chance.randint(1, 30)):
            first = chance.randrange(len(pieces))
            last = min(first + chance.randint(1, 20), len(pieces))
            cut = pieces[first:last]
            match chance.choice(("cut", "double", "move", "strange", "foreign")):
                case "cut":
                    del pieces[first : min(last, first + len(pieces) - 1)]
                case "double":
                    pieces[first:first] = cut * chance.randint(1, 20)
                case "move":
                    del pieces[first:last]
                    pieces += cut
                case "strange":
                    pieces.insert(first, chance.choice(STRANGE) * chance.randint(1, 50))
                case "foreign":
                    pieces[first:first] = chance.choice(texts).split(" ")[:50]
        yield " ".join(pieces)


def read_all(number: int) -> tuple[float, float]:
    """Read so many articles; return the most seconds of work that one took, and the process's peak in MiB."""
    slowest = 0.0
    for text in mutated(number):
        if text.strip():
            before = time.process_time()
            parse_article(Article(text=text))
            slowest = max(slowest, time.process_time() - before)
    peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    return slowest, int(peak) / 1024


def test_99_mutated_articles_are_read_within_bounds() -> None:
    script = "import json; from tests.parsing.test_mutated_articles import read_all; "
    run = subprocess.run(
        [sys.executable, "-c", f"{script} print(json.dumps(read_all({ARTICLES})))"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    slowest, mebibytes = json.loads(run.stdout)
    note(f"{ARTICLES} mutated articles: the slowest {slowest:.2f} s, {mebibytes:.0f} MiB")
    assert slowest < SECONDS
    assert mebibytes < MEBIBYTES
