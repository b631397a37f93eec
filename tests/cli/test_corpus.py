"""`bilateral parse --articles DIR --out DIR`, over a corpus of two accounts of one meeting."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Here, bilateral

_LEAD = "LIMA: Peru's Defense Minister Ana Solis met Chile's Defense Minister Rosa Vidal in Lima on"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for id_, title, day, published in (
        ("a", "Peru, Chile discuss navies", "Monday", "2024-08-20"),
        ("b", "Defense ministers of Peru and Chile meet", "19 August 2024", "2024-08-21"),
    ):
        content = {
            "id": id_,
            "title": title,
            "text": f"{_LEAD} {day}.",
            "published": published,
            "origin": "x",
        }
        (folder / f"{id_}.json").write_text(json.dumps(content))
    return folder


def test_a_corpus_gets_a_file_of_events_for_each_article(corpus: Path, tmp_path: Path) -> None:
    done = bilateral("parse", "--articles", corpus, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    found = [json.loads((tmp_path / "out" / f"{id_}.json").read_text()) for id_ in "ab"]
    (one,), (other,) = (each["events"] for each in found)
    assert [each["id"] for each in found] == ["a", "b"]
    assert (one["kind"], one["date_start"], one["parties"]) == ("meeting", "2024-08-19", ["CHL", "PER"])
    assert [person["name"] for person in one["participants"]] == ["Ana Solis", "Rosa Vidal"]
    assert one["cluster"] == other["cluster"]


def test_a_folder_without_articles_is_refused(tmp_path: Path, here: Here) -> None:
    done = here("parse", "--articles", tmp_path, "--out", tmp_path / "out")
    assert (done.returncode, "has no articles" in done.stderr) == (2, True)


def test_a_file_that_is_no_article_is_named(corpus: Path, tmp_path: Path) -> None:
    (corpus / "c.json").write_text('{"id": "c"}')
    done = bilateral("parse", "--articles", corpus, "--out", tmp_path / "out")
    assert (done.returncode, "c.json is not an article" in " ".join(done.stderr.split())) == (2, True)
    assert not (tmp_path / "out").exists()


def test_parse_needs_files_or_a_corpus(here: Here) -> None:
    assert here("parse").returncode == 2
