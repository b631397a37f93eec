"""What we say of ourselves and of the data."""

from fastapi import APIRouter

from app.api.dependencies import ReadSession
from app.api.problems import VALIDATION, documented
from app.api.responses.meta import MetaResponse, meta_response
from app.queries.coverage import get_coverage

router = APIRouter(tags=["meta"])


@router.get(
    "/meta",
    summary="Vocabularies, license and coverage",
    operation_id="get_meta",
    responses=documented(VALIDATION),
)
async def read_meta(session: ReadSession) -> MetaResponse:
    """Return the version, every vocabulary in words, license, how to cite, and what the data covers."""
    return meta_response(await get_coverage(session))
