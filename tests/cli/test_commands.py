"""The commands on an embedded server of their own: each as a process once, its many cases in this one."""

import json
from pathlib import Path

import pytest

from app.storage.server_folder import prepare_server
from tests.cli.running import Here, bilateral
from tests.storage.server_processes import ask

ROWS = Path(__file__).parents[1] / "datasets" / "rows"
STORY = """Oman, Iraq discuss trade

Updated 20 August 2024

BAGHDAD: Iraqi Foreign Minister Fuad Hussein met his Omani counterpart Badr Albusaidi in Baghdad on Monday,
the foreign ministry said. The two ministers discussed trade and investment.
"""


def write_story(folder: Path, text: str = STORY) -> Path:
    path = folder / "story.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        "up",
        "serve",
        "seed",
        "ingest",
        "import",
        "reparse",
        "parse",
        "db",
        "keys",
        "worker",
        "jobs",
        "openapi",
        "version",
    ],
)
def test_every_command_explains_itself(command: str, here: Here) -> None:
    shown = here(command, "--help")
    assert shown.returncode == 0
    assert len(shown.stdout) > 200


def test_help_lists_the_commands_and_the_exit_codes() -> None:
    shown = bilateral("--help").stdout
    for word in (
        "up",
        "serve",
        "seed",
        "ingest",
        "import",
        "reparse",
        "parse",
        "db",
        "keys",
        "openapi",
        "version",
        "Exit codes",
    ):
        assert word in shown


def test_parse_prints_records_whose_evidence_is_in_the_text(tmp_path: Path) -> None:
    shown = bilateral("parse", write_story(tmp_path))
    assert shown.returncode == 0, shown.stderr
    (article,) = json.loads(shown.stdout)
    assert [record["kind"] for record in article["records"]] == ["meeting"]
    text = STORY.strip()
    for span in article["records"][0]["evidence"]:
        assert text[span["start"] : span["end"]] == span["quote"]


