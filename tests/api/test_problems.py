import inspect
import logging
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from app import errors
from app.api.dependencies import ReadSession
from app.api.problems import BY_ERROR, BY_SQLSTATE, INTERNAL, KINDS, kind_of, kind_of_sql
from app.main import create_app
from app.settings import Settings

KEYS = {"type", "title", "status", "detail", "errors", "request_id"}


def assert_problem(answer: httpx.Response, status: int, slug: str) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem.keys() == KEYS
    assert problem["type"] == f"/docs/problems/{slug}"
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert answer.headers["cache-control"] == "no-store"
    assert isinstance(problem, dict)
    return problem


async def refusal(client: httpx.AsyncClient, address: str) -> dict[str, object]:
    problem = assert_problem(await client.get(address), 422, "validation")
    assert isinstance(problem["errors"], list)
    error = problem["errors"][0]
    assert isinstance(error, dict)
    return error


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("date_form=2024-01-01", "date_from"),
        ("Party=PAK", "party"),
        ("parties=PAK", "party"),
        ("date-to=2024-01-01", "date_to"),
        ("organisation=UN", "organization"),
        ("reviewstatus=accepted", "review_status"),
        ("Limit=3", "limit"),
    ],
)
async def test_unknown_parameter_is_named_with_the_nearest_right_one(
    client: httpx.AsyncClient, given: str, meant: str
) -> None:
    error = await refusal(client, f"/v1/events?{given}")
    assert error["parameter"] == given.split("=")[0]
    assert error["code"] == "unknown_parameter"
    assert error["suggestion"] == meant


@pytest.mark.parametrize(
    "path",
    [
        "countries/PAK",
        "organizations/UN",
        "parties/resolve?q=a&",
        "officials",
        "agreements",
        "dyads",
        "articles",
        "meta",
        "organizations/UN/members",
        "meetings",
        "countries",
        "organizations",
        "events/evt_x",
        "dyads/IRQ-PAK",
    ],
)
async def test_every_route_refuses_an_unknown_parameter(client: httpx.AsyncClient, path: str) -> None:
    joint = "" if path.endswith("&") else "?"
    assert (await refusal(client, f"/v1/{path}{joint}frobnicate=1"))["parameter"] == "frobnicate"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("kind=meting", "meeting"),
        ("mode=call-on", "call_on"),
        ("status=canceled", "cancelled"),
        ("topic=defence_cooperation", "defense_cooperation"),
        ("sort=-dates", "-date"),
        ("review_status=need_review", "needs_review"),
    ],
)
async def test_unknown_word_is_refused_with_the_nearest_right_one(
    client: httpx.AsyncClient, given: str, meant: str
) -> None:
    error = await refusal(client, f"/v1/events?{given}")
    assert error["parameter"] == given.split("=")[0]
    assert error["suggestion"] == meant


@pytest.mark.parametrize(
    "day",
    [
        "0",
        "1724025600",
        "2024-8-19",
        "20240819",
        "2024-08-19T00:00:00",
        "19/08/2024",
        "2023-02-29",
        "yesterday",
        "2024-08",
        "",
        " 2024-08-19",
        "２０２４-08-19",
        "0000-01-01",
        "-2024-08-19",
    ],
)
@pytest.mark.parametrize("parameter", ["date_from", "date_to"])
async def test_day_that_is_not_written_as_one_is_refused(
    client: httpx.AsyncClient, parameter: str, day: str
) -> None:
    answer = await client.get("/v1/events", params={parameter: day})
    problem = assert_problem(answer, 422, "validation")
    assert isinstance(problem["errors"], list)
    assert problem["errors"][0]["parameter"] == parameter


@pytest.mark.parametrize("path", ["events", "meetings", "agreements", "dyads", "articles"])
async def test_inverted_range_is_refused(client: httpx.AsyncClient, path: str) -> None:
    error = await refusal(client, f"/v1/{path}?date_from=2024-02-01&date_to=2024-01-01")
    assert (error["parameter"], error["code"]) == ("date_to", "inverted_range")


@pytest.mark.parametrize(
    "limit", ["0", "-1", "201", "1e9", "1.0", "5_0", "", "٥", "9" * 5000, "+5", " 5", "NaN"]
)
async def test_limit_is_a_whole_number_from_1_to_200(client: httpx.AsyncClient, limit: str) -> None:
    answer = await client.get("/v1/events", params={"limit": limit})
    problem = assert_problem(answer, 422, "validation")
    assert isinstance(problem["errors"], list)
    assert problem["errors"][0]["parameter"] == "limit"
    assert len(answer.text) < 1000


