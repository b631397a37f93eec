"""The files of lists that stand under another's address, and of what is counted."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import feedparser
import httpx
import icalendar
import orjson
import polars
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from app.api.exports.formats import MEDIA_TYPES
from app.api.exports.lists import LISTS
from app.api.exports.nested import NESTED
from app.domain.dates import DateSpan
from app.domain.identifiers import Prefix, public_id, row_id
from app.domain.record import ReportedPlace
from app.domain.vocabulary import EventKind, PartyRole
from app.queries import changes, streaming, timeseries
from app.storage.editing import correct_agreement, correct_official
from app.storage.edits import Edit
from app.storage.tables import agreement, event, official
from tests.conftest import joined_session, rolled_back
from tests.factories import make_article, make_evidence, make_person, make_record, make_signing, store

ADDRESSES = [
    "dyads/IRQ-PAK/timeline",
    "officials/{official}/events",
    "events/{event}/history",
    "agreements/{agreement}/history",
    "officials/{official}/history",
    "events/{event}/reports",
    "events/timeseries?interval=year&group_by=party&limit=200",
    "network?limit=5000",
    "changes?entity=event&entity=article",
]
EUROPE = ["FRA", "DEU", "ITA", "ESP", "POL", "NLD", "BEL", "SWE", "DNK", "FIN", "NOR"]
MANY = [*EUROPE, "AUT", "CZE", "GRC", "HUN", "IRL", "PRT", "ROU", "BGR", "HRV", "SVK", "SVN"]


@pytest.fixture(scope="module")
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Open one connection for all tests here; what one of them adds is undone after it."""
    async with rolled_back(engine) as opened:
        async with joined_session(opened) as session:
            await store_several(session)
            await session.commit()
        yield opened


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make what is stored more than one batch."""
    for module in (streaming, changes, timeseries):
        monkeypatch.setattr(module, "BATCH", 4)


async def store_several(session: AsyncSession) -> None:
    """Store events of a pair, one of them told twice, and others."""
    people = [make_person("Asim Munir", "PAK", role=PartyRole.HOST, title="=Chief|of Staff")]
    words = "RAWALPINDI: The two met on Monday."
    met = make_record(people=people, place=ReportedPlace(city="Rawalpindi", country="PAK"))
    quoted = met.model_copy(update={"evidence": (make_evidence(words, "met"),)})
    await store(session, quoted, article=make_article(words, url="https://example.org/a?b=1&c=2"))
    await store(session, met, article=make_article(title="@again, it is told"))
    for year in range(2018, 2024):
        await store(session, make_record(people=people, on=date(year, 3, 1)))
    await store(session, make_record(people=people, on=None, kind=EventKind.CALL))
    await store(session, make_record("JPN", "KOR", on=DateSpan.of_month(2024, 3)))
    await store(session, make_signing("JPN", "KOR"))
    signed = (await session.execute(select(agreement.c.id))).scalar_one()
    await correct_agreement(session, signed, {"title": "=A|pact"}, Edit())
    munir = (await session.execute(select(official.c.id).where(official.c.name == "Asim Munir"))).scalar_one()
    await correct_official(session, munir, {"aliases": ["Munir|Asim"]}, Edit())
    await store(session, make_record(*MANY, on=date(2022, 6, 1), kind=EventKind.EXERCISE))


@pytest.fixture
async def ids(client: httpx.AsyncClient) -> dict[str, str]:
    """Return the ids of the event that is told twice, the one official and the one agreement."""
    (told,) = [one for one in await read_pages(client, "/v1/events") if one["report_count"] == 2]
    (official,) = await read_pages(client, "/v1/officials?q=Munir")
    (agreement,) = await read_pages(client, "/v1/agreements")
    return {"event": told["id"], "official": official["id"], "agreement": agreement["id"]}


async def read_pages(client: httpx.AsyncClient, address: str) -> list[dict[str, Any]]:
    rows = []
    while address:
        answer = await client.get(address)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        rows += page["edges"] if "edges" in page else page["results"]
        address = answer.links.get("next", {}).get("url", "")
    return rows


async def take(client: httpx.AsyncClient, form: str, address: str) -> bytes:
    """Return a file in a format, of the same address but for its suffix."""
    path, _, query = address.partition("?")
    answer = await client.get(f"{path}.{form}?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].split(";")[0] == MEDIA_TYPES[form]  # type: ignore[index]
    return answer.content


def flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the columns that a nested answer has, and what stands in each."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{name}_{key}" if name else key)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for key in next(one for one in value if one):
            yield from flat([one and one[key] for one in value], f"{name}_{key}")
    elif isinstance(value, list):
        yield name, "|".join(cell(one).replace("|", "\\|") for one in value)
    else:
        yield name, cell(value)


def cell(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(cell(one) for one in value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def as_json(row: dict[str, Any]) -> Any:
    """Return a row of Parquet as it stands in JSON."""
    told = {**row, **{name: row[name] and orjson.loads(row[name]) for name in texts(row)}}
    return orjson.loads(orjson.dumps(told, option=orjson.OPT_UTC_Z))


def texts(row: dict[str, Any]) -> set[str]:
    """Return the columns that are JSON text."""
    return {"data", "record"} & row.keys()


@pytest.mark.parametrize("shape", ADDRESSES)
async def test_csv_ndjson_and_parquet_hold_the_rows_of_the_pages(
    client: httpx.AsyncClient, ids: dict[str, str], shape: str
) -> None:
    address = "/v1/" + shape.format(**ids)
    rows = await read_pages(client, address)
    assert len(rows) >= 2
    lines = (await take(client, "ndjson", address)).splitlines()
    assert [orjson.loads(line) for line in lines] == rows
    packed = polars.read_parquet(await take(client, "parquet", address))
    assert [as_json(row) for row in packed.to_dicts()] == rows
    told = list(csv.DictReader(io.StringIO((await take(client, "csv", address)).decode(), newline="")))
    assert len(told) == len(rows)
    for line, row in zip(told, rows, strict=True):
        for name in texts(row):
            assert orjson.loads(line[name] or "null") == row[name]
        columns = dict(flat({name: value for name, value in row.items() if name not in texts(row)}))
        # What is null in a row has the columns of what it is in others.
        shown = {name: text for name, text in columns.items() if text or name in line}
        assert shown.items() <= {name: text.removeprefix("'") for name, text in line.items()}.items()


@pytest.mark.parametrize("shape", ADDRESSES)
async def test_suffix_and_accept_give_the_same_and_the_suffix_wins(
    client: httpx.AsyncClient, ids: dict[str, str], shape: str
) -> None:
    address = "/v1/" + shape.format(**ids)
    by_accept = await client.get(address, headers={"Accept": "text/csv"})
    assert by_accept.headers["content-type"] == "text/csv; charset=utf-8"
    assert by_accept.content == await take(client, "csv", address)
    path, _, query = address.partition("?")
    page = await client.get(f"{path}.json?{query}", headers={"Accept": "text/csv"})
    assert page.json() == (await client.get(address)).json()


@pytest.mark.parametrize("shape", ADDRESSES[:2])
async def test_events_of_a_pair_and_of_an_official_come_as_calendar_feed_and_records(
    client: httpx.AsyncClient, ids: dict[str, str], shape: str
) -> None:
    address = "/v1/" + shape.format(**ids)
    rows = await read_pages(client, address)
    feed = feedparser.parse(await take(client, "atom", address))
    assert not feed.bozo
    assert [entry.links[0].href for entry in feed.entries] == [
        f"http://testserver/v1/events/{row['id']}" for row in rows
    ]
    entries = icalendar.Calendar.from_ical(await take(client, "ics", address)).walk("VEVENT")
    assert {str(entry["UID"]) for entry in entries} == {
        f"{row['id']}@bilateral" for row in rows if row["date_start"]
    }
    records = (await take(client, "plover.ndjson", address)).splitlines()
    assert [orjson.loads(record)["id"] for record in records] == [row["id"] for row in rows]


async def test_feed_of_articles_tells_their_days_of_publication(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    bare = make_article(title=None, outlet=None, published_on=None)
    await store(session, make_record("USA", "GBR"), article=bare)
    await store(session, make_record("USA", "GBR"), article=make_article(title="Two <met>\x0b & talked"))
    rows = await read_pages(client, "/v1/articles")
    feed = feedparser.parse(await take(client, "atom", "/v1/articles"))
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [
        (row["title"] or "Article of an unknown outlet").replace("\x0b", "") for row in rows
    ]
    for entry, row in zip(feed.entries, rows, strict=True):
        assert entry.get("published", "")[:10] == (row["published_on"] or "")
        assert entry.updated == row["created_at"]
        assert [link.href for link in entry.links] == [
            f"http://testserver/v1/articles/{row['id']}",
            *filter(None, [row["url"]]),
        ]
        assert [tag.term for tag in entry.tags] == [told["kind"] for told in row["events"]]


async def test_file_of_a_series_or_the_network_holds_all_where_a_page_holds_the_most(
    client: httpx.AsyncClient,
) -> None:
    query = "interval=year&group_by=party&kind=exercise"
    page = (await client.get(f"/v1/events/timeseries?{query}")).json()
    lines = (await take(client, "ndjson", f"/v1/events/timeseries?{query}")).splitlines()
    assert (len(page["results"]), page["meta"]["groups"], len(lines)) == (20, 22, 22)
    page = (await client.get("/v1/network?limit=1")).json()
    lines = (await take(client, "ndjson", "/v1/network")).splitlines()
    assert (len(page["edges"]), page["meta"]["edge_count"], len(lines)) == (1, 233, 233)
    assert len((await take(client, "ndjson", "/v1/network?limit=1")).splitlines()) == 1


async def test_file_of_what_is_not_there_is_empty_and_not_a_failure(client: httpx.AsyncClient) -> None:
    for address in ("/v1/network?party=FJI", "/v1/events/timeseries?party=FJI", "/v1/dyads/FJI-TON/timeline"):
        assert await take(client, "ndjson", address) == b""
        assert (await take(client, "csv", address)).count(b"\r\n") == 1
        assert polars.read_parquet(await take(client, "parquet", address)).height == 0


async def test_what_has_moved_keeps_its_format(
    client: httpx.AsyncClient, session: AsyncSession, ids: dict[str, str]
) -> None:
    for address, accept in (
        ("/v1/dyads/PAK-IRQ/timeline.csv", "*/*"),
        ("/v1/dyads/PK-IRQ/timeline", "text/csv"),
    ):
        answer = await client.get(f"{address}?kind=meeting", headers={"Accept": accept})
        assert answer.status_code == 308
        assert answer.headers["location"] == "/v1/dyads/IRQ-PAK/timeline.csv?kind=meeting"
    other = (await store(session, make_record("CHN", "IND"))).events[0]
    await session.execute(
        update(event).where(event.c.id == other).values(merged_into=row_id(Prefix.EVENT, ids["event"]))
    )
    moved = await client.get(f"/v1/events/{public_id(Prefix.EVENT, other)}/reports.parquet")
    assert moved.headers["location"] == f"/v1/events/{ids['event']}/reports.parquet"
    history = await client.get(f"/v1/events/{public_id(Prefix.EVENT, other)}/history.csv")
    assert history.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "dyads/nope/timeline.csv",
        f"officials/off_{'0' * 32}/events.ics",
        f"events/evt_{'0' * 32}/history.parquet",
        f"agreements/agr_{'0' * 32}/history.csv",
        f"officials/off_{'0' * 32}/history.ndjson",
        f"events/evt_{'0' * 32}/reports.csv",
    ],
)
async def test_file_of_nobody_is_a_404(client: httpx.AsyncClient, address: str) -> None:
    assert (await client.get(f"/v1/{address}")).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["countries.atom", "organizations.atom", "officials.ics", "dyads.atom", "network.ics", "changes.atom"],
)
async def test_format_that_a_list_does_not_have_is_a_422_that_names_those_it_has(
    client: httpx.AsyncClient, address: str
) -> None:
    answer = await client.get(f"/v1/{address}")
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["parameter"] == "format"
    assert all(f"'{form}'" in error["detail"] for form in ("csv", "ndjson", "parquet"))


def test_every_export_is_documented_with_the_formats_of_its_list(app: FastAPI) -> None:
    document = app.openapi()
    for listed in (*LISTS.values(), *NESTED):
        operation = document["paths"][f"{listed.address}.{{format}}"]["get"]
        (suffix,) = [one for one in operation["parameters"] if one["name"] == "format"]
        words = document["components"]["schemas"][suffix["schema"]["$ref"].rsplit("/", 1)[1]]["enum"]
        assert words == [form.value for form in listed.formats], listed.address
        assert list(operation["responses"]["200"]["content"]) == [
            MEDIA_TYPES[form] for form in listed.formats
        ]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("network.csv?limit=0", "limit"),
        ("network.csv?cursor=x", "cursor"),
        ("events/timeseries.csv?interval=decade", "interval"),
        ("dyads/IRQ-PAK/timeline.csv?facet=kind", "facet"),
        ("dyads/IRQ-PAK/timeline.ics?fields=id", "fields"),
        ("changes.csv?aftr=1", "aftr"),
    ],
)
async def test_file_refuses_what_it_does_not_take(
    client: httpx.AsyncClient, address: str, parameter: str
) -> None:
    answer = await client.get(f"/v1/{address}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == parameter
