"""Series out of the counts that are kept, against the same series counted event by event."""

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from app.domain.vocabulary import DatePrecision, EventKind
from app.queries.asked import resolve_parties
from app.queries.dimensions import EventDimension
from app.queries.kept_series import find_kept
from app.queries.series_filter import Period, SeriesFilter
from app.queries.timeseries import count_by_period
from tests.conftest import joined_session, rolled_back
from tests.factories import store
from tests.storage.test_access_paths import RECORDS

ANY_PRECISION = "&".join(f"precision={one}" for one in DatePrecision)
"""Leaves nothing out, and is not what counts are kept by."""


@pytest.mark.parametrize("interval", ["month", "quarter", "year"])
@pytest.mark.parametrize(
    "query",
    [
        "party=USA",
        "pair=PAK-USA",
        "country=Iraq&kind=visit",
        "party=SAU&group_by=kind",
        "pair=IRQ-USA&group_by=kind&kind=visit&kind=meeting&limit=1",
        "party=IMCTC&group_by=kind",
        "",
        "kind=visit&kind=call",
        "group_by=kind",
    ],
)
async def test_kept_counts_say_what_the_events_say(
    query: str, interval: str, history: httpx.AsyncClient
) -> None:
    path = f"/v1/events/timeseries?{query}&interval={interval}"
    kept, counted = await history.get(path), await history.get(f"{path}&{ANY_PRECISION}")
    assert kept.status_code == counted.status_code == 200
    assert kept.json() == counted.json()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    records=st.lists(RECORDS, min_size=1, max_size=6),
    interval=st.sampled_from([Period.MONTH, Period.QUARTER, Period.YEAR]),
    group_by=st.sampled_from([None, EventDimension.KIND]),
    kind=st.sampled_from([(), (EventKind.VISIT,)]),
)
async def test_kept_counts_follow_what_is_written(
    engine: AsyncEngine, records: list[Any], interval: Period, group_by: EventDimension | None, kind: Any
) -> None:
    async with rolled_back(engine) as connection, joined_session(connection) as session:
        for record in records:
            await store(session, record)
        for who in ({"party": ("PAK",)}, {"pair": ("PAK-USA",)}, {"organization": ("UN",)}, {}):
            asked: dict[str, Any] = {**who, "interval": interval, "group_by": group_by, "kind": kind}
            plain = SeriesFilter(**asked)
            assert find_kept(plain, await resolve_parties(session, plain))
            counted = SeriesFilter(**asked, precision=tuple(DatePrecision))
            assert await count_by_period(session, plain) == await count_by_period(session, counted)
