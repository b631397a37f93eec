"""What a job looks like."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.api.responses.shared import ONE_PAGE, ListResponse, example
from app.domain.identifiers import Prefix, public_id
from app.domain.jobs import ItemState, JobState, job_state
from app.queries.jobs import FoundJob
from app.storage.recording import Outcome

_JOB: dict[str, Any] = {
    "id": "job_0191684e8a9c7d5c9d6f0b1a2c3d4e64",
    "state": "running",
    "total": 1200,
    "waiting": 700,
    "done": 499,
    "dead": 1,
    "created_at": "2026-11-25T09:00:00Z",
}
_ITEM: dict[str, Any] = {
    "ordinal": 17,
    "state": "done",
    "attempts": 0,
    "outcome": "added",
    "article": "art_0191684e8a9c7d5c9d6f0b1a2c3d4e60",
    "error": None,
    "finished_at": "2026-11-25T09:00:05Z",
}


class JobResponse(BaseModel):
    """Articles that were handed in together, and how far they are."""

    model_config = example(_JOB)

    id: str
    state: JobState = Field(description="waiting, running, or done: nothing of it waits any more.")
    total: int
    waiting: int = Field(description="Articles that are not read yet, or will be tried again.")
    done: int
    dead: int = Field(
        description="Articles that could not be read; they are kept, and listed with the reason."
    )
    created_at: datetime


class JobItemResponse(BaseModel):
    """An article of a job, and what became of it."""

    model_config = example(_ITEM)

    ordinal: int = Field(description="Its place in what was handed in, from 0.")
    state: ItemState = Field(description="waiting, done or dead.")
    attempts: int = Field(description="How often it could not be read.")
    outcome: Outcome | None = Field(description="What storing it did.")
    article: str | None
    error: str | None
    finished_at: datetime | None


class JobItemList(ListResponse[JobItemResponse]):
    """A page of a job's articles."""

    model_config = example({"meta": ONE_PAGE, "results": [_ITEM]})


def job_response(found: FoundJob) -> JobResponse:
    """Show a job."""
    counts = {state.value: found.counts.get(state, 0) for state in ItemState}
    return JobResponse(
        id=public_id(Prefix.JOB, found.row.id),
        state=job_state(found.row.total, counts["waiting"]),
        total=found.row.total,
        created_at=found.row.created_at,
        **counts,
    )


def item_response(row: Any) -> JobItemResponse:
    """Show an article of a job."""
    facts = {name: getattr(row, name) for name in JobItemResponse.model_fields if name != "article"}
    return JobItemResponse(article=public_id(Prefix.ARTICLE, row.article) if row.article else None, **facts)
