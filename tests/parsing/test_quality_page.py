"""The page that says how far to trust the parser is about this parser."""

from pathlib import Path

from app.parsing.version import PARSER_VERSION


def test_the_page_names_the_version_that_its_figures_are_of() -> None:
    page = (Path(__file__).parents[2] / "docs" / "quality.md").read_text(encoding="utf-8")
    assert f"Figures of parser version {PARSER_VERSION}." in page, "run make eval and make calibrate anew"
