"""Hostile inputs that readers send; a number in a name is the input's in the list of hostile inputs."""

import httpx
import orjson
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.logs import set_up_logs
from tests.api.problems import assert_problem, refusal
from tests.api.test_list_pages import forged
from tests.factories import make_article, make_record, store

RESOURCES = ("events", "meetings", "agreements", "officials", "articles")
PREFIXES = {"events": "evt", "meetings": "evt", "agreements": "agr", "officials": "off", "articles": "art"}


async def refused(client: httpx.AsyncClient, path: str, **given: str) -> None:
    answer = await client.get(f"/v1/{path}", params=given)
    problem = assert_problem(answer, 422, "validation")
    assert isinstance(problem["errors"], list)
    assert [error["parameter"] for error in problem["errors"]] == list(given)
    assert all(value not in answer.text for value in given.values() if len(value) > 6)


@pytest.mark.parametrize("parameter", ["q", "country", "office", "outlet", "city", "updated_since", "fields"])
async def test_02_and_03_nul_in_a_parameter_is_a_422(client: httpx.AsyncClient, parameter: str) -> None:
    assert (await refusal(client, f"/v1/events?{parameter}=%00"))["parameter"] == parameter


@pytest.mark.parametrize("resource", [*RESOURCES, "countries", "organizations", "dyads"])
async def test_04_nul_in_an_id_is_a_404(client: httpx.AsyncClient, resource: str) -> None:
    for bad in ("%00", "evt_%00", "a%00b", "Georgian%00", "PAK%00"):
        assert_problem(await client.get(f"/v1/{resource}/{bad}"), 404, "not-found")


@pytest.mark.parametrize("hostile", ["%ff", "%c0%80", "%ed%a0%80"])
async def test_09_and_10_bytes_that_are_not_utf8_are_a_400(client: httpx.AsyncClient, hostile: str) -> None:
    for address in (f"/v1/events?office={hostile}", f"/v1/dyads/{hostile}-PAK/timeline"):
        assert_problem(await client.get(address), 400, "encoding")


@pytest.mark.parametrize(
    "bad",
    [
        str(2**63),
        str(2**31),
        "-1",
        "0",
        "9" * 5000,
        "٥" * 32,
        "{}_" + "9" * 31,
        "{}_" + "A" * 32,
        "{}_" + "٥" * 32,
    ],
)
@pytest.mark.parametrize("resource", RESOURCES)
async def test_24_to_28_id_that_is_none_is_a_404(client: httpx.AsyncClient, resource: str, bad: str) -> None:
    answer = await client.get(f"/v1/{resource}/{bad.format(PREFIXES[resource])}")
    assert_problem(answer, 404, "not-found")
    assert len(answer.text) < 600


@pytest.mark.parametrize("limit", ["-1", "1e9", "99999999999", "0"])
@pytest.mark.parametrize("path", ["events", "dyads", "network", "events/timeseries", "parties/resolve?q=a&"])
async def test_29_and_30_limit_out_of_bounds_is_a_422(
    client: httpx.AsyncClient, path: str, limit: str
) -> None:
    joint = "" if path.endswith("&") else "?"
    assert (await refusal(client, f"/v1/{path}{joint}limit={limit}"))["parameter"] == "limit"


@pytest.mark.parametrize("offset", ["-1", "1" + "0" * 20, "0"])
async def test_31_offset_is_a_422_as_there_is_none(client: httpx.AsyncClient, offset: str) -> None:
    assert (await refusal(client, f"/v1/events?offset={offset}"))["code"] == "unknown_parameter"


@pytest.mark.parametrize(
    "number", ["NaN", "nan", "Infinity", "-Infinity", "inf", "1e400", "-0.1", "1.1", "0x1", ""]
)
async def test_32_to_35_number_that_is_none_is_a_422(client: httpx.AsyncClient, number: str) -> None:
    await refused(client, "events", min_confidence=number)


