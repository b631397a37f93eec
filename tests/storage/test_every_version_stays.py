"""Any sequence of edits, undos, merges, splits and new reports leaves every past version as it was.

The suite tries a few; `make histories` tries a thousand, or BILATERAL_TEST_HISTORIES of them.
"""

import asyncio
import os
from collections.abc import Awaitable
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.domain.vocabulary import ReviewStatus
from app.errors import BilateralError
from app.storage.database import create_engine, open_session
from app.storage.editing import correct_event, judge_event, undo_event
from app.storage.edits import Edit
from app.storage.merging import merge_events, split_event, unmerge_event
from tests.conftest import joined_session
from tests.factories import make_person, make_record, store

_Done = TypeVar("_Done")
NAMES = ("Ahmed Dawood Salman", "Thabet al-Abbasi", "Fuad Hussein")
WHICH = st.integers(min_value=0, max_value=5)
VALUES = st.sampled_from(
    [
        {"date": {"start": "2024-07-01", "end": "2024-07-01", "precision": "day"}},
        {"place": {"city": "Lahore", "country": "PAK"}},
        {"object": "aid", "topics": ["trade"]},
        {"title": "A title of an editor's"},
    ]
)


class Histories(RuleBasedStateMachine):
    """Three meetings, and everything that editors and new articles do to them."""

    loop: asyncio.AbstractEventLoop
    engine: AsyncEngine

    def __init__(self) -> None:
        super().__init__()
        self.events: list[UUID] = []
        self.kept: dict[int, str] = {}
        self.connection = self.run(self.engine.connect())
        self.run(self.connection.begin())
        self.session = joined_session(self.connection)

    def run(self, work: Awaitable[_Done]) -> _Done:
        return self.loop.run_until_complete(work)

    def attempt(self, work: Awaitable[Any]) -> Any:
        """Do what may be refused; a refusal is undone as a request would be."""

        async def within() -> Any:
            async with self.session.begin_nested():
                return await work

        try:
            return self.run(within())
        except BilateralError:
            return None

    def event(self, which: int) -> UUID:
        return self.events[which % len(self.events)]

    @initialize()
    def three_meetings(self) -> None:
        for name in NAMES:
            self.report(name)

    @rule(name=st.sampled_from(NAMES))
    def report(self, name: str) -> None:
        recorded = self.run(store(self.session, make_record(people=[make_person(name, "IRQ")])))
        self.events.extend(one for one in recorded.events if one not in self.events)

    @rule(which=WHICH, values=VALUES)
    def correct(self, which: int, values: dict[str, Any]) -> None:
        self.attempt(correct_event(self.session, self.event(which), values, Edit()))

    @rule(which=WHICH, verdict=st.sampled_from([ReviewStatus.ACCEPTED, ReviewStatus.REJECTED]))
    def judge(self, which: int, verdict: ReviewStatus) -> None:
        self.attempt(judge_event(self.session, self.event(which), verdict, Edit()))

    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        self.attempt(undo_event(self.session, self.event(which), Edit()))

    @rule(which=WHICH, into=WHICH)
    def merge(self, which: int, into: int) -> None:
        self.attempt(merge_events(self.session, self.event(which), self.event(into), Edit()))

    @rule(which=WHICH)
    def unmerge(self, which: int) -> None:
        self.attempt(unmerge_event(self.session, self.event(which), Edit()))

    @rule(which=WHICH)
    def split(self, which: int) -> None:
        first = text("SELECT id FROM report WHERE event = :event AND active ORDER BY id LIMIT 1")
        chosen = self.run(self.session.execute(first, {"event": self.event(which)})).scalars().all()
        if new := self.attempt(split_event(self.session, self.event(which), set(chosen), Edit())):
            self.events.append(new)

    @rule(statement=st.sampled_from(["UPDATE change SET after = '{}'", "DELETE FROM change"]))
    def tamper(self, statement: str) -> None:
        """Try what nobody may; where it went through, a past version is gone and the next check says so."""

        async def within() -> None:
            async with self.session.begin_nested():
                await self.session.execute(text(f"{statement} WHERE seq = 1"))

        try:
            self.run(within())
        except DBAPIError:
            return

    @invariant()
    def every_past_version_is_as_it_was(self) -> None:
        lines = text("SELECT seq, change::text AS line FROM change ORDER BY seq")
        now = {row.seq: row.line for row in self.run(self.session.execute(lines))}
        assert {seq: now.get(seq) for seq in self.kept} == self.kept
        assert list(now) == list(range(1, len(now) + 1))
        self.kept = now

    @invariant()
    def every_event_is_its_last_version(self) -> None:
        state = text(
            """SELECT event.version, count(*) AS lines,
            bool_and(change.before IS NOT DISTINCT FROM earlier.after) AS unbroken,
            (array_agg(change.after ORDER BY change.seq DESC))[1] AS last, event.title, event.review_status
            FROM event JOIN change ON entity = 'event' AND entity_id = event.id::text
            LEFT JOIN LATERAL (SELECT after FROM change AS c WHERE c.entity_id = change.entity_id
            AND c.seq < change.seq ORDER BY seq DESC LIMIT 1) AS earlier ON true
            GROUP BY event.id"""
        )
        for row in self.run(self.session.execute(state)):
            assert row.unbroken
            assert row.version == row.lines
            assert (row.last["title"], row.last["review_status"]) == (row.title, row.review_status)

    @invariant()
    def no_report_is_lost(self) -> None:
        counted = text(
            """SELECT (SELECT count(*) FROM report WHERE active) = coalesce(sum(report_count), 0)
            FROM event WHERE merged_into IS NULL"""
        )
        assert self.run(self.session.execute(counted)).scalar_one()

    def teardown(self) -> None:
        self.run(self.session.close())
        self.run(self.connection.close())


@pytest.mark.timeout(0 if "BILATERAL_TEST_HISTORIES" in os.environ else 120)
def test_every_past_version_stays_readable_and_as_it_was(database_url: str) -> None:
    try_histories(database_url, int(os.environ.get("BILATERAL_TEST_HISTORIES", "8")))


@pytest.mark.teeth
def test_a_past_version_that_can_be_changed_is_noticed(own_database_url: str) -> None:
    asyncio.run(drop_trigger(own_database_url))
    with pytest.raises(AssertionError):
        try_histories(own_database_url, 20, Phase.generate)


async def drop_trigger(url: str) -> None:
    async with open_session(url) as session:
        await session.execute(text("DROP TRIGGER only_grows ON change"))


def try_histories(database_url: str, sequences: int, *phases: Phase) -> None:
    """Try made-up sequences of deeds, in all phases or some."""
    loop = asyncio.new_event_loop()
    engine = create_engine(database_url, pool_size=1)
    Histories.loop, Histories.engine = loop, engine
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    try:
        run_state_machine_as_test(
            Histories,
            settings=settings(
                max_examples=sequences,
                stateful_step_count=12,
                deadline=None,
                suppress_health_check=slow,
                phases=phases or tuple(Phase),
            ),
        )
    finally:
        loop.run_until_complete(engine.dispose())
        loop.close()
