"""How many SQL statements an answer may take, however many rows it has."""

from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.record import ReportedAgreement, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, Mode
from tests.conftest import CountStatements, joined_session, rolled_back
from tests.factories import make_person, make_record, store

VERSION = 1
"""The statement that reads the version which the ETag tells; every answer takes it."""

LISTS = {
    "/v1/events": 5,
    "/v1/events?party=PAK&pair=IRQ-PAK&country=Iraq&place_country=Pakistan&topic=security&q=meet": 7,
    "/v1/events?count=false": 4,
    "/v1/events?facet=kind&facet=party&facet=topic": 6,
    "/v1/events?party=PAK&via=succession&via=membership": 7,
    "/v1/events?expand=reports": 7,
    "/v1/events?expand=participants": 8,
    "/v1/events?expand=agreement": 10,
    "/v1/events?party=PAK&q=meet or signed&facet=kind&via=succession"
    "&expand=reports&expand=participants&expand=agreement": 19,
    "/v1/events/timeseries?group_by=kind": 2,
    "/v1/network": 1,
    "/v1/dyads/PAK-SAU/timeline": 6,
    "/v1/officials?q=Sombody": 4,
    "/v1/officials?party=PAK&facet=party&kind=meeting": 6,
    "/v1/agreements?q=pact&facet=kind": 8,
    "/v1/articles?q=ministers&party=PAK&facet=outlet": 6,
    "/v1/countries?facet=region": 5,
    "/v1/meetings": 5,
    "/v1/agreements": 3,
    "/v1/agreements?party=PAK": 4,
    "/v1/officials": 4,
    "/v1/officials?party=PAK": 5,
    "/v1/countries": 4,
    "/v1/organizations": 4,
    "/v1/organizations/IMCTC/members": 2,
    "/v1/dyads": 2,
    "/v1/dyads?party=PAK": 3,
    "/v1/articles": 3,
    "/v1/parties/resolve?q=Iraqi": 2,
    "/v1/meta": 3,
}


@pytest.fixture(scope="module")
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Open one connection for all tests here, which only read what is stored on it."""
    async with rolled_back(engine) as opened:
        async with joined_session(opened) as session:
            await store_several(session, 8)
            await session.commit()
        yield opened


async def store_several(session: AsyncSession, number: int) -> None:
    for day in range(number):
        people = [make_person(f"Person Number{day}", "PAK"), make_person("Somebody Else", "IRQ")]
        place = ReportedPlace(city="Lahore", country="PAK")
        day_of = date(2024, 1, 1 + day)
        met = make_record("IRQ", "PAK", on=day_of, people=people, place=place, topics=("training",))
        await store(session, met)
        signed = make_record(
            "PAK",
            "SAU",
            kind=EventKind.AGREEMENT,
            mode=Mode.SIGNED,
            on=day_of,
            agreement=ReportedAgreement(title=f"Pact {day}", kind=AgreementKind.PACT),
            people=people[:1],
        )
        await store(session, signed)


@pytest.mark.parametrize(("address", "budget"), LISTS.items())
async def test_list_takes_a_constant_number_of_statements(
    client: httpx.AsyncClient, count_statements: CountStatements, address: str, budget: int
) -> None:
    with count_statements() as statements:
        answer = await client.get(address)
    assert answer.status_code == 200
    assert len(answer.json().get("results", [1])) >= 1
    assert len(statements) <= budget + VERSION, "\n\n".join(statements)


@pytest.mark.parametrize(("shape", "budget"), [("{}", 5), ("{}/reports", 3)])
async def test_single_event_takes_a_constant_number_of_statements(
    client: httpx.AsyncClient,
    session: AsyncSession,
    count_statements: CountStatements,
    shape: str,
    budget: int,
) -> None:
    recorded = await store(session, make_record(people=[make_person("Somebody Else", "IRQ")]))
    with count_statements() as statements:
        answer = await client.get(f"/v1/events/{shape.format(public_id(Prefix.EVENT, recorded.events[0]))}")
    assert answer.status_code == 200
    assert len(statements) <= budget + VERSION


async def test_refused_request_takes_no_statement(
    client: httpx.AsyncClient, count_statements: CountStatements
) -> None:
    with count_statements() as statements:
        for query in ("date_form=2024-01-01", "limit=0", "kind=x", "cursor=x", "q=%00"):
            assert (await client.get(f"/v1/events?{query}")).status_code in (400, 422)
    assert statements == []