def test_ingest_stores_an_article_once(tmp_path: Path, data_dir: Path) -> None:
    path = write_story(tmp_path)
    first, second = (bilateral("ingest", path, data_dir=data_dir) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    lines = [json.loads(shown.stdout) for shown in (first, second)]
    assert [line["outcome"] for line in lines] == ["added", "known"]
    assert lines[0]["events"] == lines[1]["events"] != []


def test_seed_says_what_changed_and_changes_nothing_twice(data_dir: Path, here: Here) -> None:
    here("seed", data_dir=data_dir)
    again = bilateral("seed", data_dir=data_dir)
    assert again.returncode == 0, again.stderr
    assert set(json.loads(again.stdout).values()) == {0}


def test_import_says_what_was_added_and_skipped_and_changes_nothing_twice(data_dir: Path, here: Here) -> None:
    told = []
    for _ in range(2):
        shown = here("import", "us-state-historian", ROWS, data_dir=data_dir)
        assert shown.returncode == 0, shown.stderr
        told.append(json.loads(shown.stdout))
    assert [(one["added"], one["known"]) for one in told] == [(8, 0), (0, 8)]
    assert [one["record"] for one in told[0]["skipped"]] == ["visits/3", "visits/4", "secretary-travels/23"]
    assert all(one["reason"] for one in told[0]["skipped"])


def test_templates_are_of_one_event_that_is_imported_once(tmp_path: Path, data_dir: Path, here: Here) -> None:
    told = []
    for form in ("csv", "ndjson"):
        path = tmp_path / f"mine.{form}"
        path.write_bytes(here("import", "--template", form).stdout.encode())
        told.append(json.loads(here("import", path, data_dir=data_dir).stdout))
    assert [(one["events"], one["added"], one["known"]) for one in told] == [(1, 1, 0), (1, 0, 1)]


def test_import_tells_what_is_wrong_with_a_file_line_by_line(
    tmp_path: Path, data_dir: Path, here: Here
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("kind,parties_id,city\n", encoding="utf-8")
    shown = here("import", path, data_dir=data_dir)
    assert shown.returncode == 2
    assert json.loads(shown.stdout) == {
        "file": str(path),
        "line": 1,
        "field": "city",
        "problem": "there is no such column",
        "expected": "place_city",
    }
    assert "nothing of it was stored: 1 fault, the first in line 1" in shown.stderr


@pytest.mark.parametrize("arguments", [(), ("us-state-historian",), ("events.txt",), ("events.parquet", ".")])
def test_import_of_nothing_says_what_can_be_imported(arguments: tuple[str, ...], here: Here) -> None:
    shown = here("import", *arguments)
    assert shown.returncode == 2
    assert "name a file that ends in .csv or .ndjson" in shown.stderr


def test_import_of_a_file_that_is_not_there_is_a_clear_error(data_dir: Path, here: Here) -> None:
    shown = here("import", "nowhere.csv", data_dir=data_dir)
    assert shown.returncode == 2
    assert "nowhere.csv cannot be read" in shown.stderr


def test_import_of_a_folder_without_the_lists_is_a_clear_error(tmp_path: Path, here: Here) -> None:
    shown = here("import", "us-state-historian", tmp_path)
    assert shown.returncode == 2
    assert "no XML files" in shown.stderr


def test_reparse_has_nothing_to_do_for_the_same_parser(data_dir: Path, here: Here) -> None:
    shown = here("reparse", data_dir=data_dir)
    assert json.loads(shown.stdout)["reread"] == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no text"),
        (b" \n\t\n", "has no text"),
        (b"PK\x03\x04\x00\x00binary", "not a text file"),
        ("Café".encode("latin-1"), "not UTF-8"),
        (b"x" * 10_000_000, "too large"),
    ],
    ids=["empty", "blank", "binary", "latin-1", "ten-megabytes"],
)
def test_a_bad_file_is_named_with_exit_code_2_and_nothing_is_stored(
    content: bytes, message: str, tmp_path: Path, data_dir: Path, here: Here
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    before = stored(data_dir)
    for command in ("ingest", "parse"):
        shown = here(command, path, data_dir=data_dir)
        assert shown.returncode == 2
        assert message in shown.stderr
        assert "bad.txt" in shown.stderr
        assert "Traceback" not in shown.stderr
    assert stored(data_dir) == before


def test_a_file_that_is_missing_is_named(tmp_path: Path, data_dir: Path) -> None:
    shown = bilateral("ingest", tmp_path / "nowhere.txt", data_dir=data_dir)
    assert shown.returncode == 2
    assert "nowhere.txt" in shown.stderr


def test_a_bad_file_does_not_keep_the_good_ones_out(tmp_path: Path, data_dir: Path) -> None:
    good = write_story(tmp_path, STORY.replace("trade and investment", "energy"))
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\0")
    shown = bilateral("ingest", bad, good, data_dir=data_dir)
    assert shown.returncode == 2
    assert json.loads(shown.stdout)["outcome"] == "added"


def test_db_path_and_psql_answer(data_dir: Path, here: Here) -> None:
    assert here("db", "path", data_dir=data_dir).stdout.strip() == str(data_dir / "postgres")
    asked = bilateral("db", "psql", "-Atc", "select 6 * 7", data_dir=data_dir)
    assert asked.stdout.strip() == "42"


def test_db_rebuild_makes_the_access_paths_anew(data_dir: Path, here: Here) -> None:
    here("seed", data_dir=data_dir)
    count = ("db", "psql", "-Atc", "select count(*) from event_doc")
    held = bilateral(*count, data_dir=data_dir).stdout
    bilateral("db", "psql", "-c", "delete from event_doc", data_dir=data_dir)
    assert here("db", "rebuild", data_dir=data_dir).returncode == 0
    assert bilateral(*count, data_dir=data_dir).stdout == held != "0\n"


def test_db_reset_empties_a_stopped_server_only(tmp_path: Path, data_dir: Path, here: Here) -> None:
    refused = here("db", "reset", "--yes", data_dir=data_dir)
    assert refused.returncode == 1
    assert "is running" in refused.stderr
    assert here("db", "migrate", data_dir=tmp_path).returncode == 0
    assert here("db", "reset", "--yes", data_dir=tmp_path).returncode == 0
    assert not (tmp_path / "postgres" / "data").exists()


def test_serve_without_an_address_says_what_to_do(here: Here) -> None:
    shown = here("serve")
    assert shown.returncode == 2
    assert "bilateral up" in shown.stderr


def test_a_setting_that_is_not_valid_is_named(here: Here) -> None:
    shown = here("version", log_level="loud")
    assert shown.returncode == 2
    assert "BILATERAL_LOG_LEVEL" in shown.stderr


def test_an_address_where_nobody_answers_is_exit_code_3(here: Here) -> None:
    shown = here("seed", database_url="postgresql://nobody@127.0.0.1:1/none")
    assert shown.returncode == 3
    assert "does not answer" in shown.stderr


def test_version_names_the_program_and_the_parser() -> None:
    assert set(json.loads(bilateral("version").stdout)) == {"bilateral", "parser"}


def stored(data_dir: Path) -> str:
    """Return how much is stored."""
    counted = (
        "select (select count(*) from article), (select count(*) from event), (select count(*) from change)"
    )
    return ask(prepare_server(data_dir).url, counted)
