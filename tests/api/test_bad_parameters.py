import httpx
import pytest

from tests.api.problems import assert_problem, refusal


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
