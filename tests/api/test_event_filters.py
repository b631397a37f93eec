from datetime import date

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.identifiers import Prefix, public_id
from app.domain.record import EventRecord, ReportedPlace
from app.domain.vocabulary import EventKind, EventStatus, Mode, PartyRole, ReviewStatus
from app.storage.tables import event
from tests.factories import make_person, make_record, store


async def add(session: AsyncSession, record: EventRecord) -> str:
    recorded = await store(session, record)
    return public_id(Prefix.EVENT, recorded.events[0])


async def ask(client: httpx.AsyncClient, query: str, path: str = "events") -> set[str]:
    answer = await client.get(f"/v1/{path}?{query}")
    assert answer.status_code == 200, answer.text
    found = [result["id"] for result in answer.json()["results"]]
    assert answer.json()["meta"]["count"] == len(found)
    return set(found)


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


async def test_official_finds_the_events_of_one_person(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    wanted = await add(session, make_record("FRA", "DEU", people=[make_person("Jean Dupont", "FRA")]))
    await add(
        session, make_record("FRA", "DEU", on=date(2023, 1, 1), people=[make_person("Anne Petit", "FRA")])
    )
    person = (await client.get(f"/v1/events/{wanted}")).json()["participants"][0]["official"]["id"]
    assert await ask(client, f"official={person}") == {wanted}
    assert await ask(client, f"official=off_{'0' * 32}") == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date_from=2024-08-19", True),
        ("date_from=2024-08-21", True),
        ("date_from=2024-08-22", False),
        ("date_to=2024-08-19", True),
        ("date_to=2024-08-18", False),
        ("date_from=2024-08-20&date_to=2024-08-20", True),
        ("date_from=2024-01-01&date_to=2024-12-31", True),
    ],
)
async def test_days_match_what_overlaps_them(
    client: httpx.AsyncClient, session: AsyncSession, query: str, found: bool
) -> None:
    span = DateSpan.of_range(date(2024, 8, 19), date(2024, 8, 21))
    await add(session, make_record("IRQ", "PAK", on=span))
    assert bool(await ask(client, query)) is found


async def test_undated_events_match_a_date_filter_only_when_asked(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    undated = await add(session, make_record("IRQ", "PAK", on=None))
    assert await ask(client, "") == {undated}
    assert await ask(client, "date_from=2020-01-01") == set()
    assert await ask(client, "date_from=2020-01-01&include_undated=true") == {undated}


async def test_kind_and_mode_narrow_the_list(client: httpx.AsyncClient, session: AsyncSession) -> None:
    call = await add(session, make_record("IRQ", "PAK", kind=EventKind.CALL, mode=Mode.PHONE))
    visit = await add(session, make_record("IRQ", "PAK", kind=EventKind.VISIT, mode=Mode.STATE))
    assert await ask(client, "kind=call") == {call}
    assert await ask(client, "kind=call&kind=visit") == {call, visit}
    assert await ask(client, "mode=state") == {visit}


async def test_lists_show_what_occurred_unless_status_says_otherwise(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    held = await add(session, make_record("IRQ", "PAK"))
    planned = await add(session, make_record("FRA", "DEU", status=EventStatus.PLANNED))
    assert await ask(client, "") == {held}
    assert await ask(client, "status=planned") == {planned}
    assert await ask(client, "status=planned&status=occurred") == {held, planned}


async def test_lists_hide_what_is_doubted_unless_review_status_says_otherwise(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    served = await add(session, make_record("IRQ", "PAK"))
    doubted = await store(session, make_record("FRA", "DEU"))
    doubt = update(event).where(event.c.id == doubted.events[0])
    for status in (ReviewStatus.NEEDS_REVIEW, ReviewStatus.REJECTED):
        await session.execute(doubt.values(review_status=status))
        assert await ask(client, "") == {served}
        assert await ask(client, f"review_status={status}") == {public_id(Prefix.EVENT, doubted.events[0])}


async def test_topic_group_stands_for_its_members(client: httpx.AsyncClient, session: AsyncSession) -> None:
    training = await add(session, make_record("IRQ", "PAK", topics=("training",)))
    trade = await add(session, make_record("FRA", "DEU", topics=("trade",)))
    assert await ask(client, "topic=training") == {training}
    assert await ask(client, "topic=security") == {training}
    assert await ask(client, "topic=security&topic=trade") == {training, trade}


async def test_place_is_found_by_country_and_city(client: httpx.AsyncClient, session: AsyncSession) -> None:
    place = ReportedPlace(city="Geneva", country="CHE")
    wanted = await add(session, make_record("IRQ", "PAK", place=place))
    await add(session, make_record("FRA", "DEU"))
    assert await ask(client, "place_country=Switzerland") == {wanted}
    assert await ask(client, "city=geneva") == {wanted}
    assert await ask(client, "party=CHE") == set()


@pytest.mark.parametrize(
    "q", ["dupont", '"Jean Dupont"', "dupont -merkel", "nobody or dupont", "France Germany"]
)
async def test_full_text_finds_words_of_an_event(
    client: httpx.AsyncClient, session: AsyncSession, q: str
) -> None:
    wanted = await add(session, make_record("FRA", "DEU", people=[make_person("Jean Dupont", "FRA")]))
    await add(session, make_record("IRQ", "PAK"))
    answer = await client.get("/v1/events", params={"q": q})
    assert [result["id"] for result in answer.json()["results"]] == [wanted]


async def test_background_events_are_listed_and_flagged(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, make_record("IRQ", "PAK", main=False))
    (result,) = (await client.get("/v1/events")).json()["results"]
    assert result["background"] is True


async def test_meetings_are_meetings_calls_and_visits(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    kinds = (EventKind.MEETING, EventKind.CALL, EventKind.VISIT, EventKind.EXERCISE)
    ids = [await add(session, make_record("IRQ", "PAK", kind=kind)) for kind in kinds]
    assert await ask(client, "", "meetings") == set(ids[:3])
    assert await ask(client, "kind=call", "meetings") == {ids[1]}
    assert (await client.get("/v1/meetings?kind=exercise")).status_code == 422
    assert (await client.get(f"/v1/meetings/{ids[0]}")).status_code == 200
    assert (await client.get(f"/v1/meetings/{ids[3]}")).status_code == 404


async def test_merged_events_are_not_listed(client: httpx.AsyncClient, session: AsyncSession) -> None:
    kept = await store(session, make_record("IRQ", "PAK"))
    merged = await store(session, make_record("IRQ", "PAK", on=date(2023, 1, 1)))
    into = update(event).where(event.c.id == merged.events[0]).values(merged_into=kept.events[0])
    await session.execute(into)
    assert await ask(client, "") == {public_id(Prefix.EVENT, kept.events[0])}


async def test_participant_may_be_an_office_alone(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await add(session, make_record("FRA", "DEU", people=[make_person(None, "FRA", title="Defense Minister")]))
    (person,) = (await client.get("/v1/events")).json()["results"][0]["participants"]
    assert person["official"] is None
    assert person["title_as_reported"] == "Defense Minister"
    assert person["office"] is None
