"""An article gives the same records in every process, whatever order sets have there."""

import os
import subprocess
import sys

_STORY = (
    "Talks on trade went on all week.\n"
    "Foreign Ministers Ana Solis of Kenya and Juan Mora of Uganda "
    "and Peru's envoy Luis Prado spoke at length.\n"
    "Zambia's President Rosa Vidal received them on Monday."
)
_READ = (
    "import sys\n"
    "from app.domain.article import Article\n"
    "from app.parsing.pipeline import parse_article\n"
    "print([record.model_dump_json() for record in parse_article(Article(text=sys.argv[1]))])\n"
)


def _read_with_seed(seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _READ, _STORY],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_the_records_do_not_depend_on_the_order_of_sets() -> None:
    read = {_read_with_seed(seed) for seed in ("1", "2", "5")}
    assert len(read) == 1
    assert '"kind":"meeting"' in read.pop()