@pytest.mark.parametrize(
    "given", ["limit=1&limit=2", "q=a&q=b", "sort=date&sort=date", "date_from=2024-01-01&" * 2]
)
async def test_single_parameter_given_twice_is_refused(client: httpx.AsyncClient, given: str) -> None:
    error = await refusal(client, f"/v1/events?{given.rstrip('&')}")
    assert error["code"] == "repeated_parameter"


@pytest.mark.parametrize("flag", ["1", "yes", "TRUE", ""])
async def test_flag_is_true_or_false(client: httpx.AsyncClient, flag: str) -> None:
    assert (await refusal(client, f"/v1/events?include_undated={flag}"))["parameter"] == "include_undated"


@pytest.mark.parametrize(
    "hostile", ["%00", "a%00b", "%1B%5B31m", "%0D%0ASet-Cookie:%20a", "%EF%BF%BF", "%7F", "%C2%85"]
)
@pytest.mark.parametrize(
    "parameter", ["q", "party", "pair", "country", "city", "place_country", "official", "cursor"]
)
async def test_control_characters_are_refused(
    client: httpx.AsyncClient, parameter: str, hostile: str
) -> None:
    assert (await refusal(client, f"/v1/events?{parameter}={hostile}"))["parameter"] == parameter


@pytest.mark.parametrize("hostile", ["%ff", "%c0%80", "%ed%a0%80", "%e2%82"])
@pytest.mark.parametrize("address", ["/v1/events?q={}", "/v1/events?{}=1", "/v1/countries/{}"])
async def test_address_that_is_not_utf8_is_a_400(
    client: httpx.AsyncClient, address: str, hostile: str
) -> None:
    assert_problem(await client.get(address.format(hostile)), 400, "encoding")


HOSTILE_SEARCHES = (
    "'; DROP TABLE event; --",
    "a & | ! : *",
    "-" * 200,
    "- " * 90 + "a",
    '-"' * 100,
    '"-' * 100,
    "a or -" * 30,
    "((((",
    "\ufdfa" * 200,
    "\u0130 \u0131 \u00df",
    "a" + "\u0301" * 199,
    "<script>",
)


@pytest.mark.parametrize("q", HOSTILE_SEARCHES)
@pytest.mark.parametrize(
    "path",
    [
        "events",
        "agreements",
        "officials",
        "countries",
        "organizations",
        "articles",
        "parties/resolve",
    ],
)
async def test_any_printable_text_can_be_searched_for(client: httpx.AsyncClient, path: str, q: str) -> None:
    assert (await client.get(f"/v1/{path}", params={"q": q})).status_code == 200


@pytest.mark.parametrize("q", ["%", "_", "\\", "Pak_stan", "%%%"])
@pytest.mark.parametrize("path", ["countries", "organizations", "officials"])
async def test_wildcards_of_sql_stand_for_themselves(client: httpx.AsyncClient, path: str, q: str) -> None:
    found = (await client.get(f"/v1/{path}", params={"q": q})).json()["results"]
    assert len(found) < 10, "a wildcard would have found nearly all"


