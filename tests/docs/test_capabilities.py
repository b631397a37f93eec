"""The table of what the API can do names every path, and only tests that there are."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "capabilities.md").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and "`" in line]


def test_every_path_of_the_api_is_in_the_table(app: FastAPI) -> None:
    written = TABLE.replace("{A-B}", "{pair}")
    paths = [path for path in app.openapi()["paths"] if path.startswith("/v1")]
    shown = [re.sub(r"^/v1/[a-z]+\.{format}$", "/v1/{list}.{format}", path) for path in paths]
    assert [path for path in shown if f"`{path}`" not in written] == []


@pytest.mark.parametrize("row", ROWS, ids=[row[2:50] for row in ROWS])
def test_every_row_names_a_test_that_there_is(row: str) -> None:
    named = re.findall(r"`([a-z_/]+\.py)(?:::(\w+))?`", row.rsplit("|", 2)[1])
    assert named, row
    for file, test in named:
        path = ROOT / (file if "/" in file else f"tests/api/{file}")
        source = path.read_text(encoding="utf-8")
        assert not test or re.search(rf"def {test}\(", source), row
