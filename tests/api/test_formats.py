"""Every format read by a program that others wrote."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import feedparser
import httpx
import icalendar
import orjson
import pandas
import polars
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.exports.columns import flat_columns
from app.api.exports.csv_file import csv_lines
from app.api.exports.formats import MEDIA_TYPES
from app.api.responses.participants import Office
from app.domain.dates import DateSpan
from app.domain.record import ReportedAgreement, ReportedPlace
from app.domain.vocabulary import AgreementKind, DatePrecision, EventKind, EventStatus, Mode, PartyRole
from app.queries import streaming
from tests.factories import make_article, make_person, make_record, store

EVERYTHING = "status=occurred&status=planned&status=cancelled&status=postponed"


@pytest.fixture(autouse=True)
async def stored(session: AsyncSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """Store events of several kinds, more than one batch of them."""
    monkeypatch.setattr(streaming, "BATCH", 4)
    people = [
        make_person(
            "Ahmed Dawood Salman", "IRQ", role=PartyRole.VISITOR, title="=Secretary|Defense", rank="Lt. Gen."
        ),
        make_person("Asim Munir", "PAK", role=PartyRole.HOST),
    ]
    place = ReportedPlace(venue="Joint Staff Headquarters", city="Rawalpindi", country="PAK")
    source = make_article(title='=cmd|"x", a title', url="https://example.org/a?b=1&c=2")
    await store(session, make_record(people=people, place=place, mode=Mode.CALL_ON), article=source)
    visit = DateSpan(start=date(2026, 2, 2), end=date(2026, 2, 6), precision=DatePrecision.RANGE)
    sides = (("MYS", PartyRole.HOST), ("PAK", PartyRole.VISITOR))
    await store(session, make_record(*sides, on=visit, kind=EventKind.VISIT, mode=Mode.OFFICIAL))
    await store(
        session,
        make_record(
            "PAK",
            "SAU",
            kind=EventKind.AGREEMENT,
            mode=Mode.SIGNED,
            on=DateSpan(start=date(2025, 9, 1), end=date(2025, 9, 30), precision=DatePrecision.MONTH),
            agreement=ReportedAgreement(title="Strategic Mutual Defense Agreement", kind=AgreementKind.PACT),
        ),
    )
    await store(session, make_record("USA", "GBR", status=EventStatus.CANCELLED))
    await store(session, make_record("FRA", "DEU", status=EventStatus.PLANNED, on=date(2030, 1, 1)))
    await store(session, make_record("CHN", "IND", on=None, kind=EventKind.CALL, mode=Mode.PHONE))
    for day in range(1, 5):
        await store(session, make_record("TUR", "IRN", on=date(2024, day, 1), topics=("trade", "energy")))


async def listed(
    client: httpx.AsyncClient, query: str = EVERYTHING, path: str = "events"
) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/{path}?{query}&limit=200")
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    assert len(results) == answer.json()["meta"]["count"]
    return results


async def export(client: httpx.AsyncClient, suffix: str, query: str = EVERYTHING) -> httpx.Response:
    answer = await client.get(f"/v1/{suffix}?{query}")
    assert answer.status_code == 200, answer.text
    return answer


async def test_pages_csv_ndjson_and_parquet_hold_the_same_events_and_come_back_equal(
    client: httpx.AsyncClient,
) -> None:
    events = await listed(client)
    assert len(events) == 10
    lines = (await export(client, "events.ndjson")).content.splitlines()
    assert [orjson.loads(line) for line in lines] == events
    packed = polars.read_parquet((await export(client, "events.parquet")).content)
    assert [as_json(row) for row in packed.to_dicts()] == events
    rows = list(csv.DictReader(io.StringIO((await export(client, "events.csv")).text)))
    assert [row["id"] for row in rows] == [event["id"] for event in events]
    for row, event in zip(rows, events, strict=True):
        assert row["date_start"] == (event["date_start"] or "")
        assert row["parties_id"].split("|") == [party["id"] for party in event["parties"]]
        assert row["place_city"] == (event["place"]["city"] or "")
        assert float(row["confidence"]) == event["confidence"]
        assert row["background"] == str(event["background"]).lower()
    pages = []
    cursor = ""
    while True:
        page = await client.get(f"/v1/events?{EVERYTHING}&limit=3{cursor}")
        pages += page.json()["results"]
        if (following := page.json()["meta"]["next_cursor"]) is None:
            break
        cursor = f"&cursor={following}"
    assert pages == events


def as_json(row: dict[str, Any]) -> Any:
    """Return a row of Parquet as it stands in JSON."""
    text = orjson.dumps(row, option=orjson.OPT_UTC_Z)
    return orjson.loads(text)


@pytest.mark.parametrize(
    "path",
    ["meetings", "agreements", "officials", "countries", "organizations", "dyads", "articles"],
)
async def test_every_list_comes_as_csv_ndjson_and_parquet(client: httpx.AsyncClient, path: str) -> None:
    seen = []
    page = (await client.get(f"/v1/{path}?limit=200")).json()
    seen = page["results"]
    while cursor := page["meta"]["next_cursor"]:
        page = (await client.get(f"/v1/{path}?limit=200&cursor={cursor}")).json()
        seen += page["results"]
    lines = (await export(client, f"{path}.ndjson", "")).content.splitlines()
    assert [orjson.loads(line) for line in lines] == seen
    packed = polars.read_parquet((await export(client, f"{path}.parquet", "")).content)
    assert [as_json(row) for row in packed.to_dicts()] == seen
    frame = pandas.read_csv(
        io.BytesIO((await export(client, f"{path}.csv", "")).content), keep_default_na=False
    )
    assert list(frame["id"]) == [row["id"] for row in seen]


async def test_members_and_tenures_come_as_files_too(client: httpx.AsyncClient) -> None:
    members = (await client.get("/v1/organizations/IMCTC/members")).json()["results"]
    lines = (await export(client, "organizations/IMCTC/members.ndjson", "")).content.splitlines()
    assert [orjson.loads(line) for line in lines] == members
    assert (await client.get("/v1/organizations/nope/members.csv")).status_code == 404
    assert (await client.get(f"/v1/officials/off_{'0' * 32}/tenures.csv")).status_code == 404


async def test_csv_opens_in_pandas_with_the_right_types(client: httpx.AsyncClient) -> None:
    content = (await export(client, "events.csv")).content
    frame = pandas.read_csv(io.BytesIO(content), parse_dates=["date_start", "date_end", "updated_at"])
    assert str(frame["date_start"].dtype).startswith("datetime64")
    assert str(frame["updated_at"].dtype).startswith("datetime64")
    assert frame["confidence"].dtype == "float64"
    assert frame["report_count"].dtype == "int64"
    assert frame["background"].dtype == "bool"
    assert set(frame["kind"]) == {"meeting", "visit", "agreement", "call"}


async def test_csv_is_rfc_4180_and_no_formula(client: httpx.AsyncClient) -> None:
    text = (await export(client, "events.csv", "party=IRQ")).text
    assert text.count("\r\n") == text.count("\n") == 2
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["sources_title"] == '\'=cmd\\|"x", a title'
    assert row["participants_title_as_reported"].startswith("'=Secretary\\|Defense|")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_text_that_a_spreadsheet_takes_for_a_formula_is_quoted(start: str) -> None:
    office = Office(title=f"{start}1+1")
    (row,) = csv.reader(io.StringIO(csv_lines(flat_columns(Office), [office]).decode(), newline=""))
    assert row == [f"'{start}1+1"]


async def test_calendar_is_read_by_icalendar(client: httpx.AsyncClient) -> None:
    answer = await export(client, "events.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    entries = {str(entry["UID"]): entry for entry in calendar.walk("VEVENT")}
    dated = {event["id"]: event for event in await listed(client) if event["date_start"]}
    assert entries.keys() == {f"{event_id}@bilateral" for event_id in dated}
    for event_id, event in dated.items():
        entry = entries[f"{event_id}@bilateral"]
        assert entry.decoded("DTSTART") == date.fromisoformat(event["date_start"])
        assert entry.decoded("DTEND") == date.fromisoformat(event["date_end"]) + timedelta(days=1)
        assert (
            entry["STATUS"]
            == {"occurred": "CONFIRMED", "planned": "TENTATIVE", "cancelled": "CANCELLED"}[event["status"]]
        )
        assert str(entry["SUMMARY"]).startswith(event["title"])
    assert sorted(line for line in answer.text.split("\r\n") if len(line.encode()) > 75) == []


@pytest.mark.parametrize("path", ["events", "meetings", "agreements"])
async def test_feed_is_valid_atom(client: httpx.AsyncClient, path: str) -> None:
    answer = await export(client, f"{path}.atom", "")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id == feed.feed.links[0].href == f"http://testserver/v1/{path}.atom"
    rows = await listed(client, "count=true", path)
    assert len(rows) >= 1
    assert [entry.title for entry in feed.entries] == [row["title"] for row in rows]
    for entry, row in zip(feed.entries, rows, strict=True):
        assert entry.id == f"urn:uuid:{row['id'][4:12]}-{entry.id[18:]}"
        assert entry.updated == row["updated_at"]
        assert entry.links[0].href.endswith(f"/v1/{path}/{row['id']}")
    assert feed.feed.updated >= max(row["updated_at"] for row in rows)[:19]


async def test_plover_records_have_sides_types_and_codes(client: httpx.AsyncClient) -> None:
    lines = (await export(client, "events.plover.ndjson")).content.splitlines()
    records = [orjson.loads(line) for line in lines]
    assert len(records) == 10

    def of(code: str) -> dict[str, Any]:
        return next(
            one for one in records if code in {actor["code"] for actor in one["source"] + one["recipient"]}
        )

    visit, planned, call, signed = of("MYS"), of("FRA"), of("CHN"), of("SAU")
    assert [actor["code"] for actor in visit["source"]] == ["PAK"]
    assert [actor["code"] for actor in visit["recipient"]] == ["MYS"]
    assert (visit["event"], visit["mode"], visit["cameo"], visit["cameo_recipient"]) == (
        "CONSULT",
        "visit",
        "042",
        "043",
    )
    assert (planned["event"], planned["cameo"], planned["context"][-1]) == ("AGREE", "036", "future")
    assert (call["event"], call["mode"], call["cameo"], call["recipient"]) == ("CONSULT", "phone", "041", [])
    assert (signed["event"], signed["cameo"], signed["quad_code"]) == ("SUPPORT", "057", 1)
    assert "negation" in of("USA")["context"]


@pytest.mark.parametrize("form", MEDIA_TYPES)
async def test_suffix_and_accept_give_the_same_file_and_the_suffix_wins(
    client: httpx.AsyncClient, form: str
) -> None:
    media_type = MEDIA_TYPES[form]  # type: ignore[index]
    by_suffix = await client.get(f"/v1/events.{form}", headers={"Accept": "application/json"})
    by_accept = await client.get(
        "/v1/events", headers={"Accept": f"text/html, {media_type};q=0.9, */*;q=0.1"}
    )
    assert by_suffix.headers["content-type"].split(";")[0] == media_type
    assert by_accept.headers["content-type"] == by_suffix.headers["content-type"]
    assert "Accept" in by_accept.headers["vary"].split(", ")
    if form not in ("atom", "parquet"):
        assert by_accept.content == by_suffix.content
    page = await client.get("/v1/events.json", headers={"Accept": media_type})
    assert page.json()["results"]


async def test_unknown_suffix_is_a_problem_that_names_the_nearest(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events.parket")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["suggestion"] == "parquet"
    assert (await client.get("/v1/officials.ics")).status_code == 422


async def test_filters_of_an_export_are_as_strict_as_those_of_its_list(client: httpx.AsyncClient) -> None:
    for query in ("date_form=2024-01-01", "party=Atlantis", "kind=x", "date_from=2024-02-30"):
        page, whole = [await client.get(f"/v1/events{suffix}?{query}") for suffix in ("", ".csv")]
        assert whole.status_code == page.status_code == 422
        assert whole.json()["errors"] == page.json()["errors"]


async def test_limit_gives_one_page_of_a_file_and_a_link_to_the_next(client: httpx.AsyncClient) -> None:
    whole = (await export(client, "events.ndjson")).content
    parts, address = b"", f"/v1/events.ndjson?{EVERYTHING}&limit=4"
    for _ in range(3):
        answer = await client.get(address)
        parts += answer.content
        address = answer.links.get("next", {}).get("url", "")
    assert address == ""
    assert parts == whole


async def test_fields_choose_what_a_file_shows(client: httpx.AsyncClient) -> None:
    query = "status=occurred&fields=title&fields=place&fields=id"
    lines = [
        orjson.loads(line) for line in (await export(client, "events.ndjson", query)).content.splitlines()
    ]
    whole = await listed(client, "status=occurred")
    assert lines == [{"id": event["id"], "title": event["title"], "place": event["place"]} for event in whole]
    packed = polars.read_parquet((await export(client, "events.parquet", query)).content)
    assert packed.to_dicts() == lines
    header = (await export(client, "events.csv", query)).text.splitlines()[0]
    assert header == "id,title,place_venue,place_city,place_country"
    refused = await client.get("/v1/events.ics?fields=id")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["parameter"] == "fields"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("facet=kind", "unknown_parameter"),
        ("expand=reports", "reports_not_in_format"),
        ("expand=agreement", "enum"),
    ],
)
async def test_file_has_no_facets_and_shows_nothing_whole(
    client: httpx.AsyncClient, word: str, code: str
) -> None:
    refused = await client.get(f"/v1/events.csv?{word}")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == code


async def test_reports_of_an_event_are_its_lines(client: httpx.AsyncClient) -> None:
    (event,) = await listed(client, "party=IRQ")
    address = f"/v1/events/{event['id']}/reports"
    page = (await client.get(address)).json()["results"]
    for file in (
        await client.get(f"{address}.ndjson"),
        await client.get(address, headers={"Accept": "application/x-ndjson"}),
    ):
        assert file.headers["content-type"] == "application/x-ndjson"
        assert [orjson.loads(line) for line in file.content.splitlines()] == page
    assert (await client.get(f"/v1/events/evt_{'0' * 32}/reports.ndjson")).status_code == 404