async def test_search_text_is_limited_to_200_characters(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/events", params={"q": "a" * 200})).status_code == 200
    assert (await refusal(client, f"/v1/events?q={'a' * 201}"))["parameter"] == "q"


async def test_too_many_values_are_refused(client: httpx.AsyncClient) -> None:
    many = "&".join(["party=PAK"] * 500)
    assert (await refusal(client, f"/v1/events?{many}"))["parameter"] == "party"


async def test_long_address_is_a_414(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get("/v1/events?q=" + "a" * 9000), 414, "uri-too-long")
    assert_problem(await client.get("/v1/" + "a" * 9000), 414, "uri-too-long")


async def test_large_body_is_a_413(client: httpx.AsyncClient) -> None:
    assert_problem(await client.request("GET", "/v1/events", content=b"a" * 70_000), 413, "too-large")


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/v1/nope",
        "/v1/events/",
        "/v1/events/a/b",
        "/docs/assets/nope",
        "/docs/problems/nope",
    ],
)
async def test_unknown_address_is_a_404_problem(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, follow_redirects=True)
    assert_problem(answer, 404, "not-found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["/v1/events", "/v1/countries/PAK", "/livez"])
async def test_other_methods_are_a_405_that_names_the_right_one(
    client: httpx.AsyncClient, path: str, method: str
) -> None:
    answer = await client.request(method, path)
    assert_problem(answer, 405, "method")
    assert answer.headers["allow"] == "GET"


async def test_refused_values_are_not_repeated(client: httpx.AsyncClient) -> None:
    for parameter in ("party", "pair", "kind", "date_from", "limit", "official", "topic", "sort", "cursor"):
        answer = await client.get(f"/v1/events?{parameter}=%3Cscript%3Exyzzy")
        assert answer.status_code in (400, 422)
        assert "xyzzy" not in answer.text


async def test_long_parameter_name_is_cut(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/v1/events?{'x' * 3000}=1")
    assert answer.status_code == 422
    assert len(answer.text) < 600


async def test_unforeseen_error_is_a_500_that_shows_nothing(
    app: FastAPI, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("secret of /var/lib")

    with caplog.at_level(logging.ERROR):
        answer = await client.get("/broken")
    assert_problem(answer, 500, "internal")
    assert "secret" not in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert any("unforeseen error" in record.getMessage() for record in caplog.records)


async def test_slow_statement_is_a_503_to_try_again(app: FastAPI, client: httpx.AsyncClient) -> None:
    @app.get("/slow")
    async def slow(session: ReadSession) -> None:
        await session.execute(text("SET LOCAL statement_timeout = 10"))
        await session.execute(text("SELECT pg_sleep(5)"))

    answer = await client.get("/slow")
    assert_problem(answer, 503, "overloaded")
    assert int(answer.headers["retry-after"]) > 0


async def test_value_that_postgres_refuses_is_a_422_and_our_own_fault_a_500(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    @app.get("/divide")
    async def divide(session: ReadSession) -> None:
        await session.execute(text("SELECT 1 / 0"))

    @app.get("/missing")
    async def missing(session: ReadSession) -> None:
        await session.execute(text("SELECT * FROM no_such_table"))

    assert_problem(await client.get("/divide"), 422, "validation")
    answer = await client.get("/missing")
    assert_problem(answer, 500, "internal")
    assert "no_such_table" not in answer.text


@pytest.fixture
async def unreachable() -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(), "postgresql+asyncpg://postgres@/nowhere?host=/nonexistent")
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


@pytest.mark.parametrize("path", ["/v1/events", "/v1/meta", "/readyz"])
async def test_database_that_is_away_is_a_503_that_shows_no_path(
    unreachable: httpx.AsyncClient, path: str
) -> None:
    answer = await unreachable.get(path)
    assert_problem(answer, 503, "unavailable")
    assert "retry-after" in answer.headers
    assert "nonexistent" not in answer.text


async def test_service_lives_while_the_database_is_away(unreachable: httpx.AsyncClient) -> None:
    assert (await unreachable.get("/livez")).json() == {"status": "ok"}
    assert (await unreachable.get("/docs")).status_code == 200
    assert (await unreachable.get("/openapi.json")).status_code == 200


def every_error() -> list[type[errors.BilateralError]]:
    classes = (cls for _, cls in inspect.getmembers(errors, inspect.isclass))
    return [cls for cls in classes if issubclass(cls, errors.BilateralError)]


@pytest.mark.parametrize("cls", every_error())
def test_every_error_has_a_kind_of_problem_that_fits(cls: type[errors.BilateralError]) -> None:
    kind = kind_of(cls.__new__(cls))
    plain = cls in (errors.BilateralError, errors.Moved)
    assert (kind is INTERNAL) == plain, "an error must be one of BadInput, NotFound, Conflict, Unavailable"
    assert kind in KINDS.values()


def test_every_kind_of_problem_in_the_tables_is_documented() -> None:
    assert {*BY_ERROR.values(), *BY_SQLSTATE.values()} <= set(KINDS.values())


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("08006", 503),
        ("53300", 503),
        ("57014", 503),
        ("57P01", 503),
        ("55P03", 503),
        ("40001", 503),
        ("40P01", 503),
        ("22021", 422),
        ("22P02", 422),
        ("54000", 422),
        ("23505", 409),
        ("42P01", 500),
        ("XX000", 500),
    ],
)
def test_sqlstates_lead_to_their_status(state: str, status: int) -> None:
    class Told(Exception):
        sqlstate = state

    assert kind_of_sql(DBAPIError("", None, Told())).status == status


async def test_reading_session_cannot_write(database_url: str) -> None:
    app = create_app(Settings(), database_url)
    found: list[str] = []

    @app.get("/write")
    async def write(session: ReadSession) -> None:
        found.append((await session.execute(text("SHOW transaction_read_only"))).scalar_one())
        found.append((await session.execute(text("SHOW transaction_isolation"))).scalar_one())
        found.append((await session.execute(text("SHOW statement_timeout"))).scalar_one())
        await session.execute(text("DELETE FROM event"))

    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            assert (await client.get("/write")).status_code == 500
            assert (await client.get("/readyz")).status_code == 200
    assert found == ["on", "repeatable read", "2s"]


async def test_readiness_fails_on_another_schema(client: httpx.AsyncClient, session: AsyncSession) -> None:
    assert (await client.get("/readyz")).json() == {"status": "ok"}
    await session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    assert_problem(await client.get("/readyz"), 503, "unavailable")
    await session.execute(text("DROP TABLE alembic_version"))
    assert_problem(await client.get("/readyz"), 503, "unavailable")
