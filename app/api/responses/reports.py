"""What each source's own account of an event looks like."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from app.api.responses.shared import (
    JSON_TEXT,
    ONE_PAGE,
    ListResponse,
    article_facts,
    example,
)
from app.domain.identifiers import Prefix, public_id

_ARTICLE: dict[str, Any] = {
    "id": "art_0191684e8a9c7d5c9d6f0b1a2c3d4e60",
    "outlet": "Arab News",
    "url": None,
    "title": "Pakistan army chief, Iraqi defense official discuss cooperation",
    "published_on": "2024-08-20",
    "updated_on": None,
    "dataset": None,
    "record_id": None,
    "language": "en",
    "dateline": "ISLAMABAD",
    "text_sha256": "896dccc5261f5b9cd415487be7419a76d528ddc3e2f29d30c4709e5129c71a37",
}
_REPORT: dict[str, Any] = {
    "id": "rep_0191684e8a9c7d5c9d6f0b1a2c3d4e5f",
    "article": _ARTICLE,
    "ordinal": 0,
    "main": True,
    "parser_version": "1",
    "confidence": 0.94,
    "record": {"kind": "meeting", "mode": "call_on"},
    "officials": ["off_0191684e8a9c7d5c9d6f0b1a2c3d4e5f"],
    "may_be": [],
    "evidence": [{"field": "", "start": 0, "end": 40, "quote": None}],
}


class ReportEvidence(BaseModel):
    """The words that a field of a record rests on."""

    model_config = example({"field": "/parties/0", "start": 12, "end": 16, "quote": None})

    field: str = Field(description="JSON Pointer into the record; empty for the event itself.")
    start: int = Field(description="First code point in the article's text.")
    end: int = Field(description="Code point after the last.")
    quote: str | None = Field(description="Null where the article's text is not held.")


class ReportArticle(BaseModel):
    """The article of a report."""

    model_config = example(_ARTICLE)

    id: str
    outlet: str | None
    url: str | None
    title: str | None
    published_on: date | None
    updated_on: date | None
    dataset: str | None = Field(description="Where it is a row of a dataset: the list it stands in.")
    record_id: str | None = Field(description="Its number there, which is all the evidence that a row has.")
    language: str
    dateline: str | None
    text_sha256: str = Field(description="SHA-256 of the text, in hexadecimal; it tells an article again.")


class ReportResponse(BaseModel):
    """One article's own account of an event, as it was parsed."""

    model_config = example(_REPORT)

    id: str
    article: ReportArticle
    ordinal: int = Field(description="Its place among the article's reports, from 0.")
    main: bool = Field(description="Whether the article is about the event, or only recalls it.")
    parser_version: str
    confidence: float
    record: Annotated[dict[str, Any], JSON_TEXT] = Field(description="The record exactly as parsed.")
    officials: list[str | None] = Field(
        description="Who the record's participants were taken for, in their order; null for a mere office."
    )
    may_be: list[str] = Field(description="The events that it may tell of too, for an editor to decide.")
    evidence: list[ReportEvidence]


class ReportList(ListResponse[ReportResponse]):
    """Every account of an event, the most telling first."""

    model_config = example({"meta": ONE_PAGE, "results": [_REPORT]})


def report_response(found: tuple[Any, list[Any]]) -> ReportResponse:
    """Show one article's own account."""
    row, spans = found
    return ReportResponse(
        id=public_id(Prefix.REPORT, row.id),
        article=ReportArticle(
            id=public_id(Prefix.ARTICLE, row.article_id),
            **article_facts(row),
            dataset=row.dataset,
            record_id=row.record_id,
            language=row.language,
            dateline=row.dateline,
            text_sha256=row.text_sha256,
        ),
        ordinal=row.ordinal,
        main=row.main,
        parser_version=row.parser_version,
        confidence=row.confidence,
        record=row.record,
        officials=[public_id(Prefix.OFFICIAL, one) if one else None for one in row.officials],
        may_be=[public_id(Prefix.EVENT, one) for one in row.may_be],
        evidence=[
            ReportEvidence(field=span.field, start=span.start_at, end=span.end_at, quote=span.quote)
            for span in spans
        ],
    )
