import asyncio
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.record import SERVED_CONFIDENCE
from app.storage.database import open_session
from app.storage.migrating import migrate
from app.storage.reference_rows import load_reference
from app.storage.tables import event
from tests.cli.running import Here
from tests.conftest import new_database
from tests.factories import make_article, make_person, make_record, store


@pytest.fixture(scope="module")
def url(durable_url: str) -> Iterator[str]:
    """Return a database of this module's own, on a server that commands accept."""
    with new_database(durable_url, "reviewed") as made:
        migrate(made)
        asyncio.run(_with_session(made, load_reference))
        yield made


async def _with_session(url: str, do: Any) -> Any:
    async with open_session(url) as session:
        return await do(session)


def store_doubtful(url: str, day: date) -> None:
    record = make_record(on=day, confidence=SERVED_CONFIDENCE - 0.01)
    article = make_article(text=f"Iraq and Pakistan met on {day}.")
    asyncio.run(_with_session(url, lambda session: store(session, record, article=article)))


def find_event(url: str, day: date) -> tuple[str, str | None]:
    wanted = select(event.c.review_status, event.c.object).where(event.c.date_start == day)
    row = asyncio.run(_with_session(url, lambda session: session.execute(wanted))).one()
    return str(row.review_status), row.object


def test_reviews_are_decided_one_by_one_in_the_terminal(
    here: Here, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2024, 8, 19)
    store_doubtful(url, day)
    for typed, decided, left in (
        ("\n", 0, ("needs_review", None)),
        ("q\n", 0, ("needs_review", None)),
        ("", 0, ("needs_review", None)),
        ("c\n{no json\n", 0, ("needs_review", None)),
        ('c\n{"object": "border trade"}\n', 1, ("corrected", "border trade")),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        done = here("review", database_url=url)
        assert (done.returncode, json.loads(done.stdout)) == (0, {"decided": decided}), done.stderr
        assert "low_confidence" in done.stderr
        assert find_event(url, day) == left


@pytest.mark.parametrize(("typed", "left", "day"), [("a", "accepted", 1), ("r", "rejected", 20)])
def test_an_event_is_accepted_or_rejected_in_the_terminal(
    here: Here, url: str, monkeypatch: pytest.MonkeyPatch, typed: str, left: str, day: int
) -> None:
    on = date(2024, 9, day)
    store_doubtful(url, on)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    done = here("review", database_url=url)
    assert json.loads(done.stdout) == {"decided": 1}, done.stderr
    assert find_event(url, on)[0] == left


def test_what_may_be_the_same_is_shown_with_the_words_of_both(
    here: Here, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2024, 11, 4)
    for words, person in (("Salman called on him.", "Ahmed Salman"), ("Abbasi called on him.", None)):
        record = make_record(
            on=day, people=[make_person(person, "IRQ", title="Envoy")], quote=(words, "called on")
        )
        asyncio.run(
            _with_session(url, lambda session, r=record, w=words: store(session, r, article=make_article(w)))
        )
    monkeypatch.setattr("sys.stdin", io.StringIO("m\n"))
    done = here("review", database_url=url)
    assert json.loads(done.stdout) == {"decided": 1}, done.stderr
    first, _, second = done.stderr.partition("may be evt_")
    assert "possible_duplicate" in first
    assert {"Salman »called on« him.", "Abbasi »called on« him."} == {
        line.strip() for part in (first, second) for line in part.splitlines() if "»called on«" in line
    }
    assert "»called on«" in first
    assert "»called on«" in second
