"""The page of codes says what the tables do."""

from pathlib import Path

import pytest

from app.domain.event_codes import code_table
from app.domain.vocabulary import MODES, EventKind, EventStatus, Mode, topics

PAGE = (Path(__file__).parents[2] / "docs" / "codes.md").read_text(encoding="utf-8")


def test_page_has_every_code_and_no_other() -> None:
    rows = [
        f"| {code.kind} | {code.mode or ''} | {code.plover} | {code.plover_mode or ''} "
        f"| {', '.join(code.contexts)} | {code.actor} | {code.recipient or ''} | {code.intent or ''} |"
        for code in code_table().codes
    ]
    rows += [f"| {topic.id} | {topic.label} | {topic.plover_context or ''} |" for topic in topics().values()]
    assert [line for line in PAGE.splitlines() if line.startswith("| ") and "PLOVER" not in line] == rows
    assert code_table().version in PAGE
    assert all(source in PAGE for source in code_table().sources.values())


def test_every_code_is_of_a_mode_that_its_kind_has_and_of_a_type_with_a_quad() -> None:
    table = code_table()
    keys = [(code.kind, code.mode) for code in table.codes]
    assert len(keys) == len(set(keys))
    for code in table.codes:
        assert code.mode is None or code.mode in MODES[code.kind]
        assert code.plover in table.quads
    assert {code.kind for code in table.codes} == set(EventKind) - {EventKind.OTHER}


@pytest.mark.parametrize(
    ("kind", "mode", "status", "plover", "cameo"),
    [
        (EventKind.VISIT, Mode.STATE, EventStatus.OCCURRED, "CONSULT", "042"),
        (EventKind.MEETING, None, EventStatus.OCCURRED, "CONSULT", "040"),
        (EventKind.MEETING, Mode.TALKS, EventStatus.OCCURRED, "CONSULT", "046"),
        (EventKind.MEETING, Mode.TALKS, EventStatus.PLANNED, "AGREE", "036"),
        (EventKind.CALL, Mode.VIDEO, EventStatus.OCCURRED, "CONSULT", "041"),
        (EventKind.AGREEMENT, Mode.SIGNED, EventStatus.OCCURRED, "SUPPORT", "057"),
        (EventKind.AGREEMENT, Mode.SIGNED, EventStatus.PLANNED, "AGREE", "030"),
        (EventKind.AGREEMENT, Mode.ENDED, EventStatus.PLANNED, "SANCTION", "160"),
        (EventKind.EXERCISE, Mode.NAVAL, EventStatus.OCCURRED, "COOPERATE", "062"),
        (EventKind.TRANSFER, Mode.ARMS, EventStatus.CANCELLED, "AID", "072"),
    ],
)
def test_events_have_their_codes(
    kind: EventKind, mode: Mode | None, status: EventStatus, plover: str, cameo: str
) -> None:
    code = code_table().find(kind, mode, status)
    assert code is not None
    assert (code.plover, code.actor) == (plover, cameo)


def test_other_events_have_no_code() -> None:
    assert code_table().find(EventKind.OTHER, None, EventStatus.OCCURRED) is None
