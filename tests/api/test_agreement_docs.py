"""The documents that agreements are answered with, against the models that the API promises."""

from datetime import date

import httpx
import orjson
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.agreements import agreement_response
from app.domain.record import ReportedAgreement
from app.domain.vocabulary import AgreementKind, EventKind, Mode
from app.queries.agreements import complete_agreements, select_agreement
from app.storage.database import open_session
from app.storage.tables import agreement, agreement_doc
from tests.factories import make_article, make_person, make_record, store

PACT = ReportedAgreement(kind=AgreementKind.PACT, title="Pact of Rome", domain="training")


async def assert_documents_are_what_models_say(session: AsyncSession) -> int:
    """Compare all documents, keys in their order; return how many there are."""
    held = {row.agreement: orjson.loads(row.doc) for row in await session.execute(select(agreement_doc))}
    living = select_agreement().where(agreement.c.merged_into.is_(None))
    found = await complete_agreements(session, (await session.execute(living)).all())
    said = {one.row.id: orjson.loads(agreement_response(one).model_dump_json()) for one in found}
    assert held == said
    for one, doc in held.items():
        assert orjson.dumps(list(doc)) == orjson.dumps(list(said[one]))
    return len(held)


async def test_documents_of_the_seed_are_what_models_say(history_url: str) -> None:
    async with open_session(history_url) as session:
        assert await assert_documents_are_what_models_say(session) >= 1


async def test_documents_of_a_life_of_several_steps_are_what_models_say(session: AsyncSession) -> None:
    minister = make_person("Ana Solis", "PAK", title="Minister", rank="Gen.")
    president = make_person("Ana Solis", "PAK", title="President")
    king, other_king = make_person(None, "SAU", title="King"), make_person(None, "PAK", title="King")
    steps = (
        (Mode.ANNOUNCED, None, ("security", "training"), (minister, king)),
        (Mode.SIGNED, date(2024, 3, 1), ("energy", "security"), (king, president, other_king)),
        (Mode.RATIFIED, date(2023, 3, 1), ("economy",), ()),
    )
    for mode, day, topics, people in steps:
        told = make_record(
            "PAK",
            "SAU",
            kind=EventKind.AGREEMENT,
            mode=mode,
            on=day,
            topics=topics,
            people=people,
            agreement=PACT,
            quote=("They signed.", "They signed."),
        )
        await store(session, told, article=make_article("They signed."))
    other = make_record("PAK", "USA", kind=EventKind.AGREEMENT, mode=Mode.SIGNED, on=None, agreement=PACT)
    twice = make_record("PAK", "USA", kind=EventKind.AGREEMENT, mode=Mode.ANNOUNCED, on=None, agreement=PACT)
    await store(session, other, twice)
    assert await assert_documents_are_what_models_say(session) == 2


async def test_an_article_of_several_steps_is_shown_by_the_words_of_its_first_report(
    session: AsyncSession,
) -> None:
    words = {
        "They signed it.": (Mode.SIGNED, date(2024, 2, 1)),
        "They announced it.": (Mode.ANNOUNCED, date(2024, 1, 1)),
        "They ratified it.": (Mode.RATIFIED, date(2024, 6, 1)),
    }
    text = " ".join(words)
    steps = [
        make_record(
            "PAK", "SAU", kind=EventKind.AGREEMENT, mode=mode, on=day, agreement=PACT, quote=(text, quote)
        )
        for quote, (mode, day) in words.items()
    ]
    await store(session, *steps, article=make_article(text))
    assert await assert_documents_are_what_models_say(session) == 1
    (doc,) = (await session.execute(select(agreement_doc.c.doc))).scalars()
    assert {source["quote"] for source in orjson.loads(doc)["sources"]} >= {"They signed it."}


@pytest.mark.parametrize(
    "asked", ["limit=1", "sort=-updated_at", "party=PAK&q=pact", "status=signed", "sort=date"]
)
async def test_lists_from_documents_are_those_from_rows(
    client: httpx.AsyncClient, session: AsyncSession, asked: str
) -> None:
    for parties in (("PAK", "SAU"), ("PAK", "IRQ"), ("SAU", "USA")):
        told = make_record(*parties, kind=EventKind.AGREEMENT, mode=Mode.SIGNED, agreement=PACT)
        await store(session, told)
    from_rows = await client.get(f"/v1/agreements?{asked}&facet=kind")
    from_documents = await client.get(f"/v1/agreements?{asked}")
    assert from_rows.status_code == from_documents.status_code == 200
    assert from_documents.json() == {**from_rows.json(), "facets": {}}
    assert from_documents.json()["results"]
    assert from_documents.headers["content-type"] == from_rows.headers["content-type"]
