"""What events are called in the codebooks of event data: PLOVER's types and CAMEO's codes."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from app.domain.vocabulary import EventKind, EventStatus, Mode

INTENT = "AGREE"
"""PLOVER's type of cooperation that is planned."""


class EventCode(BaseModel):
    """The codes of one kind and mode; without a mode, of the kind's other modes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: EventKind
    mode: Mode | None = None
    plover: str
    plover_mode: str | None = None
    contexts: tuple[str, ...] = ()
    actor: str
    recipient: str | None = None
    intent: str | None = None

    def of_status(self, status: EventStatus) -> "EventCode":
        """Return the codes of a planned event, or of one that did not happen."""
        if status is EventStatus.OCCURRED:
            return self
        if status is not EventStatus.PLANNED:
            return self.model_copy(update={"contexts": (*self.contexts, "negation")})
        told = {"contexts": (*self.contexts, "future")}
        if self.intent is None:
            return self.model_copy(update=told)
        planned = {"plover": INTENT, "plover_mode": None, "actor": self.intent, "recipient": None}
        return self.model_copy(update={**told, **planned})


class CodeTable(BaseModel):
    """Every code, with the table's version and its sources."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    sources: dict[str, str]
    quads: dict[str, int]
    codes: tuple[EventCode, ...]

    def find(self, kind: EventKind, mode: Mode | None, status: EventStatus) -> EventCode | None:
        """Return the codes of an event; None for a kind that the codebooks do not know."""
        known = {(code.kind, code.mode): code for code in self.codes}
        code = known.get((kind, mode)) or known.get((kind, None))
        return code.of_status(status) if code else None


@cache
def code_table() -> CodeTable:
    """Return the table of codes."""
    content = Path(__file__).with_name("event_codes.toml").read_text(encoding="utf-8")
    return CodeTable.model_validate(tomllib.loads(content))
