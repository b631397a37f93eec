"""A request sent again has no second effect."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.keys import Scope
from app.storage.database import open_session
from app.storage.kept_answers import find_kept_answer
from tests.api.problems import assert_problem
from tests.authorization.holders import holder
from tests.ingestion.conftest import MOST_AT_ONCE as TWINS
from tests.ingestion.texts import meeting
from tests.lengths import length, note

NAMES = length(2, 200)


async def hand_in(client: httpx.AsyncClient, words: str, name: str, **headers: str) -> httpx.Response:
    return await client.post(
        "/v1/articles", json={"text": words}, headers={"Idempotency-Key": name, **headers}
    )


async def insist(client: httpx.AsyncClient, words: str, name: str) -> httpx.Response:
    """Hand in again whatever is turned away because too much comes at once."""
    answer = await hand_in(client, words, name)
    if answer.status_code != 503:
        return answer
    await asyncio.sleep(int(answer.headers["retry-after"]))
    return await insist(client, words, name)


async def test_same_request_gets_the_same_answer_to_the_byte(sender: httpx.AsyncClient) -> None:
    first, again = await hand_in(sender, meeting(1), "a"), await hand_in(sender, meeting(1), "a")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.headers["location"] == again.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers


async def test_name_used_for_another_request_is_refused(sender: httpx.AsyncClient) -> None:
    await hand_in(sender, meeting(2), "a")
    assert_problem(await hand_in(sender, meeting(3), "a"), 422, "idempotency-mismatch")


async def test_names_are_each_senders_own(sender: httpx.AsyncClient, session: AsyncSession) -> None:
    other = await holder(session, Scope.ARTICLES_WRITE)
    assert (await hand_in(sender, meeting(4), "a")).status_code == 201
    assert (await hand_in(sender, meeting(5), "a", **other)).status_code == 201


async def test_answer_that_was_kept_tells_no_words_that_were_withdrawn(
    sender: httpx.AsyncClient, session: AsyncSession
) -> None:
    first = await hand_in(sender, meeting(10), "a")
    assert "Fuad Hussein met" in first.text
    admin, place = await holder(session, Scope.KEYS_ADMIN), first.headers["location"]
    seen = {"If-Match": (await sender.get(place)).headers["etag"]}
    assert (await sender.delete(f"{place}/text", headers={**admin, **seen})).status_code == 200
    again = await hand_in(sender, meeting(10), "a")
    assert again.status_code < 300
    assert "Fuad Hussein met" not in again.text


@pytest.mark.parametrize("name", ["", "a" * 256, "a\tb"])
async def test_name_that_is_too_long_or_not_plain_is_refused(sender: httpx.AsyncClient, name: str) -> None:
    assert_problem(await hand_in(sender, meeting(6), name), 422, "validation")


async def test_request_that_failed_may_be_sent_again_under_its_name(sender: httpx.AsyncClient) -> None:
    assert_problem(await hand_in(sender, " ", "a"), 422, "validation")
    assert (await hand_in(sender, meeting(7), "a")).status_code == 201


async def test_old_names_are_forgotten(sender: httpx.AsyncClient, session: AsyncSession) -> None:
    await hand_in(sender, meeting(8), "old")
    await session.execute(text("UPDATE kept_answer SET created_at = now() - interval '8 days'"))
    await hand_in(sender, meeting(9), "new")
    names = await session.execute(text("SELECT idempotency_key FROM kept_answer"))
    assert names.scalars().all() == ["new"]


@pytest.mark.timeout(120 + 10 * NAMES)
async def test_twins_at_the_same_moment_have_one_effect_and_one_answer(
    own_sender: httpx.AsyncClient, own_database_url: str
) -> None:
    for number in range(NAMES):
        answers = await asyncio.gather(
            *(insist(own_sender, meeting(number), f"name {number}") for _ in range(TWINS))
        )
        assert Counter(answer.status_code for answer in answers) == {201: TWINS}
        assert len({answer.content for answer in answers}) == 1
        assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    note(f"{NAMES} names, {TWINS} requests each at the same moment: one effect and one answer for each name")
    async with open_session(own_database_url) as session:
        for table in ("article", "kept_answer"):
            assert (await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == NAMES


async def test_90_twin_of_a_request_in_flight_is_a_409(
    own_sender: httpx.AsyncClient, own_database_url: str
) -> None:
    async with open_session(own_database_url) as first:
        key = (await first.execute(text("SELECT id FROM api_key"))).scalar_one()
        assert await find_kept_answer(first, key, "a", "0" * 64) is None
        assert_problem(await hand_in(own_sender, meeting(1), "a"), 409, "conflict")
    assert (await hand_in(own_sender, meeting(1), "a")).status_code == 201


@pytest.mark.teeth
async def test_twins_are_noticed_that_do_not_wait_for_each_other(
    own_sender: httpx.AsyncClient, own_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wait_for_nobody(*_: object) -> None:
        return None

    monkeypatch.setattr("app.storage.kept_answers._lock", wait_for_nobody)
    with pytest.raises(AssertionError):
        await test_twins_at_the_same_moment_have_one_effect_and_one_answer(own_sender, own_database_url)


async def test_no_transaction_waits_for_a_body(own_sender: httpx.AsyncClient, own_database_url: str) -> None:
    known = text("SELECT count(last_used_at) FROM api_key")
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
    )

    async def body() -> AsyncIterator[bytes]:
        yield meeting(1).encode()
        async with open_session(own_database_url) as session:
            for _ in range(100):
                if (await session.execute(known)).scalar_one():  # seen from here, so committed
                    break
                await asyncio.sleep(0.05)
            else:
                pytest.fail("the sender's transaction waits for the body")
            assert (await session.execute(waiting)).scalar_one() == 0

    headers = {"Content-Type": "text/plain"}
    answer = await own_sender.post("/v1/articles", content=body(), headers=headers)
    assert answer.status_code == 201, answer.text
