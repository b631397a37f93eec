"""How an article's records came about: which words which frame took, and why others tell of no event."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.article import Article
from app.domain.record import MAX_QUOTE, EventRecord, Extraction, Rejected
from app.parsing.candidates import Candidate
from app.parsing.frames import Frame
from app.parsing.linking import Analysis
from app.parsing.pipeline import Reading, read_article
from app.parsing.sightings import Sighting
from app.parsing.triggers import judge_triggers


@dataclass(unsafe_hash=True)
class Explained:
    """Words that a frame looks for: the sightings that they gave, or the reason why they gave none.

    `record` is the number, from 0, of the record whose account begins with these words.
    """

    frame: Frame
    words: str
    sightings: tuple[Sighting, ...] = ()
    record: int | None = None
    rejected: str | None = None


def extract(article: Article) -> Extraction:
    """Return the records of an article whose text is held, and the words that tell of no event."""
    reading = read_article(article)
    return Extraction(records=reading.records, rejected=tuple(_rejected(reading, article.text or "")))


def _rejected(reading: Reading, text: str) -> Iterator[Rejected]:
    for analysis, explained in explain_sentences(reading):
        sentence = analysis.sentence
        parties = tuple(dict.fromkeys(actor.party for actor in analysis.actors if actor.party))
        for one in explained:
            if one.rejected is not None:
                yield Rejected(
                    kind=one.frame.kind,
                    words=one.words,
                    start=sentence.start,
                    end=sentence.end,
                    quote=text[sentence.start : sentence.end][:MAX_QUOTE],
                    parties=parties,
                    reason=one.rejected,
                )


def explain_sentences(reading: Reading) -> Iterator[tuple[Analysis, list[Explained]]]:
    """Yield every sentence with what was made of its words, from left to right."""
    for analysis in reading.analyses:
        yield analysis, list(_explain(reading, analysis))


def _explain(reading: Reading, analysis: Analysis) -> Iterator[Explained]:
    candidates = [one for one in reading.candidates if one.analysis.sentence.start == analysis.sentence.start]
    for start, end, frame, reason in judge_triggers(reading.text, analysis):
        words = reading.text[start:end]
        taken = next(
            (one for one in candidates if (one.start, one.end, one.frame) == (start, end, frame)), None
        )
        if reason is None and taken is not None:
            yield _follow(reading, taken, words)
        else:
            yield Explained(frame, words, rejected=reason or _why_none(analysis, candidates, (start, end)))


def _why_none(analysis: Analysis, candidates: list[Candidate], span: tuple[int, int]) -> str:
    """Say why words that tell of something made no candidate."""
    if any(one.start < span[1] and span[0] < one.end for one in candidates):
        return "part of words that another frame took"
    parties = sorted({actor.party for actor in analysis.actors if actor.party})
    if not analysis.actors:
        return "nobody is named who could act"
    if len(parties) == 1:
        return f"one side only ({parties[0]}), no counterpart in the sentence"
    return "those named do not stand where the frame needs them"


def _follow(reading: Reading, candidate: Candidate, words: str) -> Explained:
    """Say what became of a candidate."""
    found = tuple(
        one
        for one in reading.sightings
        if (one.candidate.start, one.candidate.end, one.candidate.frame)
        == (candidate.start, candidate.end, candidate.frame)
    )
    if not found:
        return Explained(candidate.frame, words, rejected=_why_unseen(candidate))
    spans = [_kind_span(record) for record in reading.records]
    own = next((n for n, span in enumerate(spans) if span == (candidate.start, candidate.end)), None)
    if own is None and not any(_tells_of(one, record) for one in found for record in reading.records):
        return Explained(
            candidate.frame, words, found, rejected="too weak to stand alone, and no event to go with"
        )
    return Explained(candidate.frame, words, found, own)


def _why_unseen(candidate: Candidate) -> str:
    parties = sorted({a.party for a in (*candidate.subjects, *candidate.objects) if a.party})
    if len(parties) < 2:
        return (
            f"one side only ({parties[0]}), no counterpart"
            if parties
            else "no party is known for those named"
        )
    return "nothing is named that could change hands"


def _kind_span(record: EventRecord) -> tuple[int, int] | None:
    return next(((one.start, one.end) for one in record.evidence if one.field == "/kind"), None)


def _tells_of(sighting: Sighting, record: EventRecord) -> bool:
    """Tell whether a sighting may be one more account of a record's event."""
    parties = {party.party for party in record.parties}
    same_kind = sighting.kind is record.kind or sighting.told_as_talks
    return same_kind and not parties.isdisjoint(sighting.roles)
