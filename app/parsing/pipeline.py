"""The parser as one straight line, from an article to its records."""

import gc
from dataclasses import dataclass
from functools import cache

from app.domain.article import Article
from app.domain.record import EventRecord
from app.errors import EmptyArticle
from app.parsing.candidates import Candidate, find_candidates, find_pair
from app.parsing.clean import flatten, tag_lines
from app.parsing.dates import EventDates, find_anchor
from app.parsing.delegations import find_leaders
from app.parsing.events import make_records
from app.parsing.home import find_home, keep_if_named, rank_parties
from app.parsing.kinds import EXERCISE, TRANSFER
from app.parsing.linking import Analysis, analyze
from app.parsing.places import EventPlaces
from app.parsing.references import find_references
from app.parsing.sentences import find_dateline, split_sentences
from app.parsing.setting import Setting
from app.parsing.sides import settle_sides
from app.parsing.sightings import Sighting, find_sightings
from app.parsing.spans import Anchor


@dataclass(unsafe_hash=True)
class Reading:
    """What the steps found in an article, for those who want to see how its records came about."""

    text: str
    anchor: Anchor | None
    analyses: tuple[Analysis, ...]
    candidates: tuple[Candidate, ...]
    sightings: tuple[Sighting, ...]
    records: tuple[EventRecord, ...]


def parse_article(article: Article) -> tuple[EventRecord, ...]:
    """Return the records of an article whose text is held, in the order in which it tells of them."""
    return read_article(article).records


def read_article(article: Article) -> Reading:
    """Return an article's records with what each step found."""
    if not article.text or not article.text.strip():
        raise EmptyArticle
    lines = tag_lines(article.text, article.title)
    text = flatten(article.text)
    anchor = find_anchor(article, lines)
    dateline = find_dateline(text, lines)
    sentences = split_sentences(text, lines, dateline)
    home = find_home(article, dateline)
    analyses = analyze(
        text,
        sentences,
        home.country or home.organization,
        day=anchor.day if anchor else None,
        sure=home.is_sure,
        worldwide=home.worldwide,
    )
    home = keep_if_named(home, text, analyses)
    leaders = find_leaders(text, analyses)
    ranking = rank_parties(text, analyses)
    candidates = find_candidates(text, analyses, home.country, ranking)
    settle_sides(text, analyses, candidates, home, ranking)
    setting = Setting(find_pair(analyses), dateline, frozenset(ranking.countries), home.country)
    days, places = EventDates(text, anchor), EventPlaces(text)
    sightings = tuple(find_sightings(text, candidates, days, places, setting))
    given = any(one.kind is TRANSFER for one in sightings)
    drilled = any(one.kind is EXERCISE for one in sightings)
    references = find_references(text, analyses, days, places, given=given, drilled=drilled)
    records = make_records(text, sightings, sentences, days, places, analyses, leaders, references)
    quoted = tuple(_quoted(record, article.text) for record in records)
    _set_knowledge_aside()
    return Reading(text, anchor, analyses, tuple(candidates), sightings, quoted)


@cache
def _set_knowledge_aside() -> None:
    """Let Python's collector pass over what the first article had loaded; it took a sixth of all time."""
    gc.collect()
    gc.freeze()


def _quoted(record: EventRecord, text: str) -> EventRecord:
    """Return a record whose quotes are the article's own characters, line breaks and all."""
    if all(span.quote == text[span.start : span.end] for span in record.evidence):
        return record
    evidence = tuple(
        span.model_copy(update={"quote": text[span.start : span.end]}) for span in record.evidence
    )
    return record.model_copy(update={"evidence": evidence})
