from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.vocabulary import EventKind
from app.queries import timeseries
from app.queries.dimensions import EventDimension
from tests.conftest import CountStatements
from tests.factories import make_record, store


async def store_several(session: AsyncSession) -> None:
    await store(session, make_record("IRQ", "PAK", on=date(2024, 1, 31)))
    await store(session, make_record("PAK", "TUR", on=date(2024, 1, 1), kind=EventKind.CALL))
    await store(session, make_record("IRQ", "PAK", on=date(2024, 4, 2)))
    await store(session, make_record("FRA", "DEU", on=DateSpan.of_month(2024, 3)))
    await store(session, make_record("JPN", "KOR", on=None))


async def series(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    answer = await client.get(f"/v1/events/timeseries?{query}")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


def counts(found: dict[str, Any]) -> dict[str, int]:
    return {row["period"]: row["count"] for row in found["results"]}


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        ("year", {"2024-01-01": 4}),
        ("quarter", {"2024-01-01": 3, "2024-04-01": 1}),
        ("month", {"2024-01-01": 2, "2024-02-01": 0, "2024-03-01": 1, "2024-04-01": 1}),
    ],
)
async def test_periods_without_events_count_zero(
    client: httpx.AsyncClient, session: AsyncSession, interval: str, expected: dict[str, int]
) -> None:
    await store_several(session)
    assert counts(await series(client, f"interval={interval}")) == expected


async def test_weeks_begin_on_monday_and_days_are_calendar_days(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    weeks = counts(await series(client, "interval=week&date_to=2024-01-31"))
    assert weeks == {
        "2024-01-01": 1, "2024-01-08": 0, "2024-01-15": 0, "2024-01-22": 0, "2024-01-29": 1,
    }  # fmt: skip
    days = counts(await series(client, "interval=day&date_from=2024-01-30&date_to=2024-02-01"))
    assert days == {"2024-01-30": 0, "2024-01-31": 1, "2024-02-01": 0}


async def test_series_spans_the_whole_range_asked_for(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    found = counts(await series(client, "interval=year&date_from=2022-05-01&date_to=2025-05-01"))
    assert found == {"2022-01-01": 0, "2023-01-01": 0, "2024-01-01": 4, "2025-01-01": 0}
    assert counts(await series(client, "interval=year&date_from=2030-01-01&date_to=2031-01-01")) == {
        "2030-01-01": 0,
        "2031-01-01": 0,
    }


async def test_event_that_began_earlier_counts_on_the_first_day_asked_for(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, make_record(on=DateSpan.of_range(date(2024, 1, 30), date(2024, 2, 3))))
    assert counts(await series(client, "interval=month&date_from=2024-02-01")) == {"2024-02-01": 1}


async def test_series_says_what_it_cannot_place(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_several(session)
    meta = (await series(client, "interval=day&date_to=2024-12-31&include_undated=true"))["meta"]
    assert (meta["count"], meta["undated"], meta["imprecise"]) == (4, 1, 1)
    strict = await series(client, "interval=month&precision=day")
    assert (strict["meta"]["count"], strict["meta"]["imprecise"]) == (3, 0)
    assert counts(strict)["2024-03-01"] == 0


async def test_groups_are_rows_of_their_own_with_zeros(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    found = await series(client, "interval=quarter&group_by=party&party=PAK")
    rows = [(row["period"], row["group"], row["label"], row["count"]) for row in found["results"]]
    assert rows == [
        ("2024-01-01", "PAK", "Pakistan", 2),
        ("2024-01-01", "IRQ", "Iraq", 1),
        ("2024-01-01", "TUR", "Türkiye", 1),
        ("2024-04-01", "PAK", "Pakistan", 1),
        ("2024-04-01", "IRQ", "Iraq", 1),
        ("2024-04-01", "TUR", "Türkiye", 0),
    ]
    assert all(row.keys() == {"period", "group", "label", "count"} for row in found["results"])


async def test_rarer_groups_are_counted_where_they_are_left_out(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    found = await series(client, "interval=year&group_by=party&limit=1")
    assert [row["group"] for row in found["results"]] == ["PAK"]
    assert (found["meta"]["groups"], found["meta"]["groups_shown"]) == (5, 1)


@pytest.mark.parametrize("dimension", list(EventDimension))
async def test_series_can_be_grouped_by_every_dimension(
    client: httpx.AsyncClient, session: AsyncSession, dimension: str
) -> None:
    await store_several(session)
    found = await series(client, f"interval=year&group_by={dimension}")
    assert found["meta"]["group_by"] == dimension
    assert len(found["results"]) == found["meta"]["groups_shown"]


async def test_series_without_events_and_range_is_empty(client: httpx.AsyncClient) -> None:
    assert (await series(client, ""))["results"] == []
    assert (await series(client, "group_by=kind&date_from=2024-01-01&date_to=2024-02-01"))["results"] == []


async def test_series_of_too_many_points_is_refused(
    client: httpx.AsyncClient, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store_several(session)
    monkeypatch.setattr(timeseries, "MAX_POINTS", 3)
    answer = await client.get("/v1/events/timeseries?interval=month")
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert (error["parameter"], error["code"]) == ("interval", "too_many_points")
    assert (await client.get("/v1/events/timeseries?interval=quarter")).status_code == 200


async def test_ages_of_zeros_are_refused_before_they_are_made(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events/timeseries?interval=day&date_from=0001-01-01&date_to=9999-12-31")
    assert answer.status_code == 422


async def test_series_takes_three_statements_however_many_rows_it_has(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements
) -> None:
    await store_several(session)
    with count_statements() as statements:
        assert (await series(client, "group_by=party"))["results"]
    assert len(statements) == 3


@pytest.mark.parametrize("query", ["interval=decade", "group_by=date", "sort=date", "cursor=x", "limit=0"])
async def test_what_a_series_does_not_take_is_refused(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/v1/events/timeseries?{query}")).status_code == 422
