"""`bilateral parse --explain`: why there is a record, and why there is none."""

from pathlib import Path

from tests.cli.running import Here

_ARTICLE = """Peru's Foreign Minister Ana Solis met Chile's Defense Minister Rosa Vidal in Lima on 9 May 2024.

She said: "Peru will meet Bolivia soon."

Peru could meet Chile again.

Peru's president held a cabinet meeting.
"""
_LINES = (
    "gives record 1",
    "participant CHL from “Chile's Defense Minister Rosa Vidal”: Rosa Vidal",
    "date “9 May 2024”: 2024-05-09 (day, rule ",
    "city “Lima”",
    "rejected: inside a quotation",
    "rejected: hypothetical, or only asked for",
    "rejected: a meeting of one side with itself",
    "record 1: meeting, occurred, main",
    "/participants/0/name: “Ana Solis”",
)


def test_an_explanation_tells_what_each_sentence_gave_or_why_it_gave_nothing(
    tmp_path: Path, here: Here
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(_ARTICLE)
    done = here("parse", "--explain", path)
    assert [line for line in _LINES if line not in done.stdout] == [], done.stdout
