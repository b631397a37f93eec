"""What squawk says of the newer migrations: none locks a busy table for as long as it takes to read."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import Script

from app.storage.migrating import alembic_config
from tests.migrations.newer import NEWER

SQUAWK = Path(sys.executable).with_name("squawk")
# A migration is one transaction, so what fails leaves nothing half done; an index of a large table takes its
# time, and what others wait for is the lock, which has a limit; the rest is taste.
LEFT_OUT = (
    *("prefer-robust-stmts", "require-statement-timeout"),
    *("prefer-bigint-over-int", "prefer-identity", "prefer-text-field"),
)
# A new column holds nothing that an index or a constraint would have to read, and an index that is made
# concurrently keeps no writer waiting; test_under_load measures these.
COSTS_NOTHING = {
    "20261125_reviews": {
        "adding-foreign-key-constraint",
        "constraint-missing-not-valid",
        "require-concurrent-index-creation",
    },
    "20261125_withdrawn_texts": {"constraint-missing-not-valid"},
    "20261125_partners": {"require-lock-timeout"},
    "20261126_lists_by_day": {"require-lock-timeout"},
    "20261126_other_lists": {"require-lock-timeout"},
    "20261126_agreement_paths": {"require-lock-timeout"},
    "20261127_counts": {"require-lock-timeout"},
}


def find_faults(statements: str) -> set[str]:
    """Return the rules that statements break, each by squawk's name."""
    shown = subprocess.run(
        [SQUAWK, "--reporter", "json", "--exclude", ",".join(LEFT_OUT)],
        input=statements,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return {fault["rule_name"] for fault in json.loads(shown.stdout)}


@pytest.mark.parametrize("script", NEWER, ids=lambda script: script.revision)
def test_migration_keeps_nobody_waiting(script: Script) -> None:
    config = alembic_config("")
    config.output_buffer = printed = io.StringIO()
    command.upgrade(config, f"{script.down_revision}:{script.revision}", sql=True)
    assert f"version_num='{script.revision}'" in printed.getvalue()
    assert find_faults(printed.getvalue()) == COSTS_NOTHING.get(script.revision, set())


@pytest.mark.teeth
def test_column_that_must_have_a_value_is_found() -> None:
    assert "adding-required-field" in find_faults("ALTER TABLE article ADD COLUMN more text NOT NULL;")
