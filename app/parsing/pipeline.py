"""The parser as one straight line, from an article to its records."""

from app.domain.article import Article
from app.domain.record import EventRecord
from app.errors import EmptyArticle
from app.parsing.clean import tag_lines
from app.parsing.dates import find_anchor
from app.parsing.delegations import find_leaders
from app.parsing.events import make_records
from app.parsing.frames import find_candidates
from app.parsing.linking import analyze
from app.parsing.sentences import find_dateline, split_sentences
from app.parsing.sightings import find_sightings

PARSER_VERSION = "1"
"""Raised with every change that lets an article give other records."""


def parse_article(article: Article) -> tuple[EventRecord, ...]:
    """Return the records of an article whose text is held, in the order in which it tells of them."""
    if not article.text or not article.text.strip():
        raise EmptyArticle
    text = article.text
    lines = tag_lines(text, article.title)
    anchor = find_anchor(article, lines)
    sentences = split_sentences(text, lines)
    analyses = analyze(text, sentences, find_dateline(text, lines))
    leaders = find_leaders(text, analyses)
    sightings = find_sightings(text, find_candidates(text, analyses), anchor)
    return make_records(text, sightings, sentences, anchor, leaders)
