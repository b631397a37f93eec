"""Step 9: every field points at its words."""

from dataclasses import dataclass, field
from typing import TypedDict

from app.domain.record import MAX_QUOTE
from app.parsing.spans import Span


class _Evidence(TypedDict):
    """What is to be an Evidence: the record makes them of all at once, which takes half as long."""

    field: str
    start: int
    end: int
    quote: str


@dataclass(slots=True)
class EvidenceList:
    """The evidence of one record, gathered while its fields are filled."""

    text: str
    spans: list[_Evidence] = field(default_factory=list)
    _added: set[tuple[str, int, int]] = field(default_factory=set)

    def add(self, pointer: str, start: int, end: int) -> None:
        """Add the words for a field, named by its JSON Pointer; a quote is cut at its greatest length."""
        end = min(end, start + MAX_QUOTE)
        if (pointer, start, end) not in self._added:
            self._added.add((pointer, start, end))
            self.spans.append({"field": pointer, "start": start, "end": end, "quote": self.text[start:end]})

    def take(self, pointer: str, span: Span) -> str:
        """Add the words for a field and return them."""
        self.add(pointer, span.start, span.end)
        return self.text[span.start : span.end]
