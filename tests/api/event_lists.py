"""How tests of event lists store and ask."""

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.identifiers import Prefix, public_id
from app.domain.record import EventRecord
from tests.factories import store


async def add(session: AsyncSession, record: EventRecord) -> str:
    recorded = await store(session, record)
    return public_id(Prefix.EVENT, recorded.events[0])


async def ask(client: httpx.AsyncClient, query: str, path: str = "events") -> set[str]:
    answer = await client.get(f"/v1/{path}?{query}")
    assert answer.status_code == 200, answer.text
    found = [result["id"] for result in answer.json()["results"]]
    assert answer.json()["meta"]["count"] == len(found)
    return set(found)
