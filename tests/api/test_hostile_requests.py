import httpx
import pytest

from tests.api.problems import assert_problem, refusal


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


async def test_refused_values_are_not_repeated(client: httpx.AsyncClient) -> None:
    for parameter in ("party", "pair", "kind", "date_from", "limit", "official", "topic", "sort", "cursor"):
        answer = await client.get(f"/v1/events?{parameter}=%3Cscript%3Exyzzy")
        assert answer.status_code in (400, 422)
        assert "xyzzy" not in answer.text


async def test_long_parameter_name_is_cut(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/v1/events?{'x' * 3000}=1")
    assert answer.status_code == 422
    assert len(answer.text) < 600