@pytest.mark.parametrize("number", ["true", '"5"', "5.0", "５"])
async def test_37_what_only_looks_like_a_whole_number_is_a_422(
    client: httpx.AsyncClient, number: str
) -> None:
    await refused(client, "events", limit=number)
    await refused(client, "network", min_events=number)


@pytest.mark.parametrize(
    "instant",
    [
        pytest.param("0001-01-01T00:00:00+14:00", id="38"),
        pytest.param("9999-12-31T23:59:59-14:00", id="39"),
        pytest.param("2024-01-01T00:00:00", id="40"),
        pytest.param("2024-01-01", id="40-day"),
        pytest.param("1e20", id="41"),
        pytest.param("100000000000000000000", id="41-seconds"),
        pytest.param("2024-03-31T02:30:00 Europe/Paris", id="42"),
        pytest.param("2024-10-27T02:30:00[Europe/Paris]", id="42-twice"),
        pytest.param("2023-02-29T00:00:00Z", id="43"),
        pytest.param("2016-12-31T23:59:60Z", id="44"),
        pytest.param("2024-01-01T00:00:00 02:00", id="plus-as-blank"),
    ],
)
@pytest.mark.parametrize("path", ["events", "agreements", "articles", "network"])
async def test_38_to_44_instant_without_a_place_in_time_is_a_422_that_asks_for_the_offset(
    client: httpx.AsyncClient, path: str, instant: str
) -> None:
    answer = await client.get(f"/v1/{path}", params={"updated_since": instant})
    problem = assert_problem(answer, 422, "validation")
    assert "offset" in str(problem["detail"])


@pytest.mark.parametrize("day", ["2023-02-29", "1e20", "2024-01-01T00:00:00Z", "0", "2024-12-31T23:59:60"])
@pytest.mark.parametrize("path", ["events/timeseries", "network", "dyads", "agreements", "officials"])
async def test_43_and_46_day_is_a_calendar_day_only(client: httpx.AsyncClient, path: str, day: str) -> None:
    await refused(client, path, date_from=day)


@pytest.mark.parametrize(
    "path",
    ["events", "events/timeseries", "network", "network.graphml", "dyads/IRQ-PAK/timeline", "officials"],
)
async def test_45_end_before_start_is_a_422(client: httpx.AsyncClient, path: str) -> None:
    await_error = await refusal(client, f"/v1/{path}?date_from=2024-02-01&date_to=2024-01-31")
    assert (await_error["parameter"], await_error["code"]) == ("date_to", "inverted_range")


