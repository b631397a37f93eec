"""What agreements, officials, articles and parties can be asked for."""

from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.record import ReportedAgreement, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, Mode, Pledge
from app.storage.tables import official, tenure
from app.storage.tables.columns import new_id
from tests.factories import make_article, make_person, make_record, store


async def find(client: httpx.AsyncClient, address: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/{address}")
    assert answer.status_code == 200, answer.text
    found = answer.json()["results"]
    assert isinstance(found, list)
    return found


async def store_agreements(session: AsyncSession) -> None:
    signed = make_record(
        "PAK", "SAU", kind=EventKind.AGREEMENT, mode=Mode.SIGNED, on=date(2025, 9, 17), confidence=0.9,
        agreement=ReportedAgreement(title="Alpha", kind=AgreementKind.PACT, pledges=(Pledge.MUTUAL_DEFENSE,)),
        people=[make_person("Test Sharif", "PAK", title="Prime Minister")],
        place=ReportedPlace(city="Riyadh", country="SAU"),
    )  # fmt: skip
    await store(session, signed, article=make_article(title="Defense deal sealed"))
    announced = make_record(
        "FRA", "DEU", kind=EventKind.AGREEMENT, mode=Mode.ANNOUNCED, on=DateSpan.of_month(2024, 3),
        agreement=ReportedAgreement(title="Beta", kind=AgreementKind.TREATY), confidence=0.5,
    )  # fmt: skip
    await store(session, announced, article=make_article(outlet="Dawn"))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("date_from=2024-03-10&date_to=2024-12-31", ["Beta"]),
        ("date_from=2024-03-10&date_to=2024-12-31&date_match=within", []),
        ("precision=day", ["Alpha"]),
        ("step=signed", ["Alpha"]),
        ("pledge=mutual_defense", ["Alpha"]),
        ("office=prime minister", ["Alpha"]),
        ("city=riyadh", ["Alpha"]),
        ("place_country=Saudi Arabia", ["Alpha"]),
        ("outlet=dawn", ["Beta"]),
        ("min_confidence=0.8", ["Alpha"]),
        ("updated_since=2999-01-01T00:00:00Z", []),
        ("review_status=accepted", []),
        ("organization=EU&via=membership", ["Beta"]),
        ("pair=IMCTC-PAK&via=membership", ["Alpha"]),
        ("q=beta", ["Beta"]),
        ("q=sealed", ["Alpha"]),
        ("sort=created_at", ["Alpha", "Beta"]),
        ("sort=-created_at", ["Beta", "Alpha"]),
    ],
)
async def test_agreements_take_the_filters_of_events(
    client: httpx.AsyncClient, session: AsyncSession, query: str, titles: list[str]
) -> None:
    await store_agreements(session)
    assert [one["title"] for one in await find(client, f"agreements?{query}")] == titles


