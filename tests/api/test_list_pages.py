import base64
from datetime import date

import httpx
import orjson
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.queries import paging
from tests.conftest import CountStatements
from tests.factories import make_article, make_record, store


async def walk(client: httpx.AsyncClient, address: str) -> list[str]:
    seen: list[str] = []
    cursor = None
    while True:
        params: dict[str, str] = {"cursor": cursor} if cursor else {}
        answer = (await client.get(httpx.URL(address).copy_merge_params(params))).json()
        seen += [result["id"] for result in answer["results"]]
        cursor = answer["meta"]["next_cursor"]
        if cursor is None:
            return seen


async def store_several(session: AsyncSession, number: int = 7) -> None:
    parties = ("FRA", "DEU", "JPN", "KOR", "TUR", "IRN", "CHN", "IND")
    for day in range(number):
        # Two on each day, so that the id has to break ties.
        await store(session, make_record("PAK", parties[day], on=date(2024, 1, 1 + day // 2)))


@pytest.mark.parametrize("sort", ["-date", "date", "-updated_at", "updated_at"])
async def test_pages_lose_and_repeat_nothing(
    client: httpx.AsyncClient, session: AsyncSession, sort: str
) -> None:
    await store_several(session)
    whole = await walk(client, f"/v1/events?sort={sort}&limit=200")
    assert await walk(client, f"/v1/events?sort={sort}&limit=2") == whole
    assert len(set(whole)) == 7


async def test_sort_goes_both_ways(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_several(session)
    latest = await walk(client, "/v1/events?sort=-date")
    assert await walk(client, "/v1/events?sort=date") == latest[::-1]
    assert await walk(client, "/v1/events") == latest


@pytest.mark.parametrize(
    "address",
    [
        "/v1/countries?limit=60",
        "/v1/countries?limit=60&sort=-name",
        "/v1/organizations?limit=60",
        "/v1/officials?limit=1",
        "/v1/dyads?limit=2",
        "/v1/dyads?limit=2&sort=events",
        "/v1/articles?limit=3",
        "/v1/articles?limit=3&sort=date",
        "/v1/meetings?limit=3",
    ],
)
async def test_every_list_walks_to_its_count(
    client: httpx.AsyncClient, session: AsyncSession, address: str
) -> None:
    await store_several(session)
    count = (await client.get(address)).json()["meta"]["count"]
    seen = await walk(client, address)
    assert len(seen) == len(set(seen)) == count


async def test_rows_that_arrive_meanwhile_shift_nothing(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    before = await walk(client, "/v1/events?limit=200")
    first = (await client.get("/v1/events?limit=3")).json()
    await store(session, make_record("USA", "GBR", on=date(2030, 1, 1)))
    cursor = first["meta"]["next_cursor"]
    second = (await client.get(f"/v1/events?limit=3&cursor={cursor}")).json()
    assert [result["id"] for result in second["results"]] == before[3:6]


async def test_link_header_leads_to_the_next_page(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_several(session)
    answer = await client.get("/v1/events?limit=3&party=PAK&party=IRQ")
    link = answer.headers["link"]
    assert link.endswith('>; rel="next"')
    following = await client.get(link[1 : link.index(">")])
    assert following.json()["meta"]["limit"] == 3
    assert following.json()["results"][0]["id"] not in {result["id"] for result in answer.json()["results"]}
    assert "link" not in (await client.get("/v1/events?limit=100")).headers


async def test_limit_may_change_between_pages(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_several(session)
    cursor = (await client.get("/v1/events?limit=3")).json()["meta"]["next_cursor"]
    answer = (await client.get(f"/v1/events?limit=100&cursor={cursor}")).json()
    assert len(answer["results"]) == 4


async def test_count_is_exact_until_it_costs_too_much(
    client: httpx.AsyncClient, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store_several(session)
    monkeypatch.setattr(paging, "COUNTED", 7)
    assert (await client.get("/v1/events?limit=5")).json()["meta"]["count"] == 7
    monkeypatch.setattr(paging, "COUNTED", 6)
    assert (await client.get("/v1/events?limit=4")).json()["meta"]["count"] is None


async def test_a_page_that_is_all_there_is_takes_no_count(
    client: httpx.AsyncClient, session: AsyncSession, count_statements: CountStatements
) -> None:
    await store_several(session)
    taken = []
    for limit in (5, 20):
        with count_statements() as statements:
            assert (await client.get(f"/v1/events?status=occurred&limit={limit}")).json()["meta"][
                "count"
            ] == 7
        taken.append(len(statements))
    assert taken[0] == taken[1] + 1


async def test_count_is_left_out_when_not_wanted(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/events?count=false")).json()["meta"]["count"] is None


async def test_empty_list_is_a_200(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events")
    assert answer.status_code == 200
    assert answer.json() == {
        "meta": {"count": 0, "limit": 50, "next_cursor": None},
        "results": [],
        "facets": {},
        "highlights": {},
    }


def forged(*values: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "abc",
        "!!!",
        "é",
        "a" * 1000,
        forged(),
        forged("0" * 16, "2024-01-01", "x"),
        forged(None, None, None),
        forged("0" * 16, 5, {}),
        base64.urlsafe_b64encode(b"[" * 500).decode(),
    ],
)
async def test_broken_cursor_is_a_400(client: httpx.AsyncClient, cursor: str) -> None:
    answer = await client.get("/v1/events", params={"cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["type"] == "/docs/problems/malformed"


async def test_cursor_of_other_filters_or_of_another_list_is_a_400(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_several(session)
    cursor = (await client.get("/v1/events?limit=2")).json()["meta"]["next_cursor"]
    for address in ("/v1/events?party=PAK", "/v1/events?sort=date", "/v1/meetings?limit=2"):
        answer = await client.get(httpx.URL(address).copy_merge_params({"cursor": cursor}))
        assert answer.status_code == 400, address


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("/v1/events", (5, "x")),
        ("/v1/events", ("2024-13-01", "0" * 32)),
        ("/v1/events", ("2024-01-01", "0" * 31)),
        ("/v1/events", ("2024-01-01", ["0" * 32])),
        ("/v1/events?sort=updated_at", ("2024-01-01T00:00:00", 1)),
        ("/v1/events?sort=updated_at", ("0001-01-01T00:00:00+14:00", "0" * 32)),
        ("/v1/events?sort=updated_at", ("9999-12-31T23:59:59-14:00", "0" * 32)),
        ("/v1/dyads", ("5", "IRQ-PAK")),
        ("/v1/dyads", (True, "IRQ-PAK")),
        ("/v1/dyads", (2**70, "IRQ-PAK")),
        ("/v1/dyads", (1, "\x00")),
        ("/v1/countries", ("\x00", "PAK")),
        ("/v1/countries", ("\ud800", "PAK")),
        ("/v1/officials", (None, "0" * 32)),
    ],
)
async def test_cursor_forged_for_the_right_filters_is_a_400(
    client: httpx.AsyncClient, session: AsyncSession, address: str, values: tuple[object, object]
) -> None:
    await store_several(session)
    await store(session, make_record("FRA", "DEU"), article=make_article())
    url = httpx.URL(address)
    real = (await client.get(url.copy_merge_params({"limit": 1}))).json()["meta"]["next_cursor"]
    (made_for, *_) = orjson.loads(base64.urlsafe_b64decode(real + "=" * (-len(real) % 4)))
    text = str([made_for, *values]).replace("'", '"').replace("True", "true").replace("None", "null")
    cursor = base64.urlsafe_b64encode(text.encode(errors="replace")).decode().rstrip("=")
    assert (await client.get(url.copy_merge_params({"cursor": cursor}))).status_code == 400
