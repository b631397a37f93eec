"""What events can be asked for beside kind, party and place."""

from datetime import date

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.dates import DateSpan
from app.domain.identifiers import Prefix, public_id
from app.domain.record import ReportedPlace
from app.domain.vocabulary import EventStatus, PartyRole
from app.storage.access_paths import keep_access_paths
from app.storage.tables import event, participation, tenure
from app.storage.tables.columns import new_id
from tests.api.event_lists import add, ask
from tests.factories import make_article, make_evidence, make_person, make_record, store

TEXT = "RAWALPINDI: They talked of submarines and of the harbor at Gwadar on Monday."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date_from=2024-08-01&date_to=2024-08-31", True),
        ("date_from=2024-08-20&date_to=2024-08-31", False),
        ("date_from=2024-08-20", False),
        ("date_to=2024-08-21", True),
        ("date_to=2024-08-20", False),
    ],
)
async def test_within_matches_only_what_happened_in_the_range_for_certain(
    client: httpx.AsyncClient, session: AsyncSession, query: str, found: bool
) -> None:
    await add(session, make_record(on=DateSpan.of_range(date(2024, 8, 19), date(2024, 8, 21))))
    assert bool(await ask(client, f"{query}&date_match=within")) is found


async def test_precision_keeps_days_known_that_precisely(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    day = await add(session, make_record())
    month = await add(session, make_record("FRA", "DEU", on=DateSpan.of_month(2024, 8)))
    undated = await add(session, make_record("JPN", "KOR", on=None))
    assert await ask(client, "precision=day") == {day}
    assert await ask(client, "precision=month&precision=unknown") == {month, undated}


@pytest.mark.parametrize("office", ["foreign minister", "MINISTER Foreign", "gn mini"])
async def test_office_finds_events_that_its_holder_took_part_in(
    client: httpx.AsyncClient, session: AsyncSession, office: str
) -> None:
    wanted = await add(session, make_record(people=[make_person(None, "IRQ", title="Foreign Minister")]))
    await add(session, make_record("FRA", "DEU", people=[make_person(None, "FRA", title="Prime Minister")]))
    assert await ask(client, f"office={office}") == {wanted}


async def test_office_held_that_day_is_found_where_no_source_names_it(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    recorded = await store(session, make_record(people=[make_person("Test Person", "IRQ")]))
    held = {"party": "IRQ", "title": "Comptroller of Tests", "source": "test", "id": new_id()}
    person = (await session.execute(participation.select())).one()
    await session.execute(tenure.insert().values(official=person.official, **held))
    await session.execute(update(participation).values(tenure=held["id"]))
    assert await ask(client, "office=comptroller") == {public_id(Prefix.EVENT, recorded.events[0])}


@pytest.mark.parametrize("outlet", ["arabnews.com", "Arab News", "ARAB NEWS"])
async def test_outlet_finds_what_it_tells_of(
    client: httpx.AsyncClient, session: AsyncSession, outlet: str
) -> None:
    wanted = await add(session, make_record())
    await store(session, make_record("FRA", "DEU"), article=make_article(outlet="Dawn"))
    assert await ask(client, f"outlet={outlet}") == {wanted}


async def test_least_confidence_leaves_out_what_is_less_sure(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    sure = await add(session, make_record(confidence=0.9))
    await add(session, make_record("FRA", "DEU", confidence=0.6))
    assert await ask(client, "min_confidence=0.9") == {sure}
    assert len(await ask(client, "min_confidence=0")) == 2


async def test_updated_since_finds_what_changed_at_or_after_an_instant(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, make_record())
    (updated,) = [one["updated_at"] for one in (await client.get("/v1/events")).json()["results"]]
    assert await ask(client, f"updated_since={updated}")
    assert await ask(client, "updated_since=2000-01-01T02:00:00%2B02:00")
    assert not await ask(client, "updated_since=2999-01-01t00:00:00z")


@pytest.mark.parametrize(
    "q", ["submarines", "gwadar harbor", '"Test Headline"', "comptroller", "Somebody Else", "meeting Gwadar"]
)
async def test_full_text_finds_what_the_reports_say(
    client: httpx.AsyncClient, session: AsyncSession, q: str
) -> None:
    record = make_record(
        place=ReportedPlace(city="Rawalpindi", country="PAK"),
        people=[make_person("Somebody Else", "IRQ", title="Comptroller")],
        evidence=(make_evidence(TEXT, "submarines and of the harbor at Gwadar"),),
    )
    recorded = await store(session, record, article=make_article(TEXT, title="Test Headline: a meeting"))
    await add(session, make_record("FRA", "DEU"))
    assert await ask(client, f"q={q}") == {public_id(Prefix.EVENT, recorded.events[0])}


async def test_relevance_puts_first_what_answers_the_words_best(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    best = make_record(
        object="submarines", people=[make_person("Ann Submarines", "IRQ", title="Head of Submarines")]
    )
    once = make_record("FRA", "DEU", people=[make_person("Bob Else", "FRA", title="Head of Submarines")])
    ids = [(await store(session, record)).events[0] for record in (once, best)]
    seen, cursor = [], ""
    for _ in ids:
        page = (
            await client.get(f"/v1/events?q=submarines&sort=-relevance&limit=1&include_undated=true{cursor}")
        ).json()
        seen += [one["id"] for one in page["results"]]
        cursor = f"&cursor={page['meta']['next_cursor']}"
    assert seen == [public_id(Prefix.EVENT, one) for one in reversed(ids)]
    assert page["meta"]["next_cursor"] is None
    assert (await client.get("/v1/events?sort=-relevance")).status_code == 200


@pytest.mark.parametrize("shown", ["", "&fields=id"])
async def test_relevance_ranks_the_latest_and_counts_all(
    client: httpx.AsyncClient, session: AsyncSession, monkeypatch: pytest.MonkeyPatch, shown: str
) -> None:
    monkeypatch.setattr("app.queries.event_filter.MOST_RANKED", 2)
    people = [make_person("Ann Submarines", "IRQ", title="Head of Submarines")]
    days = [date(2024, 1, day) for day in (1, 8, 15)]
    ids = [(await store(session, make_record(people=people, on=day))).events[0] for day in days]
    path = f"/v1/events?q=submarines&sort=-relevance&limit=1{shown}"
    first = (await client.get(path)).json()
    second = (await client.get(f"{path}&cursor={first['meta']['next_cursor']}")).json()
    found = {one["id"] for page in (first, second) for one in page["results"]}
    assert found == {public_id(Prefix.EVENT, one) for one in ids[1:]}
    assert first["meta"]["count"] == second["meta"]["count"] == 3
    assert second["meta"]["next_cursor"] is None


async def test_full_text_finds_quotes_of_a_text_that_came_in_later(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    span = make_evidence(TEXT, "submarines").model_copy(update={"quote": None})
    known = make_article(TEXT)
    without = known.model_copy(update={"text": None})
    await store(session, make_record(evidence=(span,)), article=without)
    assert await ask(client, "q=submarines") == set()
    await store(session, article=known)
    assert len(await ask(client, "q=submarines")) == 1


async def test_highlights_mark_the_words_found_in_plain_text(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    hostile = make_article(title="<script>alert(1)</script> on submarines\x02")
    wanted = await store(session, make_record(), article=hostile)
    answer = (await client.get("/v1/events?q=submarines")).json()
    (pieces,) = [answer["highlights"][public_id(Prefix.EVENT, one)] for one in wanted.events]
    assert not any(char in piece["text"] for piece in pieces for char in "\x02\x03\x1e")
    marked = [piece["text"][first:last] for piece in pieces for first, last in piece["marks"]]
    assert marked == ["submarines"]
    assert (await client.get("/v1/events")).json()["highlights"] == {}


async def test_members_are_found_through_their_organization_only_when_asked(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    own = await add(session, make_record("IMCTC", "PAK"))
    members = await add(session, make_record("PAK", "SAU"))
    await add(session, make_record("FRA", "DEU"))
    assert await ask(client, "organization=IMCTC") == {own}
    assert await ask(client, "organization=IMCTC&via=membership") == {own, members}
    assert await ask(client, "party=IMCTC&via=membership") == {own, members}


async def test_membership_counts_on_the_day_of_the_event(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    before = await add(session, make_record("GBR", "USA", on=date(2019, 6, 1)))
    await add(session, make_record("GBR", "USA", on=date(2021, 6, 1)))
    await add(session, make_record("GBR", "USA", on=DateSpan.of_year(2020)))
    await add(session, make_record("GBR", "JPN", on=None))
    assert await ask(client, "organization=EU&via=membership") == {before}


async def test_pair_through_membership_still_needs_two_parties(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    wanted = await add(session, make_record("PAK", "SAU"))
    await add(session, make_record("PAK", "FRA"))
    assert await ask(client, "pair=IMCTC-PAK&via=membership") == {wanted}
    assert await ask(client, "pair=IMCTC-PAK") == set()


async def test_succession_is_followed_only_when_asked(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    former = await add(session, make_record("CSK", "FRA", on=date(1985, 10, 2)))
    later = await add(session, make_record("CZE", "FRA"))
    sister = await add(session, make_record("SVK", "FRA"))
    assert await ask(client, "party=CZE") == {later}
    assert await ask(client, "party=CZE&via=succession") == {former, later}
    assert await ask(client, "party=CSK&via=succession") == {former, later, sister}
    assert await ask(client, "pair=CZE-FRA&via=succession") == {former, later}


async def test_every_filter_can_be_asked_for_at_once(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, make_record())
    everything = {
        "party": "IRQ", "pair": "IRQ-PAK", "country": "PAK", "organization": "UN",
        "via": ["membership", "succession"], "official": f"off_{'0' * 32}", "office": "minister",
        "date_from": "2024-01-01", "date_to": "2024-12-31", "date_match": "within", "precision": "day",
        "include_undated": "true", "kind": "meeting", "mode": "talks", "status": "occurred",
        "topic": "security", "place_country": "PAK", "city": "Lahore", "outlet": "Dawn",
        "review_status": "accepted", "min_confidence": "0.5", "updated_since": "2024-01-01T00:00:00Z",
        "q": "talks",
    }  # fmt: skip
    for path in ("events", "meetings", "dyads", "officials", "events/timeseries", "network"):
        answer = await client.get(f"/v1/{path}", params=everything)
        assert answer.status_code == 200, (path, answer.text)


async def test_doubtful_plans_are_shown_when_asked_for(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    planned = await store(session, make_record(status=EventStatus.PLANNED))
    await session.execute(
        update(event).where(event.c.id == planned.events[0]).values(review_status="needs_review")
    )
    await keep_access_paths(session, planned.events)
    assert await ask(client, "status=planned") == set()
    assert len(await ask(client, "status=planned&review_status=needs_review")) == 1


async def test_convenor_counts_as_party_through_membership_but_in_no_pair(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    await add(session, make_record("IRN", "SAU", ("FRA", PartyRole.CONVENOR)))
    assert len(await ask(client, "organization=EU&via=membership")) == 1
    assert await ask(client, "pair=EU-IRN&via=membership") == set()
