"""What a record refuses."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.domain.record import EventRecord, Evidence

MEETING: dict[str, Any] = {
    "kind": "meeting",
    "parties": [{"party": "IRQ"}, {"party": "PAK"}],
    "confidence": 0.9,
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "phone"},
        {"topics": ["astrology"]},
        {"parties": []},
        {"parties": [{"party": "IRQ"}, {"party": "IRQ"}]},
        {"parties": [{"party": "OMN", "role": "convenor"}]},
        {"participants": [{"name": "Ana Sol", "party": "PER"}]},
        {"participants": [{"name": None, "party": "PAK"}]},
        {"confidence": 1.2},
        {"invented": True},
    ],
    ids=str,
)
def test_a_record_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    EventRecord.model_validate(MEETING)
    with pytest.raises(ValidationError):
        EventRecord.model_validate({**MEETING, **wrong})


def test_evidence_must_be_as_long_as_its_quote() -> None:
    with pytest.raises(ValidationError):
        Evidence(field="/date", start=3, end=9, quote="Monday!")
    with pytest.raises(ValidationError):
        Evidence(field="/date", start=3, end=3)
