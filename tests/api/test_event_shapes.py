from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.events import EXAMPLE, EventResponse
from app.domain.identifiers import Prefix, public_id
from app.domain.record import ReportedAgreement, ReportedDelegation, ReportedPlace
from app.domain.vocabulary import AgreementKind, EventKind, EventStatus, Mode, PartyRole
from app.storage.access_paths import keep_access_paths
from app.storage.tables import event, participation, tenure
from app.storage.tables.columns import new_id
from tests.factories import log_update, make_article, make_evidence, make_person, make_record, store

TEXT = "RAWALPINDI: Iraqi Secretary Defense Ahmed Dawood Salman called on Asim Munir on Monday."
STATED = "Ahmed Dawood Salman called on Asim Munir"


async def one_event(client: httpx.AsyncClient) -> dict[str, Any]:
    (result,) = (await client.get("/v1/events")).json()["results"]
    assert isinstance(result, dict)
    return result


async def store_call_on(session: AsyncSession) -> UUID:
    record = make_record(
        ("IRQ", PartyRole.VISITOR),
        ("PAK", PartyRole.HOST),
        mode=Mode.CALL_ON,
        place=ReportedPlace(venue="Joint Staff Headquarters", city="Rawalpindi", country="PAK"),
        people=[
            make_person("Ahmed Dawood Salman", "IRQ", title="Secretary Defense", role=PartyRole.VISITOR),
            make_person("Test General", "PAK", rank="Gen.", role=PartyRole.HOST),
        ],
        delegation=ReportedDelegation(party="IRQ", size=4),
        topics=("training",),
        evidence=(make_evidence(TEXT, "Iraqi", "/parties/0"), make_evidence(TEXT, STATED)),
    )
    return (await store(session, record, article=make_article(TEXT, url="https://example.org/1"))).events[0]


