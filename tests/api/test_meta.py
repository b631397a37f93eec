from datetime import date
from importlib.metadata import version

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.meta import MetaResponse
from app.domain.vocabulary import EventKind, topics
from tests.factories import PARSER_VERSION, make_article, make_record, store


async def test_meta_explains_every_vocabulary_and_topic(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/meta")).json()
    assert list(found) == list(MetaResponse.model_fields)
    assert found["version"] == version("bilateral")
    assert [told["word"] for told in found["vocabularies"]["kind"]] == [kind.value for kind in EventKind]
    assert all(told["meaning"] for words in found["vocabularies"].values() for told in words)
    assert {topic["id"] for topic in found["topics"]} == topics().keys()
    assert found["license"]["name"] == "CC BY 4.0"
    assert found["cite_as"]
    assert found["reference_data"]


async def test_meta_tells_what_the_data_covers(client: httpx.AsyncClient, session: AsyncSession) -> None:
    await store(session, make_record(on=date(2024, 8, 19)))
    await store(session, make_record("FRA", "DEU", on=date(2025, 2, 3)), article=make_article(outlet="Dawn"))
    unknown = make_article(outlet=None, published_on=None, updated_on=date(2024, 3, 1))
    await store(session, article=unknown)
    found = (await client.get("/v1/meta")).json()
    coverage = found["coverage"]
    assert found["parser_versions"] == [PARSER_VERSION]
    assert (coverage["events"], coverage["articles"], coverage["agreements"]) == (2, 3, 0)
    assert (coverage["first_date"], coverage["last_date"]) == ("2024-08-19", "2025-02-03")
    outlets = {outlet["id"]: outlet for outlet in coverage["outlets"]}
    assert outlets.keys() == {"arabnews.com", "dawn.com", None}
    assert outlets["arabnews.com"] == {
        "id": "arabnews.com",
        "name": "Arab News",
        "articles": 1,
        "first_published_on": "2024-08-20",
        "last_published_on": "2024-08-20",
    }


async def test_meta_of_an_empty_database_counts_none(client: httpx.AsyncClient) -> None:
    coverage = (await client.get("/v1/meta")).json()["coverage"]
    assert (coverage["events"], coverage["first_date"], coverage["outlets"]) == (0, None, [])
