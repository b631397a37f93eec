import asyncio
import json
import sys
from datetime import date
from pathlib import Path

import pandas
import polars
import pytest
from typer.testing import CliRunner, Result

from app.api.exports.lists import LISTS
from app.cli import cli, exports
from app.errors import BadInput, FileNotWritable, FormatNotThere, OptionNotValid, ScreenTakesText
from app.queries.event_filter import EventFilter
from app.storage.database import open_session
from tests.cli.running import Here
from tests.factories import make_record, store


@pytest.fixture
def stored(own_database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Store three meetings in a database of the test's own, and point the commands at it."""

    async def fill() -> None:
        async with open_session(own_database_url) as session:
            for sides in (("IRQ", "PAK"), ("JPN", "KOR"), ("USA", "GBR")):
                await store(session, make_record(*sides, on=date(2024, 8, 19)))

    asyncio.run(fill())
    monkeypatch.setenv("BILATERAL_DATABASE_URL", own_database_url)
    return own_database_url


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def done(*words: str | Path) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def refusal(*words: str | Path) -> BaseException | None:
    result = run(*words)
    assert result.exit_code != 0
    return result.exception


def test_export_writes_what_filters_find_to_stdout_or_a_file(stored: str, tmp_path: Path) -> None:
    lines = done("export", "events").splitlines()
    assert len(lines) == 3
    (one,) = done("export", "events", "--party", "Iraq", "--party", "PK").splitlines()
    assert json.loads(one)["dyads"] == ["IRQ-PAK"]
    for name in ("all.csv", "all.parquet", "all.ics", "all.atom", "all.plover.ndjson"):
        result = run("export", "events", "--output", tmp_path / name)
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
        assert f"3 events written to {tmp_path / name}".replace("\n", "") in result.stderr.replace("\n", "")
    assert len(pandas.read_csv(tmp_path / "all.csv")) == 3
    assert polars.read_parquet(tmp_path / "all.parquet").height == 3
    assert json.loads((tmp_path / "all.plover.ndjson").read_text().splitlines()[0])["event"] == "CONSULT"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["all.csv", "all.parquet", "all.ics", "all.atom", "all.plover.ndjson"]
    )
    assert len(done("export", "changes", "--after", "489").splitlines()) >= 6
    assert len(done("export", "network", "--format", "csv").splitlines()) == 4
    (year,) = done("export", "timeseries", "--interval", "year").splitlines()
    assert json.loads(year) == {"period": "2024-01-01", "group": None, "label": None, "count": 3}


def test_file_is_written_whole_or_not_at_all(stored: str, tmp_path: Path) -> None:
    kept = tmp_path / "events.csv"
    kept.write_text("before")
    assert isinstance(refusal("export", "events", "--party", "Atlantis", "-o", kept), BadInput)
    assert kept.read_text() == "before"
    assert list(tmp_path.iterdir()) == [kept]
    assert isinstance(refusal("export", "events", "-o", tmp_path / "no" / "where.csv"), FileNotWritable)


def test_what_is_not_valid_is_named_as_the_option_that_it_is(stored: str) -> None:
    error = refusal("export", "events", "--date-from", "19.8.2024")
    assert isinstance(error, OptionNotValid)
    assert str(error).startswith("The option --date-from is not valid: A calendar day is written YYYY-MM-DD")
    assert isinstance(refusal("query", "events", "--kind", "metting"), OptionNotValid)
    error = refusal("export", "officials", "--format", "ics")
    assert isinstance(error, FormatNotThere)
    assert "csv, ndjson, parquet" in str(error)


def test_parquet_is_not_written_to_a_screen(stored: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen:
        @staticmethod
        def isatty() -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Screen)
    with pytest.raises(ScreenTakesText):
        exports._export(LISTS["events"], EventFilter(), "parquet", None, "http://localhost")


def test_query_shows_a_table(stored: str) -> None:
    result = run("query", "meetings", "--pair", "IRQ-PAK")
    assert result.exit_code == 0, result.output
    header, row = result.stdout.splitlines()
    assert header.split() == [
        "date_start",
        "date_end",
        "kind",
        "mode",
        "parties",
        "title",
        "place",
        "city",
        "id",
    ]
    assert "2024-08-19" in row
    assert "IRQ, PAK" in row
    assert "1 of 1 meetings" in result.stderr
    for listed in ("events", "agreements", "officials", "countries", "organizations", "dyads", "articles"):
        assert run("query", listed, "--limit", "2").exit_code == 0


def test_options_are_the_filters_of_the_api() -> None:
    told = done("export", "events", "--help")
    for name in EventFilter.model_fields.keys() - {"limit", "cursor", "count"}:
        assert f"--{name.replace('_', '-')}" in told
    assert "port_call" in told
    assert "--cursor" not in told


def test_refusal_is_one_message_and_an_exit_code(stored: str, here: Here) -> None:
    result = here("query", "events", "--party", "Atlantis", database_url=stored)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: The parameter party names no")