async def test_46_day_stays_a_day_in_every_answer(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store(session, make_record(on=DateSpan.of_month(2024, 2)))
    (found,) = (await client.get("/v1/events")).json()["results"]
    assert (found["date_start"], found["date_end"]) == ("2024-02-01", "2024-02-29")
    (row,) = (await client.get("/v1/events/timeseries")).json()["results"]
    assert row["period"] == "2024-02-01"


@pytest.mark.parametrize("wildcard", ["%", "_", "\\", "%%", "a_b", "100%", "\\%"])
async def test_71_wildcards_of_sql_stand_for_themselves(
    client: httpx.AsyncClient, session: AsyncSession, wildcard: str
) -> None:
    await store(session, make_record())
    for path, parameter in (("events", "office"), ("officials", "office"), ("events", "city")):
        answer = await client.get(f"/v1/{path}", params={parameter: wildcard})
        assert answer.json()["results"] == [], (path, parameter)


async def test_72_long_search_is_a_414(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get(f"/v1/events?q={'a' * 60_000}"), 414, "uri-too-long")
    assert (await refusal(client, f"/v1/events?q={'a' * 201}"))["parameter"] == "q"


@pytest.mark.parametrize("parameter", ["q", "city", "office", "outlet"])
async def test_73_sql_in_a_parameter_is_text(
    client: httpx.AsyncClient, session: AsyncSession, parameter: str
) -> None:
    await store(session, make_record())
    answer = await client.get("/v1/events", params={parameter: "'; DROP TABLE event; --"})
    assert (answer.status_code, answer.json()["results"]) == (200, [])
    assert (await session.execute(text("SELECT count(*) FROM event"))).scalar_one() == 1


@pytest.mark.parametrize("q", ["a & | !", "a & b", ":*", "!!", "( ( (", "<->", "\\'", "''"])
@pytest.mark.parametrize(
    "path", ["events", "events/timeseries", "network", "dyads", "agreements", "articles"]
)
async def test_74_syntax_of_tsquery_is_text(client: httpx.AsyncClient, path: str, q: str) -> None:
    assert (await client.get(f"/v1/{path}", params={"q": q})).status_code == 200


async def test_74_highlights_of_any_search_are_plain(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, make_record(), article=make_article(title='a & b | \x02 StartSel=<b> "quoted"'))
    for q in ("a & b", 'StartSel="<b>"', "quoted"):
        answer = await client.get("/v1/events", params={"q": q})
        assert answer.status_code == 200
        for pieces in answer.json()["highlights"].values():
            assert all(piece["text"].isprintable() or "\n" in piece["text"] for piece in pieces)


@pytest.mark.parametrize(
    "parameter", ["party", "kind", "facet", "fields", "expand", "office", "via", "topic"]
)
async def test_75_500_values_of_a_parameter_are_a_422(client: httpx.AsyncClient, parameter: str) -> None:
    word = {"kind": "call", "facet": "kind", "fields": "id", "expand": "reports", "via": "membership"}
    many = "&".join([f"{parameter}={word.get(parameter, 'trade')}"] * 500)
    assert (await refusal(client, f"/v1/events?{many}"))["parameter"] == parameter


@pytest.mark.parametrize(
    "path", ["events", "meetings", "agreements", "dyads", "officials", "articles", "countries"]
)
@pytest.mark.parametrize("sort", ["title", "-id", "confidence", "date;", "-date,id", "(select 1)"])
async def test_76_sort_by_what_is_not_listed_is_a_422(
    client: httpx.AsyncClient, path: str, sort: str
) -> None:
    await refused(client, path, sort=sort)


@pytest.mark.parametrize(
    "path", ["events", "dyads", "dyads/IRQ-PAK/timeline", "officials", "agreements", "countries"]
)
async def test_77_forged_cursor_is_a_400(client: httpx.AsyncClient, path: str) -> None:
    for cursor in ("abc", "é", forged("0" * 16, "2024-01-01", "x"), forged(None), forged({}, [], 1e300)):
        answer = await client.get(f"/v1/{path}", params={"cursor": cursor})
        assert_problem(answer, 400, "malformed")


@pytest.mark.parametrize(
    "path",
    ["events", "events/timeseries", "network", "network.graphml", "dyads/IRQ-PAK/timeline", "dyads/IRQ-PAK"],
)
@pytest.mark.parametrize("method", ["TRACE", "PUT"])
async def test_83_other_methods_are_a_405(client: httpx.AsyncClient, path: str, method: str) -> None:
    answer = await client.request(method, f"/v1/{path}")
    assert_problem(answer, 405, "method")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/events/..%2f..%2fetc",
        "/v1/events/..%2f..%2fetc/history",
        "/v1/dyads/..%2f..%2fetc/timeline",
        "/v1/officials/..%2f..%2fetc%2fpasswd/events",
        "/v1/countries/..%2f..%2fetc",
    ],
)
async def test_84_path_that_climbs_is_a_404(client: httpx.AsyncClient, path: str) -> None:
    assert_problem(await client.get(path), 404, "not-found")


async def test_95_line_breaks_in_a_parameter_reach_no_header(
    client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("INFO")  # on the standard error of this test
    answer = await client.get("/v1/events%0d%0aforged?q=a%0d%0aSet-Cookie:%20x=1")
    assert_problem(answer, 404, "not-found")
    lines = [orjson.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert "/v1/events\r\nforged" in [line.get("path") for line in lines]
    answer = await client.get("/v1/events?q=a%0d%0aSet-Cookie:%20x=1")
    assert_problem(answer, 422, "validation")
    assert "set-cookie" not in answer.headers
