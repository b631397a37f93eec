"""Every filter and sort of lists has an index to go by: no plan need read a large table from end to end."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import event as listening
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.api.dependencies import open_session
from app.main import create_app
from app.queries.agreement_filter import AgreementFilter
from app.queries.articles import ArticleFilter
from app.queries.event_docs import stream_event_docs
from app.queries.event_filter import MOST_RANKED, EventFilter, EventScope, EventSort
from app.queries.official_filter import OfficialFilter
from app.settings import Settings
from app.storage.reading import bare_connections, create_reading_engine
from tests.bare import BareConnection

LARGE = {
    "event",
    "event_party",
    "event_doc",
    "event_dyad",
    "event_official",
    "event_term",
    "participation",
    "report",
    "article",
    "article_terms",
    "dyad_count",
    "official_count",
    "event_act",
    "official_act",
    "change",
    "official",
    "agreement",
    "agreement_doc",
    "agreement_party",
    "agreement_step",
    "agreement_term",
}
FILTERS = {
    "party": "USA",
    "pair": "PAK-USA",
    "country": "Iraq",
    "organization": "UN",
    "via": "membership&party=IMCTC",
    "date_from": "2001-01-01",
    "date_to": "1950-01-01",
    "date_match": "within&date_from=2001-01-01&date_to=2001-12-31",
    "precision": "range",
    "include_undated": "true&date_from=2001-01-01",
    "official": "off_00000000000000000000000000000001",
    "office": "Foreign Minister",
    "kind": "visit",
    "mode": "state",
    "status": "planned",
    "topic": "security",
    "place_country": "PAK",
    "city": "London",
    "outlet": "history.state.gov",
    "review_status": "needs_review",
    "min_confidence": "0.9",
    "updated_since": "2026-01-01T00:00:00Z",
    "q": "pakistan minister",
}
OF_AGREEMENTS = {
    "kind": "memorandum",
    "status": "signed",
    "step": "signed",
    "pledge": "consultation",
    "domain": "security",
    "sort": "-updated_at",
}
OF_OFFICIALS = {"sort": "name", "on": "1957-01-01"}
OF_ARTICLES = {"sort": "date", "language": "en"}
PAGING = {"limit", "cursor", "count"}


BARE: list[tuple[str, tuple[Any, ...]]] = []
"""Statements on bare connections, with their values."""


@pytest.fixture(scope="module")
async def engine(history_url: str) -> AsyncIterator[AsyncEngine]:
    made = create_reading_engine(history_url)
    yield made
    await made.dispose()


@pytest.fixture(scope="module")
async def client(history_url: str, engine: AsyncEngine) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(database_url=history_url))

    async def read() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine) as opened:
            yield opened

    @asynccontextmanager
    async def lend() -> AsyncIterator[BareConnection]:
        async with bare_connections(engine)() as opened:
            yield BareConnection(opened, lambda statement, values: BARE.append((statement, values)))

    app.dependency_overrides[open_session] = read
    app.state.connections = lend
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened:
        yield opened


def sequential(plan: dict[str, Any]) -> Iterator[str]:
    """Yield the tables that a plan reads from end to end."""
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from sequential(part)


def nodes(plan: dict[str, Any]) -> set[str]:
    """Return the kinds of a plan's nodes."""
    return {plan["Node Type"]}.union(*(nodes(part) for part in plan.get("Plans", ())))