async def test_agreement_is_found_by_an_official_of_its_events(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_agreements(session)
    (person,) = await find(client, "officials?q=test sharif")
    assert [one["title"] for one in await find(client, f"agreements?official={person['id']}")] == ["Alpha"]


async def test_highlights_of_agreements_and_articles_are_of_their_titles(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_agreements(session)
    for path, word in (("agreements", "Beta"), ("articles", "sealed")):
        answer = (await client.get(f"/v1/{path}?q={word}")).json()
        (piece,) = answer["highlights"][answer["results"][0]["id"]]
        ((first, last),) = piece["marks"]
        assert piece["text"][first:last] == word


async def test_agreement_that_takes_a_step_has_a_new_version(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    for mode, day in ((Mode.ANNOUNCED, 1), (Mode.SIGNED, 17)):
        told = ReportedAgreement(title="Alpha", kind=AgreementKind.PACT)
        record = make_record(
            "PAK", "SAU", kind=EventKind.AGREEMENT, mode=mode, on=date(2025, 9, day), agreement=told
        )
        await store(session, record)
        (found,) = await find(client, "agreements")
        assert found["version"] == (1 if mode is Mode.ANNOUNCED else 2)


async def store_people(session: AsyncSession) -> None:
    minister = make_person("Asim Munir Khan", "PAK", title="Foreign Minister")
    envoy = make_person("Jean Dupont", "FRA", title="Special Envoy")
    met = make_record("PAK", "FRA", people=[minister, envoy], mode=Mode.TALKS, topics=("trade",))
    await store(session, met)
    await session.execute(delete(tenure))
    held = {"party": "PAK", "title": "Governor of Tests", "source": "test", "id": new_id()}
    person = (
        await session.execute(select(official.c.id).where(official.c.name == "Asim Munir Khan"))
    ).scalar_one()
    days = {"valid_from": date(2010, 1, 1), "valid_to": date(2012, 12, 31)}
    await session.execute(insert(tenure).values(official=person, **days, **held))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=Aseem Muneer Khaan", ["Asim Munir Khan"]),
        ("q=Jaen Dupond", ["Jean Dupont"]),
        ("q=Duponte", ["Jean Dupont"]),
        ("q=Munir Xyzzy", []),
        ("office=foreign minister", ["Asim Munir Khan"]),
        ("office=governor", ["Asim Munir Khan"]),
        ("on=2011-06-01", ["Asim Munir Khan"]),
        ("on=2011-06-01&office=governor&party=PAK", ["Asim Munir Khan"]),
        ("on=2011-06-01&office=minister", []),
        ("on=2013-01-01", []),
        ("party=FRA&kind=meeting", ["Jean Dupont"]),
        ("pair=FRA-PAK", ["Jean Dupont", "Asim Munir Khan"]),
        ("topic=trade&country=FRA", ["Jean Dupont", "Asim Munir Khan"]),
        ("kind=call", []),
        ("date_from=2024-08-19&date_to=2024-08-19&mode=talks&q=khan", ["Asim Munir Khan"]),
    ],
)
async def test_officials_are_found_by_misspelt_names_offices_and_events(
    client: httpx.AsyncClient, session: AsyncSession, query: str, names: list[str]
) -> None:
    await store_people(session)
    found = [one["name"] for one in await find(client, f"officials?{query}")]
    assert [name for name in found if name in ("Asim Munir Khan", "Jean Dupont")] == names


async def test_relevance_puts_the_closest_name_first(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    people = [make_person(name, "FRA") for name in ("Zzyx Qworp Aaa", "Zzyx Qworp")]
    await store(session, make_record("FRA", "DEU", people=people))
    found = await find(client, "officials?q=zzyx qworp&sort=-relevance")
    assert [one["name"] for one in found] == ["Zzyx Qworp", "Zzyx Qworp Aaa"]
    first = (await client.get("/v1/officials?q=zzyx qworp&sort=-relevance&limit=1")).json()
    cursor = first["meta"]["next_cursor"]
    (second,) = await find(client, f"officials?q=zzyx qworp&sort=-relevance&limit=1&cursor={cursor}")
    assert second["name"] == "Zzyx Qworp Aaa"
    assert (await find(client, "countries?q=guinea&sort=-relevance"))[0]["name"] == "Guinea"


async def test_offices_held_on_a_day_are_shown(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_people(session)
    (person,) = await find(client, "officials?q=asim munir khan")
    address = f"officials/{person['id']}/tenures"
    assert [one["title"] for one in await find(client, f"{address}?on=2012-12-31")] == ["Governor of Tests"]
    assert await find(client, f"{address}?on=2013-01-01") == []


async def test_events_of_an_official_take_the_filters_of_events(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_people(session)
    await store(session, make_record("JPN", "KOR"))
    (person,) = await find(client, "officials?q=asim munir khan")
    address = f"officials/{person['id']}/events"
    assert [one["kind"] for one in await find(client, address)] == ["meeting"]
    assert await find(client, f"{address}?kind=call") == []
    assert (await client.get(f"/v1/officials/off_{'0' * 32}/events")).status_code == 404
    assert (await client.get("/v1/officials/off_1/events")).status_code == 404


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("party=PAK", ["Alpha told"]),
        ("pair=PAK-FRA", ["Alpha told"]),
        ("organization=EU&via=membership", ["Alpha told"]),
        ("kind=call", ["Beta told"]),
        ("topic=trade", ["Alpha told"]),
        ("outlet=Dawn", ["Beta told"]),
        ("language=ur", ["Beta told"]),
        ("q=alpha", ["Alpha told"]),
        ("updated_since=2999-01-01T00:00:00Z", []),
        ("updated_since=2001-01-01T00:00:00Z&date_from=2025-01-01", ["Beta told"]),
    ],
)
async def test_articles_are_found_by_the_events_they_tell_of(
    client: httpx.AsyncClient, session: AsyncSession, query: str, titles: list[str]
) -> None:
    await store(
        session, make_record("PAK", "FRA", topics=("trade",)), article=make_article(title="Alpha told")
    )
    later = make_article(title="Beta told", outlet="Dawn", language="ur", published_on=date(2025, 2, 1))
    await store(session, make_record("JPN", "KOR", kind=EventKind.CALL), article=later)
    assert [one["title"] for one in await find(client, f"articles?{query}")] == titles


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("countries?q=Pakstan", "PAK"),
        ("countries?q=Kazahkstan", "KAZ"),
        ("organizations?q=Islamc Miltary", "IMCTC"),
    ],
)
async def test_parties_are_found_by_misspelt_names(
    client: httpx.AsyncClient, address: str, first: str
) -> None:
    found = await find(client, f"{address}&sort=-relevance")
    assert found[0]["id"] == first
    assert len(found) < 10
