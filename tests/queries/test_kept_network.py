"""Networks out of the counts that are kept, against the same networks counted event by event."""

from datetime import date
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from app.domain.vocabulary import DatePrecision, EventKind
from app.queries.asked import AskedParties
from app.queries.kept_network import find_kept_period
from app.queries.network import NetworkFilter, find_network
from tests.conftest import joined_session, rolled_back
from tests.factories import store
from tests.queries.test_kept_series import ANY_PRECISION
from tests.storage.test_access_paths import RECORDS


@pytest.mark.parametrize("least", ["", "&min_events=3", "&min_events=3&limit=7"])
@pytest.mark.parametrize("days", ["", "&date_from=1982-01-01&date_to=1982-12-31"])
@pytest.mark.parametrize("kind", ["", "&kind=visit"])
async def test_kept_counts_say_what_the_events_say(
    least: str, days: str, kind: str, history: httpx.AsyncClient
) -> None:
    path = f"/v1/network?{least}{days}{kind}"
    kept, counted = await history.get(path), await history.get(f"{path}&{ANY_PRECISION}")
    assert kept.status_code == counted.status_code == 200
    assert kept.json() == counted.json()
    assert kept.json()["edges"]


async def test_so_many_ties_are_not_counted(
    history: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("kept_network", "network"):
        monkeypatch.setattr(f"app.queries.{module}.COUNTED", 2)
    for path in ("/v1/network?limit=3", f"/v1/network?limit=3&{ANY_PRECISION}"):
        found = (await history.get(path)).json()
        assert (found["meta"]["edge_count"], len(found["edges"])) == (None, 3)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    records=st.lists(RECORDS, min_size=1, max_size=6),
    year=st.sampled_from([None, 2023, 2024]),
    kind=st.sampled_from([(), (EventKind.VISIT,)]),
    min_events=st.integers(1, 3),
    limit=st.integers(1, 4),
)
async def test_kept_counts_follow_what_is_written(
    engine: AsyncEngine, records: list[Any], year: int | None, kind: Any, min_events: int, limit: int
) -> None:
    days = {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)} if year else {}
    asked: dict[str, Any] = {**days, "kind": kind, "min_events": min_events, "limit": limit}
    plain = NetworkFilter(**asked)
    assert find_kept_period(plain, AskedParties())
    async with rolled_back(engine) as connection, joined_session(connection) as session:
        for record in records:
            await store(session, record)
        counted = await find_network(session, NetworkFilter(**asked, precision=tuple(DatePrecision)))
        kept = await find_network(session, plain)
    assert [row._asdict() for row in kept.edges] == [row._asdict() for row in counted.edges]
    assert kept.edge_count == counted.edge_count


@pytest.mark.parametrize(
    "asked",
    [
        {"date_from": date(2024, 1, 1)},
        {"date_from": date(2024, 1, 2), "date_to": date(2024, 12, 31)},
        {"date_from": date(2023, 1, 1), "date_to": date(2024, 12, 31)},
        {"date_from": date(2024, 1, 1), "date_to": date(2024, 12, 31), "date_match": "within"},
        {"date_from": date(2024, 1, 1), "date_to": date(2024, 12, 31), "include_undated": "true"},
        {"kind": ("visit", "call")},
        {"status": ("planned",)},
        {"topic": ("trade",)},
    ],
)
def test_what_counts_do_not_know_is_counted_event_by_event(asked: dict[str, Any]) -> None:
    assert find_kept_period(NetworkFilter(**asked), AskedParties()) is None
