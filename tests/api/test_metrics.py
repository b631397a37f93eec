import httpx
import pytest

from app.main import create_app
from app.settings import Settings


@pytest.mark.parametrize(("metrics", "status"), [(True, 200), (False, 404)])
async def test_metrics_are_served_where_they_are_asked_for(metrics: bool, status: int) -> None:
    app = create_app(Settings(metrics=metrics), "postgresql+asyncpg://")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        await client.get("/docs/problems/malformed?key=secret")
        answer = await client.get("/metrics")
    assert answer.status_code == status
    assert ("bilateral_requests_turned_away 0.0" in answer.text) is metrics
    assert ('handler="/docs/problems/{slug}"' in answer.text) is metrics
    assert "secret" not in answer.text
