from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.keys import Scope
from app.ingestion.parser_pool import ParserPool
from app.main import create_app
from app.settings import Settings
from tests.authorization.holders import holder, stored_holder

MOST_AT_ONCE = 50


@pytest.fixture
async def sender(client: httpx.AsyncClient, session: AsyncSession) -> httpx.AsyncClient:
    """Return a client that may hand in articles."""
    client.headers.update(await holder(session, Scope.ARTICLES_WRITE))
    return client


@pytest.fixture
async def own_sender(own_database_url: str, parsers: ParserPool) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client that may hand in articles, many at once, to a database of its own."""
    headers = await stored_holder(own_database_url, Scope.ARTICLES_WRITE)
    app = create_app(Settings(max_in_flight=MOST_AT_ONCE), own_database_url)
    app.state.parsers = parsers
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as client,
    ):
        yield client
