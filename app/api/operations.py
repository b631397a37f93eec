"""Whether the service lives, and whether it can answer."""

from fastapi import APIRouter, Request

from app.api.dependencies import ReadSession
from app.api.problems import INTERNAL, METHOD, UNAVAILABLE, documented
from app.api.responses.meta import Health
from app.errors import Stopping
from app.queries.coverage import check_schema

router = APIRouter(tags=["operations"])


@router.get(
    "/livez", summary="Whether it lives", operation_id="get_liveness", responses=documented(METHOD, INTERNAL)
)
async def livez() -> Health:
    """Answer while the process runs, whatever the database does."""
    return Health()


@router.get(
    "/readyz",
    summary="Whether it can answer",
    operation_id="get_readiness",
    responses=documented(METHOD, INTERNAL, UNAVAILABLE),
)
async def readyz(request: Request, session: ReadSession) -> Health:
    """Answer while the database is there, its schema is what this version needs, and no stop is at hand."""
    if request.app.state.load.draining:
        raise Stopping
    from app.storage.migrating import head_revision  # Alembic is a tenth of what the app imports

    await check_schema(session, head_revision())
    return Health()
