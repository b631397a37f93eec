"""The parser as one straight line, from an article to its records."""

from collections.abc import Iterator, Sequence

from app.domain.article import Article
from app.domain.record import MAX_QUOTE, EventRecord, Reading, Rejected
from app.errors import EmptyArticle
from app.parsing.candidates import Candidate, find_candidates, find_pair
from app.parsing.clean import flatten, tag_lines
from app.parsing.dates import find_anchor
from app.parsing.delegations import find_leaders
from app.parsing.events import make_records
from app.parsing.home import find_home
from app.parsing.linking import analyze
from app.parsing.references import find_references
from app.parsing.sentences import find_dateline, split_sentences
from app.parsing.sides import settle_sides
from app.parsing.sightings import Setting, Sighting, find_sightings

PARSER_VERSION = "2"
"""Raised with every change that lets an article give other records."""


def parse_article(article: Article) -> tuple[EventRecord, ...]:
    """Return the records of an article whose text is held, in the order in which it tells of them."""
    return read_article(article).records


def read_article(article: Article) -> Reading:
    """Return the records of an article whose text is held, and the candidates that tell of no event."""
    if not article.text or not article.text.strip():
        raise EmptyArticle
    lines = tag_lines(article.text, article.title)
    text = flatten(article.text)
    anchor = find_anchor(article, lines)
    sentences = split_sentences(text, lines)
    dateline = find_dateline(text, lines)
    analyses = analyze(text, sentences)
    leaders = find_leaders(text, analyses)
    home = find_home(article, dateline)
    candidates = find_candidates(text, analyses, home)
    settle_sides(analyses, candidates, home)
    sightings = tuple(find_sightings(text, candidates, anchor, Setting(find_pair(analyses))))
    references = find_references(text, analyses, anchor)
    records = make_records(text, sightings, sentences, anchor, leaders, references)
    return Reading(
        records=tuple(_quoted(record, article.text) for record in records),
        rejected=tuple(_rejected(candidates, sightings, article.text)),
    )


def _rejected(
    candidates: Sequence[Candidate], sightings: Sequence[Sighting], text: str
) -> Iterator[Rejected]:
    """Yield the candidates of which nothing was seen: all that is asked is that two parties take part."""
    seen = {(sighting.candidate.start, sighting.candidate.end) for sighting in sightings}
    for candidate in candidates:
        if (candidate.start, candidate.end) in seen:
            continue
        sentence = candidate.analysis.sentence
        around = [actor.party for actor in (*candidate.subjects, *candidate.objects)]
        yield Rejected(
            kind=candidate.frame.kind,
            start=sentence.start,
            end=sentence.end,
            quote=text[sentence.start : sentence.end][:MAX_QUOTE],
            parties=tuple(dict.fromkeys(party for party in around if party)),
            reason="fewer than two parties take part",
        )


def _quoted(record: EventRecord, text: str) -> EventRecord:
    """Return a record whose quotes are the article's own characters, line breaks and all."""
    evidence = tuple(
        span.model_copy(update={"quote": text[span.start : span.end]}) for span in record.evidence
    )
    return record.model_copy(update={"evidence": evidence})
