from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.agreements import EXAMPLE, AgreementResponse
from app.domain.record import EventRecord, ReportedAgreement
from app.domain.vocabulary import AgreementKind, EventKind, Mode, Pledge, ReviewStatus
from app.storage.access_paths import rebuild_access_paths
from app.storage.tables import event
from tests.factories import make_person, make_record, store


def step(mode: Mode, day: date | None, *parties: str, **told: Any) -> EventRecord:
    known: dict[str, Any] = {
        "title": "Strategic Mutual Defense Agreement",
        "kind": AgreementKind.PACT,
        "domain": "defense_cooperation",
        "pledges": (Pledge.MUTUAL_DEFENSE,),
    }
    return make_record(
        *(parties or ("PAK", "SAU")),
        kind=EventKind.AGREEMENT,
        mode=mode,
        on=day,
        topics=("training",),
        people=[make_person("Test Sharif", (parties or ("PAK",))[0], title="Prime Minister")],
        agreement=ReportedAgreement(**{**known, **told}),
    )


async def find(client: httpx.AsyncClient, query: str = "") -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/agreements?{query}")
    assert answer.status_code == 200, answer.text
    found = answer.json()["results"]
    assert isinstance(found, list)
    return found


async def test_agreement_shows_its_life(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store(session, step(Mode.ANNOUNCED, date(2025, 9, 1)))
    await store(session, step(Mode.SIGNED, date(2025, 9, 17)))
    (found,) = await find(client)
    assert list(found) == list(AgreementResponse.model_fields) == list(EXAMPLE)
    assert found["id"].startswith("agr_")
    assert found["title"] == "Strategic Mutual Defense Agreement"
    assert (found["agreement_kind"], found["status"], found["date_basis"]) == ("pact", "signed", "signed")
    assert (found["date_start"], found["date_precision"]) == ("2025-09-17", "day")
    assert found["pledges"] == ["mutual_defense"]
    assert [party["id"] for party in found["parties"]] == ["PAK", "SAU"]
    assert [person["official"]["name"] for person in found["participants"]] == ["Test Sharif"]
    assert found["topics"] == ["defense_cooperation", "training"]
    assert [(told["step"], told["date_start"]) for told in found["lifecycle"]] == [
        ("announced", "2025-09-01"),
        ("signed", "2025-09-17"),
    ]
    assert len(found["sources"]) == 2
    assert found["sources"][0].keys() == {
        "article", "outlet", "url", "title", "published_on", "updated_on", "quote",
    }  # fmt: skip
    for told in found["lifecycle"]:
        assert (await client.get(f"/v1/events/{told['event']}")).json()["agreement"]["id"] == found["id"]
    assert (await client.get(f"/v1/agreements/{found['id']}")).json() == found


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("party=PAK", ["B", "A"]),
        ("party=Saudi Arabia&party=FRA", ["C", "A"]),
        ("pair=PAK-SAU", ["A"]),
        ("pair=PAK-TUR&pair=SAU-PAK", ["B", "A"]),
        ("country=TUR", ["B"]),
        ("organization=EU", ["C"]),
        ("kind=memorandum", ["B"]),
        ("kind=pact&kind=memorandum", ["B", "A"]),
        ("status=signed", ["C", "A"]),
        ("topic=trade", ["B"]),
        ("topic=economy", ["B"]),
        ("domain=trade", ["B"]),
        ("topic=training", ["C", "B", "A"]),
        ("domain=training", []),
        ("date_from=2024-01-01&date_to=2024-12-31", ["B"]),
        ("date_from=2024-06-01", ["C", "B"]),
        ("date_to=2024-05-31", ["A"]),
        ("q=A", []),
        ("q=B or C", ["C", "B"]),
        ("sort=date", ["A", "B", "C"]),
        ("sort=-updated_at&limit=1", None),
    ],
)
async def test_agreements_are_filtered(
    client: httpx.AsyncClient, session: AsyncSession, query: str, titles: list[str] | None
) -> None:
    await store(session, step(Mode.SIGNED, date(2023, 1, 1), "PAK", "SAU", title="A"))
    memorandum = {"title": "B", "kind": AgreementKind.MEMORANDUM, "domain": "trade"}
    await store(session, step(Mode.ANNOUNCED, date(2024, 6, 1), "PAK", "TUR", **memorandum))
    await store(
        session, step(Mode.SIGNED, date(2025, 1, 1), "EU", "FRA", title="C", kind=AgreementKind.TREATY)
    )
    found = await find(client, query)
    if titles is not None:
        assert [agreement["title"] for agreement in found] == titles


async def test_undated_agreements_match_a_date_filter_only_when_asked(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, step(Mode.SIGNED, None))
    assert len(await find(client)) == 1
    assert await find(client, "date_from=2020-01-01") == []
    assert len(await find(client, "date_from=2020-01-01&include_undated=true")) == 1


async def test_agreement_of_rejected_events_is_not_listed(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, step(Mode.SIGNED, date(2025, 9, 17)))
    await session.execute(update(event).values(review_status=ReviewStatus.REJECTED))
    await rebuild_access_paths(session)
    assert await find(client) == []


@pytest.mark.parametrize("bad", ["agr_", "agr_" + "0" * 32, "evt_" + "0" * 32, "%00"])
async def test_unknown_agreement_is_a_404(client: httpx.AsyncClient, bad: str) -> None:
    assert (await client.get(f"/v1/agreements/{bad}")).status_code == 404
