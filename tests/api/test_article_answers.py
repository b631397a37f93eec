from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.responses.articles import ArticleResponse
from tests.factories import make_article, make_record, store


async def find(client: httpx.AsyncClient, query: str = "") -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/articles?{query}")
    assert answer.status_code == 200, answer.text
    found = answer.json()["results"]
    assert isinstance(found, list)
    return found


async def test_article_names_its_events_and_never_shows_its_text(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    article = make_article("A text with a xyzzy in it.", url="https://example.org/a")
    await store(session, make_record(), make_record("FRA", "DEU", main=False), article=article)
    answer = await client.get("/v1/articles")
    assert "xyzzy" not in answer.text
    (found,) = answer.json()["results"]
    assert list(found) == list(ArticleResponse.model_fields)
    assert found["outlet"] == {
        "id": "arabnews.com",
        "name": "Arab News",
        "kind": "newspaper",
        "country": "SAU",
    }
    assert [(event["kind"], event["main"]) for event in found["events"]] == [
        ("meeting", True),
        ("meeting", False),
    ]
    assert found["text_sha256"] == article.text_sha256
    single = await client.get(f"/v1/articles/{found['id']}")
    assert single.json() == found
    event_id = found["events"][0]["id"]
    assert (await client.get(f"/v1/events/{event_id}")).json()["sources"][0]["article"] == found["id"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["C", "B", "A"]),
        ("sort=date", ["A", "B", "C"]),
        ("outlet=dawn.com", ["B"]),
        ("outlet=DAWN", ["B"]),
        ("outlet=Dawn&outlet=arab news", ["B", "A"]),
        ("date_from=2024-02-01", ["C", "B"]),
        ("date_to=2024-02-01", ["B", "A"]),
        ("q=B", ["B"]),
        ("q=nothing", []),
    ],
)
async def test_articles_are_filtered(
    client: httpx.AsyncClient, session: AsyncSession, query: str, titles: list[str]
) -> None:
    await store(session, article=make_article(title="A", published_on=date(2024, 1, 1)))
    await store(session, article=make_article(title="B", outlet="Dawn", published_on=date(2024, 2, 1)))
    later = make_article(title="C", outlet=None, published_on=None, updated_on=date(2024, 3, 1))
    await store(session, article=later)
    assert [article["title"] for article in await find(client, query)] == titles


@pytest.mark.parametrize("bad", ["art_", "art_" + "0" * 32, "evt_" + "0" * 32, "%00"])
async def test_unknown_article_is_a_404(client: httpx.AsyncClient, bad: str) -> None:
    assert (await client.get(f"/v1/articles/{bad}")).status_code == 404
