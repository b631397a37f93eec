"""`bilateral parse --articles DIR --out DIR`, over a corpus of two accounts of one meeting."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Here, bilateral

_ROOT = Path(__file__).parents[2]
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


def test_what_cannot_be_read_is_named_and_the_rest_is_written(corpus: Path, tmp_path: Path) -> None:
    (corpus / "c.json").write_text('{"id": "c"}')
    (corpus / "d.json").write_text('{"id": "d", "text": " "}')
    (corpus / "e.json").write_text('{"id": "../e", "text": "x"}')
    (corpus / "f.json").write_bytes((corpus / "a.json").read_bytes())
    too_much = "Peru's President Ana Solis met Chile's President Rosa Vidal in Lima. " * 1_001
    (corpus / "g.json").write_text(json.dumps({"id": "g", "text": too_much}))
    done = bilateral("parse", "--articles", corpus, "--out", tmp_path / "out")
    said = " ".join(done.stderr.split())
    assert done.returncode == 2
    assert "c.json is not an article in JSON with an id and a text: text: Field required" in said
    assert "d.json is not an article in JSON with an id and a text: its text is empty" in said
    assert "e.json is not an article" in said
    assert "its text tells of more than 1,000 events" in said
    assert f"f.json has the id a, which is that of {corpus / 'a.json'}" in said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.json", "b.json"]


def test_pages_may_share_an_address_and_a_text(corpus: Path, tmp_path: Path) -> None:
    first = json.loads((corpus / "a.json").read_text())
    for id_ in "bc":
        (corpus / f"{id_}.json").write_text(json.dumps({**first, "id": id_, "url": "https://example.org/1"}))
    done = bilateral("parse", "--articles", corpus, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    clusters = {json.loads(path.read_text())["events"][0]["cluster"] for path in (tmp_path / "out").iterdir()}
    assert len(clusters) == 1


def test_an_evaluation_asks_for_a_corpus() -> None:
    done = subprocess.run(["make", "eval"], cwd=_ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "make eval CORPUS=folder" in done.stderr) == (2, True)


def test_parse_needs_files_or_a_corpus(here: Here) -> None:
    assert here("parse").returncode == 2
