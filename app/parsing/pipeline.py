"""The parser as one straight line, from an article to its records."""

from app.domain.article import Article
from app.domain.record import EventRecord
from app.errors import EmptyArticle
from app.parsing.candidates import find_candidates, find_pair
from app.parsing.clean import flatten, tag_lines
from app.parsing.dates import find_anchor
from app.parsing.delegations import find_leaders
from app.parsing.events import make_records
from app.parsing.home import find_home
from app.parsing.linking import analyze
from app.parsing.references import find_references
from app.parsing.sentences import find_dateline, split_sentences
from app.parsing.sides import settle_sides
from app.parsing.sightings import Setting, find_sightings

PARSER_VERSION = "3"
"""Raised with every change that lets an article give other records."""


def parse_article(article: Article) -> tuple[EventRecord, ...]:
    """Return the records of an article whose text is held, in the order in which it tells of them."""
    if not article.text or not article.text.strip():
        raise EmptyArticle
    lines = tag_lines(article.text, article.title)
    text = flatten(article.text)
    anchor = find_anchor(article, lines)
    sentences = split_sentences(text, lines)
    dateline = find_dateline(text, lines)
    home = find_home(article, dateline)
    analyses = analyze(text, sentences, home)
    leaders = find_leaders(text, analyses)
    candidates = find_candidates(text, analyses, home)
    settle_sides(text, analyses, candidates, home)
    sightings = find_sightings(text, candidates, anchor, Setting(find_pair(analyses), dateline))
    references = find_references(text, analyses, anchor)
    records = make_records(text, sightings, sentences, anchor, analyses, leaders, references)
    return tuple(_quoted(record, article.text) for record in records)


def _quoted(record: EventRecord, text: str) -> EventRecord:
    """Return a record whose quotes are the article's own characters, line breaks and all."""
    evidence = tuple(
        span.model_copy(update={"quote": text[span.start : span.end]}) for span in record.evidence
    )
    return record.model_copy(update={"evidence": evidence})
