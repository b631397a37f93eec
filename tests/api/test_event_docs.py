"""The documents that events are answered with, against the models that the API promises."""

from datetime import date

import httpx
import orjson
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.events import event_response
from app.domain.dates import DateSpan
from app.domain.record import ReportedAgreement, ReportedDelegation, ReportedPlace
from app.domain.vocabulary import AgreementKind, DatePrecision, EventKind, Mode, PartyRole
from app.queries.events import complete_events, select_event
from app.storage.database import open_session
from app.storage.tables import event, event_doc
from tests.factories import make_article, make_person, make_record, store

QUOTE = "The ministers met on Monday."


async def assert_documents_are_what_models_say(session: AsyncSession, every: int = 1) -> int:
    """Compare every n-th document, keys in their order; return how many there are."""
    docs = {row.event: row.doc for row in await session.execute(select(event_doc.c.event, event_doc.c.doc))}
    ids = sorted(docs)[::every]
    rows = (await session.execute(select_event().where(event.c.id.in_(ids)))).all()
    assert len(rows) == len(ids)
    for found in await complete_events(session, rows):
        said = orjson.loads(event_response(found).model_dump_json(exclude_unset=True))
        held = orjson.loads(docs[found.row.id])
        assert held == said
        assert orjson.dumps(list(held)) == orjson.dumps(list(said))
    return len(ids)


async def test_documents_of_the_seed_are_what_models_say(history_url: str) -> None:
    async with open_session(history_url) as session:
        assert await assert_documents_are_what_models_say(session, every=40) > 200


async def test_documents_of_every_kind_are_what_models_say(session: AsyncSession) -> None:
    host, visitor = ("PAK", PartyRole.HOST), ("IRQ", PartyRole.VISITOR)
    people = [
        make_person("Ana Solis", "IRQ", title="Minister", rank="Gen."),
        make_person(None, "PAK", title="King"),
    ]
    month = DateSpan(start=date(2024, 3, 1), end=date(2024, 3, 31), precision=DatePrecision.MONTH)
    text = f"RAWALPINDI: {QUOTE}"
    await store(session, make_record(quote=(text, QUOTE), people=people), article=make_article(text))
    await store(
        session, make_record("SAU", "USA", on=None, place=ReportedPlace(city='Say "Rome"', country="ITA"))
    )
    await store(session, make_record(host, visitor, kind=EventKind.VISIT, mode=Mode.STATE, on=month))
    await store(
        session,
        make_record(
            host,
            visitor,
            kind=EventKind.VISIT,
            delegation=ReportedDelegation(party="IRQ", head="Ana Solis", size=5),
            people=people,
            on=date(2023, 1, 2),
        ),
    )
    told = ReportedAgreement(kind=AgreementKind.TREATY, title="Treaty of Friendship")
    await store(session, make_record(kind=EventKind.AGREEMENT, mode=Mode.SIGNED, agreement=told))
    assert await assert_documents_are_what_models_say(session) >= 5


async def test_a_document_shows_where_its_sources_differ(session: AsyncSession) -> None:
    people = [make_person("Ana Solis", "IRQ")]
    days = DateSpan.of_range(date(2024, 8, 18), date(2024, 8, 20))
    await store(session, make_record(people=people, place=ReportedPlace(venue="Palace", city="Rome")))
    await store(session, make_record(people=people, on=days, place=ReportedPlace(venue="Hall", city="Rome")))
    assert await assert_documents_are_what_models_say(session) == 1
    (doc,) = (await session.execute(select(event_doc.c.doc))).scalars()
    assert [one["field"] for one in orjson.loads(doc)["differences"]] == ["date", "venue"]


_PLAIN = (
    "pair=PAK-USA",
    "pair=usa-pak&kind=visit&kind=meeting&limit=3",
    "pair=PAK-USA&count=false&sort=date&limit=2",
    "party=USA&limit=200",
    "party=iraq&limit=2",
    "party=PK",
    "country=IRQ&kind=visit&sort=date",
    "organization=UN",
    "organization=PAK",
    "pair=PAK-PAK",
    "pair=PAK-NOBODY",
    "party=PAK&party=IRQ",
    "party=PAK&cursor=nonsense",
    "party=PAK&limit=0",
    "party=ZZZ",
    "party=SUN&kind=nothing",
    "official=off_00000000000000000000000000000001",
)


@pytest.mark.parametrize("asked", _PLAIN)
@pytest.mark.parametrize("path", ["/v1/events", "/v1/meetings"])
async def test_plain_lists_are_those_of_the_routes_byte_for_byte(
    history: httpx.AsyncClient, path: str, asked: str
) -> None:
    """With a least confidence of nothing the same is asked for, and is not plain."""
    for _ in range(3):
        plain = await history.get(f"{path}?{asked}")
        routed = await history.get(f"{path}?{asked}&date_match=overlap")
        assert plain.status_code == routed.status_code
        told, other = (_without_addresses(answer) for answer in (plain, routed))
        assert told == other
        if plain.status_code != 200 or (cursor := plain.json()["meta"]["next_cursor"]) is None:
            break
        asked = f"{asked.partition('&cursor')[0]}&cursor={cursor}"


