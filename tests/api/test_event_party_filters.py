from datetime import date

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.vocabulary import PartyRole
from tests.api.event_lists import add, ask
from tests.factories import make_record


@pytest.mark.parametrize(
    "word",
    [
        "PAK",
        "pak",
        "PK",
        "pk",
        "586",
        "cow:770",
        "GW:770",
        "wd:Q843",
        "wd:q843",
        "Pakistan",
        "PAKISTAN",
        "Pakistani",
        "Islamic Republic of Pakistan",
        "Dominion of Pakistan",
    ],
)
async def test_party_takes_every_code_and_name(
    client: httpx.AsyncClient, session: AsyncSession, word: str
) -> None:
    wanted = await add(session, make_record("IRQ", "PAK"))
    await add(session, make_record("FRA", "DEU"))
    assert await ask(client, f"party={word}") == {wanted}


async def test_repeated_party_means_or(client: httpx.AsyncClient, session: AsyncSession) -> None:
    first = await add(session, make_record("IRQ", "PAK"))
    second = await add(session, make_record("FRA", "DEU"))
    await add(session, make_record("JPN", "KOR"))
    assert await ask(client, "party=PAK&party=France") == {first, second}


async def test_different_parameters_mean_and(client: httpx.AsyncClient, session: AsyncSession) -> None:
    both = await add(session, make_record("IMCTC", "PAK"))
    await add(session, make_record("IRQ", "PAK"))
    assert await ask(client, "country=PAK&organization=IMCTC") == {both}


async def test_country_and_organization_are_found_on_any_side(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    meeting = await add(session, make_record("IMCTC", "PAK"))
    assert await ask(client, "country=Pakistan") == {meeting}
    assert await ask(client, "organization=imctc") == {meeting}


async def test_country_parameter_refuses_an_organization(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events?country=IMCTC")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "country"


@pytest.mark.parametrize(
    "pair",
    [
        "IRQ-PAK",
        "PAK-IRQ",
        "Iraq-Pakistan",
        "IQ-586",
        "iraqi-pakistani",
        "cow:645-wd:Q843",
        "Iraq - Pakistan",
    ],
)
async def test_pair_takes_any_code_or_name_in_either_half(
    client: httpx.AsyncClient, session: AsyncSession, pair: str
) -> None:
    wanted = await add(session, make_record("IRQ", "PAK"))
    await add(session, make_record("IRQ", "TUR"))
    assert await ask(client, f"pair={pair}") == {wanted}


async def test_pair_splits_at_the_one_hyphen_where_both_halves_are_known(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    wanted = await add(session, make_record("GNB", "PAK"))
    assert await ask(client, "pair=Guinea-Bissau-PAK") == {wanted}
    assert await ask(client, "pair=PAK-Guinea-Bissau") == {wanted}


async def test_repeated_pair_means_or(client: httpx.AsyncClient, session: AsyncSession) -> None:
    first = await add(session, make_record("IRQ", "PAK"))
    second = await add(session, make_record("FRA", "DEU"))
    await add(session, make_record("IRQ", "TUR"))
    assert await ask(client, "pair=IRQ-PAK&pair=DE-FR") == {first, second}


async def test_convenor_is_found_as_party_but_makes_no_pair(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    talks = await add(session, make_record("IRN", "SAU", ("CHN", PartyRole.CONVENOR)))
    assert await ask(client, "party=CHN") == {talks}
    assert await ask(client, "pair=CHN-IRN") == set()
    assert await ask(client, "pair=IRN-SAU") == {talks}


@pytest.mark.parametrize("pair", ["PAK", "PAK-", "-PAK", "PAK-Nowhere", "PAK-Pakistan", "-"])
async def test_what_is_no_pair_is_refused(client: httpx.AsyncClient, pair: str) -> None:
    answer = await client.get("/v1/events", params={"pair": pair})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "pair"


async def test_pair_with_an_ambiguous_half_lists_its_candidates(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events?pair=PAK-Korea")
    assert answer.status_code == 422
    candidates = answer.json()["errors"][0]["candidates"]
    assert [candidate[:3] for candidate in candidates] == ["KOR", "PRK"]


async def test_ambiguous_word_lists_its_candidates(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events?party=Congo")
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert error["code"] == "ambiguous_party"
    assert {candidate[:3] for candidate in error["candidates"]} == {"COD", "COG"}


async def test_unknown_word_suggests_the_nearest(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/events?party=Pakstan")
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert (error["parameter"], error["code"]) == ("party", "no_such_party")
    assert error["suggestion"] == "PAK"
    assert error["candidates"][0] == "PAK (Pakistan)"


async def test_former_state_is_found_by_its_own_name_and_not_its_successors(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    former = await add(session, make_record("SUN", "FRA", on=date(1985, 10, 2)))
    today = await add(session, make_record("RUS", "FRA"))
    assert await ask(client, "party=Soviet Union") == {former}
    assert await ask(client, "party=SUN") == {former}
    assert await ask(client, "party=cow:365") == {today}
