"""An archive goes into the queue, workers read it, and its job tells how far it is."""

import json
from pathlib import Path

from tests.cli.running import Here, bilateral
from tests.ingestion.texts import day_in_week, meeting

ARTICLES = 3


def write_archive(folder: Path) -> Path:
    """Write an archive of articles, one a line."""
    texts = [meeting(7_000 + number) for number in range(ARTICLES)]
    lines = [
        {"text": text, "outlet": "daily.example", "published_on": day_in_week(number).isoformat()}
        for number, text in enumerate(texts)
    ]
    path = folder / "archive.ndjson"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_queued_articles_are_read_by_a_worker_and_their_job_tells(
    tmp_path: Path, data_dir: Path, here: Here
) -> None:
    queued = here("ingest", "--queue", write_archive(tmp_path), data_dir=data_dir)
    assert queued.returncode == 0, queued.stderr
    job = json.loads(queued.stdout)
    assert (job["total"], job["waiting"]) == (ARTICLES, ARTICLES)
    worked = bilateral("worker", "--until-empty", data_dir=data_dir)
    assert worked.returncode == 0, worked.stderr
    shown = json.loads(here("jobs", "show", job["id"], data_dir=data_dir).stdout)
    assert (shown["done"], shown["waiting"], shown["dead_articles"]) == (ARTICLES, 0, [])
    listed = [json.loads(line) for line in here("jobs", "list", data_dir=data_dir).stdout.splitlines()]
    assert {"id": job["id"], "done": ARTICLES}.items() <= listed[0].items()


def test_a_job_that_is_not_there_is_an_error(data_dir: Path, here: Here) -> None:
    shown = here("jobs", "show", "job_00000000-0000-4000-8000-000000000000", data_dir=data_dir)
    assert (shown.returncode, shown.stderr) == (1, "error: Nothing has this id.\n")


def test_an_archive_that_is_missing_leaves_no_job(data_dir: Path, here: Here, tmp_path: Path) -> None:
    before = here("jobs", "list", data_dir=data_dir).stdout
    shown = here("ingest", "--queue", tmp_path / "missing.ndjson", data_dir=data_dir)
    assert shown.returncode == 2
    assert "missing.ndjson" in shown.stderr
    assert here("jobs", "list", data_dir=data_dir).stdout == before


def test_a_line_that_is_no_article_is_named_with_its_file(data_dir: Path, here: Here, tmp_path: Path) -> None:
    path = tmp_path / "broken.ndjson"
    lines = [{"text": meeting(7_100)}, {"text": 3}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    shown = here("ingest", "--queue", path, data_dir=data_dir)
    assert shown.returncode == 2
    assert "broken.ndjson" in shown.stderr
    assert "ine 2" in shown.stderr