def nodes_of(plan: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the nodes of a kind."""
    within = [one for part in plan.get("Plans", ()) for one in nodes_of(part, kind)]
    return [plan, *within] if plan["Node Type"] == kind else within


async def plans_of(
    client: httpx.AsyncClient, engine: AsyncEngine, path: str, discouraged: tuple[str, ...] = ("seqscan",)
) -> list[tuple[str, dict[str, Any]]]:
    """Return the statements that an answer takes, each with its plan where indexes are preferred."""

    async def ask() -> None:
        answer = await client.get(path)
        assert answer.status_code == 200, answer.text

    return await plans_while(ask, engine, discouraged)


async def plans_while(
    read: Callable[[], Awaitable[None]], engine: AsyncEngine, discouraged: tuple[str, ...]
) -> list[tuple[str, dict[str, Any]]]:
    """Return the statements that are asked while something is read, with their plans."""
    preferred = [f"SET LOCAL enable_{way} = off" for way in discouraged]
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    BARE.clear()
    listening.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        await read()
    finally:
        listening.remove(engine.sync_engine, "before_cursor_execute", note)
    found = []
    async with bare_connections(engine)() as bare, bare.transaction():
        await bare.execute("; ".join(preferred))
        for statement, values in BARE:
            explained = await bare.fetchval(f"EXPLAIN (FORMAT JSON) {statement}", *values)
            found.append((statement, explained[0]["Plan"]))
    async with engine.connect() as connection:
        for setting in preferred:
            await connection.execute(text(setting))
        for statement, parameters in asked:
            explained = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
            found.append((statement, explained.scalar_one()[0]["Plan"]))
    return found


async def assert_indexed(client: httpx.AsyncClient, engine: AsyncEngine, path: str) -> None:
    plans = await plans_of(client, engine, path)
    assert plans
    for statement, plan in plans:
        assert not LARGE & set(sequential(plan)), statement


@pytest.mark.parametrize("name", list(EventScope.model_fields))
async def test_a_filter_has_an_index(name: str, client: httpx.AsyncClient, engine: AsyncEngine) -> None:
    await assert_indexed(client, engine, f"/v1/events?{name}={FILTERS[name]}")


@pytest.mark.parametrize("sort", list(EventSort))
async def test_a_sort_has_an_index(sort: EventSort, client: httpx.AsyncClient, engine: AsyncEngine) -> None:
    await assert_indexed(client, engine, f"/v1/events?sort={sort}&count=false")


@pytest.mark.parametrize(
    "query",
    [
        "topic=security&party=USA",
        "topic=security&pair=PAK-USA",
        "party=USA&country=PAK",
        "outlet=history.state.gov&topic=security",
        "topic=security&date_from=1950-01-01&date_to=1950-12-31&sort=date",
    ],
)
async def test_filters_together_go_by_days_and_need_no_sort(
    query: str, client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    path = f"/v1/events?{query}&count=false"
    plans = await plans_of(client, engine, path, ("seqscan", "bitmapscan", "sort"))
    pages = [plan for statement, plan in plans if "sort_value" in statement]
    assert pages
    for plan in pages:
        assert "Sort" not in nodes(plan)
        assert not LARGE & set(sequential(plan))


@pytest.mark.parametrize("name", sorted(AgreementFilter.model_fields.keys() - PAGING))
async def test_a_filter_of_agreements_has_an_index(
    name: str, client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    await assert_indexed(client, engine, f"/v1/agreements?{name}={OF_AGREEMENTS.get(name) or FILTERS[name]}")


@pytest.mark.parametrize("name", sorted(OfficialFilter.model_fields.keys() - PAGING))
async def test_a_filter_of_officials_has_an_index(
    name: str, client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    await assert_indexed(client, engine, f"/v1/officials?{name}={OF_OFFICIALS.get(name) or FILTERS[name]}")


@pytest.mark.parametrize("name", sorted(ArticleFilter.model_fields.keys() - PAGING))
async def test_a_filter_of_articles_has_an_index(
    name: str, client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    await assert_indexed(client, engine, f"/v1/articles?{name}={OF_ARTICLES.get(name) or FILTERS[name]}")


async def test_a_plain_page_of_dyads_is_read_in_the_order_of_its_index(
    client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    for path in ("/v1/dyads?kind=visit", "/v1/dyads"):
        (page,) = [plan for sql, plan in await plans_of(client, engine, path) if "sort_value" in sql]
        assert "Incremental Sort" in nodes(page)


@pytest.mark.parametrize(
    "wanted",
    [{}, {"party": ("USA",)}, {"mode": ("state",)}, {"sort": EventSort.EARLIEST}],
    ids=["all", "of a party", "of a mode", "earliest first"],
)
async def test_a_file_of_events_begins_before_all_are_sorted(
    wanted: dict[str, Any], engine: AsyncEngine
) -> None:
    async def read() -> None:
        async with AsyncSession(engine) as session:
            assert [rows async for rows in stream_event_docs(session, EventFilter(**wanted))]

    plans = await plans_while(read, engine, ("seqscan", "bitmapscan"))
    (file,) = [plan for sql, plan in plans if "event_doc" in sql]
    assert nodes(file) <= {"Index Scan", "Index Only Scan"}


async def test_a_file_by_relevance_has_what_the_list_ranks(engine: AsyncEngine) -> None:
    wanted = EventFilter(q="minister", sort=EventSort.RELEVANCE)
    async with AsyncSession(engine) as session:
        told = [doc async for docs in stream_event_docs(session, wanted) for doc in docs]
    assert len(told) == MOST_RANKED


async def test_partners_are_ranked_without_reading_rows(
    client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    plans = await plans_of(client, engine, "/v1/dyads?party=USA", ("seqscan", "bitmapscan"))
    (page,) = [plan for sql, plan in plans if "sort_value" in sql]
    (ways,) = nodes_of(page, "Append")
    assert {way["Index Name"] for way in ways["Plans"]} == {
        "ix_dyad_count_partner_a",
        "ix_dyad_count_partner_b",
    }
    assert nodes(ways) == {"Append", "Index Only Scan"}


@pytest.mark.parametrize(
    "path",
    [
        "/v1/dyads?party=USA",
        "/v1/dyads",
        "/v1/dyads?kind=visit&kind=call",
        "/v1/dyads/PAK-USA",
        "/v1/dyads/PAK-USA/timeline",
        "/v1/meetings?pair=PAK-USA",
    ],
)
async def test_a_list_has_an_index(path: str, client: httpx.AsyncClient, engine: AsyncEngine) -> None:
    await assert_indexed(client, engine, path)


async def test_articles_are_read_in_the_order_of_their_index(
    client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    for path in ("/v1/articles", "/v1/articles?language=en&sort=date"):
        plans = await plans_of(client, engine, path, ("seqscan", "bitmapscan", "sort"))
        (page,) = [plan for statement, plan in plans if "sort_value" in statement]
        assert "Sort" not in nodes(page)


async def test_articles_of_a_party_with_few_events_are_not_met_by_day(
    client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    plans = await plans_of(client, engine, "/v1/articles?party=IRQ", ("seqscan", "sort"))
    (page,) = [plan for statement, plan in plans if "sort_value" in statement]
    assert {"Sort", "Bitmap Index Scan"} <= nodes(page)


async def test_words_of_titles_are_found_by_their_index(
    client: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    plans = await plans_of(client, engine, "/v1/articles?q=nowhere", ("seqscan", "sort"))
    (page,) = [plan for statement, plan in plans if "sort_value" in statement]
    assert {"Sort", "Bitmap Index Scan"} <= nodes(page)
