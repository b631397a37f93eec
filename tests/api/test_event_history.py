from datetime import date

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.identifiers import Prefix, public_id
from app.domain.keys import Scope
from app.domain.record import ReportedPlace
from app.domain.vocabulary import Mode
from app.storage.edits import Edit
from app.storage.merging import merge_events
from tests.api.event_lists import add
from tests.authorization.holders import holder
from tests.factories import make_article, make_person, make_record, make_signing, store


async def store_twice(session: AsyncSession) -> str:
    people = [make_person("Jean Dupont", "FRA")]
    place = ReportedPlace(city="Paris", country="FRA")
    month = DateSpan.of_month(2024, 8)
    first = make_record("FRA", "DEU", people=people, on=month, confidence=0.8, place=place)
    second = make_record(
        "FRA", "DEU", people=people, on=date(2024, 8, 19), mode=Mode.TALKS, place=ReportedPlace(city="Lyon")
    )
    article = make_article(published_on=date(2024, 8, 20))
    recorded = await store(session, first, article=article)
    again = await store(session, second, article=make_article(published_on=date(2024, 8, 21)))
    assert again.events == recorded.events
    return public_id(Prefix.EVENT, recorded.events[0])


async def test_history_shows_every_version_and_what_it_changed(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    known = await store_twice(session)
    answer = (await client.get(f"/v1/events/{known}/history")).json()
    first, second = answer["results"]
    assert (first["version"], first["action"]) == (1, "create")
    assert (second["version"], second["action"]) == (2, "update")
    assert first["event"]["date_precision"] == "month"
    assert second["event"]["date_start"] == "2024-08-19"
    assert {"date_start", "date_end", "date_precision", "mode", "report_count"} <= set(second["changed"])
    assert "parties" not in second["changed"]
    today = (await client.get(f"/v1/events/{known}")).json()
    assert today["version"] == second["version"]
    same = ("kind", "mode", "status", "date_start", "date_end", "place", "topics", "confidence")
    assert {name: second["event"][name] for name in same} == {name: today[name] for name in same}
    assert second["event"]["participants"][0]["official"] == today["participants"][0]["official"]["id"]


async def test_history_of_an_agreement_and_of_an_official_shows_what_an_editor_changed(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await store(session, make_signing("PAK", "SAU", people=[make_person("Jean Dupont", "PAK")]))
    editor = await holder(session, Scope.EVENTS_WRITE)
    for kind, change in (
        ("agreements", {"title": "A pact of their own"}),
        ("officials", {"name": "Jean Dupond"}),
    ):
        asked = {"agreements": {"party": "SAU"}, "officials": {"q": "Dupont"}}[kind]
        (one,) = (await client.get(f"/v1/{kind}", params=asked)).json()["results"]
        path, subject, (field, value) = f"/v1/{kind}/{one['id']}", kind[:-1], *change.items()
        tag = (await client.get(path)).headers["etag"]
        changed = await client.patch(path, json=change, headers={**editor, "If-Match": tag})
        await client.post(f"{path}/undo", headers={**editor, "If-Match": changed.headers["etag"]})
        versions = (await client.get(f"{path}/history")).json()["results"]
        assert [(row["version"], row["action"]) for row in versions] == [
            (1, "create"),
            (2, "update"),
            (3, "update"),
        ]
        assert [row[subject][field] for row in versions] == [one[field], value, one[field]]
        assert field in versions[1]["changed"]
        assert (await client.get(path)).json()[field] == versions[-1][subject][field]


async def test_history_of_a_merged_event_is_its_own_and_says_where_it_went(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    kept = await store(session, make_record("IRQ", "PAK"))
    merged = await store(session, make_record("IRQ", "PAK", on=date(2023, 1, 1)))
    await merge_events(session, merged.events[0], kept.events[0], Edit())
    answer = await client.get(f"/v1/events/{public_id(Prefix.EVENT, merged.events[0])}/history")
    first, last = answer.json()["results"]
    assert (first["action"], last["action"]) == ("create", "merge")
    assert last["event"]["merged_into"] == public_id(Prefix.EVENT, kept.events[0])


@pytest.mark.parametrize("bad", ["evt_", "evt_" + "0" * 32, "off_" + "0" * 32])
async def test_unknown_event_has_no_history(client: httpx.AsyncClient, bad: str) -> None:
    assert (await client.get(f"/v1/events/{bad}/history")).status_code == 404


async def test_event_says_which_value_won_where_its_sources_differ_and_why(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    known = await store_twice(session)
    found = (await client.get(f"/v1/events/{known}")).json()
    told = {difference["field"]: difference for difference in found["differences"]}
    assert told.keys() == {"date", "city"}
    assert told["date"]["value"] == "2024-08-19" == found["date_start"]
    assert {account["value"] for account in told["date"]["accounts"]} == {
        "2024-08-01/2024-08-31",
        "2024-08-19",
    }
    assert told["city"]["value"] == found["place"]["city"]
    assert {account["article"] for account in told["city"]["accounts"]} == {
        source["article"] for source in found["sources"]
    }
    assert "precise" in told["date"]["why"]
    (listed,) = (await client.get("/v1/events")).json()["results"]
    assert listed == found


async def test_event_of_one_source_has_no_differences(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    known = await add(session, make_record())
    assert (await client.get(f"/v1/events/{known}")).json()["differences"] == []
