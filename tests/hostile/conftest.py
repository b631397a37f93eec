import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.keys import Scope
from tests.authorization.holders import holder


@pytest.fixture
async def writer(client: httpx.AsyncClient, session: AsyncSession) -> httpx.AsyncClient:
    """Return a client that may write everything."""
    client.headers.update(await holder(session, *Scope))
    return client
