"""Lists that go by access paths find what the plain tables say, in the same order, with the same count."""

from itertools import combinations

import httpx
import pytest

FILTERS = (
    "party=USA",
    "country=PAK",
    "pair=PAK-USA",
    "topic=security",
    "topic=counter_terrorism",
    "outlet=history.state.gov",
    "kind=visit",
    "office=president",
    "city=London",
    "place_country=USA",
    "date_from=1950-01-01&date_to=2001-12-31",
    "date_from=2003-01-02&date_to=2003-01-20&date_match=within",
    "date_from=1985-06-01&include_undated=true",
)


def names(query: str) -> set[str]:
    """Return the parameters of a query."""
    return {word.partition("=")[0] for word in query.split("&")}


TOGETHER = ["&".join(two) for two in combinations(FILTERS, 2) if not names(two[0]) & names(two[1])]


@pytest.mark.parametrize("query", [*FILTERS, *(f"{one}&sort=date" for one in FILTERS), *TOGETHER])
async def test_a_path_finds_what_the_tables_say(query: str, history: httpx.AsyncClient) -> None:
    path = f"/v1/events?{query}&limit=100"
    by_path = (await history.get(path)).json()
    # What shows only some fields is read from the tables themselves.
    by_table = (await history.get(f"{path}&fields=id")).json()
    assert [row["id"] for row in by_path["results"]] == [row["id"] for row in by_table["results"]]
    assert by_path["meta"]["count"] == by_table["meta"]["count"]


async def test_an_event_that_began_long_before_the_days_is_found(history: httpx.AsyncClient) -> None:
    spans = (await history.get("/v1/events?precision=range&limit=50")).json()["results"]
    assert spans
    for span in spans:
        last = span["date_end"]
        on_its_last_day = f"/v1/events?date_from={last}&date_to={last}&limit=200"
        found = (await history.get(on_its_last_day)).json()["results"]
        assert span["id"] in {row["id"] for row in found}


@pytest.mark.parametrize(
    "address",
    [
        "events.ndjson?party=PAK",
        "events.ndjson?topic=counter_terrorism&outlet=history.state.gov&sort=date",
        "events.ndjson?q=london&sort=-relevance",
        "meetings.ndjson?pair=IRQ-USA&sort=-updated_at",
        "events.csv?party=SAU",
        "meetings.csv?party=IRQ&fields=id&fields=place&fields=participants",
    ],
)
async def test_a_file_of_documents_is_what_its_pages_say(address: str, history: httpx.AsyncClient) -> None:
    whole = (await history.get(f"/v1/{address}")).content
    pages, path = b"", f"/v1/{address}&limit=200"
    while path:
        page = await history.get(path)
        pages += page.content if not pages or ".csv" not in address else page.content.partition(b"\n")[2]
        path = page.links["next"]["url"] if "next" in page.links else ""
    assert whole == pages
    assert whole.count(b"\n") > 10