@pytest.mark.parametrize(
    "asked", ["q=minister", "q=visit&sort=-relevance&limit=3", "q=pakistan&party=PAK", "q=zzzz"]
)
async def test_lists_by_words_are_those_made_from_rows_byte_for_byte(
    history: httpx.AsyncClient, asked: str
) -> None:
    kept, made = [(await history.get(f"/v1/events?{asked}{also}")) for also in ("", "&facet=kind")]
    assert kept.status_code == made.status_code == 200
    assert bool(kept.json()["highlights"]) == (asked != "q=zzzz")
    told, other = (orjson.dumps({**answer.json(), "facets": {}}) for answer in (kept, made))
    assert told == other


def _without_addresses(answer: httpx.Response) -> tuple[object, ...]:
    said = {**answer.json(), "request_id": None}
    names = ("content-type", "cache-control", "vary")
    link = answer.headers.get("link", "").replace("&date_match=overlap", "")
    return orjson.dumps(said), link, [answer.headers.get(name) for name in names]


async def test_plain_events_are_those_of_the_routes(history: httpx.AsyncClient) -> None:
    listed = (await history.get("/v1/events?pair=PAK-USA&limit=3")).json()["results"]
    for one in listed:
        for path in ("/v1/events", "/v1/meetings"):
            plain = await history.get(f"{path}/{one['id']}")
            routed = (await history.get(f"{path}/{one['id']}?fields=title&fields=sources")).json()
            assert plain.json() == one == {**one, **routed}
    assert (await history.get(f"/v1/events/evt_{'0' * 32}")).status_code == 404


_ASKED = (
    "pair=PAK-USA",
    "pair=PAK-USA&kind=visit&limit=7&sort=date",
    "pair=PAK-USA&date_from=1980-01-01&date_to=1999-12-31",
    "pair=PAK-USA&date_from=1980-01-01&date_match=within&topic=security",
    "pair=PAK-USA&pair=IRQ-USA&limit=20",
    "pair=PAK-USA&party=USA&city=Washington",
    "party=USA&limit=200",
    "party=USA&kind=meeting&mode=summit",
    "country=Iraq&precision=day",
    "country=Iraq&organization=UN",
    "party=PAK&status=planned&status=occurred",
    "party=PAK&review_status=needs_review",
    "party=PAK&sort=-updated_at",
    "party=SUN&via=succession&limit=30",
    "place_country=PAK",
    "min_confidence=0.9&sort=date&limit=10",
)


@pytest.mark.parametrize("asked", _ASKED)
@pytest.mark.parametrize("path", ["/v1/events", "/v1/meetings"])
async def test_lists_of_documents_are_those_made_from_rows(
    history: httpx.AsyncClient, path: str, asked: str
) -> None:
    """With `fields` a list is made from the events' rows by the plain conditions."""
    docs = (await history.get(f"{path}?{asked}")).json()
    rows = (await history.get(f"{path}?{asked}&fields=id&fields=title")).json()
    assert [(one["id"], one["title"]) for one in docs["results"]] == [
        (one["id"], one["title"]) for one in rows["results"]
    ]
    assert list(docs) == list(rows)
    assert docs["meta"]["count"] == rows["meta"]["count"]
    if cursor := docs["meta"]["next_cursor"]:
        assert cursor == rows["meta"]["next_cursor"]
        on = (await history.get(f"{path}?{asked}&cursor={cursor}")).json()
        beyond = (await history.get(f"{path}?{asked}&fields=id&cursor={cursor}")).json()
        assert [one["id"] for one in on["results"]] == [one["id"] for one in beyond["results"]] != []


async def test_an_officials_list_of_documents_is_that_made_from_rows(history: httpx.AsyncClient) -> None:
    (found, *_) = (await history.get("/v1/officials?q=Nawaz Sharif")).json()["results"]
    for asked in (f"/v1/events?official={found['id']}", f"/v1/officials/{found['id']}/events?kind=visit"):
        docs = (await history.get(asked)).json()
        rows = (await history.get(f"{asked}&fields=id")).json()
        assert [one["id"] for one in docs["results"]] == [one["id"] for one in rows["results"]] != []


async def test_counts_of_pairs_that_are_kept_are_those_that_are_counted(history: httpx.AsyncClient) -> None:
    """A least confidence of nothing asks for the same, and is not what counts are kept by."""
    for asked in ("party=USA&limit=200", "pair=PAK-USA", "party=IRQ&kind=visit", "country=PAK&party=USA", ""):
        kept = (await history.get(f"/v1/dyads?{asked}")).json()
        counted = (await history.get(f"/v1/dyads?{asked}&min_confidence=0.01")).json()
        assert kept["results"] == counted["results"] != []
        assert kept["meta"]["count"] == counted["meta"]["count"]