async def test_event_has_exactly_the_documented_keys(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_call_on(session)
    found = await one_event(client)
    assert list(found) == [name for name in EventResponse.model_fields if name != "reports"]
    assert found.keys() == EXAMPLE.keys()
    for part in ("parties", "participants", "sources"):
        assert found[part][0].keys() == EXAMPLE[part][0].keys()
    assert found["place"].keys() == EXAMPLE["place"].keys()


async def test_event_shows_what_the_record_says(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store_call_on(session)
    found = await one_event(client)
    assert (found["kind"], found["mode"], found["status"]) == ("meeting", "call_on", "occurred")
    assert (found["date_start"], found["date_end"], found["date_precision"]) == (
        "2024-08-19",
        "2024-08-19",
        "day",
    )
    assert found["place"] == {"venue": "Joint Staff Headquarters", "city": "Rawalpindi", "country": "PAK"}
    assert found["parties"] == [
        {"id": "IRQ", "kind": "country", "name": "Iraq", "role": "visitor"},
        {"id": "PAK", "kind": "country", "name": "Pakistan", "role": "host"},
    ]
    assert [person["official"]["name"] for person in found["participants"]] == [
        "Ahmed Dawood Salman",
        "Test General",
    ]
    assert found["delegation"] == {"party": "IRQ", "head": None, "size": 4, "complete": False}
    assert found["dyads"] == ["IRQ-PAK"]
    assert found["topics"] == ["training"]
    assert found["confidence_reasons"] == ["both parties are named"]
    assert found["updated_at"].endswith("Z")


async def test_source_quotes_the_words_that_state_the_event(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store_call_on(session)
    (source,) = (await one_event(client))["sources"]
    assert source.pop("article").startswith("art_")
    assert source == {
        "outlet": "Arab News",
        "url": "https://example.org/1",
        "title": "Ministers meet",
        "published_on": "2024-08-20",
        "updated_on": None,
        "quote": STATED,
    }


async def test_source_without_publication_day_shows_that_of_the_update(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    article = make_article(published_on=None, updated_on=date(2024, 8, 21), title=None, outlet=None)
    await store(session, make_record(), article=article)
    (source,) = (await one_event(client))["sources"]
    assert (source["published_on"], source["updated_on"]) == ("2024-08-21", "2024-08-21")
    assert (source["title"], source["outlet"], source["quote"]) == (None, None, None)


async def test_event_of_two_articles_shows_both_sources(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    people = [make_person("Ahmed Dawood Salman", "IRQ")]
    await store(session, make_record(people=people))
    await store(session, make_record(people=people), article=make_article(outlet="Dawn"))
    found = await one_event(client)
    assert found["report_count"] == 2
    assert {source["outlet"] for source in found["sources"]} == {"Arab News", "Dawn"}


async def test_event_of_an_agreement_names_it(client: httpx.AsyncClient, session: AsyncSession) -> None:
    signed = make_record(
        "PAK",
        "SAU",
        kind=EventKind.AGREEMENT,
        mode=Mode.SIGNED,
        agreement=ReportedAgreement(title="Defense Pact", kind=AgreementKind.PACT),
    )
    await store(session, signed)
    found = await one_event(client)
    assert found["agreement"]["title"] == "Defense Pact"
    assert (await client.get(f"/v1/agreements/{found['agreement']['id']}")).status_code == 200


async def test_event_with_three_parties_makes_three_dyads(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, make_record("TUR", "AZE", "PAK", ("CHN", PartyRole.CONVENOR)))
    assert (await one_event(client))["dyads"] == ["AZE-PAK", "AZE-TUR", "PAK-TUR"]


async def test_undated_event_has_null_dates_and_a_place_object(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, make_record(on=None))
    found = await one_event(client)
    assert (found["date_start"], found["date_end"], found["date_precision"]) == (None, None, "unknown")
    assert found["place"] == {"venue": None, "city": None, "country": None}
    assert "sort_date" not in found


async def test_parent_and_object_are_shown(client: httpx.AsyncClient, session: AsyncSession) -> None:
    visit = await store(session, make_record("IRQ", "PAK", kind=EventKind.VISIT))
    given = make_record("USA", "PAK", kind=EventKind.TRANSFER, mode=Mode.ARMS, object="four patrol boats")
    transfer = await store(session, given)
    part_of = update(event).where(event.c.id == transfer.events[0]).values(parent=visit.events[0])
    await session.execute(part_of)
    await keep_access_paths(session, transfer.events)
    found = (await client.get(f"/v1/events/{public_id(Prefix.EVENT, transfer.events[0])}")).json()
    assert found["object"] == "four patrol boats"
    assert found["parent"] == public_id(Prefix.EVENT, visit.events[0])


async def test_participant_shows_the_office_held_that_day(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    recorded = await store(session, make_record(people=[make_person("Test Minister", "IRQ")]))
    found = await one_event(client)
    person = UUID(found["participants"][0]["official"]["id"].removeprefix("off_"))
    office = new_id()
    held = {"id": office, "official": person, "party": "IRQ", "title": "Minister of Tests", "source": "test"}
    await session.execute(insert(tenure).values(held))
    of_event = update(participation).where(participation.c.event == recorded.events[0])
    await session.execute(of_event.values(tenure=office))
    await log_update(session, "event", str(recorded.events[0]))
    assert (await one_event(client))["participants"][0]["office"] == {"title": "Minister of Tests"}


@pytest.mark.parametrize("status", [EventStatus.PLANNED, EventStatus.CANCELLED])
async def test_single_event_is_served_whatever_its_status(
    client: httpx.AsyncClient, session: AsyncSession, status: EventStatus
) -> None:
    recorded = await store(session, make_record(status=status))
    answer = await client.get(f"/v1/events/{public_id(Prefix.EVENT, recorded.events[0])}")
    assert answer.json()["status"] == status


async def test_merged_event_answers_308_to_the_last_survivor(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    stored = [await store(session, make_record(on=date(2020 + year, 1, 1))) for year in range(3)]
    first, second, last = (recorded.events[0] for recorded in stored)
    await session.execute(update(event).where(event.c.id == second).values(merged_into=last))
    await session.execute(update(event).where(event.c.id == first).values(merged_into=second))
    await keep_access_paths(session, [first, second])
    survivor = public_id(Prefix.EVENT, last)
    for shape in ("/v1/events/{}", "/v1/meetings/{}", "/v1/events/{}/reports"):
        answer = await client.get(shape.format(public_id(Prefix.EVENT, first)))
        assert answer.status_code == 308
        assert answer.headers["location"] == shape.format(survivor)


async def test_reports_show_each_source_with_evidence_and_offsets(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    event_id = await store_call_on(session)
    answer = (await client.get(f"/v1/events/{public_id(Prefix.EVENT, event_id)}/reports")).json()
    assert answer["meta"] == {"count": 1, "limit": 1, "next_cursor": None}
    (told,) = answer["results"]
    assert told["id"].startswith("rep_")
    assert list(told) == [
        "id",
        "article",
        "ordinal",
        "main",
        "parser_version",
        "confidence",
        "record",
        "officials",
        "may_be",
        "evidence",
    ]
    assert told["record"]["mode"] == "call_on"
    assert told["article"]["url"] == "https://example.org/1"
    start = TEXT.index(STATED)
    assert told["evidence"] == [
        {"field": "/parties/0", "start": 12, "end": 17, "quote": "Iraqi"},
        {"field": "", "start": start, "end": start + len(STATED), "quote": STATED},
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "evt_",
        "evt_xyz",
        "off_" + "0" * 32,
        "evt_" + "0" * 32,
        "evt_" + "A" * 32,
        "1",
        "%00",
        "..%2f..%2fetc",
    ],
)
@pytest.mark.parametrize("path", ["events/{}", "meetings/{}", "events/{}/reports"])
async def test_unknown_or_malformed_event_id_is_404(client: httpx.AsyncClient, path: str, bad: str) -> None:
    answer = await client.get("/v1/" + path.format(bad))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
