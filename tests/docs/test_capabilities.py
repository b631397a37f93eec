"""Every test that the table of capabilities names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_capability_names_a_test_that_there_is() -> None:
    page = (ROOT / "docs" / "capabilities.md").read_text(encoding="utf-8")
    rows = [
        line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| capability")
    ]
    assert rows
    for row in rows:
        named = re.findall(r"`(tests/[^`:]+)::([^`]+)`", row)
        assert named, row
        for path, name in named:
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), row
